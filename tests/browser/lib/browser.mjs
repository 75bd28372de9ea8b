// The browser, and people in it: each person has a context of their own, an address of their own, and a record of
// everything that a page must not do (errors in the console, breaches of the policy, requests to other hosts).

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { consoleUrl, login, origin } from "./demo.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
export const DESKTOP = { width: 1366, height: 800 };
export const PHONE = { width: 390, height: 844 };

let launched = null;
let visitors = 0;
const open = new Set();
const sessions = new Map();

async function browser() {
  launched ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  return launched;
}

/** Closes the browser at the end of a spec file. */
export async function closeBrowser() {
  if (launched) await (await launched).close();
}

/** A browser of somebody: `page` plus what it did wrong. */
export async function visitor({ script = true, viewport = DESKTOP, name = "citizen", ...more } = {}) {
  visitors += 1;
  const context = await (await browser()).newContext({
    viewport,
    javaScriptEnabled: script,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    acceptDownloads: true,
    extraHTTPHeaders: { "X-Forwarded-For": `10.${process.pid % 250}.${(process.pid >> 8) % 250}.${visitors}` },
    ...more,
  });
  context.setDefaultTimeout(10_000);
  const person = { context, script, name, faults: [], page: null };
  context.on("page", (page) => watch(person, page));
  person.page = await context.newPage();
  open.add(person);
  return person;
}

/** A demo person, logged in. Within one spec file they stay logged in from story to story, as people do all day. */
export async function loggedIn(name, { afresh = false, ...options } = {}) {
  if (sessions.has(name) && !afresh) return visitor({ name, storageState: sessions.get(name), ...options });
  const person = await visitor({ name, ...options });
  await person.page.goto(consoleUrl("/login"));
  await typePassword(person, name, login(name).password);
  await person.page.waitForURL((url) => !url.pathname.startsWith("/console/login"));
  if (!afresh) sessions.set(name, await person.context.storageState());
  return person;
}

/** Fills the login form. */
export async function typePassword(person, name, password) {
  await person.page.getByLabel("登录名").fill(name);
  await person.page.getByLabel("口令").fill(password);
  await person.page.getByRole("button", { name: "登录", exact: true }).click();
}

/** Presses a button, and says yes to the question that a script may ask. */
export async function press(person, button) {
  await button.click();
  if (!person.script) return;
  const yes = person.page.locator("dialog[open] button").last();
  if (await yes.isVisible().catch(() => false)) await yes.click();
}

/** Closes everybody's browser; fails when a page did what none may. Call after each test. */
export async function closeAll(test) {
  const faults = [];
  for (const person of open) {
    if (test?.name && process.env.ZHENGTONG_SHOTS_ALWAYS) await photograph(person, test.name);
    faults.push(...person.faults.map((fault) => `${person.name}: ${fault}`));
    await person.context.close();
  }
  open.clear();
  if (faults.length > 0) throw new Error(`pages did what they must not:\n${faults.join("\n")}`);
}

/** Runs a test body; a failure leaves a screenshot of every open page. */
export function story(body) {
  return async (test) => {
    try {
      await body(test);
    } catch (error) {
      for (const person of open) await photograph(person, test.name);
      for (const person of open) person.faults.length = 0;
      throw error;
    } finally {
      await closeAll();
    }
  };
}

/** A picture for people who look for the cause of a failure. */
export async function photograph(person, name) {
  const folder = join(process.env.ZHENGTONG_OUT ?? ".", "failures");
  mkdirSync(folder, { recursive: true });
  const file = `${name}-${person.name}`.replaceAll(/[^\p{L}\p{N}]+/gu, "-").slice(0, 120);
  await person.page.screenshot({ path: join(folder, `${file}.png`), fullPage: true }).catch(() => {});
}

function watch(person, page) {
  // A page answered with 4xx is no fault of the page, though the browser notes it in its console.
  const refused = new Set();
  page.on("response", (response) => {
    if (response.status() >= 400 && response.status() < 500) {
      if (response.request().isNavigationRequest()) refused.add(response.url());
    }
    if (response.status() >= 500) person.faults.push(`${response.status()} ${response.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const text = message.text();
    if (/^Failed to load resource/.test(text) && refused.has(message.location().url)) return;
    if (person.expected?.test(text)) return;
    person.faults.push(`console ${message.type()} on ${page.url()}: ${text}`);
  });
  page.on("pageerror", (error) => person.faults.push(`script error on ${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (/^(data|blob|about):/.test(url) || new URL(url).origin === origin) return;
    person.faults.push(`request to another host from ${page.url()}: ${url}`);
  });
}
