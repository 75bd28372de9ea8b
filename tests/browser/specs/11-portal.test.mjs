import { after, test } from "node:test";
import assert from "node:assert/strict";
import { request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { barriers, mistakes, overflow } from "../lib/accessibility.mjs";
import { closeBrowser, PHONE, story, visitor } from "../lib/browser.mjs";
import { columnUrl, origin, site, siteUrl } from "../lib/demo.mjs";
import { newest, openNewest } from "../lib/portal.mjs";

after(closeBrowser);

for (const script of [true, false]) {
  test(`a citizen goes from the home page to a list, an article and its attachment without leaving the host${script ? "" : " without JavaScript"}`, story(async () => {
    const citizen = await visitor({ script });
    const { page } = citizen;
    await page.goto(siteUrl("nmg"));
    const asked = [];
    page.on("request", (one) => asked.push(one.url()));
    await page.getByRole("navigation").first().getByRole("link", { name: "政府信息公开" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await openNewest(page, "nmg", "zcwj");
    await page.getByRole("table").first().waitFor();
    assert.ok(page.url().startsWith(siteUrl("nmg")));
    assert.ok(asked.every((url) => url.startsWith(`${origin}/sites/nmg/`)), "every request stays below the site's address");
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.ok(links.every((link) => !link.startsWith("/")), "links inside the site are relative");
  }));
}

test("a page is revalidated by its tag and sent compressed", async () => {
  const url = siteUrl("nmg", "index.html");
  const plain = await raw(url);
  assert.equal(plain.status, 200);
  assert.match(plain.headers["content-type"], /^text\/html/);
  const tag = plain.headers.etag;
  assert.ok(tag);
  const again = await raw(url, { "If-None-Match": tag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  for (const [encoding, unpack] of [["br", brotliDecompressSync], ["gzip", gunzipSync]]) {
    const packed = await raw(url, { "Accept-Encoding": encoding });
    assert.equal(packed.headers["content-encoding"], encoding);
    assert.ok(packed.body.length < plain.body.length);
    assert.ok(unpack(packed.body).equals(plain.body));
    const fresh = await raw(url, { "Accept-Encoding": encoding, "If-None-Match": packed.headers.etag });
    assert.equal(fresh.status, 304);
  }
  const head = await raw(url, {}, "HEAD");
  assert.equal(head.body.length, 0);
  assert.equal(head.headers["content-length"], plain.headers["content-length"]);
});

test("the chosen text size stays from page to page", story(async () => {
  const citizen = await visitor();
  const { page } = citizen;
  await openNewest(page, "nmg", "zwyw");
  const size = () => page.locator("article .body p").first().evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize));
  const before = await size();
  await page.getByRole("button", { name: /放大|大/ }).first().click();
  const after = await size();
  assert.ok(after > before, `${before} → ${after}`);
  await openNewest(page, "nmg", "tzgg");
  assert.equal(await size(), after);
}));

test("printed, an article is its text without navigation", story(async () => {
  const citizen = await visitor();
  const { page } = citizen;
  await openNewest(page, "nmg", "zwyw");
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
  assert.ok(await page.locator("article p").first().isVisible());
  assert.equal(await page.locator("header nav").first().isVisible(), false);
  assert.equal(await page.locator("button:visible").count(), 0);
}));

test("the required marks and tags stand on every page of a site", story(async () => {
  const citizen = await visitor();
  const { page } = citizen;
  const common = ["SiteName", "SiteDomain", "SiteIDCode"];
  const column = [...common, "ColumnName", "ColumnType"];
  const content = ["SiteName", "SiteDomain", "SiteIDCode", "ArticleTitle", "PubDate", "ContentSource"];
  for (const [address, tags] of [[siteUrl("nmg"), column], [columnUrl("nmg", "zwyw"), column], [await newest(page, "nmg", "zcwj"), content]]) {
    await page.goto(address);
    for (const tag of tags) {
      const value = await page.locator(`meta[name="${tag}"]`).first().getAttribute("content");
      assert.ok(value, `${tag} on ${address}`);
    }
    const foot = await page.locator("footer").innerText();
    for (const mark of ["主办", "1500009001", "蒙ICP备", "公网安备", "党政机关", "找错", "网站地图"]) {
      assert.ok(foot.includes(mark), `${mark} in the footer of ${address}`);
    }
  }
}));

test("the platform's own address lists its sites", story(async () => {
  const citizen = await visitor({ viewport: PHONE });
  const { page } = citizen;
  const answer = await page.goto(`${origin}/`);
  assert.deepEqual(mistakes(await answer.text()), []);
  assert.deepEqual(await barriers(page), []);
  assert.ok((await overflow(page)) <= 0);
  await page.getByRole("link", { name: site("tmtzq").name }).click();
  await page.waitForURL(siteUrl("tmtzq"));
  assert.equal((await page.goto(`${origin}/sites/nobody/`)).status(), 404);
}));

function raw(url, headers = {}, method = "GET") {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    }).on("error", reject).end();
  });
}
