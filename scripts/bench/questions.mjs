// Questions of the field: how many a second the program answers line by line, beside plain library calls.
import { execFileSync, spawnSync } from "node:child_process";

const LINES = 200_000;

/// Rows for the table: library calls first, then the program's own commands.
export function measureQuestions(number) {
  console.log("== questions of the field: working days, identifiers");
  const output = execFileSync("cargo", ["bench", "--quiet", "-p", "domain", "--bench", "questions"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const figures = JSON.parse(output.split("\n").find((text) => text.startsWith("{")));
  const rows = [];
  for (const [group, measured] of Object.entries(figures)) {
    const base = Object.values(measured)[0];
    for (const [name, perSecond] of Object.entries(measured)) {
      rows.push([`${group}: ${name}`, `${number(perSecond)} a second`, number(perSecond / base, 2)]);
    }
  }
  for (const [title, arguments_, line] of COMMANDS) rows.push([title, `${number(answer(arguments_, line))} lines/s`, "-"]);
  return rows;
}

const COMMANDS = [
  ["code check document-number -", ["code", "check", "document-number", "-"], (n) => `内政办字〔${2000 + (n % 27)}〕${1 + (n % 999)}号`],
  ["code check site-code -", ["code", "check", "site-code", "-"], (n) => `15${String(n % 100_000_000).padStart(8, "0")}`],
  ["workday is -", ["workday", "is", "-", "--builtin"], (n) => day(n % 7_000)],
  ["workday add - 20", ["workday", "add", "-", "20", "--builtin"], (n) => day(n % 7_000)],
  ["route site-open --unit -", ["route", "site-open", "--unit", "-"], (n) => ["赤峰市教育局", "多伦县人民政府办公室", "内蒙古自治区水利厅"][n % 3]],
];

const day = (n) => new Date(Date.UTC(2007, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

function answer(arguments_, line) {
  const input = Array.from({ length: LINES }, (_, n) => line(n)).join("\n") + "\n";
  const started = process.hrtime.bigint();
  const done = spawnSync(process.env.ZHENGTONG_BIN, arguments_, { input, maxBuffer: 2 ** 31 - 1 });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const answers = done.stdout.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
  if (answers !== LINES) throw new Error(`${arguments_.join(" ")}: ${answers} answers to ${LINES} lines: ${done.stderr}`);
  return LINES / seconds;
}
