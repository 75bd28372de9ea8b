import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, loggedIn, press, story } from "../lib/browser.mjs";
import { field, message, unique } from "../lib/desk.mjs";
import { consoleUrl } from "../lib/demo.mjs";

after(closeBrowser);

const RULE = "disclosure.correction_notice";

test("the region sees every rule with its source, and finds those still to be confirmed", story(async () => {
  const region = await loggedIn("nmg.supervisor");
  const { page } = region;
  await page.goto(consoleUrl());
  await page.getByRole("link", { name: "规则", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "规则" }).waitFor();
  await page.getByLabel("范围").selectOption({ label: "只看待确认" });
  await page.getByRole("button", { name: "查询" }).click();
  await page.waitForURL(/only=to_confirm/);
  const states = await page.locator("#list tbody tr td:last-child").allInnerTexts();
  assert.ok(states.length > 0 && states.every((text) => text.includes("待确认")), `${states}`);
  await page.goto(consoleUrl(`/rules/${RULE}?date=2018-01-01`));
  await page.getByText("还没有生效").waitFor();
  await page.goto(consoleUrl(`/rules/${RULE}`));
  await page.getByText("国令第711号").first().waitFor();
}));

test("a league tightens at once; what it loosens waits for the region", story(async () => {
  const league = await loggedIn("hhht.supervisor");
  await amend(league, "5", `示例：加严 ${unique()}`);
  await message(league.page).getByText("更严").waitFor();
  assert.match(await valueOf(league.page), /^5个工作日$/);

  const reason = `示例：放宽 ${unique()}`;
  await amend(league, "10", reason);
  await message(league.page).getByText("须经自治区批准").waitFor();
  assert.match(await valueOf(league.page), /^5个工作日$/, "nothing changes before the region has approved");

  const region = await loggedIn("nmg.supervisor");
  await region.page.goto(consoleUrl());
  const line = region.page.getByRole("row").filter({ hasText: reason });
  await line.getByLabel("审批意见").fill("同意");
  await press(region, line.getByRole("button", { name: "批准", exact: true }));
  await message(region.page).getByText("已批准").waitFor();
  await league.page.reload();
  assert.match(await valueOf(league.page), /^10个工作日$/);
  await league.page.getByText("经批准放宽").waitFor();
}));

test("a year is entered by one person and confirmed by another", story(async () => {
  const one = await loggedIn("nmg.supervisor");
  const { page } = one;
  const year = await firstUnknownYear(page);
  await page.getByText(`${year}年安排尚未录入`).waitFor();
  await page.getByRole("link", { name: "录入节假日安排" }).click();
  await field(page, "年份").fill(`${year}`);
  await field(page, "通知的文号或网址").fill("示例通知");
  await field(page, "通知全文或逐日表格").fill(`${year}-01-01,放假,元旦\n${year}-13-02,放假,示例节`);
  await page.getByRole("button", { name: "预览" }).click();
  await page.getByText("第2行").first().waitFor();
  await field(page, "通知全文或逐日表格").fill(`${year}-01-01,放假,元旦\n${year}-01-02,放假,元旦`);
  await page.getByRole("button", { name: "预览" }).click();
  await page.getByRole("cell", { name: `${year}-01-02` }).waitFor();
  await page.getByRole("button", { name: "提交复核" }).click();
  await message(page).getByText("另一位人员").waitFor();
  await page.getByText("等待另一位人员复核").waitFor();
  assert.equal(await page.getByRole("button", { name: "复核无误，生效" }).count(), 0, "nobody confirms the own entry");

  const two = await loggedIn("nmg.supervisor2");
  await two.page.goto(consoleUrl());
  await two.page.getByRole("link", { name: "去复核" }).click();
  await press(two, two.page.getByRole("button", { name: "复核无误，生效" }));
  await message(two.page).getByText("已生效").waitFor();
  await two.page.getByText(`${year}年工作日历`).first().waitFor();
  await two.page.getByRole("heading", { name: "12月" }).waitFor();
}));

async function amend(person, value, reason) {
  const { page } = person;
  await page.goto(consoleUrl(`/rules/${RULE}`));
  await page.getByRole("link", { name: "调整参数" }).click();
  await field(page, "参数").selectOption({ index: 1 });
  await field(page, "调整为").fill(value);
  await field(page, "调整原因").fill(reason);
  await page.getByRole("button", { name: "提交调整" }).click();
}

/** What the first parameter holds today. */
async function valueOf(page) {
  return (await page.getByRole("row").nth(1).getByRole("cell").nth(1).innerText()).trim();
}

async function firstUnknownYear(page) {
  for (let year = 2027; year < 2040; year += 1) {
    await page.goto(consoleUrl(`/calendar?year=${year}`));
    if (await page.getByText("尚未录入").first().isVisible()) return year;
  }
  throw new Error("every year is known");
}
