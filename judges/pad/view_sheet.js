// The sheet: its criteria at the left, the open one or the outcome at the right.

import { h } from "./dom.js";
import { short } from "./figures.js";
import { icon, TONES } from "./icons.js";
import { editor } from "./view_editor.js";
import { subtotal } from "./view_foot.js";
import { nameOf, numberOf } from "./view_head.js";
import { outcome } from "./view_outcome.js";

export function sheetView(pad) {
  const sheet = pad.current;
  const cells = pad.cells(sheet);
  const isOpen = pad.isWritable(sheet) && pad.open;
  const given = cells.filter((cell) => cell.value !== null).length;
  const place = cells.findIndex((cell) => cell.criterion.id === pad.criterion);
  return h(
    "main",
    { key: `sheet-${sheet.entrant.id}`, cls: "sheet", style: `--rows:${cells.length}` },
    h(
      "h1",
      { cls: "hidden" },
      pad.say("title", { village: nameOf(sheet.entrant) || numberOf(pad, sheet.entrant) }),
    ),
    cells.map((cell, at) => row(pad, sheet, cell, 10 * at)),
    h(
      "div",
      { key: "sum", cls: "sum", style: `order:${10 * cells.length + 6}` },
      h(
        "span",
        { cls: "mute" },
        pad.say(given === cells.length ? "total" : "subtotal", { count: given }),
      ),
      given > 0 && subtotal(pad, sheet),
    ),
    isOpen
      ? editor(pad, sheet, cells[place], 10 * place + 5)
      : outcome(pad, sheet, 10 * cells.length + 5),
  );
}

// Rows and editor stand in the page in one order and are shown, on a phone, in another: a node
// that moved would lose the keyboard's focus.
function row(pad, sheet, cell, order) {
  const { criterion, value, state } = cell;
  const isOn = pad.criterion === criterion.id && pad.isWritable(sheet);
  const tone = TONES[state] || "mute";
  const word = value === null ? pad.say(isOn ? "open_now" : "unmarked") : pad.figureOf(cell);
  const half = cell.half && pad.isWritable(sheet) ? cell.half : "";
  const label = [
    criterion.name,
    pad.say("points", { points: short(criterion.maximum) }),
    value === null ? pad.say("unmarked") : pad.figureOf(cell),
    value === null ? "" : pad.say(`cell_${state}`),
    half && pad.say("half_row", { text: half }),
  ].join(" ");
  const children = [
    h("b", {}, criterion.name, " ", h("small", {}, short(criterion.maximum))),
    half
      ? h("span", { key: "half", cls: "v half" }, h("i", {}, half), pad.say("half"))
      : h("span", { key: "value", cls: value === null ? "v no" : "v" }, word),
    h("span", { cls: `i ${tone}` }, icon(state, 22)),
  ];
  const attrs = {
    key: `row-${criterion.id}`,
    cls: isOn ? "row on" : "row",
    "aria-label": label,
    style: `order:${order}`,
  };
  if (!pad.isWritable(sheet)) return h("div", { ...attrs, role: "group" }, children);
  return h(
    "button",
    {
      ...attrs,
      "aria-expanded": String(isOn),
      on: { click: () => pad.act(() => pad.openRow(criterion.id)) },
    },
    children,
  );
}
