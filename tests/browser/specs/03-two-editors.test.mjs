import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, story } from "../lib/browser.mjs";
import { begin, field, message, pressDraft, unique, writeBody } from "../lib/desk.mjs";
import { consoleUrl, login } from "../lib/demo.mjs";

after(closeBrowser);

for (const script of [true, false]) {
  const how = script ? "" : " without JavaScript";

  test(`of two editors of one draft the second is told and loses nothing${how}`, story(async () => {
    const word = unique();
    const first = await loggedIn("nmg.editor", { script });
    const edition = await begin(first, "文章", `关于图书馆延时开放的消息（示例${word}）`);

    const second = await loggedIn("nmg.editor2", { script });
    // The browser notes every answer of 409 as a failure to load.
    second.expected = /status of 409/;
    await second.page.goto(consoleUrl(`/editions/${edition}/edit`));
    if (script) {
      await second.page.getByText("正在编辑，请先沟通").waitFor();
      await second.page.getByText(login("nmg.editor").name).first().waitFor();
    }

    await writeBody(first, ["第一位编辑写的内容。"]);
    await pressDraft(first, "保存草稿");
    await message(first.page).getByText("草稿已保存").waitFor();

    await field(second.page, "副标题").fill("第二位编辑拟的副标题");
    await writeBody(second, ["第二位编辑写的内容。"]);
    await pressDraft(second, "保存草稿");
    await second.page.getByRole("heading", { name: "对照：最新内容与您的内容" }).waitFor();
    assert.equal(await field(second.page, "副标题").inputValue(), "第二位编辑拟的副标题", "the typed subtitle is kept");
    assert.match(await bodyOf(second), /第二位编辑写的内容。/, "the typed body is kept");
    await second.page.locator("del").filter({ hasText: "一" }).first().waitFor();
    await second.page.locator("ins").filter({ hasText: "二" }).first().waitFor();

    await pressDraft(second, "以我的内容保存");
    await message(second.page).getByText("草稿已保存").waitFor();
    assert.match(await bodyOf(second), /第二位编辑写的内容。/);
  }));
}

test("a slow autosave does not turn one's own save into a conflict", story(async () => {
  const editor = await loggedIn("nmg.editor2");
  const edition = await begin(editor, "文章", `关于自习室开放的消息（示例${unique()}）`);
  let held;
  const reached = new Promise((resolve) => {
    editor.page.route(`**/editions/${edition}/autosave`, async (route) => {
      const answer = await route.fetch();
      resolve();
      await new Promise((release) => { held = release; });
      await route.fulfill({ response: answer }).catch(() => {});
    });
  });
  await writeBody(editor, ["自习室每日八时开放。"]);
  await reached;
  await field(editor.page, "副标题").fill("每日八时开放");
  await pressDraft(editor, "保存草稿");
  setTimeout(() => held(), 300);
  await message(editor.page).getByText("草稿已保存").waitFor();
  assert.equal(await field(editor.page, "副标题").inputValue(), "每日八时开放");
}));

for (const mode of ["the editor", "the source view"]) {
  test(`words typed in ${mode} in the last instant before saving are saved`, story(async () => {
    const editor = await loggedIn("nmg.editor2");
    const { page } = editor;
    await begin(editor, "文章", `关于游泳馆开放的消息（示例${unique()}）`);
    await writeBody(editor, ["游泳馆每日九时开放。"]);
    if (mode === "the source view") {
      await page.getByRole("button", { name: "改变模式" }).first().click();
      await page.locator(".jodit-source__mirror").waitFor();
    }
    await page.evaluate((source) => {
      const place = document.querySelector(source ? ".jodit-source__mirror" : ".jodit-wysiwyg");
      const words = "周一闭馆。";
      if (source) {
        place.value += `<p>${words}</p>`;
        place.dispatchEvent(new Event("input", { bubbles: true }));
      } else {
        place.append(Object.assign(document.createElement("p"), { textContent: words }));
        place.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
      [...document.querySelectorAll("#draft button")].find((button) => button.textContent.trim() === "保存草稿").click();
    }, mode === "the source view");
    await message(page).getByText("草稿已保存").waitFor();
    assert.match(await bodyOf(editor), /游泳馆每日九时开放。\s*周一闭馆。/);
  }));
}

async function bodyOf(person) {
  if (person.script) return person.page.locator("[contenteditable=true]").first().innerText();
  return field(person.page, "正文").inputValue();
}
