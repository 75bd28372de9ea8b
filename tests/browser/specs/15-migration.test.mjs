import { after, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { barriers, overflow } from "../lib/accessibility.mjs";
import { closeBrowser, DESKTOP, loggedIn, PHONE, photograph, press, story } from "../lib/browser.mjs";
import { field, message, until } from "../lib/desk.mjs";
import { consoleUrl, origin } from "../lib/demo.mjs";
import { chooseContaining, passSingly, prepareSite, pressOverview, reaches, report } from "../lib/migration.mjs";
import { ask, follow, startOldSite } from "../lib/old-site.mjs";

const DOMAIN = "www.jiuzhan-shili.gov.cn";
const NAME = "旧站迁移示例网站";
const OFFICE = "呼和浩特市人民政府办公室";

const old = await startOldSite(["--articles", "300", "--encoding", "gbk"]);
after(async () => {
  await old.stop();
  await closeBrowser();
});

const texts = old.pages.filter((page) => ["article", "service_guide", "leader"].includes(page.kind));
const leaders = texts.filter((page) => page.kind === "leader");
/** One page that nobody wants any more, and why. */
const dropped = texts.find((page) => page.column[0] === "通知公告");
const WHY = "内容已失效，不再提供（示例）。";
const moved = texts.filter((page) => !leaders.includes(page) && page !== dropped);
/** The page that people look at: one with a table or an attachment is the more telling. */
const looked = moved.find((page) => page.attachments.length > 0 && page.column[0] === "政务动态");
/** Nothing of an original may run or load: what the browser refuses, it notes in its console. */
const REFUSED = /sandbox|Content Security Policy/;
let broken = false;
let steps = 0;
/** One step of the way: what comes after a step that failed is not tried. */
const step = (body) => story(async (test) => {
  if (broken) return test.skip("an earlier step failed");
  steps += 1;
  broken = true;
  await body(test);
  broken = false;
});
/** `/migrations/…` once it has begun. */
let path = "";
/** `/pages/…` of the page that people look at. */
let lookedPath = "";

/** Has the page at hand no barriers, and does it fit a phone? */
async function usable(person, below = "") {
  const { page } = person;
  const found = [];
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    await page.goto(consoleUrl(`${path}${below}`));
    found.push(...(await barriers(page)).map((one) => `${below || "overview"} at ${viewport.width}: ${one}`));
    if (process.env.ZHENGTONG_SHOTS_ALWAYS) await photograph(person, `${steps} ${below || "overview"} ${viewport.width}`);
    const beyond = await overflow(page);
    if (beyond > 0) found.push(`${below || "overview"} at ${viewport.width}: ${beyond} px beyond the edge`);
  }
  await page.setViewportSize(DESKTOP);
  assert.deepEqual(found, []);
}

/** The number in a cell of the table of fates. */
async function fate(page, kind, column) {
  const table = page.getByRole("table").first();
  const heads = await table.getByRole("columnheader").allInnerTexts();
  const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: kind, exact: true }) });
  if ((await row.count()) === 0) return 0;
  const cells = await row.locator("th,td").allInnerTexts();
  return Number(cells[heads.indexOf(column)]);
}

test("the way to a new migration is open to editors and easy to use", step(async () => {
  const editor = await loggedIn("hhht.editor");
  path = "/migrations";
  await usable(editor);
  await usable(editor, "/new");
}));

