// <textarea data-rich-text>: a rich-text editor for official documents. The server cleans what it receives;
// the toolbar offers only what survives that.

import { Jodit } from "jodit/esm/index.js";
import "jodit/esm/plugins/add-new-line/add-new-line.js";
import "jodit/esm/plugins/clean-html/clean-html.js";
import "jodit/esm/plugins/clipboard/clipboard.js";
import "jodit/esm/plugins/drag-and-drop/drag-and-drop.js";
import "jodit/esm/plugins/drag-and-drop-element/drag-and-drop-element.js";
import "jodit/esm/plugins/focus/focus.js";
import "jodit/esm/plugins/fullsize/fullsize.js";
import "jodit/esm/plugins/hr/hr.js";
import "jodit/esm/plugins/image-properties/image-properties.js";
import "jodit/esm/plugins/indent/indent.js";
import "jodit/esm/plugins/justify/justify.js";
import "jodit/esm/plugins/key-arrow-outside/key-arrow-outside.js";
import "jodit/esm/plugins/paste/paste.js";
import "jodit/esm/plugins/paste-from-word/paste-from-word.js";
import "jodit/esm/plugins/resize-cells/resize-cells.js";
import "jodit/esm/plugins/resizer/resizer.js";
import "jodit/esm/plugins/search/search.js";
import "jodit/esm/plugins/select/select.js";
import "jodit/esm/plugins/select-cells/select-cells.js";
import "jodit/esm/plugins/source/source.js";
import "jodit/esm/plugins/sticky/sticky.js";
import "jodit/esm/plugins/symbols/symbols.js";
import "jodit/esm/plugins/tab/tab.js";
import "jodit/esm/plugins/table-keyboard-navigation/table-keyboard-navigation.js";
import zhCn from "jodit/esm/langs/zh_cn.js";
import { send } from "./csrf.js";
import { markPlaces, places } from "./places.js";

Jodit.lang.zh_cn = zhCn;

const BUTTONS = [
  "paragraph", "bold", "italic", "underline", "|", "align", "indent", "outdent", "|", "ul", "ol", "|", "table", "link",
  "image", "symbols", "hr", "|", "eraser", "undo", "redo", "|", "find", "source", "fullsize",
];

places();

for (const area of document.querySelectorAll("textarea[data-rich-text]")) start(area);

function start(area) {
  const upload = area.dataset.uploadUrl;
  const editor = Jodit.make(area, {
    language: "zh_cn",
    buttons: upload ? BUTTONS : BUTTONS.filter((name) => name !== "image"),
    buttonsMD: BUTTONS.filter((name) => !["symbols", "hr", "find"].includes(name)),
    buttonsSM: ["paragraph", "bold", "|", "ul", "ol", "|", "table", "link", upload ? "image" : "|", "undo", "redo", "source"],
    buttonsXS: ["paragraph", "bold", "ul", "ol", "link", "undo", "redo"],
    minHeight: 420,
    toolbarAdaptive: true,
    toolbarButtonSize: "middle",
    showCharsCounter: true,
    showWordsCounter: false,
    showXPathInStatusbar: false,
    showPlaceholder: false,
    hidePoweredByJodit: true,
    // Both would load scripts from other sites, which the policy forbids.
    sourceEditor: "area",
    beautifyHTML: false,
    // The server keeps pasted text sane, so nobody is asked how to paste.
    askBeforePasteHTML: false,
    askBeforePasteFromWord: false,
    defaultActionOnPaste: "insert_as_html",
    defaultActionOnPasteFromWord: "insert_as_html",
    controls: {
      // atom: instead of the library's own list, not beside it. The title of the document is the only first heading.
      paragraph: { list: Jodit.atom({ p: "正文", h2: "一级标题", h3: "二级标题", h4: "三级标题", blockquote: "引用" }) },
    },
    link: { noFollowCheckbox: false },
    uploader: { insertImageAsBase64URI: false },
    image: { editSrc: false, editStyle: false, editClass: false, editId: false, useImageEditor: false },
    extraButtons: [],
    events: {
      change: () => area.dispatchEvent(new Event("input", { bubbles: true })),
    },
  });
  keepInStep(editor, area.form);
  area.dispatchEvent(new Event("zt:editor"));
  if (area.name === "body") markPlaces(editor);
  if (upload) takeFiles(editor, upload);
}

/** The library copies the text into the field a moment after the last key; a form sent within that moment would miss
    the last words, so it is copied once more before each reading of the form. */
function keepInStep(editor, form) {
  if (!form) return;
  const copy = () => {
    const source = editor.getMode() === Jodit.MODE_SOURCE && editor.container.querySelector(".jodit-source__mirror");
    if (source) editor.value = source.value;
    else editor.setEditorValue();
  };
  form.addEventListener("submit", copy, true);
  form.addEventListener("zt:collect", copy);
}

/** The picture button, dropped and pasted files all go through one upload. */
function takeFiles(editor, url) {
  const insert = async (files) => {
    for (const file of files) {
      const body = new FormData();
      body.append("file", file);
      try {
        const response = await send(url, body);
        const answer = await response.json().catch(() => ({}));
        if (!response.ok || !answer.url) throw new Error(answer.message || "图片没有传上去，请重试。");
        if (file.type.startsWith("image/")) {
          editor.s.insertImage(answer.url, null, 640);
        } else {
          const link = editor.createInside.element("a", { href: answer.url }, answer.name || file.name);
          editor.s.insertNode(link);
        }
        editor.synchronizeValues();
      } catch (problem) {
        editor.message.error(problem.message, 6000);
      }
    }
  };
  editor.o.controls.image = {
    icon: "image",
    tooltip: "插入图片",
    exec: () => {
      const input = document.createElement("input");
      input.type = "file";
      input.accept = "image/*";
      input.multiple = true;
      input.addEventListener("change", () => insert([...input.files]));
      input.click();
    },
  };
  const fromEvent = (event) => {
    const files = event.clipboardData ? event.clipboardData.files : event.dataTransfer && event.dataTransfer.files;
    if (!files || files.length === 0) return undefined;
    event.preventDefault();
    insert([...files]);
    return false;
  };
  editor.e.on("paste", fromEvent, { top: true });
  editor.e.on("drop", fromEvent, { top: true });
}
