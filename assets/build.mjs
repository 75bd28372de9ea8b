// Bundles the console's styles, scripts and icons into crates/web/assets/dist, each with a .br and a .gz beside it.
// Run by `npm run build`; no arguments, no network.

import { build } from "esbuild";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../crates/web/assets/dist");

// Icons of the sprite; names as on tabler.io/icons. `{{ icon("home") }}` in templates.
const icons = `
  alert-circle alert-triangle arrow-back-up arrow-left arrow-right arrow-up arrow-down arrows-sort arrows-move ban bell
  books building building-bank calendar check checklist chevron-down chevron-right circle-check circle-x clock
  clock-exclamation clipboard-text columns copy database devices dots download edit external-link eye file file-diff
  file-export file-import file-text filter folder git-branch git-merge history home inbox info-circle key
  layout-dashboard link list-check lock lock-open login logout mail menu-2 message-2 messages news package paperclip
  pencil pencil-plus photo player-pause player-play player-skip-forward plus printer qrcode refresh repeat report
  rocket search send server settings shield-check shield-lock sitemap sort-ascending sort-descending tag template trash
  upload user user-check user-circle user-cog user-off user-plus user-share users versions world world-off x
`.trim().split(/\s+/);

mkdirSync(dist, { recursive: true });
for (const name of readdirSync(dist)) rmSync(join(dist, name), { force: true });

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  legalComments: "linked",
  outdir: dist,
  entryNames: "[name]",
  logLevel: "warning",
  // Office PCs are often years behind: no newer syntax than these browsers know.
  target: ["chrome86", "edge86", "firefox85", "safari14"],
  // Safari 14 has a fault in one rare form of destructuring, for which esbuild would refuse all of it.
  supported: { destructuring: true },
};

await build({
  ...common,
  entryPoints: { console: "js/console.js", editor: "js/editor.js" },
  format: "iife",
});
await build({
  ...common,
  entryPoints: { console: "css/console.css", editor: "css/editor.css" },
  loader: { ".svg": "dataurl", ".woff2": "file", ".woff": "file" },
  conditions: ["style"],
});

writeFileSync(join(dist, "icons.svg"), sprite());
copyFileSync(join(here, "mark.svg"), join(dist, "mark.svg"));

for (const name of readdirSync(dist).sort()) {
  const body = readFileSync(join(dist, name));
  const brotli = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  if (brotli.length < body.length) {
    writeFileSync(join(dist, `${name}.br`), brotli);
    writeFileSync(join(dist, `${name}.gz`), gzipSync(body, { level: 9 }));
  }
  console.log(`${name.padEnd(28)} ${kilobytes(body)} → ${kilobytes(brotli)}`);
}

/** One SVG with a <symbol> per icon; drawn with the text colour. */
function sprite() {
  const folder = join(here, "node_modules/@tabler/icons/icons/outline");
  const symbols = [...new Set(icons)].map((name) => {
    const file = join(folder, `${name}.svg`);
    if (!existsSync(file)) throw new Error(`there is no icon called ${name}`);
    const inner = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

function kilobytes(body) {
  return `${(body.length / 1024).toFixed(1)} kB`.padStart(10);
}