test("an old site is collected from its live address and assessed", step(async () => {
  await prepareSite({
    slug: "jiuzhan", name: NAME, domain: DOMAIN, code: "1501009017", sponsor: OFFICE, manager: "hhht.manager",
    columns: [
      ["zwyw", "政务要闻", "工作动态"], ["tzgg", "通知公告", "通知公告"], ["zcwj", "政策文件", "政策文件"],
      ["zcjd", "政策解读", "政策解读"], ["bsfw", "办事服务", "办事服务"],
    ],
  });
  const editor = await loggedIn("hhht.editor");
  const { page } = editor;
  await page.goto(consoleUrl("/migrations"));
  await page.getByRole("link", { name: "新建迁移" }).click();
  await chooseContaining(field(page, "迁入的网站"), NAME);
  await field(page, "旧网站的网址").fill(old.address);
  await field(page, "两次打开之间隔多少毫秒").fill("0");
  await page.getByRole("button", { name: "开始采集" }).click();
  await message(page).getByText("迁移已新建").waitFor();
  path = new URL(page.url()).pathname.replace("/console", "");
  await reaches(editor, path, "待对应");
  assert.equal(await fate(page, "首页", "旧网站"), 1);
  assert.equal(await fate(page, "列表页", "旧网站"), old.pages.filter((one) => one.kind === "list").length);
  assert.equal((await fate(page, "内容页", "旧网站")) + (await fate(page, "办事指南", "旧网站")), texts.length);
  const files = old.pages.filter((one) => ["attachment", "picture"].includes(one.kind));
  assert.equal(await fate(page, "附件和图片", "旧网站"), files.length + 1, "all files, and the map of the site");

  const html = await report(editor, path, "迁移评估报告", "网页");
  const said = readFileSync(html.path, "utf8");
  assert.match(html.name, /\.html$/);
  assert.ok(said.includes(NAME) && said.includes("领导信息") && said.includes(`${texts.length}`), "the report names columns and counts");
  const table = await report(editor, path, "迁移评估报告", "表格");
  assert.match(table.name, /\.xlsx$/);
  assert.equal(readFileSync(table.path).subarray(0, 2).toString(), "PK");
  editor.expected = REFUSED;
  for (const below of ["", "/columns", "/pages", "/learn", "/trial", "/review", "/addresses"]) await usable(editor, below);
}));

test("columns are set: proposals are taken, one is put right by hand, a page is looked at beside its original", step(async () => {
  const editor = await loggedIn("hhht.editor");
  const { page } = editor;
  await page.goto(consoleUrl(path));
  await page.getByRole("link", { name: "去作栏目对应" }).click();
  const column = (name) => page.getByRole("group", { name, exact: true });
  const chosen = (name) => column(name).getByLabel("新网站的栏目").locator("option:checked").innerText();
  assert.equal(await chosen("政务动态"), "政务要闻");
  assert.equal(await chosen("通知公告"), "通知公告");
  assert.equal(await chosen("规范性文件"), "政策文件");
  assert.equal(await chosen("政策解读"), "政策解读");
  assert.equal(await chosen("办事指南"), "办事服务");
  await column("领导信息").getByText("请").first().waitFor();
  await column("领导信息").getByLabel("去向").selectOption({ label: "归档" });
  await page.getByRole("button", { name: "保存全部栏目对应" }).click();
  await message(page).getByText("栏目对应已保存").waitFor();
  await column("领导信息").getByText("已确定").waitFor();

  await page.goto(consoleUrl(`${path}/pages?kind=text&q=${encodeURIComponent(dropped.title)}`));
  await page.getByRole("row").filter({ hasText: dropped.address }).getByRole("checkbox").check();
  await field(page, "勾选的页面去哪里").selectOption({ label: "不迁移" });
  await field(page, "原因").fill(WHY);
  await press(editor, page.getByRole("button", { name: "确定去向" }));
  await message(page).getByText("已决定 1 个页面的去向").waitFor();

  editor.expected = REFUSED;
  await openPage(editor, looked);
  const original = page.frameLocator("iframe.mg-original");
  await original.getByText(looked.text.split("\n")[0]).waitFor();
  const brought = await page.getByRole("region", { name: "将要迁入的正文" }).innerText();
  for (const line of looked.text.split("\n")) assert.ok(brought.replaceAll(/\s/g, "").includes(line.replaceAll(/\s/g, "")), line);
  assert.deepEqual(await barriers(page), []);
  lookedPath = new URL(page.url()).pathname.replace(`/console${path}`, "");
  await usable(editor, lookedPath);
}));

