// What citizens do.

import { columnUrl } from "./demo.mjs";

/** Opens a column and then its newest item, as by a click. */
export async function openNewest(page, slug, column) {
  await page.goto(columnUrl(slug, column));
  await page.locator("main section").getByRole("listitem").getByRole("link").first().click();
  await page.getByRole("article").waitFor();
}

/** The address of a column's newest item. */
export async function newest(page, slug, column) {
  await page.goto(columnUrl(slug, column));
  return page.locator("main section").getByRole("listitem").getByRole("link").first().evaluate((link) => link.href);
}
