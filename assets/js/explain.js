// The explanation of a finding at its place: on hover, focus and tap of [data-finding] in a read text, and of the marks
// that the editor draws. Its content is the finding's card beside the text ([data-explains]), so nothing is said twice
// in two ways; its buttons belong to the draft's form. Escape closes it, Enter on a mark goes into it.

const SHOW_AFTER = 150;
const HIDE_AFTER = 300;

let box = null;
let opener = null;
let timer = 0;

/** Marks in texts that are only read. */
export function explain(root) {
  for (const mark of root.querySelectorAll("mark[data-finding]")) {
    if (mark.dataset.explained || mark.closest(".zt-explain")) continue;
    mark.dataset.explained = "yes";
    if (cardsOf(mark.dataset.finding.split(" ")).length === 0) continue;
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-haspopup", "dialog");
    const open = () => show(mark.dataset.finding.split(" "), mark.getBoundingClientRect(), mark);
    mark.addEventListener("mouseenter", () => later(open, SHOW_AFTER));
    mark.addEventListener("mouseleave", () => later(hide, HIDE_AFTER));
    mark.addEventListener("focus", open);
    mark.addEventListener("blur", () => later(hide, HIDE_AFTER));
    mark.addEventListener("click", open);
    mark.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open();
      enter();
    });
  }
}

/** Shows what the findings say, at a place of the screen. */
export function show(ids, place, from) {
  const cards = cardsOf(ids);
  if (cards.length === 0) return;
  clearTimeout(timer);
  const wanted = ids.join(" ");
  if (!box || box.hidden || box.dataset.shows !== wanted) {
    make();
    box.dataset.shows = wanted;
    box.replaceChildren(...cards.map(copy));
    box.hidden = false;
    tellExpanded(false);
    opener = from || null;
    tellExpanded(true);
  }
  put(place);
}

/** Shows it a moment later, unless something else is wanted meanwhile. */
export function later(what, after = SHOW_AFTER) {
  clearTimeout(timer);
  timer = setTimeout(what, after);
}

export function hide() {
  clearTimeout(timer);
  if (!box || box.hidden || box.contains(document.activeElement)) return;
  close();
}

/** Moves the keyboard into the explanation. */
export function enter() {
  if (!box || box.hidden) return;
  const first = box.querySelector("button, a[href]") || box;
  first.focus({ preventScroll: true });
}

export function isOpen() {
  return Boolean(box && !box.hidden);
}

function close() {
  box.hidden = true;
  box.replaceChildren();
  delete box.dataset.shows;
  tellExpanded(false);
  opener = null;
}

/** The editor's text is no button and cannot be expanded. */
function tellExpanded(expanded) {
  if (opener && opener.getAttribute("role") === "button") opener.setAttribute("aria-expanded", String(expanded));
}

function make() {
  if (box) return;
  box = document.createElement("div");
  box.className = "zt-explain";
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", "机审意见说明");
  box.tabIndex = -1;
  box.hidden = true;
  document.body.append(box);
  box.addEventListener("mouseenter", () => clearTimeout(timer));
  box.addEventListener("mouseleave", () => later(hide, HIDE_AFTER));
  box.addEventListener("focusout", () => later(hide, HIDE_AFTER));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || box.hidden) return;
    const back = box.contains(document.activeElement) ? opener : null;
    close();
    if (back) {
      back.focus({ preventScroll: true });
      close();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!box.hidden && !box.contains(event.target) && !event.target.closest("mark[data-finding], .jodit-wysiwyg")) close();
  });
  window.addEventListener("resize", () => box.hidden || close());
}

function cardsOf(ids) {
  return ids.map((id) => document.querySelector(`[data-explains="${CSS.escape(id)}"]`)).filter(Boolean);
}

/** The card without its fields; what needs a reason leads to the card. */
function copy(card) {
  const twin = card.cloneNode(true);
  const form = card.closest("form");
  const needsReason = twin.querySelector("[data-not-explained]");
  for (const gone of twin.querySelectorAll("[data-not-explained], .ed-no-script, form, textarea")) gone.remove();
  for (const one of [twin, ...twin.querySelectorAll("*")]) {
    for (const name of ["id", "tabindex", "data-mark", "data-explains", "data-ink-start", "data-ink-length"]) one.removeAttribute(name);
  }
  for (const basis of twin.querySelectorAll("details")) basis.open = true;
  for (const button of twin.querySelectorAll("button")) if (form && form.id) button.setAttribute("form", form.id);
  const actions = twin.querySelector(".zt-actions") || twin;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "btn btn-sm";
  more.textContent = needsReason ? card.querySelector("[data-not-explained] > summary").textContent : "在列表中查看";
  more.addEventListener("click", () => {
    close();
    const details = card.querySelector("[data-not-explained]");
    const folded = card.closest("details:not([open])");
    if (folded) folded.open = true;
    if (details) details.open = true;
    card.scrollIntoView({ block: "center" });
    const field = details && details.querySelector("textarea");
    if (field) field.focus({ preventScroll: true });
    else if (card.tabIndex >= 0) card.focus({ preventScroll: true });
  });
  actions.append(more);
  return twin;
}

/** Below the place, or above it where there is no room. */
function put(place) {
  const gap = 6;
  const width = Math.min(380, window.innerWidth - 16);
  box.style.width = `${width}px`;
  const left = Math.max(8, Math.min(place.left, window.innerWidth - width - 8));
  const height = box.offsetHeight;
  const below = place.bottom + gap;
  const fits = below + height <= window.innerHeight - 8 || place.top < height + gap + 8;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${(fits ? below : place.top - gap - height) + window.scrollY}px`;
}
