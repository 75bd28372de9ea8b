import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, story } from "../lib/browser.mjs";
import { begin, fillCommon, message, pressDraft, unique, writeBody } from "../lib/desk.mjs";
import { idNumber } from "../lib/samples.mjs";

after(closeBrowser);

for (const script of [true, false]) {
  const how = script ? "" : " without JavaScript";

  test(`an ID number in the text stops the submission, and asking to let it pass does not yet help${how}`, story(async () => {
    const number = idNumber("150102", "19900101", 3);
    const editor = await loggedIn("nmg.editor", { script });
    const { page } = editor;
    await begin(editor, "文章", `关于发放补贴名单的公示（示例${unique()}）`);
    await writeBody(editor, ["现将名单公示如下。", `示例居民，身份证号${number}，补贴五百元。`]);
    await fillCommon(editor, "通知公告");

    await pressDraft(editor, "机审");
    await message(page).getByText(/须改正后才能送审/).waitFor();
    const finding = page.getByRole("article").filter({ hasText: "身份证号" }).first();
    await finding.waitFor();
    const excerpt = await finding.locator("blockquote").innerText();
    assert.ok(!excerpt.includes(number), `the number is not repeated in full: ${excerpt}`);
    assert.match(await finding.innerText(), /须改正/);

    await pressDraft(editor, "送审");
    await page.getByText(/有须改正的问题|须改正/).first().waitFor();
    assert.ok(!/editions\/[0-9a-f-]+$/.test(page.url()) || (await page.getByRole("button", { name: "送审", exact: true }).isVisible()), "it was not submitted");

    await placeShown(editor, number);
    const reasonless = page.getByRole("article").filter({ hasText: "身份证号" }).first();
    const details = reasonless.locator("details.ed-overrule");
    if (!(await details.evaluate((one) => one.open))) await details.locator("> summary").click();
    await reasonless.getByRole("button", { name: "申请放行" }).click();
    await page.getByText(/理由/).filter({ hasText: /填写|写明/ }).first().waitFor();

    const again = page.getByRole("article").filter({ hasText: "身份证号" }).first();
    const open = again.locator("details.ed-overrule");
    if (!(await open.evaluate((one) => one.open))) await open.locator("> summary").click();
    await again.getByLabel(/^理由/).fill("示例号码，由测试程序生成，不属于任何人，用于说明机审。");
    await again.getByRole("button", { name: "申请放行" }).click();
    await message(page).getByText("放行申请已提交").waitFor();
    await page.getByText("示例号码，由测试程序生成").first().waitFor();
    await pressDraft(editor, "送审");
    await page.getByText(/须改正/).first().waitFor();
    assert.ok(await page.getByRole("button", { name: "送审", exact: true }).isVisible(), "asking alone lets nothing pass");
  }));
}

/** The finding leads to its place: in the editor, or on the reading page. */
async function placeShown(editor, number) {
  const { page } = editor;
  const finding = page.getByRole("article").filter({ hasText: "身份证号" }).first();
  if (editor.script) {
    await finding.getByRole("heading").click();
    assert.equal(await page.evaluate(() => getSelection().toString()), number, "its words are selected in the editor");
    return;
  }
  await finding.getByRole("link", { name: "在正文中查看" }).click();
  assert.equal(await page.locator(":target").innerText(), number, "its words are marked on the reading page");
  await page.goto(page.url().replace(/\?.*$/, "/edit"));
}