test("another office finds nothing of it", step(async () => {
  const stranger = await loggedIn("xlgl.editor");
  const { page } = stranger;
  const found = [];
  const address = page.url();
  for (const below of ["", "/columns", "/pages", "/learn", "/trial", "/review", "/addresses", "/abandon", "/reports/assessment", lookedPath, `${lookedPath}/original`]) {
    const answer = await page.goto(consoleUrl(`${path}${below}`));
    if (answer.status() !== 404) found.push(`${below}: ${answer.status()}`);
  }
  await page.goto(consoleUrl("/account"));
  const token = await page.locator('meta[name="csrf-token"]').getAttribute("content");
  for (const below of ["/trial", "/submit", "/live", "/stop", "/abandon", "/columns", "/pages", "/source", `${lookedPath}/fate`]) {
    const answer = await page.request.post(consoleUrl(`${path}${below}`), { form: { csrf_token: token, fate: "dropped", reason: "示例", source: "示例" }, maxRedirects: 0 });
    if (answer.status() !== 404) found.push(`POST ${below}: ${answer.status()}`);
  }
  assert.deepEqual(found, [], address);
}));

test("a hostile page shows as text, and nothing of its original runs", step(async () => {
  const title = "<img src=x onerror=alert(1)><script>window.ran=1</script>示例";
  const html = `<html><head><meta charset="utf-8"><title>${title.replaceAll("<", "&lt;")}</title>
    <script>document.documentElement.dataset.ran = "head"</script></head><body onload="document.body.dataset.ran='load'">
    <h1>${title.replaceAll("<", "&lt;")}</h1><p>2020-01-02 08:00 来源：示例单位</p>
    <div class="content"><p>这是一段用来说明恶意页面不能运行任何程序的示例正文，写得足够长。</p><p>第二段正文也是虚构的内容。</p>
    <script>top.document.title = "ran"; document.body.dataset.ran = "body"</script>
    <a href="javascript:alert(1)">点我</a><form action="/console/logout" method="post"><button>退出</button></form>
    <iframe src="/console/logout"></iframe></div></body></html>`;
  const editor = await loggedIn("hhht.editor");
  editor.expected = REFUSED;
  const { page } = editor;
  await page.goto(consoleUrl("/migrations/new"));
  await chooseContaining(field(page, "迁入的网站"), NAME);
  await field(page, "迁移名称").fill("恶意页面（示例）");
  await field(page, "旧网站的网址").fill("http://hostile.shili.example/");
  await page.getByRole("radio", { name: /^上传数据文件/ }).check();
  await field(page, "数据文件").setInputFiles({ name: "page.html", mimeType: "text/html", buffer: Buffer.from(html) });
  await page.getByRole("button", { name: "开始采集" }).click();
  await message(page).getByText("迁移已新建").waitFor();
  const other = new URL(page.url()).pathname.replace("/console", "");
  await reaches(editor, other, "待对应");
  await page.goto(consoleUrl(`${other}/pages`));
  await page.getByRole("row").filter({ hasText: "示例" }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "原页面" }).waitFor();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "<script>" }).waitFor();
  const brought = await page.getByRole("region", { name: "将要迁入的正文" }).innerHTML();
  assert.doesNotMatch(brought, /<script|javascript:|<form|<iframe|onerror=/i);
  await page.frameLocator("iframe.mg-original").getByText("第二段正文").waitFor();
  assert.ok((await page.title()).includes("示例"), "the original does not reach its frame's owner");
  assert.equal(await page.evaluate(() => window.ran), undefined);
  // Opened by itself it cannot do more.
  await page.goto(new URL(await page.locator("iframe.mg-original").getAttribute("src"), origin).href);
  await page.getByText("第二段正文").waitFor();
  assert.equal(await page.locator("[data-ran]").count(), 0, "no script of the original runs");
  await page.getByRole("button", { name: "退出" }).click({ noWaitAfter: true }).catch(() => {});
  await page.goto(consoleUrl(other));
  assert.ok(page.url().includes(other), "and no form of it is sent: still logged in");
  await page.getByRole("link", { name: "放弃" }).click();
  await field(page, "放弃的原因").fill("示例：页面来历不明。");
  await press(editor, page.getByRole("button", { name: /^放弃/ }));
  await page.getByText("已放弃").first().waitFor();
}));

