// Links that lie in a grid are one stop of the Tab key; the arrow keys go from link to link as they
// lie on the screen, Home and End to the first and the last. Enter opens one, as any link.

const GRID = ".o-grid";
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function links(grid) {
  return [...grid.querySelectorAll("a")].filter((one) => one.offsetParent);
}

// One link of each grid is reached by Tab: the one that was left, at first the first.
function rove(grid, chosen) {
  const all = links(grid);
  const stop = chosen || all.find((one) => one.tabIndex === 0) || all[0];
  for (const one of all) {
    const index = one === stop ? 0 : -1;
    if (one.tabIndex !== index || !one.hasAttribute("tabindex")) one.tabIndex = index;
  }
}

function middle(one) {
  const { left, top, width, height } = one.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2, width, height };
}

// The nearest link in a direction: sideways in the same line, up and down in the next line.
function next(grid, from, [across, down]) {
  const here = middle(from);
  let best = null;
  for (const one of links(grid)) {
    const there = middle(one);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const isLine = Math.abs(dy) < Math.max(here.height, there.height) / 2;
    const ahead = across ? dx * across : dy * down;
    if (one === from || ahead <= 1 || isLine !== Boolean(across)) continue;
    const far = across ? ahead : ahead * 1000 + Math.abs(dx);
    if (!best || far < best.far) best = { one, far };
  }
  return best && best.one;
}

function press(event) {
  const grid = event.target.closest?.(GRID);
  if (!grid || event.target.tagName !== "A" || event.ctrlKey || event.metaKey || event.altKey)
    return;
  const all = links(grid);
  const ends = { Home: all[0], End: all.at(-1) };
  const step = STEPS[event.key];
  const to = step ? next(grid, event.target, step) : ends[event.key];
  if (!step && !to) return;
  event.preventDefault();
  if (!to) return;
  rove(grid, to);
  to.focus();
}

function roveAll() {
  for (const grid of document.querySelectorAll(GRID)) rove(grid);
}

export default function grids() {
  roveAll();
  if (window.arenaGrids) return;
  document.addEventListener("keydown", press);
  document.addEventListener("focusin", (event) => {
    const grid = event.target.closest?.(GRID);
    if (grid && event.target.tagName === "A") rove(grid, event.target);
  });
  window.arenaGrids = new MutationObserver(roveAll);
  window.arenaGrids.observe(document.body, { childList: true, subtree: true });
}
