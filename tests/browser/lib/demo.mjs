// What the running instance holds: addresses, sites, people.

import { readFileSync } from "node:fs";

const summary = JSON.parse(readFileSync(process.env.ZHENGTONG_DEMO, "utf8"));

/** Origin of the instance. */
export const origin = new URL(summary.console).origin;

/** A page of the console. */
export const consoleUrl = (path = "") => `${origin}/console${path}`;

/** A site by its slug. */
export function site(slug) {
  const found = summary.sites.find((one) => one.slug === slug);
  if (!found) throw new Error(`the demo has no site ${slug}`);
  return found;
}

/** A page of a site. */
export const siteUrl = (slug, path = "") => `${origin}/sites/${slug}/${path}`;

/** The address of a column's list page. */
export function columnUrl(slug, column) {
  const found = site(slug).columns.find((one) => one.slug === column);
  if (!found) throw new Error(`the site ${slug} has no column ${column}`);
  return siteUrl(slug, `${found.path}/index.html`);
}

/** Somebody who can log in. */
export function login(name) {
  const found = summary.logins.find((one) => one.login === name);
  if (!found) throw new Error(`the demo has no login ${name}`);
  return found;
}
