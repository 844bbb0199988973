// The sheet: its criteria at the left, the open one's anchors, keys and number pad at the right.

import { h } from "./dom.js";
import {
  anchorOf,
  halfColumns,
  isFine,
  keysOf,
  linesOf,
  narrowColumns,
  pointKey,
  short,
  typedMark,
  wideColumns,
} from "./figures.js";
import { icon, TONES } from "./icons.js";
import { heldButton } from "./view_compare.js";
import { nameOf, numberOf, spell, subtotal } from "./view_bar.js";
import { button } from "./view_dialog.js";

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

function editor(pad, sheet, cell, order) {
  const { criterion } = cell;
  const anchor = pad.anchor === null ? anchorOf(criterion, cell.value) : pad.anchor;
  const fine = isFine(criterion);
  const isDeep = fine && linesOf(criterion).wide > 1;
  const keys = keysOf(criterion, anchor);
  return h(
    "section",
    {
      key: `editor-${criterion.id}`,
      cls: `editor ${fine ? "fine" : "few"} ${isDeep ? "deep" : ""}`,
      "aria-label": criterion.name,
      style: `order:${order}`,
    },
    h(
      "div",
      { cls: "q" },
      h("h2", {}, criterion.name),
      h(
        "div",
        { cls: "size" },
        h("b", {}, pad.say("points", { points: short(criterion.maximum) })),
        h("span", { cls: "mute" }, pad.say("step", { step: short(criterion.step) })),
      ),
    ),
    criterion.points && h("p", { cls: "hint" }, criterion.points),
    fine && criterion.anchors.length > 0 && anchors(pad, criterion, anchor),
    slot(pad, cell, keys, anchor, fine),
    texts(pad, criterion, anchor, fine),
    fine ? numberPad(pad, sheet, cell) : fewActs(pad, sheet, cell),
  );
}

function anchors(pad, criterion, chosen) {
  return h(
    "div",
    { key: "anchors", cls: "anchors", role: "group", "aria-label": pad.say("anchors") },
    criterion.anchors.map((one, place) =>
      h(
        "button",
        {
          cls: place === chosen ? "anchor on" : "anchor",
          "aria-pressed": String(place === chosen),
          on: { click: () => pad.act(() => (pad.anchor = place)) },
        },
        h("b", {}, one.level),
        h("span", {}, `${short(one.low)}–${short(one.high)}`),
      ),
    ),
  );
}

function keyRow(pad, cell, keys) {
  return h(
    "div",
    {
      key: `keys-${keys[0]}-${keys.length}`,
      cls: keys.length > 8 ? "keys joined" : "keys",
      role: "group",
      "aria-label": pad.say("levels"),
      style: columns(keys.length),
    },
    keys.map((value) => {
      const isOn = cell.value === value;
      return h(
        "button",
        {
          cls: isOn ? "markkey on" : "markkey",
          "aria-pressed": String(isOn),
          on: { click: () => pad.act(() => pad.record(value)) },
        },
        short(value),
      );
    }),
  );
}

function columns(count) {
  return [
    `--wide:${wideColumns(count)}`,
    `--half:${halfColumns(count)}`,
    `--narrow:${narrowColumns(count)}`,
  ].join(";");
}

// The keys' place is kept where anchors change what stands in it: nothing below may move.
function slot(pad, cell, keys, anchor, fine) {
  const { wide, half, narrow, least } = linesOf(cell.criterion);
  const style = `--lines-wide:${wide};--lines-half:${half};--lines-narrow:${narrow};--lines-least:${least}`;
  const attrs = { key: "slot", cls: "slot", style };
  if (keys.length) return h("div", attrs, keyRow(pad, cell, keys));
  if (!fine || !cell.criterion.anchors.length) return null;
  const word = pad.say(anchor === null ? "choose_anchor" : "use_pad");
  return h("div", attrs, h("p", { key: "say", cls: "mute" }, word));
}

// The chosen anchor's text; of a criterion with few levels, every anchor's.
function texts(pad, criterion, chosen, fine) {
  if (!criterion.anchors.length) return null;
  const ranged = ({ level, text, low, high }) =>
    pad.say("anchor_range", { level, low: short(low), high: short(high), text });
  if (!fine) {
    return h(
      "ul",
      { key: "texts", cls: "anchor-texts" },
      criterion.anchors.map((one, at) => h("li", { cls: at === chosen ? "on" : "" }, ranged(one))),
    );
  }
  if (chosen === null) return h("p", { key: "text", cls: "anchor-text" });
  const { level, text } = criterion.anchors[chosen];
  const words = pad.say("anchor_text", { level, text });
  return h("p", { key: "text", cls: "anchor-text" }, h("span", {}, words));
}

function numberPad(pad, sheet, cell) {
  const { criterion } = cell;
  const point = pointKey(criterion.step);
  const press = (key) => () => pad.act(() => pad.type(key));
  const digit = (key) =>
    h("button", { key: `n${key}`, cls: "digit", on: { click: press(key) } }, key);
  return h(
    "div",
    { key: "pad", cls: "numbers" },
    h(
      "div",
      { cls: "digits", role: "group", "aria-label": pad.say("number_pad") },
      ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(digit),
      h(
        "button",
        {
          key: "point",
          cls: "digit",
          disabled: !point,
          "aria-label": point ? pad.say("point", { point }) : pad.say("no_point"),
          on: { click: press(point) },
        },
        point || "·",
      ),
      digit("0"),
      h("button", { key: "back", cls: "digit back", on: { click: press("<") } }, pad.say("back")),
    ),
    h(
      "div",
      { cls: "typed" },
      screen(pad, cell),
      clearButton(pad, sheet, cell),
      enterButton(pad, criterion),
    ),
  );
}

