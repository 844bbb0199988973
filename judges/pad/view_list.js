// The judge's own sheets, and the rounds to choose from.

import { h } from "./dom.js";
import { icon, TONES } from "./icons.js";
import { cameTag } from "./view_bar.js";
import { nameOf, numberOf, reserveOf, whereOf } from "./view_head.js";
import { heldButton } from "./view_compare.js";
import { button, dialog } from "./view_dialog.js";

export function sheets(pad) {
  const list = pad.work ? pad.work.sheets : [];
  const done = list.filter((one) => one.state === "submitted" || one.state === "locked").length;
  const ready = list.filter((one) => canSubmit(pad, one));
  const acts = [button("compare", pad.say("compare"), () => pad.show("compare"))];
  if (pad.held().length > 1) acts.push(heldButton(pad));
  if (ready.length > 1) {
    const word = pad.say("submit_all", { count: ready.length });
    acts.push(button("all", word, () => pad.submitAll(ready), "primary"));
  }
  return dialog(
    pad,
    "sheets",
    pad.say("my_sheets"),
    [
      h(
        "p",
        { cls: "mute" },
        pad.say("done_count", { done, all: list.length }),
        " ",
        pad.say("only_yours"),
      ),
      pad.work && pad.work.rounds.length > 1 && rounds(pad),
      pad.note && h("p", { key: "note", cls: "box alert" }, pad.note),
      h(
        "div",
        { key: "list", cls: "sheet-list", role: "list" },
        list.map((one) => sheetRow(pad, one)),
      ),
    ],
    acts,
  );
}

function canSubmit(pad, sheet) {
  const open = pad.isWritable(sheet) && sheet.state !== "submitted";
  const clash = open && pad.cells(sheet).some((cell) => cell.state === "conflict");
  const isWhole = pad.left(sheet) === 0 && !pad.halves(sheet).length;
  return open && !clash && isWhole && !pad.submitting(sheet);
}

function rounds(pad) {
  return h(
    "div",
    { key: "rounds", cls: "rounds", role: "group" },
    pad.work.rounds.map((one) =>
      h(
        "button",
        {
          cls: one.id === pad.round ? "btn on" : "btn",
          "aria-pressed": String(one.id === pad.round),
          on: { click: () => pad.turnTo(one.id) },
        },
        one.title,
      ),
    ),
  );
}

function sheetRow(pad, sheet) {
  const { entrant } = sheet;
  const left = pad.left(sheet);
  const all = pad.work.criteria.length;
  const isFlagged = pad.isFlagged(entrant.id);
  let state = pad.isWritable(sheet) || sheet.state !== "submitted" ? sheet.state : "locked";
  if (pad.isHeld(sheet)) state = "held";
  if (pad.submitting(sheet)) state = "pending";
  else if (state === "marking" || (state === "not_begun" && left < all)) state = "marking";
  const detail = state === "marking" ? ` ${all - left}/${all}` : "";
  const isOn = entrant.id === pad.entrant;
  return h(
    "div",
    { key: entrant.id, cls: isOn ? "sheet-row on" : "sheet-row", role: "listitem" },
    h(
      "button",
      { cls: "sheet-open", on: { click: () => pad.act(() => pad.goTo(entrant.id)) } },
      h("span", { cls: "no" }, numberOf(pad, entrant)),
      h(
        "span",
        { cls: "where" },
        h("b", {}, nameOf(entrant)),
        " ",
        h("small", {}, whereOf(entrant)),
        shelf(pad, sheet),
      ),
      h(
        "span",
        { cls: `st ${TONES[state] || "mute"}` },
        icon(state, 20),
        pad.say(`state_${state}`),
        detail,
        cameTag(pad, sheet),
      ),
      h("span", { cls: "sum-of" }, left === 0 ? pad.shown(pad.total(sheet)) : ""),
    ),
    h(
      "button",
      {
        cls: isFlagged ? "flag on" : "flag",
        "aria-pressed": String(isFlagged),
        "aria-label": pad.say("flag"),
        on: { click: () => pad.flag(entrant.id) },
      },
      icon("flag", 22),
    ),
  );
}

function shelf(pad, sheet) {
  const notes = [pad.work.reserve && reserveOf(pad, sheet), sheet.materials.shelf_mark];
  const shown = notes.filter(Boolean).join(" · ");
  return shown && h("small", { cls: "shelf" }, shown);
}
