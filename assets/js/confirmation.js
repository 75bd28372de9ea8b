// data-confirm on a button or form: asks before sending. Built on <dialog>, with window.confirm where that is missing.

let confirmed = null;

export function confirmation() {
  document.addEventListener("submit", intercept, true);
}

/** Sends a form that was held back, without asking again. */
export function submitAgain(form, button) {
  if ((button && button.dataset.confirm) || form.dataset.confirm) confirmed = form;
  form.requestSubmit(button || undefined);
}

function intercept(event) {
  const form = event.target;
  const button = event.submitter;
  const question = (button && button.dataset.confirm) || form.dataset.confirm;
  if (!question) return;
  if (confirmed === form) {
    confirmed = null;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(question, button).then((yes) => {
    if (!yes) return;
    confirmed = form;
    if (form.requestSubmit) {
      form.requestSubmit(button || undefined);
    } else {
      form.submit();
    }
  });
}

function ask(question, button) {
  if (typeof HTMLDialogElement !== "function") return Promise.resolve(window.confirm(question));
  const dialog = document.createElement("dialog");
  dialog.className = "zt-dialog";
  const text = document.createElement("p");
  text.textContent = question;
  const actions = document.createElement("div");
  actions.className = "zt-actions";
  const no = makeButton("取消", "btn");
  const danger = button && /danger/.test(button.className);
  const yes = makeButton(button ? button.textContent.trim() : "确定", danger ? "btn btn-danger" : "btn btn-primary");
  actions.append(no, yes);
  dialog.append(text, actions);
  document.body.append(dialog);
  dialog.showModal();
  // Enter must not do the dangerous thing by accident.
  no.focus();
  return new Promise((resolve) => {
    no.addEventListener("click", () => dialog.close("no"));
    yes.addEventListener("click", () => dialog.close("yes"));
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (button) button.focus();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function makeButton(label, className) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = label;
  return button;
}
