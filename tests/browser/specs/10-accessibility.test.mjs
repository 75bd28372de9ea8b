import { after, test } from "node:test";
import assert from "node:assert/strict";
import { barriers, mistakes, overflow } from "../lib/accessibility.mjs";
import { closeBrowser, DESKTOP, loggedIn, PHONE, story, visitor } from "../lib/browser.mjs";
import { columnUrl, consoleUrl, siteUrl } from "../lib/demo.mjs";
import { newest } from "../lib/portal.mjs";

after(closeBrowser);

/** Pages of a site; those that are found by following a link are looked up first. */
async function portalPages(page) {
  return {
    home: siteUrl("nmg"),
    "home of a league": siteUrl("hhht"),
    "home of a banner": siteUrl("tmtzq"),
    list: columnUrl("nmg", "zwyw"),
    "list of policies": columnUrl("nmg", "zcwj"),
    article: await newest(page, "nmg", "zwyw"),
    policy: await newest(page, "nmg", "zcwj"),
    interpretation: await newest(page, "nmg", "zcjd"),
    "site map": siteUrl("nmg", "sitemap.html"),
    "not found": siteUrl("nmg", "nothing/here.html"),
  };
}

test("portal pages have no barriers, valid HTML and fit a phone", story(async () => {
  const citizen = await visitor();
  const { page } = citizen;
  const pages = await portalPages(page);
  const found = [];
  for (const [name, address] of Object.entries(pages)) {
    const html = await (await page.request.get(address)).text();
    found.push(...mistakes(html).map((one) => `${name}: ${one}`));
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      await page.goto(address);
      found.push(...(await barriers(page)).map((one) => `${name} at ${viewport.width}: ${one}`));
      const beyond = await overflow(page);
      if (beyond > 0) found.push(`${name} at ${viewport.width}: ${beyond} px beyond the edge`);
    }
  }
  assert.deepEqual(found, []);
}));

const CONSOLE = [
  ["nmg.editor", ["", "/resources", "/resources/new", "draft", "edition", "/imports", "/delegations", "/account", "/account/sessions", "/account/second-factor", "/account/password"]],
  ["nmg.chu", ["", "/reviews", "/reviews/owed", "review", "/screening-exceptions", "/appeals", "/screening-precision"]],
  ["nmg.manager", ["/sites", "site", "columns", "/placements", "/placements/new", "/releases", "release", "/recalls", "/recalls/new", "receipts", "/review-chains"]],
  ["nmg.supervisor", ["", "/rules", "/rules/disclosure.reply", "/rules/disclosure.reply/amend", "/rules/amendments", "/calendar", "/calendar?year=2030", "/calendar/upload", "/calendar/local-days", "/deadlines"]],
  ["nmg.supervisor2", ["/lexicons", "lexicon", "correction", "/lexicons/new", "/lexicon-changes", "/stock", "/stock/runs"]],
  ["admin.system", ["/units", "unit", "/units/new", "/people", "/people/new", "person", "/jobs", "/settings"]],
  ["admin.security", ["person", "/tokens"]],
  ["admin.audit", ["/audit", "event"]],
];

for (const [name, paths] of CONSOLE) {
  test(`console pages of ${name} have no barriers and fit a phone`, story(async () => {
    const person = await loggedIn(name);
    const { page } = person;
    const found = [];
    for (const path of paths) {
      const address = await addressOf(page, path);
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport);
        const answer = await page.goto(address);
        if (answer.status() !== 200) found.push(`${path}: answered ${answer.status()}`);
        found.push(...(await barriers(page)).map((one) => `${path || "/"} at ${viewport.width}: ${one}`));
        const beyond = await overflow(page);
        if (beyond > 0) found.push(`${path || "/"} at ${viewport.width}: ${beyond} px beyond the edge`);
      }
    }
    assert.deepEqual(found, []);
  }));
}

test("the login page has no barriers and fits a phone", story(async () => {
  const person = await visitor();
  const found = [];
  for (const viewport of [DESKTOP, PHONE]) {
    await person.page.setViewportSize(viewport);
    await person.page.goto(consoleUrl("/login"));
    found.push(...(await barriers(person.page)));
    assert.ok((await overflow(person.page)) <= 0);
  }
  assert.deepEqual(found, []);
}));

test("with the keyboard alone one skips to the text and sees where one is", story(async () => {
  const citizen = await visitor();
  const editor = await loggedIn("nmg.editor");
  for (const [person, address, target] of [[citizen, siteUrl("nmg"), "#main"], [editor, consoleUrl("/resources"), "#content"]]) {
    const { page } = person;
    await page.goto(address);
    await page.keyboard.press("Tab");
    const skip = page.locator(":focus");
    assert.match(await skip.innerText(), /跳/);
    const box = await skip.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.height > 10, "the skip link shows itself");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`${target}$`));
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate((main) => document.querySelector(main).contains(document.activeElement), target), "the next stop is in the text");
    assert.ok(await visiblyFocused(page), "the focus can be seen");
  }
}));

async function addressOf(page, path) {
  const links = {
    draft: ["/console", "#drafts a"],
    edition: ["/console/resources", "#list td a"],
    review: ["/console/reviews", "table a"],
    site: ["/console/sites", "#list td a"],
    columns: ["site", "main a[href$='/columns']"],
    release: ["/console/releases", "#list td a"],
    receipts: ["/console/recalls", "#list td a"],
    unit: ["/console/units", "#unit-tree a[href*='/units/']"],
    person: ["/console/people", "#list td a"],
    event: ["/console/audit", "#list td a"],
    lexicon: ["/console/lexicons", "#list td a"],
    correction: ["lexicon", "main a[href*='/propose']"],
  };
  const link = links[path];
  if (!link) return consoleUrl(path);
  await page.goto(links[link[0]] ? await addressOf(page, link[0]) : new URL(link[0], consoleUrl()).href);
  return page.locator(link[1]).first().evaluate((one) => one.href);
}

/** Does the focused element look different from how it looks without focus? */
function visiblyFocused(page) {
  return page.evaluate(() => {
    const look = (element) => {
      const style = getComputedStyle(element);
      return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor, style.textDecorationLine].join();
    };
    const element = document.activeElement;
    const focused = look(element);
    element.blur();
    const plain = look(element);
    element.focus();
    return focused !== plain;
  });
}
