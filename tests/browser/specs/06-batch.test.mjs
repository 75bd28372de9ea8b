import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, press, story } from "../lib/browser.mjs";
import { begin, fillCommon, message, submit, unique, writeBody } from "../lib/desk.mjs";
import { appoint } from "../lib/administration.mjs";
import { consoleUrl } from "../lib/demo.mjs";

after(closeBrowser);

test("in a batch what may not be passed is named and does not stop the rest", story(async () => {
  await appoint("yunwei.editor", "初审", "内蒙古自治区人民政府办公厅");
  const word = unique();
  const titles = ["甲", "乙", "丙", "自己"].map((name) => `批量审核之${name}（示例${word}）`);
  const [first, second, third, own] = titles;

  const writer = await loggedIn("nmg.editor");
  const editions = {};
  for (const title of [first, second, third]) editions[title] = await write(writer, title);
  const reviewer = await loggedIn("yunwei.editor");
  await write(reviewer, own);

  const { page } = reviewer;
  await page.goto(consoleUrl("/reviews"));
  const box = (title) => page.getByRole("checkbox", { name: new RegExp(title.slice(0, 10)) }).and(page.locator(`[aria-label*="${word}"]`));
  const row = (title) => page.getByRole("row").filter({ hasText: title });
  assert.equal(await row(own).getByRole("checkbox").count(), 0, "one's own text cannot be ticked");
  await row(own).getByText("由其他同事办理").waitFor();
  for (const title of [first, second, third]) await row(title).getByRole("checkbox").check();

  // Meanwhile the writer takes one back.
  await writer.page.goto(consoleUrl(`/editions/${editions[second]}`));
  await press(writer, writer.page.getByRole("button", { name: "撤回送审" }));
  await message(writer.page).getByText("已撤回送审").waitFor();

  // And the reviewer's own text is put into the form by force.
  const ownReview = (await row(own).getByRole("link").first().getAttribute("href")).split("/").pop();
  const step = await stepOf(own);
  await page.getByRole("button", { name: "批量通过" }).evaluate((button, value) => {
    const forged = document.createElement("input");
    Object.assign(forged, { type: "hidden", name: "item", value });
    button.form.append(forged);
  }, `${ownReview}.${step}`);
  await page.getByLabel(/审核意见/).fill("同意");
  await press(reviewer, page.getByRole("button", { name: "批量通过" }));

  await page.getByRole("heading", { level: 1, name: "批量审核结果" }).waitFor();
  await page.getByText("通过 2 篇；2 篇未通过").waitFor();
  for (const title of [first, third]) assert.match(await row(title).innerText(), /通过/);
  const refusedRows = page.getByRole("row").filter({ hasText: "未通过" });
  assert.equal(await refusedRows.count(), 2);
  for (const text of await refusedRows.allInnerTexts()) {
    assert.match(text, /(不能|已|由其他)/, `the reason is said in words: ${text}`);
  }
  const next = await loggedIn("nmg.fu");
  await next.page.goto(consoleUrl("/reviews"));
  await next.page.getByRole("link", { name: first }).waitFor();
  await next.page.getByRole("link", { name: third }).waitFor();
  assert.equal(await next.page.getByRole("link", { name: own }).count(), 0);
}));

async function write(person, title) {
  const edition = await begin(person, "文章", title);
  await writeBody(person, ["用于说明批量审核的示例内容。"]);
  await fillCommon(person, "政务要闻");
  await submit(person);
  return edition;
}

async function stepOf(title) {
  const reviewer = await loggedIn("nmg.chu");
  await reviewer.page.goto(consoleUrl("/reviews"));
  await reviewer.page.getByRole("link", { name: title, exact: true }).click();
  return reviewer.page.locator('input[name="step"]').first().inputValue();
}