function screen(pad, cell) {
  const { criterion, state } = cell;
  if (pad.typed) {
    return h(
      "div",
      { key: "screen", cls: "screen typing", "aria-live": "polite" },
      h("b", {}, pad.typed),
      h("span", {}, pad.note || pad.say("typing")),
    );
  }
  const note =
    cell.value === null
      ? pad.say("pad_range", { high: short(criterion.maximum) })
      : pad.say(`cell_${state}`);
  return h(
    "div",
    { key: "screen", cls: "screen", "aria-live": "polite" },
    h("b", {}, cell.value === null ? "" : pad.figureOf(cell)),
    h("span", {}, pad.note || note),
  );
}

function clearButton(pad, sheet, cell) {
  const isFixed = sheet.state === "submitted" && !pad.typed;
  const reason = isFixed ? pad.say("clear_reason") : "";
  return h(
    "button",
    {
      key: "clear",
      cls: "btn clear",
      disabled: isFixed || (cell.value === null && !pad.typed),
      title: reason,
      "aria-label": reason ? `${pad.say("clear")} — ${reason}` : pad.say("clear"),
      on: { click: () => pad.act(() => pad.clear()) },
    },
    pad.say("clear"),
  );
}

function enterButton(pad, criterion) {
  const value = typedMark(pad.typed, criterion);
  return h(
    "button",
    {
      key: "enter",
      cls: "btn enter",
      disabled: value === null,
      on: { click: () => pad.act(() => pad.enter(value)) },
    },
    value === null ? pad.say("enter") : pad.say("enter_value", { value: short(value) }),
  );
}

function fewActs(pad, sheet, cell) {
  return h(
    "div",
    { key: "few", cls: "few-acts" },
    screen(pad, cell),
    clearButton(pad, sheet, cell),
  );
}

// How a sheet stands where no criterion is open, and what leads on.
function outcome(pad, sheet, order) {
  const isIn = sheet.state === "submitted" || sheet.state === "locked";
  const waits = pad.submitting(sheet);
  const isLocked = isIn && !pad.isWritable(sheet);
  const name = isLocked ? "locked" : pad.isHeld(sheet) ? "held" : sheet.state;
  let word = pad.say(`state_${name}`);
  if (waits) word = pad.say("submit_waits");
  const figures =
    isIn || waits
      ? [
          h("span", { cls: "mute" }, pad.say("total")),
          h("div", { cls: "big" }, h("b", {}, pad.shown(pad.total(sheet)))),
        ]
      : [];
  return h(
    "section",
    { key: "outcome", cls: "editor outcome", style: `order:${order}` },
    h(
      "h2",
      { cls: TONES[waits ? "pending" : sheet.state] || "" },
      icon(waits ? "pending" : name, 26),
      word,
    ),
    figures,
    sheet.echo.came && h("p", { key: "came" }, pad.say(`came.${sheet.echo.came}_note`)),
    lines(pad, sheet, isLocked, waits).map((line) => h("p", {}, line)),
    h(
      "div",
      { cls: "onward" },
      onward(pad, sheet),
      mayAsk(pad, sheet) && button("reopening", pad.say("reopening"), () => pad.show("reopening")),
      pad.held().length > 1 && heldButton(pad),
    ),
  );
}

function lines(pad, sheet, isLocked, waits) {
  if (waits) return [pad.say("submit_counts")];
  if (!pad.isMarked(sheet)) return unmarkedLines(pad, sheet);
  if (pad.isOver() && sheet.state !== "locked") return [pad.say("closed_text")];
  if (isLocked && sheet.echo.asked) return [pad.say("reopening_waits")];
  if (isLocked) return [pad.say(pad.isOver() ? "closed_in" : "locked_text")];
  if (pad.isHeld(sheet)) return [pad.say("held_until")];
  if (sheet.state === "submitted") {
    const until = sheet.echo.locked_at;
    const left = Math.max(0, Math.floor((Date.parse(until) - pad.serverNow()) / 1000));
    return [
      pad.say("may_change", { time: pad.clock(until) }),
      pad.say("time_left", { time: spell(pad, left) }),
    ];
  }
  return [pad.say("tap_a_row")];
}

function unmarkedLines(pad, sheet) {
  const reason = sheet.reason || "";
  const isUnsaid = sheet.state !== "withdrawn" && !reason;
  const why = pad.say(`${sheet.state}_${isUnsaid ? "unsaid" : "text"}`, { reason });
  return pad.isOver() ? [why, pad.say("closed_text")] : [why];
}

// A locked sheet is reopened by a second person, for a reason that its judge writes.
function mayAsk(pad, sheet) {
  const isIn = sheet.state === "locked" || sheet.state === "submitted";
  return isIn && !pad.isOver() && !pad.isWritable(sheet) && !sheet.echo.asked;
}

function onward(pad, sheet) {
  const sheets = pad.work.sheets;
  const place = sheets.indexOf(sheet);
  const later = sheets.slice(place + 1).concat(sheets.slice(0, place));
  const todo = later.find(
    (one) => pad.isWritable(one) && one.state !== "submitted" && !pad.submitting(one),
  );
  if (!todo) {
    return h(
      "button",
      { key: "list", cls: "btn", on: { click: () => pad.show("sheets") } },
      pad.say("my_sheets"),
    );
  }
  return h(
    "button",
    {
      key: "next",
      cls: "btn primary",
      on: { click: () => pad.act(() => pad.goTo(todo.entrant.id)) },
    },
    pad.say("next", { number: todo.entrant.number }),
  );
}
