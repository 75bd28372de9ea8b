// data-mark="ID" on a finding: click or Enter scrolls to <mark id="ID"> in the text and highlights it.

export function findings(root) {
  for (const card of root.querySelectorAll("[data-mark]")) {
    if (card.dataset.markStarted) continue;
    card.dataset.markStarted = "yes";
    card.addEventListener("click", (event) => {
      if (!event.target.closest("a, button, input, textarea, select, label")) show(card);
    });
    card.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === card) show(card);
    });
    const mark = document.getElementById(card.dataset.mark);
    // The explanation opens at the mark (see explain.js), so the page does not move away from it.
    if (mark) mark.addEventListener("click", () => choose(card, mark, null));
  }
}

function show(card) {
  const mark = document.getElementById(card.dataset.mark);
  if (mark) choose(card, mark, mark);
}

function choose(card, mark, target) {
  for (const old of document.querySelectorAll(".zt-chosen")) old.classList.remove("zt-chosen");
  card.classList.add("zt-chosen");
  mark.classList.add("zt-chosen");
  if (!target) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
