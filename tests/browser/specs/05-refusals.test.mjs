import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, press, story, typePassword, visitor } from "../lib/browser.mjs";
import { begin, field, fillCommon, openReview, submit, unique, writeBody } from "../lib/desk.mjs";
import { consoleUrl, login } from "../lib/demo.mjs";
import { appoint } from "../lib/administration.mjs";

after(closeBrowser);

test("a reviewer cannot pass a text that they wrote themselves, on the page or past it", story(async () => {
  await appoint("jyt.editor", "初审", "教育厅");
  const writer = await loggedIn("jyt.editor");
  const title = `关于寒假安全提醒的消息（示例${unique()}）`;
  await begin(writer, "文章", title);
  await writeBody(writer, ["寒假将至，请注意出行安全。"]);
  await field(writer.page, "来源").fill("自治区教育厅");
  await writer.page.getByLabel(/^已通过保密审查/).check();
  await submit(writer);

  const { page } = writer;
  await openReview(writer, title);
  const sentence = page.getByText(/本稿由您.*须由其他人审核/).first();
  await sentence.waitFor();
  assert.equal(await page.getByRole("button", { name: "通过", exact: true }).count(), 0, "no button to pass");

  const review = page.url();
  const step = await stepOf(title);
  const token = await page.locator('meta[name="csrf-token"]').getAttribute("content");
  const answer = await page.request.post(`${review}/pass`, { form: { csrf_token: token, step, opinion: "同意" } });
  assert.ok([403, 409].includes(answer.status()), `a forged decision is refused (${answer.status()})`);
  await page.goto(review);
  await sentence.waitFor();
}));

test("another office's draft is not found, whatever address is tried", story(async () => {
  const writer = await loggedIn("nmg.editor");
  const edition = await begin(writer, "文章", `关于内部事项的草稿（示例${unique()}）`);
  const stranger = await loggedIn("xlgl.editor");
  for (const path of ["", "/edit", "/compare"]) {
    const answer = await stranger.page.goto(consoleUrl(`/editions/${edition}${path}`));
    assert.equal(answer.status(), 404, `${path || "/"} answered ${answer.status()}`);
    assert.ok(!(await stranger.page.content()).includes("内部事项"), "not a word of it is shown");
  }
  const token = await stranger.page.locator('meta[name="csrf-token"]').getAttribute("content");
  const answer = await stranger.page.request.post(consoleUrl(`/editions/${edition}`), {
    form: { csrf_token: token, lock_version: "1", title: "改", do: "save" },
  });
  assert.equal(answer.status(), 404);
}));

test("a form without its token changes nothing", story(async () => {
  const writer = await loggedIn("nmg.editor");
  const title = `未经许可的草稿（示例${unique()}）`;
  const answer = await writer.page.request.post(consoleUrl("/resources"), { form: { kind: "article", title } });
  assert.equal(answer.status(), 403);
  assert.match(await answer.text(), /打开原来的页面重新提交/, "the answer says what to do");
  await writer.page.goto(consoleUrl(`/resources?q=${encodeURIComponent(title)}`));
  assert.equal(await writer.page.getByRole("link", { name: title }).count(), 0);
}));

for (const script of [true, false]) {
  test(`who is not logged in is led to the login and back${script ? "" : " without JavaScript"}`, story(async () => {
    const person = await visitor({ script });
    await person.page.goto(consoleUrl("/resources?kind=policy"));
    await person.page.waitForURL(/\/console\/login\?next=/);
    await typePassword(person, "nmg.editor", "wrong-password-1");
    await person.page.getByText(/登录名或口令/).first().waitFor();
    assert.equal(await person.page.getByLabel("登录名").inputValue(), "nmg.editor", "the login name is kept");
    await typePassword(person, "nmg.editor", login("nmg.editor").password);
    await person.page.waitForURL(/\/console\/resources\?kind=policy$/);
    await person.page.getByRole("heading", { level: 1, name: "信息资源库" }).waitFor();

    await press(person, person.page.getByText(login("nmg.editor").name).first());
    await person.page.getByRole("button", { name: "退出登录" }).click();
    await person.page.waitForURL(/\/console\/login/);
    await person.page.goto(consoleUrl());
    await person.page.waitForURL(/\/console\/login/);
  }));
}

/** The step of a review as its rightful reviewer sees it. */
async function stepOf(title) {
  const reviewer = await loggedIn("jyt.chu");
  await openReview(reviewer, title);
  return reviewer.page.locator('input[name="step"]').first().inputValue();
}
