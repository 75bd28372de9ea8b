import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, press, story } from "../lib/browser.mjs";
import {
  begin, field, fillCommon, message, openReview, pass, pressDraft, submit, unique, writeBody,
} from "../lib/desk.mjs";
import { consoleUrl } from "../lib/demo.mjs";

after(closeBrowser);

for (const script of [true, false]) {
  const how = script ? "" : " without JavaScript";

  test(`a returned text comes back with the reviewer's remark, is corrected and submitted again${how}`, story(async () => {
    const title = `关于公园夜间开放的便民消息（示例${unique()}）`;
    const editor = await loggedIn("nmg.editor", { script });
    const edition = await begin(editor, "文章", title);
    await writeBody(editor, ["自下月起，城区三处公园开放至二十二时。", "市民可就近锻炼，请爱护设施。"]);
    await fillCommon(editor, "政务要闻");
    await submit(editor);

    const reviewer = await loggedIn("nmg.chu", { script });
    await openReview(reviewer, title);
    const page = reviewer.page;
    await field(page, "针对的文字").fill("三处公园");
    await field(page, "批注内容").fill("请写明公园名称。");
    await page.getByRole("button", { name: "添加批注" }).click();
    await message(page).getByText("批注已添加").waitFor();
    assert.match(await page.locator("mark").filter({ hasText: "三处公园" }).first().innerText(), /三处公园/, "the remark stands at its place in the text");

    await press(reviewer, page.getByRole("button", { name: "退回修改" }));
    await page.getByText(/退回.*(原因|修改|意见)/).first().waitFor();
    assert.ok(page.url().includes("/return"), "a return without a reason is asked again");
    await field(page, "审核意见").fill("请补充公园名称后再送。");
    await press(reviewer, page.getByRole("button", { name: "退回修改" }));
    await message(page).getByText("已退回采编人员").waitFor();

    await editor.page.goto(consoleUrl());
    const desk = editor.page.locator("#returned");
    await desk.getByText("请补充公园名称后再送。").first().waitFor();
    await desk.getByRole("link", { name: title }).click();
    await editor.page.waitForURL(new RegExp(`${edition}`));
    if (!editor.page.url().endsWith("/edit")) await editor.page.getByRole("link", { name: "编辑", exact: true }).click();
    await editor.page.getByText("请补充公园名称后再送。").first().waitFor();
    await editor.page.getByText("请写明公园名称。").first().waitFor();
    await editor.page.getByRole("button", { name: "已处理" }).click();
    await message(editor.page).getByText("批注已标记为处理完毕").waitFor();
    await writeBody(editor, ["自下月起，青城公园、满都海公园、仕奇公园开放至二十二时。", "市民可就近锻炼，请爱护设施。"]);
    await pressDraft(editor, "保存草稿");
    await message(editor.page).getByText("草稿已保存").waitFor();
    await submit(editor);

    await pass(reviewer, title);
    await message(page).getByText("转入“复审”").waitFor();
  }));
}
