// One new word over a large stock of documents, and a list of sixty thousand words; the program's own code runs it.
// BENCH_STOCK sets the number of documents; as a program of its own: node scripts/bench/stock.mjs
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";

import { number, printTable } from "./table.mjs";

/// Rows for the table.
export function measureStock(count, engine = "sqlite") {
  console.log(`== one new word over ${count} documents (${engine})`);
  const output = execFileSync("cargo", ["bench", "--quiet", "-p", "app", "--bench", "stock"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ZHENGTONG_BENCH_STOCK: String(count), ZHENGTONG_BENCH_DATABASE: engine },
  });
  const line = output.split("\n").find((text) => text.startsWith("{"));
  if (!line) throw new Error(`the benchmark printed no figures: ${output}`);
  const measured = JSON.parse(line);
  return [
    [`re-screening after one new word, ${engine}`, `${number(measured.rescreen_seconds, 2)} s for ${measured.looked_at} documents`, "-"],
    ["of these screened again / new hits", `${measured.screened} / ${measured.hits}`, "-"],
    ["sketches made", `${number(measured.sketches_per_second)} a second`, "-"],
    ["list of 60,000 words: read and compared", `${number(measured.import_60000_seconds, 2)} s`, "-"],
    ["confirmed", `${number(measured.confirm_60000_seconds, 2)} s`, "-"],
    ["engine of a unit made of it", `${number(measured.engine_60000_seconds, 2)} s`, "-"],
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const count = Number(process.env.BENCH_STOCK ?? "100000");
  printTable(["measured", "result", "ratio"], measureStock(count, process.env.BENCH_DATABASE ?? "sqlite"));
}
