// Own sheets side by side: all of them, or those that wait to be announced together.

import { h } from "./dom.js";
import { figure, short } from "./figures.js";
import { icon, TONES } from "./icons.js";
import { cameTag } from "./view_bar.js";
import { nameOf, numberOf } from "./view_head.js";
import { button, dialog } from "./view_dialog.js";

// Lets a judge see whether they keep one measure.
export function compare(pad) {
  const { criteria } = pad.work;
  const kept = pad.work.sheets.filter((one) => pad.left(one) < criteria.length);
  const some = kept.filter((one) => pad.isFlagged(one.entrant.id));
  const shown = some.length > 1 ? some : kept;
  const head = [h("th", { scope: "col" }, pad.say("entrant"))]
    .concat(
      criteria.map((one) =>
        h("th", { scope: "col" }, one.name, " ", h("small", {}, short(one.maximum))),
      ),
    )
    .concat([h("th", { scope: "col" }, pad.say("total"))]);
  const body = shown.map((sheet) =>
    h(
      "tr",
      { key: sheet.entrant.id },
      h(
        "th",
        { scope: "row" },
        numberOf(pad, sheet.entrant),
        " ",
        nameOf(sheet.entrant),
        " ",
        cameTag(pad, sheet),
      ),
      pad.cells(sheet).map((cell) => h("td", {}, markOf(pad, cell))),
      h("td", {}, pad.left(sheet) ? "" : pad.shown(pad.total(sheet))),
    ),
  );
  return dialog(
    pad,
    "compare",
    pad.say("compare"),
    [
      h("p", { cls: "mute" }, pad.say("compare_text")),
      marksTable(pad.say("compare"), "", head, body),
    ],
    [button("back", pad.say("my_sheets"), () => pad.show("sheets"))],
  );
}

// One column each; a mark is one tap away from being changed, for as long as it may be.
export function heldSheets(pad) {
  const sheets = pad.held();
  const title = pad.say("held_sheets", { count: sheets.length });
  const head = [h("th", { scope: "col" }, pad.say("criterion"))].concat(
    sheets.map((sheet) => columnHead(pad, sheet)),
  );
  const body = pad.work.criteria.map((criterion) =>
    h(
      "tr",
      { key: criterion.id },
      h("th", { scope: "row" }, criterion.name, " ", h("small", {}, short(criterion.maximum))),
      sheets.map((sheet) => h("td", { key: sheet.entrant.id }, markKey(pad, sheet, criterion))),
    ),
  );
  return dialog(
    pad,
    "held",
    title,
    [h("p", { cls: "mute" }, pad.say("held_hint")), marksTable(title, "columns", head, body)],
    [button("back", pad.say("my_sheets"), () => pad.show("sheets"))],
  );
}

export function heldButton(pad) {
  const word = pad.say("compare_held", { count: pad.held().length });
  return button("held", word, () => pad.show("held"));
}

function marksTable(label, cls, head, body) {
  return h(
    "div",
    { cls: `wide ${cls}`, tabindex: "0", role: "region", "aria-label": label },
    h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)),
  );
}

function columnHead(pad, sheet) {
  const left = pad.left(sheet);
  const waits = pad.submitting(sheet) && "pending";
  const state = waits || (pad.isHeld(sheet) ? "" : "marking");
  return h(
    "th",
    { key: sheet.entrant.id, scope: "col" },
    h("b", { cls: "num" }, numberOf(pad, sheet.entrant)),
    h("span", { cls: "name" }, nameOf(sheet.entrant)),
    h("b", { cls: "total" }, left ? pad.say("left", { count: left }) : pad.shown(pad.total(sheet))),
    state &&
      h(
        "span",
        { key: state, cls: `st ${TONES[state]}` },
        icon(state, 18),
        pad.say(`state_${state}`),
      ),
  );
}

function markOf(pad, cell) {
  return cell.value === null ? pad.say("unmarked") : figure(cell.value, cell.criterion.step);
}

function markKey(pad, sheet, criterion) {
  const cell = { criterion, ...pad.cell(sheet, criterion) };
  const unsaid = cell.state === "saved" || cell.state === "none";
  const words = [numberOf(pad, sheet.entrant), criterion.name, markOf(pad, cell)];
  return h(
    "button",
    {
      cls: cell.value === null ? "held-mark no" : "held-mark",
      "aria-label": `${words.join(" ")}${unsaid ? "" : ` ${pad.say(`cell_${cell.state}`)}`}`,
      on: { click: () => pad.act(() => pad.openAt(sheet.entrant.id, criterion.id)) },
    },
    markOf(pad, cell),
    !unsaid && h("span", { cls: TONES[cell.state] || "mute" }, icon(cell.state, 18)),
  );
}