test("the trial brings in as many as there are, and a spot check stands under a name", step(async () => {
  const editor = await loggedIn("hhht.editor");
  const { page } = editor;
  assert.match(await pressOverview(editor, path, "试迁移"), /已开始试迁移/);
  await reaches(editor, path, "试迁移完成");
  await page.getByRole("link", { name: "去核对和抽查" }).click();
  const rows = page.getByRole("table").first().getByRole("row").filter({ has: page.getByRole("cell") });
  for (const line of await rows.allInnerTexts()) assert.match(line, /相等/, line);
  const figure = async (label) => Number((await page.locator(".zt-figure").filter({ hasText: label }).first().innerText()).match(/\d+/)[0]);
  assert.equal(await figure("旧网站内容页"), texts.length);
  assert.equal(await figure("已生成稿件"), moved.length);
  assert.equal(await figure("未能生成"), 0);

  editor.expected = REFUSED;
  await openPage(editor, looked);
  await page.getByRole("radio", { name: "一致", exact: true }).check();
  await page.getByRole("button", { name: "记录抽查结果" }).click();
  await message(page).getByText("抽查结果已记录").waitFor();
  await page.goto(consoleUrl(`${path}/trial`));
  const check = page.locator("#checks").getByRole("row").filter({ hasText: looked.title });
  assert.match(await check.innerText(), /一致[\s\S]*青禾/);
  await usable(editor, "/trial");
  await usable(editor);
  const unseen = await ask(origin, DOMAIN, "/");
  assert.equal(unseen.status, 404, "citizens see nothing of it");
}));

test("the batch is reviewed by other people: sample and flagged one by one, then the rest", step(async () => {
  const editor = await loggedIn("hhht.editor");
  const twin = await loggedIn("hhht.editor");
  // Pressed in two windows at once, each text is submitted once.
  const said = await Promise.all([editor, twin].map((person) => pressOverview(person, path, "送审")));
  const sums = said.map((text) => Number(text.match(/已送审 (\d+) 条/)?.[1] ?? 0));
  assert.equal(sums[0] + sums[1], moved.length, said.join(" / "));
  await editor.page.goto(consoleUrl(`${path}/review`));
  assert.equal(await editor.page.getByRole("button", { name: /^整批通过/ }).count(), 0, "writers do not review");
  for (const [login, step] of [["hhht.chu", "初审"], ["hhht.zhong", "终审"]]) {
    const reviewer = Object.assign(await loggedIn(login), { step });
    await reviewer.page.goto(consoleUrl(`${path}/review`));
    assert.equal(await reviewer.page.getByRole("button", { name: /^整批通过/ }).count(), 0, "first the sample");
    const singly = await passSingly(reviewer, path);
    assert.ok(singly >= 15, `${singly} one by one`);
    await reviewer.page.goto(consoleUrl(`${path}/review`));
    if (step === "终审") await usable(reviewer, "/review");
    await press(reviewer, reviewer.page.getByRole("button", { name: /^整批通过/ }));
    await message(reviewer.page).getByText(`已整批通过 ${moved.length - singly} 条`).waitFor({ timeout: 90_000 });
  }
}));

