// The console's script: everything here makes a page better that already works without it.

import htmx from "htmx.org";
import { autosave } from "./autosave.js";
import { confirmation } from "./confirmation.js";
import { csrf } from "./csrf.js";
import { explain } from "./explain.js";
import { findings } from "./findings.js";
import { forms } from "./forms.js";
import { menus } from "./menus.js";
import { presence } from "./presence.js";
import { remark } from "./remark.js";
import { scrollers } from "./scrollers.js";
import { session } from "./session.js";
import { small } from "./small.js";

window.htmx = htmx;

csrf();
confirmation();
menus();
forms();
small();
session();
remark();

/** Hooks that look at elements run again for what htmx brings. */
function enhance(root) {
  autosave(root);
  explain(root);
  findings(root);
  presence(root);
  scrollers(root);
}

enhance(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) enhance(event.detail.elt);
});
