// data-presence-url: tells the server every 30 seconds that this person has the item open, and shows who else has.

import { send } from "./csrf.js";

const INTERVAL = 30000;

export function presence(root) {
  for (const note of root.querySelectorAll("[data-presence-url]")) {
    if (note.dataset.presenceStarted) continue;
    note.dataset.presenceStarted = "yes";
    ping(note);
  }
}

async function ping(note) {
  if (!note.isConnected) return;
  if (document.visibilityState === "visible") {
    try {
      const response = await send(note.dataset.presenceUrl, new URLSearchParams(), true);
      if (response.ok && response.status !== 204) show(note, (await response.json()).others || []);
      // Gone, closed or logged out: no use asking again.
      if (!response.ok) return;
    } catch {
      // No network now; the next round tries again.
    }
  }
  setTimeout(() => ping(note), INTERVAL);
}

function show(note, others) {
  const names = note.querySelector("[data-presence-names]");
  if (names) names.textContent = others.join("、");
  note.hidden = others.length === 0;
}
