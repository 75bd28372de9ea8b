// Starts a demo instance of its own, runs every spec against it, stops it. `node run.mjs 01 10` runs some specs only;
// ZHENGTONG_ADDRESS=http://… with ZHENGTONG_DEMO=summary.json uses an instance that runs already.

import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startInstance } from "./lib/instance.mjs";

const here = import.meta.dirname;
const out = join(here, "out");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const wanted = process.argv.slice(2);
const specs = readdirSync(join(here, "specs"))
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))
  .map((name) => join(here, "specs", name));

const instance = process.env.ZHENGTONG_DEMO ? null : await startInstance(out);
const summary = process.env.ZHENGTONG_DEMO ?? join(out, "demo.json");
if (instance) writeFileSync(summary, JSON.stringify(instance.summary));

const reporter = process.env.CI ? "tap" : "spec";
const code = await new Promise((resolve) => {
  const tests = spawn(
    process.execPath,
    ["--test", "--test-concurrency=2", "--test-timeout=300000", `--test-reporter=${reporter}`, ...specs],
    { stdio: "inherit", env: { ...process.env, ZHENGTONG_DEMO: summary, ZHENGTONG_OUT: out } },
  );
  tests.on("exit", (status) => resolve(status ?? 1));
});
const ended = instance ? await instance.stop() : 0;
if (ended !== 0) console.error(`the instance did not stop cleanly (exit code ${ended}); its log: ${join(out, "server.log")}`);
process.exit(code || ended);
