// Small things: tick all, copy, and lists that search while one types.

export function small() {
  document.addEventListener("change", (event) => {
    const all = event.target;
    if (!all.dataset || !all.dataset.selectAll) return;
    const scope = all.closest("form") || document;
    for (const box of scope.querySelectorAll('input[type="checkbox"]')) {
      if (box.name === all.dataset.selectAll && !box.disabled) box.checked = all.checked;
    }
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button || !navigator.clipboard) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const label = button.textContent;
    button.textContent = "已复制";
    setTimeout(() => (button.textContent = label), 1500);
  });

  // A choice in a filter applies at once; words apply with Enter or the button.
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.form && field.form.classList.contains("zt-filter") && field.type !== "search" && field.form.requestSubmit) {
      field.form.requestSubmit();
    }
  });
}
