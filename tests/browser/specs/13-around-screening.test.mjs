import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, PHONE, press, story } from "../lib/browser.mjs";
import { begin, field, fillCommon, message, openReview, pressDraft, submit, today, unique, writeBody } from "../lib/desk.mjs";
import { consoleUrl } from "../lib/demo.mjs";
import { barriers } from "../lib/accessibility.mjs";
import { idNumber } from "../lib/samples.mjs";

after(closeBrowser);

const finding = (page, words) => page.locator("article.zt-finding:not(.zt-explain *)").filter({ hasText: words }).first();

/** Opens what asks for a reason, and writes it. */
async function reasonFor(page, card, text) {
  const details = card.locator("details.ed-overrule");
  if (!(await details.evaluate((one) => one.open))) await details.locator("> summary").click();
  await card.getByLabel("理由（审核人会看到）").fill(text);
}

async function beyondTheEdge(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test("a finding is explained at its place, and its suggestion is adopted from there", story(async () => {
  const editor = await loggedIn("nmg.editor");
  const { page } = editor;
  const edition = await begin(editor, "文章", `示例：供热保障（${unique()}）`);
  await writeBody(editor, ["现印发内政办发[2026]8号文件，请认真执行。"]);
  await fillCommon(editor, "通知公告");
  await pressDraft(editor, "机审");
  await message(page).getByText(/机审完成/).waitFor();
  await page.locator(".ed-mark").first().waitFor();
  const place = await page.locator(".ed-mark").first().boundingBox();
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  const dialog = page.getByRole("dialog", { name: "机审意见说明" });
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /〔2026〕8号/);
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });

  // With the keyboard alone: the finding selects its words, Alt and the arrow lead into the explanation.
  await finding(page, "发文字号").getByRole("heading").click();
  await page.keyboard.press("Alt+ArrowDown");
  await dialog.waitFor();
  assert.ok(await dialog.evaluate((box) => box.contains(document.activeElement)), "the keyboard is in the explanation");
  await press(editor, dialog.getByRole("button", { name: "采纳建议" }));
  await message(page).getByText("已按建议修改").waitFor();
  const saved = await page.locator('textarea[name="body"]').inputValue();
  assert.ok(saved.includes("〔2026〕8号") && !saved.includes("ed-mark"), saved);
  assert.ok(edition);
}));

test("what blocks is let pass by the last reviewer, who sees it on the desk", story(async () => {
  const number = idNumber("150102", "19900101", 8);
  const title = `示例：补贴公示（${unique()}）`;
  const editor = await loggedIn("nmg.editor");
  const { page } = editor;
  await begin(editor, "文章", title);
  await writeBody(editor, ["现将名单公示如下。", `示例居民，身份证号${number}，补贴五百元。`]);
  await fillCommon(editor, "通知公告");
  await pressDraft(editor, "机审");
  const card = finding(page, "身份证号");
  await card.waitFor();
  assert.equal(await card.getByRole("button", { name: "本处忽略" }).count(), 0);
  await reasonFor(page, card, "示例号码，由测试程序生成，不属于任何人。");
  await press(editor, card.getByRole("button", { name: "申请放行" }));
  await message(page).getByText("放行申请已提交").waitFor();
  const step = (await finding(page, "身份证号").innerText()).match(/等“(.+?)”决定/)[1];
  assert.ok(step);

  const last = await loggedIn("nmg.zhong", { viewport: PHONE });
  await last.page.goto(consoleUrl());
  await last.page.getByRole("link", { name: title }).first().click();
  await last.page.getByRole("heading", { level: 1, name: "放行申请" }).waitFor();
  assert.ok((await beyondTheEdge(last.page)) <= 0, "nothing beyond the edge of a phone");
  assert.deepEqual(await barriers(last.page), []);
  await field(last.page, "放行或不予放行的理由").fill("号码为示例，准予放行。");
  await press(last, last.page.getByRole("button", { name: "放行", exact: true }));
  await message(last.page).getByText("已放行").waitFor();

  await page.reload();
  await finding(page, "身份证号").getByText("已放行").first().waitFor();
  await submit(editor);
  const first = await loggedIn("nmg.chu");
  await openReview(first, title);
  await first.page.getByText("经末审人员放行").waitFor();
  await first.page.locator("mark[data-finding]").first().hover();
  await first.page.getByRole("dialog", { name: "机审意见说明" }).waitFor();
  assert.deepEqual(await barriers(first.page), []);
}));

