// Publication, recalls and releases at the console.

import { consoleUrl, site } from "./demo.mjs";
import { press } from "./browser.mjs";
import { begin, field, message, submit, tickColumn, writeBody } from "./desk.mjs";

/** Writes a short article for a column and submits it. */
export async function submitArticle(person, title, { column, source, body = "示例内容，供公众阅读。", at = null }) {
  const { page } = person;
  const edition = await begin(person, "文章", title);
  await writeBody(person, [body]);
  await field(page, "来源").fill(source);
  await page.getByLabel(/^已通过保密审查/).check();
  await tickColumn(page, column);
  if (at) await field(page, "定时发布").fill(at);
  await submit(person);
  return edition;
}

/** Recalls the text of an edition; ends on the page with the receipts. */
export async function recall(person, edition, { reason, notice }) {
  const { page } = person;
  await page.goto(consoleUrl(`/editions/${edition}`));
  await page.getByRole("link", { name: "撤回下线" }).click();
  await field(page, "撤回原因").fill(reason);
  await field(page, "给公众的说明").fill(notice);
  await press(person, page.getByRole("button", { name: /^撤回/ }));
  await page.waitForURL(/\/recalls\/[0-9a-f-]{36}/);
}

/** Every receipt as one line of text. */
export function receipts(person) {
  const { page } = person;
  return page.locator("#receipts").getByRole("row").filter({ has: page.getByRole("cell") }).allInnerTexts();
}

/** Opens the list of a site's releases and says the number of the live one. */
export async function openReleases(person, slug) {
  const { page } = person;
  await page.goto(consoleUrl("/sites"));
  await page.getByRole("link", { name: site(slug).name }).click();
  await page.getByRole("link", { name: "发布版", exact: true }).last().click();
  await page.getByRole("heading", { level: 1, name: "发布版" }).waitFor();
  const live = await page.getByRole("row").filter({ hasText: "线上" }).getByRole("link").first().innerText();
  return Number(live.match(/\d+/)[0]);
}

/** Opens the page that says what going back to a release would change. */
export async function openRollback(person, slug, number) {
  const { page } = person;
  await openReleases(person, slug);
  await page.getByRole("link", { name: `第 ${number} 版`, exact: true }).click();
  await page.getByRole("link", { name: "回退到此版" }).click();
  await page.getByRole("heading", { level: 1, name: `回退到第 ${number} 版` }).waitFor();
}

/** Puts a site back to an earlier release. */
export async function rollBack(person, slug, number, reason) {
  const { page } = person;
  await openRollback(person, slug, number);
  await field(page, "回退原因").fill(reason);
  await press(person, page.getByRole("button", { name: `回退到第 ${number} 版` }));
  await message(page).getByText(`已回退到第 ${number} 版`).waitFor();
}
