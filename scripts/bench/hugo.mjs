// The peer: Hugo makes the same articles into pages with a plain theme (one page each, lists, home, site map).
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const frame = (main) => `<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="SiteName" content="{{ site.Title }}"><meta name="ArticleTitle" content="{{ .Title }}">
<meta name="PubDate" content="{{ .Date.Format "2006-01-02 15:04" }}"></head>
<body><header><a href="{{ "/" | relURL }}">{{ site.Title }}</a></header><main>${main}</main><footer>示例单位</footer></body></html>`;
const list = `<ul>{{ range (.Paginate .Pages 20).Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul>`;

/// Pages and pages per second, or null where Hugo is not installed.
export function measureHugo(folder, documents) {
  if (spawnSync("hugo", ["version"]).error) {
    console.log("hugo is not installed, its line is left out (Debian: apt-get install hugo)");
    return null;
  }
  const layouts = join(folder, "layouts", "_default");
  mkdirSync(layouts, { recursive: true });
  mkdirSync(join(folder, "content", "news"), { recursive: true });
  writeFileSync(join(folder, "config.toml"), 'baseURL = "http://example.org/"\ntitle = "示例网站"\nlanguageCode = "zh-Hans"\n');
  writeFileSync(join(layouts, "single.html"), frame("<h1>{{ .Title }}</h1>{{ .Content }}"));
  writeFileSync(join(layouts, "list.html"), frame(list));
  writeFileSync(join(folder, "layouts", "index.html"), frame("{{ range first 20 site.RegularPages }}<p>{{ .Title }}</p>{{ end }}"));
  const lines = readFileSync(documents, "utf8").split("\n").filter(Boolean);
  lines.forEach((line, index) => {
    const { title, date, body } = JSON.parse(line);
    const text = body.split("\n").join("\n\n");
    writeFileSync(join(folder, "content", "news", `${index}.md`), `---\ntitle: ${JSON.stringify(title)}\ndate: ${date}\n---\n${text}\n`);
  });
  const started = performance.now();
  execFileSync("hugo", ["--quiet", "--source", folder, "--destination", join(folder, "public")], { stdio: "inherit" });
  const seconds = (performance.now() - started) / 1000;
  const pages = Number(execFileSync("sh", ["-c", `find ${join(folder, "public")} -name '*.html' | wc -l`], { encoding: "utf8" }));
  return { pages, perSecond: pages / seconds };
}
