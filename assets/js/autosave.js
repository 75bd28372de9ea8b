// data-autosave-url on a form: posts the whole form two seconds after the last key, and says so.

import { send } from "./csrf.js";

const DELAY = 2000;

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
    if (again) {
      again = false;
      timer = setTimeout(save, DELAY);
    }
  };

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
