// Writes documents for the import, our own words put together by a fixed rule: the same file every time.
import { createWriteStream } from "node:fs";
import { once } from "node:events";

const places = ["城关镇", "河东街道", "北山苏木", "南湖镇", "东升嘎查", "西滩社区", "新民村", "双井镇"];
const topics = ["农村公路养护", "冬季供暖保障", "义务教育招生", "草原防火", "饮用水水源保护", "便民服务点建设", "高标准农田建设", "养老服务补贴"];
const kinds = ["工作动态", "进展情况", "安排", "公告", "办理提示"];
const sentences = [
  "相关部门已对各项任务逐一列出清单，明确责任单位和完成时限。",
  "群众可以到就近的服务窗口咨询，也可以拨打公布的服务电话。",
  "下一步将根据实际情况调整安排，并及时向社会公布进展。",
  "工作人员分组到现场查看，对发现的问题当场登记、限期改正。",
  "所需材料实行一次性告知，能够共享的材料不再要求重复提交。",
  "有关资金按规定使用，接受审计和社会监督。",
];

/// `count` lines in the form that `zhengtong import documents` reads.
export async function writeDocuments(path, count) {
  const out = createWriteStream(path);
  for (let i = 0; i < count; i++) {
    const title = `示例：${places[i % 8]}${topics[(i >> 3) % 8]}${kinds[(i >> 6) % 5]}（第${i + 1}期）`;
    const day = new Date(Date.UTC(2015, 0, 1) + (i % 3650) * 86_400_000).toISOString().slice(0, 10);
    const paragraphs = Array.from({ length: 4 + (i % 5) }, (_, p) =>
      Array.from({ length: 3 }, (_, s) => sentences[(i + p * 3 + s * 5) % 6]).join(""),
    );
    const line = {
      id: `bench-${i + 1}`, kind: "news", category: topics[(i >> 3) % 8], region: "", title, doc_no: "", index_no: "",
      date: day, publish_date: day, source: "示例单位", url: "", body: paragraphs.join("\n"),
    };
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}
