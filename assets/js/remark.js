// [data-remark-text]: text chosen there fills the remark form (#remark): the words, the field, and what stands before
// them, so that the server finds the right one of several equal places.

const CONTEXT = 40;

export function remark() {
  const text = document.querySelector("[data-remark-text]");
  const form = document.getElementById("remark");
  if (!text || !form) return;
  const take = () => {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    const field = fieldOf(range.startContainer, text);
    if (!field || field !== fieldOf(range.endContainer, text)) return;
    const quote = selection.toString().trim();
    if (!quote || quote.length > 300) return;
    const before = document.createRange();
    before.selectNodeContents(field);
    before.setEnd(range.startContainer, range.startOffset);
    form.elements.quote.value = quote;
    form.elements.field.value = field.dataset.field;
    form.elements.before.value = before.toString().slice(-CONTEXT);
  };
  document.addEventListener("mouseup", () => setTimeout(take, 0));
  document.addEventListener("keyup", (event) => {
    if (event.shiftKey || event.key === "Shift") take();
  });
  // Words typed by hand are searched for in the body from its start.
  form.elements.quote.addEventListener("input", () => {
    form.elements.before.value = "";
    form.elements.field.value = "body";
  });
}

function fieldOf(node, text) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const field = element && element.closest("[data-field]");
  return field && text.contains(field) ? field : null;
}
