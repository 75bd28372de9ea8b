// Warns before an idle session ends, and mends the forms of a page after a new login in another tab.

import { replaceToken, token } from "./csrf.js";

const WARN_BEFORE = 2 * 60 * 1000;

export function session() {
  const minutes = Number(document.body.dataset.idleMinutes || 0);
  if (!minutes) return;
  const idle = minutes * 60 * 1000;
  let last = Date.now();
  let bar = null;

  const touched = () => {
    last = Date.now();
    if (bar) bar.remove();
    bar = null;
  };
  document.addEventListener("htmx:afterRequest", touched);
  document.addEventListener("zt:saved", touched);

  const stay = async () => {
    const state = await readState(false);
    if (state) {
      replaceToken(state.csrf_token);
      touched();
    } else {
      say("登录已过期。本页填写的内容仍在，请重新登录后回到本页提交。", loginLink());
    }
  };

  const say = (text, action) => {
    if (bar) bar.remove();
    bar = document.createElement("div");
    bar.className = "zt-session-bar";
    bar.setAttribute("role", "alert");
    const words = document.createElement("span");
    words.textContent = text;
    bar.append(words, action);
    document.body.append(bar);
  };

  setInterval(() => {
    const left = idle - (Date.now() - last);
    if (left <= 0) {
      say("登录可能已过期。本页填写的内容仍在，请重新登录后回到本页提交。", loginLink());
    } else if (left <= WARN_BEFORE && !bar) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = "继续使用";
      button.addEventListener("click", stay);
      say("您已较长时间没有操作，登录即将过期。", button);
    }
  }, 15000);

  // Coming back from the tab in which the person has just logged in again.
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState !== "visible" || !bar) return;
    const state = await readState(true);
    if (!state) return;
    if (state.csrf_token !== token()) replaceToken(state.csrf_token);
    touched();
  });
}

/** Passive: only looks. Otherwise the request counts as activity and the session goes on. */
async function readState(passive) {
  const headers = passive ? { "X-Passive": "1" } : {};
  try {
    const response = await fetch("/console/session-state", { headers, credentials: "same-origin", redirect: "manual" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function loginLink() {
  const link = document.createElement("a");
  link.className = "btn btn-sm";
  link.href = "/console/login";
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = "在新窗口登录";
  return link;
}
