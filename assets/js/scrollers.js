// Wide tables and code scroll sideways in their own box; only then the box is a stop for the keyboard.

const BOXES = ".table-responsive, .zt-code";
const sizes = typeof ResizeObserver === "function" ? new ResizeObserver((all) => all.forEach((one) => mark(one.target))) : null;

export function scrollers(root) {
  for (const box of root.querySelectorAll(BOXES)) {
    mark(box);
    if (sizes) sizes.observe(box);
  }
}

function mark(box) {
  const scrolls = box.scrollWidth > box.clientWidth;
  if (scrolls && !box.hasAttribute("tabindex")) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "可左右滚动");
    box.dataset.scrolls = "yes";
  }
  if (!scrolls && box.dataset.scrolls) {
    for (const name of ["tabindex", "role", "aria-label", "data-scrolls"]) box.removeAttribute(name);
  }
}
