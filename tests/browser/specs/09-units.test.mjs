import { after, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { closeBrowser, loggedIn, story } from "../lib/browser.mjs";
import { field, message, unique } from "../lib/desk.mjs";
import { consoleUrl } from "../lib/demo.mjs";

after(closeBrowser);

test("units are found in the tree and by search, renamed with their history, and exported", story(async () => {
  const system = await loggedIn("admin.system");
  const { page } = system;
  await page.goto(consoleUrl("/units"));
  await page.getByRole("link", { name: /内蒙古自治区人民政府办公厅/ }).first().waitFor();
  const before = Number((await page.getByText(/共 \d+ 个/).first().innerText()).match(/共 (\d+) 个/)[1]);
  assert.ok(before > 100, `the whole region stands in the tree (${before})`);
  await page.getByRole("link", { name: "全部展开" }).click();
  await page.getByRole("link", { name: /^土默特左旗人民政府办公室/ }).first().waitFor();

  const word = unique();
  await page.goto(consoleUrl("/units"));
  await page.getByRole("link", { name: "新建单位" }).click();
  await fillNewUnit(page, word);
  await page.getByRole("button", { name: "新建", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `示例数据中心${word}` }).waitFor();

  await page.getByRole("link", { name: "更名" }).click();
  await field(page, "新名称").fill(`示例大数据中心${word}`);
  await field(page, "依据").fill("机构改革（示例）");
  await page.getByRole("button", { name: "更名" }).click();
  await message(page).getByText(/更名/).waitFor();
  await page.getByRole("heading", { level: 1, name: `示例大数据中心${word}` }).waitFor();
  await page.getByRole("list").filter({ hasText: `示例数据中心${word}` }).last().waitFor();

  await page.goto(consoleUrl("/units"));
  await page.getByRole("searchbox").fill(`示例数据中心${word}`);
  await page.getByRole("button", { name: "查询" }).click();
  await page.getByRole("link", { name: `示例大数据中心${word}` }).waitFor();

  await page.goto(consoleUrl("/units"));
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出" }).first().click();
  const file = await download;
  assert.ok(file.suggestedFilename().endsWith(".csv"), file.suggestedFilename());
  const text = readFileSync(await file.path(), "utf8");
  assert.ok(text.includes(`示例大数据中心${word}`));
  assert.ok(text.split("\n").length > before, "one line for each unit");
}));

async function fillNewUnit(page, word) {
  await field(page, "单位名称").fill(`示例数据中心${word}`);
  await field(page, "单位代码").fill(`shili-${word.toLowerCase()}`);
  await field(page, "上级单位").selectOption({ index: 1 });
  await field(page, "类别").selectOption({ index: 2 });
  await field(page, "行政区划").selectOption({ index: 1 });
}
