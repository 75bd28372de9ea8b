import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, press, story } from "../lib/browser.mjs";
import { begin, field, fillCommon, message, pass, pressDraft, submit, unique, until, writeBody } from "../lib/desk.mjs";
import { barriers } from "../lib/accessibility.mjs";
import { consoleUrl } from "../lib/demo.mjs";

after(closeBrowser);

for (const script of [true, false]) {
  const how = script ? "" : " without JavaScript";

  test(`one person proposes a word, another confirms it, and a text with it is flagged${how}`, story(async () => {
    const word = `示例错词${unique()}`;
    const one = await loggedIn("nmg.supervisor", { script });
    await makePack(one, `示例词库${unique()}`);
    await propose(one, word, "示例对词");
    await one.page.getByText("等另一位有权人员确认").first().waitFor();
    assert.equal(await one.page.getByRole("button", { name: "确认", exact: true }).count(), 0, "nobody confirms the own change");

    const two = await loggedIn("nmg.supervisor2", { script });
    await two.page.goto(consoleUrl());
    const change = new URL(one.page.url()).pathname.replace("/console", "");
    await two.page.locator(`a[href="/console${change}"]`, { hasText: "去确认" }).click();
    await field(two.page, "文字").fill(`这一段写着${word}。`);
    await press(two, two.page.getByRole("button", { name: "试一试" }));
    await two.page.getByText("本次变更引起").waitFor();
    if (script) assert.deepEqual(await barriers(two.page), []);
    await press(two, two.page.getByRole("button", { name: "确认", exact: true }));
    await message(two.page).getByText("已确认").waitFor();

    const editor = await loggedIn("nmg.editor", { script });
    await begin(editor, "文章", `冬季供热走访（示例${unique()}）`);
    await writeBody(editor, ["供热走访今日开始。", `通知里写着${word}。`]);
    await fillCommon(editor, "政务要闻");
    await pressDraft(editor, "机审");
    await editor.page.getByRole("article").filter({ hasText: word }).first().waitFor();
  }));
}

test("a file with bad lines is read, its bad lines are listed, and it waits for confirmation", story(async () => {
  const one = await loggedIn("nmg.supervisor");
  const { page } = one;
  await makePack(one, `示例导入词库${unique()}`);
  await page.locator("#content").getByRole("link", { name: "批量导入" }).click();
  const rows = ["词,级别,建议", `示例甲词${unique()},请核对,示例对词`, "x,请核对,", `示例乙词${unique()},提示,`];
  const file = { name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) };
  await field(page, "CSV 或 TXT 文件").setInputFiles(file);
  await press(one, page.getByRole("button", { name: "读取并预览" }));
  await page.getByText("请说明变更原因").first().waitFor();
  await field(page, "CSV 或 TXT 文件").setInputFiles(file);
  await field(page, "变更原因").fill("示例名单");
  await press(one, page.getByRole("button", { name: "读取并预览" }));
  await page.getByText("还没有提出").waitFor();
  await page.getByRole("heading", { name: "不能导入的行 1" }).waitFor();
  assert.deepEqual(await barriers(page), []);
  const bad = await page.request.get(await page.getByRole("link", { name: "下载不能导入的行" }).evaluate((link) => link.href));
  assert.match(await bad.text(), /"3","x/);
  await press(one, page.getByRole("button", { name: "提交确认" }));
  await message(page).getByText("变更已提出").waitFor();
  await page.getByText("示例甲词").first().waitFor();
}));

test("a new word finds what is published already, and a person closes it with a reason", story(async () => {
  const word = `示例旧词${unique()}`;
  const title = `供热服务电话公布（示例${unique()}）`;
  const editor = await loggedIn("nmg.editor");
  await begin(editor, "文章", title);
  await writeBody(editor, ["居民可以拨打供热服务电话。", `文中还有${word}一处。`]);
  await fillCommon(editor, "政务要闻");
  await submit(editor);
  for (const name of ["nmg.chu", "nmg.fu", "nmg.zhong"]) await pass(await loggedIn(name), title);

  const one = await loggedIn("nmg.supervisor");
  await makePack(one, `示例存量词库${unique()}`);
  await propose(one, word, "示例新词");
  const two = await loggedIn("nmg.supervisor2");
  await two.page.goto(one.page.url());
  await press(two, two.page.getByRole("button", { name: "确认", exact: true }));

  const { page } = editor;
  const line = page.getByRole("row").filter({ hasText: title });
  await until(
    async () => {
      await page.goto(consoleUrl("/stock"));
      return (await line.count()) === 1;
    },
    { within: 15_000, what: "the text in the list of stock problems" },
  );
  await line.getByRole("button", { name: "改出新版本" }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await line.locator("summary", { hasText: "忽略" }).click();
  await line.getByLabel("为什么可以忽略").fill("示例：引用原文");
  await press(editor, line.getByRole("button", { name: "确认忽略" }));
  await message(page).getByText("已忽略").waitFor();
  await page.goto(consoleUrl("/stock?state=ignored"));
  await page.getByRole("row").filter({ hasText: title }).getByText("示例：引用原文").waitFor();
  await one.page.goto(consoleUrl("/stock/runs"));
  await one.page.getByRole("cell", { name: /^词库变更复查/ }).first().waitFor();
  assert.deepEqual(await barriers(one.page), []);
}));

/** Begins a pack of the region, and stays on its page. */
async function makePack(person, name) {
  const { page } = person;
  await page.goto(consoleUrl("/lexicons/new"));
  await field(page, "名称").fill(name);
  const unit = field(page, "维护单位");
  const own = await unit.locator("option", { hasText: "自治区级" }).first().getAttribute("value");
  await unit.selectOption(own);
  await field(page, "类别").selectOption("wording");
  await field(page, "缺省严重程度").selectOption("warn");
  await field(page, "来源").fill("示例清单");
  await press(person, page.getByRole("button", { name: "建立", exact: true }));
  await message(page).getByText("词库已建立").waitFor();
}

/** Proposes a word for the pack that is shown, and stays on the page of the change set. */
async function propose(person, word, suggestion) {
  const { page } = person;
  await page.getByRole("link", { name: "提出变更" }).click();
  await field(page, "词语").fill(word);
  await field(page, "建议改为").fill(suggestion);
  await field(page, "变更原因").fill("示例原因");
  await press(person, page.getByRole("button", { name: "提出变更" }));
  await message(page).getByText("变更已提出").waitFor();
}
