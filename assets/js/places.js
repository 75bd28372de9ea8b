// [data-ink-start][data-ink-length] on a finding: its words are marked in the rich-text editor, and a click or Enter on
// the finding selects them. Places are counted in characters that are not blank, because editors and servers keep
// blanks differently. The marks are drawn above the text and never become part of it, so nothing of them is saved.

import { enter, hide, later, show } from "./explain.js";

export function places() {
  document.documentElement.classList.add("ed-scripted");
  const go = (card) => {
    const body = document.querySelector(".jodit-wysiwyg");
    if (!body) return;
    const [range] = find(body, [placeOf(card)]);
    if (!range) return;
    for (const old of document.querySelectorAll(".zt-chosen")) old.classList.remove("zt-chosen");
    card.classList.add("zt-chosen");
    body.focus({ preventScroll: true });
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const element = range.startContainer.parentElement;
    if (element) element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  };
  document.addEventListener("click", (event) => {
    const card = event.target.closest("[data-ink-start]");
    if (card && !event.target.closest("a, button, input, textarea, select, label, summary")) go(card);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches && event.target.matches("[data-ink-start]")) {
      event.preventDefault();
      go(event.target);
    }
  });
}

/** Draws a mark at every finding of the body, and explains it under the pointer and at the caret. */
export function markPlaces(editor) {
  const body = editor.editor;
  const cards = [...document.querySelectorAll("[data-ink-start]")];
  if (!body || cards.length === 0) return;
  const frame = body.parentElement;
  frame.classList.add("ed-marked");
  const layer = document.createElement("div");
  layer.className = "ed-marks";
  layer.setAttribute("aria-hidden", "true");
  frame.append(layer);
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.setAttribute("aria-live", "polite");
  frame.append(told);

  let marks = [];
  const ranges = find(body, cards.map(placeOf));
  cards.forEach((card, index) => {
    const range = ranges[index];
    if (range) marks.push({ id: card.dataset.explains, severity: card.dataset.severity, range, words: ink(range), message: card.querySelector("header + blockquote + p, header + p") });
  });

  let boxes = [];
  const draw = () => {
    // Words that were changed are no longer what the finding is about.
    marks = marks.filter((mark) => body.contains(mark.range.startContainer) && ink(mark.range) === mark.words);
    const origin = layer.getBoundingClientRect();
    boxes = [];
    const pieces = [];
    for (const mark of marks) {
      for (const rect of mark.range.getClientRects()) {
        if (rect.width < 1) continue;
        boxes.push({ mark, left: rect.left - origin.left, right: rect.right - origin.left, top: rect.top - origin.top, bottom: rect.bottom - origin.top });
        const piece = document.createElement("span");
        piece.className = `ed-mark ed-mark-${mark.severity}`;
        piece.style.left = `${rect.left - origin.left}px`;
        piece.style.top = `${rect.top - origin.top}px`;
        piece.style.width = `${rect.width}px`;
        piece.style.height = `${rect.height}px`;
        pieces.push(piece);
      }
    }
    layer.replaceChildren(...pieces);
  };
  let drawing = 0;
  const redraw = () => {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(draw);
  };
  editor.e.on("change afterInit resize afterSetMode toggleFullSize", redraw);
  body.addEventListener("input", redraw);
  body.addEventListener("scroll", redraw, true);
  window.addEventListener("resize", redraw);
  window.addEventListener("load", redraw);
  if (window.ResizeObserver) new ResizeObserver(redraw).observe(body);
  redraw();

  /** The findings at a point of the window, with the place to show them at. */
  const at = (x, y) => {
    const origin = layer.getBoundingClientRect();
    const hits = boxes.filter((one) => x - origin.left >= one.left - 1 && x - origin.left <= one.right + 1 && y - origin.top >= one.top - 1 && y - origin.top <= one.bottom + 1);
    if (hits.length === 0) return null;
    const first = hits[0];
    const place = { left: first.left + origin.left, top: first.top + origin.top, bottom: first.bottom + origin.top };
    return { ids: [...new Set(hits.map((hit) => hit.mark.id))], place };
  };
  let over = "";
  const point = (event) => {
    const hit = at(event.clientX, event.clientY);
    const now = hit ? hit.ids.join(" ") : "";
    if (now === over && event.type !== "click") return;
    over = now;
    if (hit) later(() => show(hit.ids, hit.place, body), event.type === "click" ? 0 : 150);
    else later(hide, 300);
  };
  body.addEventListener("mousemove", point);
  body.addEventListener("click", point);
  body.addEventListener("mouseleave", () => {
    over = "";
    later(hide, 300);
  });

  // With the keyboard: the finding at the caret is told, and Alt with the arrow down leads into it.
  let spoken = "";
  document.addEventListener("selectionchange", () => {
    const selection = window.getSelection();
    if (!selection.rangeCount || !body.contains(selection.anchorNode)) return;
    const here = marks.filter((mark) => mark.range.isPointInRange(selection.anchorNode, selection.anchorOffset));
    const ids = here.map((mark) => mark.id).join(" ");
    if (ids === spoken) return;
    spoken = ids;
    told.textContent = here.length === 0 ? "" : `机审：${here.map((mark) => (mark.message ? mark.message.textContent : "")).join("；")}按 Alt 加向下键处理。`;
  });
  body.addEventListener("keydown", (event) => {
    if (!event.altKey || event.key !== "ArrowDown" || spoken === "") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const mark = marks.find((one) => spoken.split(" ").includes(one.id));
    if (!mark) return;
    show(spoken.split(" "), mark.range.getBoundingClientRect(), body);
    enter();
  }, true);
}

function placeOf(card) {
  const start = Number(card.dataset.inkStart);
  return [start, start + Number(card.dataset.inkLength)];
}

const BLANK = /[\s\ufeff\u200b]/;

/** The words of a range without blanks. */
function ink(range) {
  return [...range.toString()].filter((character) => !BLANK.test(character)).join("");
}

/** For each [from, to] the range of these characters of ink, or null; one walk through the text for all. */
function find(root, wanted) {
  const open = wanted.map(([from, to]) => ({ from, to, range: null, done: false }));
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let count = 0;
  let left = open.length;
  while (left > 0 && walker.nextNode()) {
    const node = walker.currentNode;
    // Characters, not halves of surrogate pairs: the server counts characters.
    let offset = 0;
    for (const character of node.data) {
      const blank = BLANK.test(character);
      if (!blank) {
        for (const one of open) {
          if (one.from !== count || one.range) continue;
          one.range = document.createRange();
          one.range.setStart(node, offset);
        }
      }
      offset += character.length;
      if (blank) continue;
      count += 1;
      for (const one of open) {
        if (one.to !== count || !one.range || one.done) continue;
        one.range.setEnd(node, offset);
        one.done = true;
        left -= 1;
      }
    }
  }
  return open.map((one) => (one.done ? one.range : null));
}
