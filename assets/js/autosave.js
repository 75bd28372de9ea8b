// data-autosave-url on a form: posts the whole form two seconds after the last key, and says so.

import { submitAgain } from "./confirmation.js";
import { send } from "./csrf.js";

const DELAY = 2000;
/** A button waits this long for a save that is under way. */
const PATIENCE = 5000;

export function autosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave-url]")) start(form);
}

function start(form) {
  if (form.dataset.autosaveStarted) return;
  form.dataset.autosaveStarted = "yes";
  const note = form.querySelector("[data-autosaved]");
  let timer = 0;
  let running = false;
  let again = false;
  let waiting = null;

  const say = (text, wrong) => {
    if (!note) return;
    note.textContent = text;
    note.classList.toggle("zt-autosaved-wrong", Boolean(wrong));
  };

  const save = async () => {
    if (form.dataset.sending) return;
    if (running) {
      again = true;
      return;
    }
    form.dispatchEvent(new CustomEvent("zt:collect"));
    // What that brought into the form is part of this save already.
    clearTimeout(timer);
    running = true;
    say("正在保存…");
    try {
      const response = await send(form.dataset.autosaveUrl, withoutFiles(form));
      await report(response);
    } catch {
      say("网络不通，尚未保存；内容仍在本页，恢复后会自动重试。", true);
      timer = setTimeout(save, 15000);
    }
    running = false;
    if (waiting) {
      waiting();
    } else if (again) {
      again = false;
      timer = setTimeout(save, DELAY);
    }
  };

  // A button pressed during a save waits for it: sent at once, it would carry the version from before that save and
  // be answered as if somebody else had saved meanwhile.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!running || event.defaultPrevented) return;
    event.preventDefault();
    if (waiting) return;
    const button = event.submitter;
    const patience = setTimeout(() => waiting && waiting(), PATIENCE);
    waiting = () => {
      clearTimeout(patience);
      waiting = null;
      running = false;
      submitAgain(form, button);
    };
  });

  const report = async (response) => {
    if (response.ok) {
      const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
      const version = form.querySelector('input[name="lock_version"]');
      if (version && answer.lock_version !== undefined) version.value = answer.lock_version;
      form.dispatchEvent(new CustomEvent("zt:saved", { bubbles: true }));
      const now = new Date();
      say(`已自动保存 ${pad(now.getHours())}:${pad(now.getMinutes())}`);
      return;
    }
    if (response.status === 401 || response.type === "opaqueredirect") {
      say("登录已过期，尚未保存。请在新窗口重新登录，内容仍在本页。", true);
      return;
    }
    const answer = await response.json().catch(() => ({}));
    say(answer.message || "未能自动保存，请点“保存”查看原因。", true);
  };

  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(save, DELAY);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
}

/** Files are uploaded by their own buttons, not with every key. */
function withoutFiles(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") body.append(name, value);
  }
  return body;
}

function pad(number) {
  return String(number).padStart(2, "0");
}
