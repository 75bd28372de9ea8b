// A demo instance: its own database, files and port, gone at the end.

import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const STARTED_WITHIN = 120_000;

/** Starts `zhengtong demo` and waits until it answers. */
export async function startInstance(out) {
  const binary = process.env.ZHENGTONG_BIN ?? join(import.meta.dirname, "../../../target/debug/zhengtong");
  if (!existsSync(binary)) throw new Error(`no binary at ${binary}: build it with \`cargo build -p zhengtong\` or set ZHENGTONG_BIN`);
  const folder = mkdtempSync(join(tmpdir(), "zhengtong-browser-"));
  const port = await freePort();
  const log = createWriteStream(join(out, "server.log"));
  const server = spawn(
    binary,
    [
      "demo", "--json",
      "--listen", `127.0.0.1:${port}`,
      "--database", `sqlite://${join(folder, "zhengtong.db")}`,
      "--files", join(folder, "files"),
      // Tests come from one machine but stand for people in many offices, each with an address of their own.
      "--trusted-proxy", "true",
      // An old site of this machine stands for one of the government's inner network.
      "--outbound-allow", "localhost,127.0.0.1",
    ],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  );
  const gone = new Promise((resolve) => server.on("exit", (code, signal) => resolve(code ?? signal)));
  server.stderr.pipe(log);
  try {
    const summary = await Promise.race([
      printed(server.stdout, log),
      gone.then((code) => { throw new Error(`zhengtong demo ended with ${code}; see ${join(out, "server.log")}`); }),
      after(STARTED_WITHIN, `zhengtong demo was not ready within ${STARTED_WITHIN / 1000} s`),
    ]);
    await answers(`http://127.0.0.1:${port}/console/login`);
    return { summary, stop: () => stop(server, gone, folder) };
  } catch (error) {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The JSON that the command prints before it serves. */
function printed(stream, log) {
  return new Promise((resolve) => {
    let text = "";
    let found = false;
    stream.setEncoding("utf8");
    stream.on("data", (part) => {
      log.write(part);
      if (found) return;
      text += part;
      try {
        resolve(JSON.parse(text));
        found = true;
      } catch {
        // Not all of it yet.
      }
    });
  });
}

async function answers(address) {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${address} does not answer`);
}

async function stop(server, gone, folder) {
  server.kill("SIGTERM");
  const killer = setTimeout(() => server.kill("SIGKILL"), 15_000);
  const code = await gone;
  clearTimeout(killer);
  rmSync(folder, { recursive: true, force: true });
  return code === 0 || code === "SIGTERM" ? 0 : code;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function after(milliseconds, message) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(message)), milliseconds).unref());
}
