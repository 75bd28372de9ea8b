// Pages of old sites read beside a readability library, and a crawl of a made-up site full of traps.
import { execFileSync } from "node:child_process";

const run = (...words) => execFileSync("cargo", words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/// Rows for the table; the first of each group is what the others are compared with.
export function measureExtraction(number) {
  console.log("== extraction: pages of old sites");
  const output = run("bench", "--quiet", "-p", "extract", "--bench", "page");
  const rate = (name) => Number(new RegExp(`^${name}: (\\d+) pages`, "m").exec(output)?.[1]);
  const [theirs, ours] = [rate("dom_smoothie"), rate("extract::page")];
  console.log("== crawling");
  const crawl = run("run", "--quiet", "--release", "-p", "fetch", "--example", "crawl_memory", "--", "5000");
  console.log(crawl);
  return [
    ["reading pages, one core: crate dom_smoothie (text only)", `${number(theirs)} pages/s`, "1.00"],
    ["reading pages, one core: extract::page (all fields)", `${number(ours)} pages/s`, number(ours / theirs, 2)],
    ["crawling a site of 5,000 pages with traps", crawl.trim().split("\n").at(-1), "-"],
  ];
}
