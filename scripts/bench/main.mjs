// The benchmarks that need a running program: import on both engines, pages over HTTP beside nginx.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { writeDocuments } from "./documents.mjs";
import { Instance } from "./instance.mjs";
import { measureExtraction } from "./extraction.mjs";
import { measureHugo } from "./hugo.mjs";
import { load, startNginx } from "./load.mjs";
import { measureRelease } from "./release.mjs";
import { startPostgres } from "./postgres.mjs";
import { measureQuestions } from "./questions.mjs";
import { measureStock } from "./stock.mjs";
import { number, printTable } from "./table.mjs";
import { measureWords } from "./words.mjs";

const count = Number(process.env.BENCH_DOCUMENTS ?? "10000");
const folder = mkdtempSync(join(tmpdir(), "zt-bench-"));
const rows = [];

const documents = join(folder, "documents.jsonl");
await writeDocuments(documents, count);

console.log(`== rendering and releasing ${count} articles`);
const hugo = measureHugo(join(folder, "hugo"), documents);
if (hugo) rows.push([`hugo, ${number(hugo.pages)} pages`, `${number(hugo.perSecond)} pages/s`, "1.00"]);
const release = measureRelease(count);
const ratio = (value, base) => (base ? number(value / base, 2) : "-");
rows.push([`zhengtong, ${number(release.pages)} pages rendered, checked, stored, released`, `${number(release.pages_per_second)} pages/s`, ratio(release.pages_per_second, hugo?.perSecond)]);
rows.push([`one changed article in that site`, `${release.changed_pages} pages, ${number(release.changed_seconds * 1000)} ms`, ratio(release.changed_seconds, release.release_seconds)]);

const sqlite = new Instance(join(folder, "sqlite"), `sqlite://${folder}/zhengtong.db`);
const onSqlite = count / importInto(sqlite);
rows.push(["import, SQLite", `${number(onSqlite)} documents/s`, "1.00"]);

const server = startPostgres();
try {
  const postgres = new Instance(join(folder, "postgres"), server.address);
  const onPostgres = count / importInto(postgres);
  rows.push(["import, PostgreSQL", `${number(onPostgres)} documents/s`, number(onPostgres / onSqlite, 2)]);
} finally {
  server.stop();
}

await sqlite.start(18080);
try {
  await compareWithNginx(await anArticle(sqlite));
} finally {
  await sqlite.stop();
}

rows.push(...measureQuestions(number));
rows.push(...measureWords(number));
rows.push(...measureExtraction(number));
rows.push(...measureStock(Number(process.env.BENCH_STOCK ?? "100000")));

rmSync(folder, { recursive: true });
console.log(`\n${count} documents, ${new Date().toISOString().slice(0, 10)}; a ratio compares with the first line of its group\n`);
printTable(["measured", "result", "ratio"], rows);

function importInto(instance) {
  console.log(`== import of ${count} documents: ${instance.options[1]}`);
  instance.fill();
  return instance.importDocuments(documents);
}

/// Address of an imported article, found as a reader would: through the column's page.
async function anArticle(instance) {
  const column = new URL(`${instance.column.slug}/`, instance.siteAddress());
  for (let second = 0; second < 900; second++) {
    const response = await fetch(column);
    if (response.ok) {
      const links = [...(await response.text()).matchAll(/href="([^"]+)"[^>]*>[^<]*（第\d+期）/g)];
      if (links.length > 0) return new URL(links[0][1], column).href;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`no imported article appeared on ${column}`);
}

async function compareWithNginx(article) {
  console.log(`== serving ${article} beside nginx`);
  const body = Buffer.from(await (await fetch(article, { headers: { "Accept-Encoding": "identity" } })).arrayBuffer());
  const nginx = await startNginx(join(folder, "nginx"), 18081, body, gzipSync(body, { level: 9 }));
  for (const [title, headers] of [["plain", {}], ["gzip", { "Accept-Encoding": "gzip" }]]) {
    const theirs = load(nginx.url, headers);
    const ours = load(article, headers);
    const figures = ({ perSecond, p99 }) => `${number(perSecond)} requests/s, p99 ${number(p99, 2)} ms`;
    rows.push([`nginx, page ${title} (${number(body.length)} bytes)`, figures(theirs), "1.00"]);
    rows.push([`zhengtong, page ${title}`, figures(ours), number(ours.perSecond / theirs.perSecond, 2)]);
  }
  nginx.stop();
}
