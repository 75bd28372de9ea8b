// [data-ink-start][data-ink-length] on a finding: click or Enter selects its words in the rich-text editor. Places are
// counted in characters that are not blank, because editors and servers keep blanks differently.

export function places() {
  document.documentElement.classList.add("ed-scripted");
  const go = (card) => {
    const body = document.querySelector(".jodit-wysiwyg");
    if (!body) return;
    const start = Number(card.dataset.inkStart);
    const range = find(body, start, start + Number(card.dataset.inkLength));
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

/** The range of the characters of ink from `from` to `to`. */
function find(root, from, to) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let ink = 0;
  let started = false;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    // Characters, not halves of surrogate pairs: the server counts characters.
    let offset = 0;
    for (const character of node.data) {
      const blank = /[\s\ufeff\u200b]/.test(character);
      if (!blank && ink === from && !started) {
        range.setStart(node, offset);
        started = true;
      }
      offset += character.length;
      if (!blank) ink += 1;
      if (started && ink === to) {
        range.setEnd(node, offset);
        return range;
      }
    }
  }
  return null;
}
