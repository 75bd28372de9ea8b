// An old government site on this machine: 300 texts in GBK with lists and attachments, and what is true about each address.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const product = process.env.ZHENGTONG_BIN ?? join(import.meta.dirname, "../../../target/debug/zhengtong");
const binary = process.env.OLD_SITE_BIN ?? join(dirname(product), "examples/serve");

const host = process.env.OLD_SITE_HOST ?? "localhost";

/** Serves an old site; `pages` says what is true about every address, `host` is the name that it had. */
export async function startOldSite(options = []) {
  if (!existsSync(binary)) throw new Error(`no old site at ${binary}: build it with \`cargo build -p old-site --examples\` or set OLD_SITE_BIN`);
  const folder = mkdtempSync(join(tmpdir(), "zhengtong-old-site-"));
  const truth = join(folder, "truth.json");
  const server = spawn(binary, ["--print-json", truth, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => server.on("exit", resolve));
  const root = await new Promise((resolve, reject) => {
    let text = "";
    server.stdout.setEncoding("utf8");
    server.stdout.on("data", (part) => {
      text += part;
      const found = text.match(/^http:\/\/127\.0\.0\.1:(\d+)$/m);
      if (found) resolve(found[1]);
    });
    gone.then((code) => reject(new Error(`the old site ended with ${code}`)));
  });
  return {
    // A name of its own: the console answers at 127.0.0.1. With OLD_SITE_HOST=127.0.0.1 both share one.
    host,
    address: `http://${host}:${root}/`,
    pages: JSON.parse(readFileSync(truth, "utf8")),
    async stop() {
      server.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks the instance for an address as if its host name led there; follows nothing. */
export function ask(origin, host, path) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers: { Host: `${host}:${port}` } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Asks, and follows redirects as a browser would whose names all lead to the instance. */
export async function follow(origin, host, path) {
  const first = await ask(origin, host, path);
  let last = first;
  let at = new URL(path, `http://${host}/`);
  for (let jumps = 0; jumps < 5 && last.status >= 300 && last.status < 400; jumps += 1) {
    at = new URL(last.headers.location, at);
    last = await ask(origin, at.hostname, `${at.pathname}${at.search}`);
  }
  return { first, last, at: at.href };
}