test("an exception of the unit waits for a second person", story(async () => {
  const editor = await loggedIn("nmg.editor");
  const { page } = editor;
  await begin(editor, "文章", `示例：例外（${unique()}）`);
  const serial = 100 + (Date.now() % 800);
  await writeBody(editor, [`另转发内政办发[2026]${serial}号文件。`]);
  await pressDraft(editor, "机审");
  const card = finding(page, `${serial}`);
  await card.waitFor();
  const why = `示例：本单位沿用旧式文号 ${unique()}`;
  await reasonFor(page, card, why);
  await card.getByLabel("截止日期（最长12个月）").fill(today(30));
  await press(editor, card.getByRole("button", { name: "申请本单位忽略" }));
  await message(page).getByText("另一位").waitFor();
  const second = await loggedIn("nmg.chu");
  await second.page.goto(consoleUrl("/screening-exceptions"));
  const line = second.page.getByRole("row").filter({ hasText: why });
  await press(second, line.getByRole("button", { name: "同意", exact: true }));
  await message(second.page).getByText("已同意").waitFor();
  assert.deepEqual(await barriers(second.page), []);
  await pressDraft(editor, "重新机审");
  await page.getByText("已按例外忽略 1 处").waitFor();
  const phone = await loggedIn("nmg.editor", { viewport: PHONE });
  for (const path of ["/screening-exceptions", "/appeals", "/screening-precision"]) {
    await phone.page.goto(consoleUrl(path));
    assert.ok((await beyondTheEdge(phone.page)) <= 0, path);
    assert.deepEqual(await barriers(phone.page), [], path);
  }
}));

test("an appeal against a rule is answered by the region", story(async () => {
  const editor = await loggedIn("nmg.editor");
  const { page } = editor;
  await begin(editor, "文章", `示例：异议（${unique()}）`);
  const serial = 1000 + (Date.now() % 8000);
  await writeBody(editor, [`另转发内政办发[2026]${serial}号文件。`]);
  await pressDraft(editor, "机审");
  const card = finding(page, `${serial}`);
  await card.waitFor();
  await reasonFor(page, card, "示例：原文件即如此书写，应当允许。");
  await press(editor, card.getByRole("button", { name: "对规则提出异议" }));
  await message(page).getByText("异议已转交").waitFor();
  const region = await loggedIn("nmg.supervisor");
  await region.page.goto(consoleUrl("/appeals"));
  await region.page.getByRole("link", { name: new RegExp(`${serial}`) }).click();
  await field(region.page, "理由").fill("该写法与规范不符，不予采纳。");
  assert.deepEqual(await barriers(region.page), []);
  await press(region, region.page.getByRole("button", { name: "不采纳", exact: true }));
  await message(region.page).getByText("已答复不采纳").waitFor();
  await page.goto(consoleUrl());
  const notice = page.locator("#answers li").filter({ hasText: "该写法与规范不符" }).first();
  await press(editor, notice.getByRole("button", { name: "知道了" }));
  await message(page).getByText("已标记为看过").waitFor();
}));

for (const script of [true, false]) {
  test(`personal data is masked with one button${script ? "" : " without JavaScript"}`, story(async () => {
    const number = idNumber("150102", "19900101", 9);
    const editor = await loggedIn("nmg.editor", { script });
    const { page } = editor;
    await begin(editor, "文章", `示例：遮盖（${unique()}）`);
    await writeBody(editor, [`示例居民，身份证号${number}。`]);
    await pressDraft(editor, "机审");
    await press(editor, page.getByRole("button", { name: /一键遮盖个人信息/ }));
    await message(page).getByText("已遮盖 1 处").waitFor();
    assert.ok(!(await page.locator('textarea[name="body"]').inputValue()).includes(number));
  }));
}
