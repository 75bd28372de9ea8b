import { after, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { closeBrowser, loggedIn, story, typePassword, visitor } from "../lib/browser.mjs";
import { field, message, unique } from "../lib/desk.mjs";
import { grant, openPerson } from "../lib/administration.mjs";
import { consoleUrl } from "../lib/demo.mjs";

after(closeBrowser);

for (const script of [true, false]) {
  test(`a new person gets a one-time password, a duty, and must choose a password of their own${script ? "" : " without JavaScript"}`, story(async () => {
    const name = `new.${unique().toLowerCase()}`;
    const system = await loggedIn("admin.system", { script });
    await system.page.goto(consoleUrl("/people"));
    await system.page.getByRole("link", { name: "新增人员" }).click();
    await field(system.page, "登录名").fill(name);
    await field(system.page, "姓名").fill("新来人（示例）");
    await field(system.page, "所属单位").selectOption({ index: 1 });
    await system.page.getByRole("button", { name: "建立账号" }).click();
    await system.page.getByRole("heading", { level: 1, name: "账号已建立" }).waitFor();
    const password = (await system.page.locator("#one-time-password").innerText()).trim();
    assert.ok(password.length >= 8);
    await system.page.getByRole("link", { name: "已记下，查看人员" }).click();
    assert.equal(await system.page.getByRole("button", { name: "任职", exact: true }).count(), 0, "the system administrator gives no duties");

    const security = await loggedIn("admin.security", { script });
    await openPerson(security, name);
    await grant(security, "采编");
    await message(security.page).getByText("任职已生效").waitFor();

    const person = await visitor({ script, name });
    await person.page.goto(consoleUrl("/resources"));
    await typePassword(person, name, password);
    await person.page.getByRole("heading", { name: "请先修改口令" }).waitFor();
    await person.page.goto(consoleUrl("/resources"));
    await person.page.getByRole("heading", { name: "请先修改口令" }).waitFor();
    await change(person.page, password, "short");
    await person.page.getByText(/口令.*(至少|位)/).first().waitFor();
    await change(person.page, password, `Strong-${unique()}-pass9`);
    await message(person.page).getByText(/口令已修改|已修改/).waitFor();
    await person.page.goto(consoleUrl("/resources/new"));
    await person.page.getByRole("button", { name: "建立草稿" }).waitFor();
  }));
}

test("no person becomes two administrators, and the refusal says why", story(async () => {
  const security = await loggedIn("admin.security");
  await openPerson(security, "admin.system");
  await grant(security, "审计管理员");
  const refusal = security.page.getByRole("alert").filter({ hasText: /管理员/ });
  await refusal.waitFor();
  assert.match(await refusal.innerText(), /不能|不得|不同的人|兼任/);
  await openPerson(security, "nmg.editor");
  await grant(security, "系统管理员");
  await security.page.getByRole("alert").filter({ hasText: /兼任|不能|不得/ }).waitFor();
}));

test("the audit administrator finds what was done and exports it, which is noted, too", story(async () => {
  const audit = await loggedIn("admin.audit");
  const { page } = audit;
  await page.goto(consoleUrl("/audit"));
  await page.getByRole("searchbox").fill("nmg.editor");
  await page.getByRole("button", { name: "查询" }).click();
  await page.waitForURL(/q=nmg\.editor/);
  const logins = await page.getByRole("row").filter({ has: page.getByRole("cell") }).getByRole("cell").nth(2).allInnerTexts();
  assert.ok(logins.length > 0 && logins.every((login) => login.includes("nmg.editor")), `${logins}`);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出表格" }).click();
  const file = await download;
  const text = readFileSync(await file.path(), "utf8");
  assert.ok(file.suggestedFilename().endsWith(".csv"), file.suggestedFilename());
  assert.ok(text.split("\n").length > 3, "has lines");
  assert.match(text, /nmg\.editor/);

  await page.goto(consoleUrl("/audit"));
  await page.getByRole("row").filter({ hasText: "导出" }).filter({ hasText: "admin.audit" }).first().waitFor();
  await page.getByRole("row").filter({ has: page.getByRole("cell") }).first().getByRole("link").first().click();
  await page.getByRole("heading", { name: "哈希链" }).waitFor();

  const editor = await loggedIn("nmg.editor");
  const answer = await editor.page.goto(consoleUrl("/audit"));
  assert.equal(answer.status(), 403, "others do not see it");
}));

async function change(page, current, fresh) {
  await field(page, "当前口令").fill(current);
  await field(page, "新口令").fill(fresh);
  await field(page, "再次填写新口令").fill(fresh);
  await page.getByRole("button", { name: "修改口令" }).click();
}
