// One instance of zhengtong with demo data, driven by its commands as an operator would.
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";

import { untilAnswers } from "./load.mjs";

const program = process.env.ZHENGTONG_BIN;

export class Instance {
  constructor(folder, database) {
    this.options = ["--database", database, "--files", join(folder, "files")];
  }

  run(args) {
    return execFileSync(program, [...args, ...this.options], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, RUST_LOG: "warn" },
      maxBuffer: 64 << 20,
    });
  }

  /// Fills the instance; keeps the sites and the logins by duty.
  fill() {
    const demo = JSON.parse(this.run(["demo", "--no-serve", "--json"]));
    this.site = demo.sites[0];
    this.column = this.site.columns.find((column) => /news|dongtai|dt|gzdt|zwdt/.test(column.slug)) ?? this.site.columns[0];
    this.login = (duty) => demo.logins.find((person) => person.duties.some((held) => held.duty === duty)).login;
  }

  /// Imports a file through screening and review; answers the seconds it took.
  importDocuments(file) {
    const started = process.hrtime.bigint();
    this.run([
      "import", "documents", file, "--site", this.site.code, "--column", this.column.slug,
      "--as", this.login("editor"), "--reviewed-by", this.login("reviewer3"),
    ]);
    return Number(process.hrtime.bigint() - started) / 1e9;
  }

  /// Serves and works until `stop`.
  async start(port) {
    this.origin = `http://127.0.0.1:${port}`;
    this.process = spawn(program, ["all", "--listen", `127.0.0.1:${port}`, ...this.options], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, RUST_LOG: "warn" },
    });
    await untilAnswers(this.siteAddress());
  }

  siteAddress() {
    return new URL(new URL(this.site.address, this.origin).pathname, this.origin).href;
  }

  stop() {
    return new Promise((resolve) => {
      this.process.on("exit", resolve);
      this.process.kill("SIGTERM");
    });
  }
}
