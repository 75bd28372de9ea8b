// A pack of 60,000 words searched in prose, beside Aho-Corasick crates called directly.
import { execFileSync } from "node:child_process";

/// Rows for the table; the first of each group is what the others are compared with.
export function measureWords(number) {
  console.log("== screening: words of a lexicon");
  const output = execFileSync("cargo", ["bench", "--quiet", "-p", "screen", "--bench", "words"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const figures = JSON.parse(output.split("\n").find((text) => text.startsWith("{")));
  const rows = [];
  for (const [group, measured] of Object.entries(figures)) {
    if (typeof measured === "number") {
      rows.push([group, number(measured, 2), "-"]);
      continue;
    }
    const title = group.replace(", MB/s", "");
    const base = measured["daachorse, characters"];
    for (const [name, value] of Object.entries(measured)) {
      const speed = !/occurrences|compile|structures/.test(name);
      rows.push([`${title}: ${name}`, speed ? `${number(value)} MB/s` : number(value, 2), speed ? number(value / base, 2) : "-"]);
    }
  }
  return rows;
}
