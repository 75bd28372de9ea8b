// What people do when an old site moves in, by the words on the screen.

import assert from "node:assert/strict";
import { consoleUrl } from "./demo.mjs";
import { loggedIn, press } from "./browser.mjs";
import { field, message } from "./desk.mjs";

/** A league's new site that is being prepared: registered by the region, with columns and a review chain of its own. */
export async function prepareSite({ slug, name, domain, code, columns, sponsor, manager }) {
  const region = await loggedIn("nmg.supervisor");
  const { page } = region;
  await page.goto(consoleUrl("/sites/new"));
  await field(page, "网站名称").fill(name);
  await field(page, "网址简称").fill(slug);
  await field(page, "主办单位").selectOption({ label: sponsor });
  await field(page, "网站描述").fill("由旧网站迁移而来的示例网站。");
  await field(page, "网站域名").fill(domain);
  await field(page, "政府网站标识码").fill(code);
  await field(page, "ICP备案编号").fill("蒙ICP备99000077号-1");
  await field(page, "公安机关备案号").fill("蒙公网安备15010099000077号");
  await field(page, "联系方式").fill("0471-0000100");
  await page.getByRole("button", { name: "保存" }).click();
  await message(page).getByText("网站已登记").waitFor();
  const site = page.url().match(/sites\/([0-9a-f-]{36})/)[1];

  const office = await loggedIn(manager);
  for (const [column, label, kind] of columns) {
    await office.page.goto(consoleUrl(`/sites/${site}/columns/new`));
    await field(office.page, "栏目名称").fill(label);
    await field(office.page, "栏目类别").fill(kind);
    await field(office.page, "网址").fill(column);
    await field(office.page, "栏目描述").fill(`发布${label}。`);
    await field(office.page, "栏目关键词").fill(label);
    await office.page.getByRole("button", { name: "保存" }).click();
    await office.page.getByRole("link", { name: label, exact: true }).first().waitFor();
  }
  await office.page.goto(consoleUrl("/review-chains/new"));
  await chooseContaining(field(office.page, "适用范围"), name);
  await field(office.page, "名称").first().fill(`${slug}两级审核`);
  for (const [number, duty] of [[1, "初审"], [2, "终审"], [3, ""], [4, ""]]) {
    await office.page.locator(`[name="step${number}_name"]`).fill(duty);
    await office.page.locator(`[name="step${number}_duty"]`).selectOption(duty ? { label: duty } : { index: 0 });
  }
  await office.page.getByRole("button", { name: "保存并生效" }).click();
  await message(office.page).waitFor();
  return site;
}

/** Chooses the option whose words contain a part. */
export async function chooseContaining(select, part) {
  const value = await select.locator("option").evaluateAll(
    (options, words) => options.find((option) => option.textContent.includes(words))?.value,
    part,
  );
  assert.ok(value, `an option with “${part}”`);
  await select.selectOption(value);
}

/** Waits on the overview until the platform has come to a state. */
export async function reaches(person, path, state, within = 100_000) {
  const { page } = person;
  const ends = Date.now() + within;
  let shown = "";
  while (Date.now() < ends) {
    await page.goto(consoleUrl(path));
    shown = await page.locator("main").innerText();
    if (shown.split("\n").slice(0, 12).join("\n").includes(state)) return;
    if (/已停下/.test(shown)) break;
    await page.waitForTimeout(400);
  }
  assert.fail(`the migration did not come to “${state}”:\n${shown.slice(0, 800)}`);
}

/** Downloads a report and says what its file is called and holds. */
export async function report(person, path, name, form) {
  const { page } = person;
  await page.goto(consoleUrl(path));
  const arriving = page.waitForEvent("download");
  await page.getByRole("listitem").filter({ hasText: name }).getByRole("link", { name: new RegExp(`^${form}`) }).click();
  const file = await arriving;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** A button of the overview. */
export async function pressOverview(person, path, name) {
  const { page } = person;
  await page.goto(consoleUrl(path));
  await press(person, page.getByRole("button", { name, exact: true }));
  await message(page).waitFor();
  return message(page).innerText();
}

/** Passes one after the other what a step wants to see one by one; says how many it were. */
export async function passSingly(person, path) {
  const { page } = person;
  await page.goto(consoleUrl(`${path}/review`));
  const waiting = page.getByRole("row").filter({ hasText: `等待${person.step}` }).locator('a[href^="/console/reviews/"]');
  const reviews = await waiting.evaluateAll((links) => links.map((link) => link.href));
  for (const review of reviews) {
    await page.goto(review);
    await press(person, page.getByRole("button", { name: "通过", exact: true }));
    await message(page).getByText(/已通过/).waitFor();
  }
  return reviews.length;
}
