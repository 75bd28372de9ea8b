// HTTP load with wrk, and nginx as the measure to compare with.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/// Requests per second and p99 in milliseconds for one address.
export function load(url, headers = {}) {
  const extra = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const seconds = process.env.BENCH_SECONDS ?? "10";
  const text = execFileSync("wrk", ["-t1", "-c32", `-d${seconds}s`, "--latency", ...extra, url], { encoding: "utf8" });
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(text);
  if (bad) throw new Error(`${url}: ${bad[1]} bad responses`);
  const [, p99, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(text);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]),
    p99: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit],
  };
}

/// nginx with one worker a core, no access log, serving `body` at /page.html, plain and as a stored .gz.
export async function startNginx(folder, port, body, gzipped) {
  mkdirSync(join(folder, "www"), { recursive: true });
  writeFileSync(join(folder, "www/page.html"), body);
  writeFileSync(join(folder, "www/page.html.gz"), gzipped);
  const user = process.getuid() === 0 ? "user root;" : "";
  writeFileSync(join(folder, "nginx.conf"), `${user}
daemon off; worker_processes auto; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; open_file_cache max=1000;
  types { text/html html; } default_type text/html; charset utf-8;
  client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
  uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
  server { listen 127.0.0.1:${port}; root ${folder}/www; gzip_static on; }
}
`);
  const process_ = spawn("nginx", ["-e", join(folder, "error.log"), "-c", join(folder, "nginx.conf")], {
    stdio: "inherit",
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  await untilAnswers(`http://127.0.0.1:${port}/page.html`);
  return { url: `http://127.0.0.1:${port}/page.html`, stop: () => process_.kill() };
}

/// Waits until an address answers with success; at most a minute.
export async function untilAnswers(url, accept = (response) => response.ok) {
  for (let attempt = 0; attempt < 600; attempt++) {
    try {
      const response = await fetch(url);
      if (accept(response)) return response;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}
