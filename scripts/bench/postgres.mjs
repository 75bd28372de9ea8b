// A throw-away PostgreSQL with Debian's programs, on a Unix socket in its own folder.
import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const asRoot = process.getuid() === 0;

function programs() {
  const base = "/usr/lib/postgresql";
  const newest = readdirSync(base).map(Number).filter(Number.isFinite).sort((a, b) => b - a)[0];
  return join(base, String(newest), "bin");
}

function run(program, args) {
  const options = { stdio: ["ignore", "ignore", "inherit"] };
  // The server refuses to run as root.
  if (asRoot) execFileSync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, ...args], options);
  else execFileSync(program, args, options);
}

/// Starts a server in a folder of its own; answers its address and how to stop and remove it.
/// It writes to disk as in production (fsync on), because the import figures are compared with SQLite's.
export function startPostgres() {
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), "zt-pg-"));
  const data = join(folder, "data");
  if (asRoot) {
    const uid = Number(execFileSync("id", ["-u", "postgres"]));
    const gid = Number(execFileSync("id", ["-g", "postgres"]));
    chownSync(folder, uid, gid);
  }
  run(join(bin, "initdb"), ["-D", data, "-U", "zhengtong", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
  const settings = `-k ${folder} -c listen_addresses='' -c shared_buffers=256MB`;
  run(join(bin, "pg_ctl"), ["-D", data, "-o", settings, "-l", join(folder, "log"), "-w", "start"]);
  run(join(bin, "createdb"), ["-h", folder, "-U", "zhengtong", "zhengtong"]);
  return {
    address: `postgres://zhengtong@localhost/zhengtong?host=${encodeURIComponent(folder)}`,
    stop: () => {
      run(join(bin, "pg_ctl"), ["-D", data, "-m", "fast", "-w", "stop"]);
      rmSync(folder, { recursive: true });
    },
  };
}