test("the site manager takes it live, once", step(async () => {
  const editor = await loggedIn("hhht.editor");
  await editor.page.goto(consoleUrl(path));
  assert.equal(await editor.page.getByRole("button", { name: "上线" }).count(), 0, "an editor does not take sites live");
  const one = await loggedIn("hhht.manager");
  const other = await loggedIn("hhht.manager");
  for (const person of [one, other]) await person.page.goto(consoleUrl(path));
  // Two windows, one moment.
  await Promise.all([one, other].map((person) => press(person, person.page.getByRole("button", { name: "上线", exact: true }))));
  for (const person of [one, other]) await message(person.page).getByText(/已上线|已经上线/).waitFor();
  await reaches(one, path, "已上线");
  await usable(one);
  await usable(one, "/addresses");
}));

test("every old address answers as promised, at its old name", step(async () => {
  await until(async () => (await ask(origin, DOMAIN, "/")).status === 200, { within: 60_000, what: "the new site" });
  const wrong = [];
  await until(async () => {
    const { last } = await follow(origin, old.host, moved.at(-1).address);
    return last.status === 200;
  }, { within: 60_000, what: "the texts on the new site" });
  for (const page of old.pages) {
    const { first, last, at } = await follow(origin, old.host, page.address);
    const problem = wrongWith(page, first, last);
    if (problem) wrong.push(`${page.kind} ${page.address}: ${problem} (${first.status} → ${last.status} ${at})`);
  }
  assert.deepEqual(wrong.slice(0, 20), []);
  const console = await ask(origin, new URL(origin).hostname, "/console/login");
  assert.equal(console.status, 200, "the console stays where it is");
}));

test("the completion report says that the sums balance", step(async () => {
  const manager = await loggedIn("hhht.manager");
  const { page } = manager;
  assert.match(await pressOverview(manager, path, "完成"), /已完成/);
  const html = await report(manager, path, "迁移完成报告", "网页");
  const said = readFileSync(html.path, "utf8");
  assert.match(said, /相等/);
  const table = await report(manager, path, "迁移完成报告", "表格");
  assert.equal(readFileSync(table.path).subarray(0, 2).toString(), "PK");
  await page.goto(consoleUrl(`${path}/addresses?q=${encodeURIComponent(looked.address)}`));
  const line = page.getByRole("row").filter({ hasText: looked.address });
  assert.match(await line.innerText(), /301/);
  await usable(manager);
}));

/** Opens an old page from the list, as people do. */
async function openPage(person, wanted) {
  const { page } = person;
  await page.goto(consoleUrl(`${path}/pages`));
  await page.getByRole("searchbox").fill(wanted.title);
  await page.getByRole("button", { name: "查询" }).click();
  await page.getByRole("row").filter({ hasText: wanted.address }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "原页面" }).waitFor();
}

/** What is wrong with the answers for an old address; nothing when they are as promised. */
function wrongWith(page, first, last) {
  const said = last.body.toString("utf8");
  if (page.address === dropped.address) {
    return first.status === 410 && said.includes(WHY) ? null : "should be gone with its reason";
  }
  switch (page.kind) {
    case "leader":
      if (first.status !== 200 || !said.includes("已归档") || !said.includes(page.title)) return "should be the archived original";
      return /归档日期：\d{4}-\d\d-\d\d/.test(said) ? null : "should say when it was archived";
    case "article":
    case "service_guide":
      if (first.status !== 301 || last.status !== 200) return "should lead to the new page";
      return said.includes(page.title) ? null : "should bear the same title";
    case "attachment":
    case "picture":
      if (first.status === 200) return first.headers["x-robots-tag"] === "noindex" ? null : "should be marked as archived";
      return first.status === 301 && last.status === 200 && last.body.length > 0 ? null : "should lead to the file";
    default:
      // Home and lists: a page of the new site, or the archived list of an archived column.
      if (first.status === 200) return said.includes("已归档") ? null : "should be marked as archived";
      return first.status === 301 && last.status === 200 ? null : "should lead to the new site";
  }
}
