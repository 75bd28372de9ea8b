// What people do at the console, by the words on the screen.

import assert from "node:assert/strict";
import { consoleUrl } from "./demo.mjs";
import { press } from "./browser.mjs";

const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A form field by its whole label, with or without the star of a required one. */
export const field = (page, label) => page.getByLabel(new RegExp(`^\\s*${escape(label)}\\s*(\\*（必填）)?\\s*$`));

/** The message above the page after something was done. */
export const message = (page) => page.locator("#messages");

/** Today in Beijing. */
export const today = (days = 0) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

/** A time in Beijing as a date-and-time field holds it. */
export const localMinute = (date) =>
  date.toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16).replace(" ", "T");

/** A word that no other text of this run contains. */
export const unique = () => `${process.pid.toString(36)}${Date.now().toString(36)}`.toUpperCase();

/** Starts a text and opens its form. */
export async function begin(person, kind, title) {
  const { page } = person;
  await page.goto(consoleUrl("/resources/new"));
  await page.getByRole("radio", { name: new RegExp(`^${kind}`) }).check();
  await field(page, "标题").fill(title);
  await page.getByRole("button", { name: "建立草稿" }).click();
  await page.waitForURL(/\/editions\/[0-9a-f-]+\/edit/);
  return page.url().match(/editions\/([0-9a-f-]+)/)[1];
}

/** Writes the body, in the editor or as HTML. */
export async function writeBody(person, paragraphs) {
  const { page } = person;
  if (!person.script) {
    await field(page, "正文").fill(paragraphs.map((text) => `<p>${text}</p>`).join("\n"));
    return;
  }
  const area = page.locator("[contenteditable=true]").first();
  await area.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  for (const [index, text] of paragraphs.entries()) {
    if (index > 0) await page.keyboard.press("Enter");
    await page.keyboard.insertText(text);
  }
}

/** The elements that every text needs. */
export async function fillCommon(person, column) {
  const { page } = person;
  await field(page, "来源").fill("自治区人民政府办公厅");
  await page.getByLabel(/^已通过保密审查/).check();
  await tickColumn(page, column);
}

/** Proposes a column. */
export async function tickColumn(page, column) {
  await page.getByRole("group", { name: "发布到栏目" }).getByRole("checkbox", { name: column, exact: true }).first().check();
}

/** The elements of a policy, all of them. */
export async function fillPolicy(person, number) {
  const { page } = person;
  const values = {
    发文机关: "内蒙古自治区人民政府办公厅",
    发文字号: number,
    文种: "通知",
    主题分类: "综合政务\\政务公开",
    主题词: "政务公开、网站",
    成文日期: today(-1),
    施行日期: today(),
    摘要: "示例政策文件，用于说明从起草到公开的全过程。",
    关键词: "示例、全过程",
    作者: "综合处",
    责任编辑: "示例编辑",
    公开依据: "《中华人民共和国政府信息公开条例》第二十条",
  };
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(value);
  await field(page, "有效性").selectOption({ label: "有效" });
}

/** Attaches a file. */
export async function attach(person, name, mimeType, buffer) {
  const { page } = person;
  await field(page, "添加附件").setInputFiles({ name, mimeType, buffer });
  await page.getByRole("button", { name: "上传" }).click();
  await page.getByRole("link", { name }).waitFor();
}

/** A button of the draft's form. */
export async function pressDraft(person, name) {
  await press(person, person.page.getByRole("button", { name, exact: true }));
}

/** Saves, screens, submits; ends on the reading page of the text. */
export async function submit(person) {
  await pressDraft(person, "送审");
  await person.page.waitForURL(/\/editions\/[0-9a-f-]+$/);
  await message(person.page).getByText("已送审").waitFor();
}

/** Opens the review of a text from the list of what waits. */
export async function openReview(person, title) {
  await person.page.goto(consoleUrl("/reviews"));
  await person.page.getByRole("link", { name: title, exact: true }).first().click();
  await person.page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** Passes a text; says when the server had recorded it. */
export async function pass(person, title, opinion = "同意") {
  const { page } = person;
  await openReview(person, title);
  await field(page, "审核意见").fill(opinion);
  const recorded = page
    .waitForResponse((response) => response.request().method() === "POST" && response.url().endsWith("/pass"))
    .then(() => Date.now());
  await press(person, page.getByRole("button", { name: "通过", exact: true }));
  await message(page).getByText(/已通过/).waitFor();
  return recorded;
}

/** Where a text stands on the sites, from its reading page. */
export async function livePaths(person, edition) {
  await person.page.goto(consoleUrl(`/editions/${edition}`));
  const links = person.page.getByRole("link", { name: "打开" });
  return links.evaluateAll((all) => all.map((link) => link.href));
}

/** Asks an address again until it answers as wanted; says how long that took. */
export async function until(check, { within = 2000, what = "the wanted answer" } = {}) {
  const started = Date.now();
  let last;
  while (Date.now() - started <= within) {
    last = await check();
    if (last === true) return Date.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${what} did not come within ${within} ms (last: ${last})`);
}

/** A small but real PDF of one page. */
export function samplePdf(text) {
  const parts = ["%PDF-1.4\n"];
  const offsets = [];
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length + 33} >>\nstream\nBT /F1 18 Tf 40 100 Td (${text}) Tj ET\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  objects.forEach((body, index) => {
    offsets.push(parts.join("").length);
    parts.push(`${index + 1} 0 obj\n${body}\nendobj\n`);
  });
  const start = parts.join("").length;
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(`xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.from(parts.join(""), "latin1");
}
