import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, story, visitor } from "../lib/browser.mjs";
import { pass, unique, until } from "../lib/desk.mjs";
import { columnUrl } from "../lib/demo.mjs";
import { openReleases, openRollback, recall, receipts, rollBack, submitArticle } from "../lib/publishing.mjs";

after(closeBrowser);

test("a rollback restores the pages of then, but never what was recalled", story(async () => {
  const word = unique();
  const recalled = `旗内道路养护安排（示例${word}甲）`;
  const later = `旗内图书流动车进村（示例${word}乙）`;
  const list = columnUrl("tmtzq", "zwyw");
  const citizen = await visitor();
  const request = citizen.page.request;
  const html = async () => (await request.get(list)).text();
  const shows = async (title) => (await html()).includes(title);
  const addressOf = async (title) => {
    const text = await html();
    const link = text.slice(0, text.indexOf(title)).match(/<a href="([^"]+)">[^<]*$/);
    return new URL(link[1], list).href;
  };
  const status = async (address) => (await request.get(address)).status();

  const editor = await loggedIn("tmtzq.editor");
  const reviewer = await loggedIn("tmtzq.zhong");
  const manager = await loggedIn("tmtzq.manager");
  const text = { column: "旗内要闻", source: "旗人民政府办公室" };

  const first = await submitArticle(editor, recalled, text);
  await pass(reviewer, recalled);
  await until(() => shows(recalled), { within: 8000, what: "the first article" });
  const withIt = await openReleases(manager, "tmtzq");
  const recalledAddress = await addressOf(recalled);
  await recall(manager, first, { reason: "示例：安排有变", notice: "安排有变，请以新公告为准" });
  await until(async () => {
    await manager.page.reload();
    return (await receipts(manager)).every((line) => line.includes("否") && !line.includes("清除中"));
  }, { within: 8000, what: "all receipts" });
  const without = await openReleases(manager, "tmtzq");

  await submitArticle(editor, later, text);
  await pass(reviewer, later);
  await until(() => shows(later), { within: 8000, what: "the second article" });
  const laterAddress = await addressOf(later);

  // To the release before the second article: it goes, and the first stays gone.
  await rollBack(manager, "tmtzq", without, "示例：回到此前的版面");
  await until(async () => !(await shows(later)), { within: 8000, what: "the list of then" });
  assert.equal(await status(laterAddress), 404, "what came later is not there");
  assert.equal(await status(recalledAddress), 410, "what was recalled stays gone");

  // To the release that showed the first article: the page says that it does not come back, and it does not.
  await openRollback(manager, "tmtzq", withIt);
  await manager.page.getByText("该内容已撤回，不得恢复").first().waitFor();
  assert.equal(await shows(recalled), false);

  // A rollback is a release like any other, and can be taken back itself.
  const now = await openReleases(manager, "tmtzq");
  assert.ok(now > without);
  await rollBack(manager, "tmtzq", now - 1, "示例：恢复");
  await until(() => shows(later), { within: 8000, what: "the second article again" });
  assert.equal(await status(laterAddress), 200);
  assert.equal(await status(recalledAddress), 410);
}));
