// Forms: warn before leaving with unsaved changes, send only once, lead to the first problem.

const dirty = new Set();

export function forms() {
  const watch = (event) => {
    const form = event.target.closest && event.target.closest("form[data-warn-unsaved]");
    if (form) dirty.add(form);
  };
  document.addEventListener("input", watch);
  document.addEventListener("change", watch);
  document.addEventListener("zt:saved", (event) => dirty.delete(event.target));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    dirty.delete(form);
    if (form.method !== "post" || !("disableOnce" in form.dataset)) return;
    form.dataset.sending = "yes";
    // After the browser has collected the fields, so that the name of the pressed button is still sent.
    setTimeout(() => setBusy(form, true), 0);
  });

  // A page restored by the back button must not keep its buttons disabled.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) {
      delete form.dataset.sending;
      setBusy(form, false);
    }
  });

  window.addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (!form.isConnected) dirty.delete(form);
    if (dirty.size === 0) return;
    event.preventDefault();
    event.returnValue = "";
  });

  const problems = document.querySelector("[data-focus-first]");
  if (problems) problems.focus();
}

function setBusy(form, busy) {
  for (const button of form.querySelectorAll('button[type="submit"]')) {
    button.disabled = busy;
    button.classList.toggle("zt-busy", busy);
  }
}
