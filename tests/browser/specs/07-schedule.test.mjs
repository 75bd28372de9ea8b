import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, story, visitor } from "../lib/browser.mjs";
import { localMinute, pass, unique, until } from "../lib/desk.mjs";
import { columnUrl, consoleUrl } from "../lib/demo.mjs";
import { submitArticle } from "../lib/publishing.mjs";

after(closeBrowser);

test("a scheduled text appears at its time, not before", story(async (test) => {
  const title = `青城夜间公交开行（示例${unique()}）`;
  const list = columnUrl("hhht", "zwyw");
  const editor = await loggedIn("hhht.editor");
  const reviewers = [await loggedIn("hhht.chu"), await loggedIn("hhht.zhong")];
  const manager = await loggedIn("hhht.manager");
  const citizen = await visitor();
  const shows = async () => (await (await citizen.page.request.get(list)).text()).includes(title);

  // The next minute that leaves time for two reviews.
  const due = new Date(Math.ceil((Date.now() + 15_000) / 60_000) * 60_000);
  await submitArticle(editor, title, { column: "青城要闻", source: "市人民政府办公室", at: localMinute(due) });
  for (const reviewer of reviewers) await pass(reviewer, title);
  const admitted = Date.now();
  assert.ok(admitted < due.getTime(), "admitted before its time");

  await manager.page.goto(consoleUrl("/placements"));
  await manager.page.getByRole("row").filter({ hasText: title }).getByText("等待上线").waitFor();

  while (Date.now() < due.getTime() - 1500) {
    assert.equal(await shows(), false, "not before its time");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  await until(async () => (await shows()) || "not yet", { within: 30_000, what: "the scheduled text" });
  const late = Date.now() - due.getTime();
  test.diagnostic(`on the site ${late} ms after its time`);
  assert.ok(late > 0);
}));
