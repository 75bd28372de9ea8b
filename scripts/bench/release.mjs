// The benchmark of rendering and releasing, as the program's own code runs it.
import { execFileSync } from "node:child_process";

export function measureRelease(count) {
  const output = execFileSync("cargo", ["bench", "--quiet", "-p", "app", "--bench", "release"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ZHENGTONG_BENCH_DOCUMENTS: String(count) },
  });
  const line = output.split("\n").find((text) => text.startsWith("{"));
  if (!line) throw new Error(`the benchmark printed no figures: ${output}`);
  return JSON.parse(line);
}
