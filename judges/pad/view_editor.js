// The open criterion: its levels, large keys and number pad.

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

export function editor(pad, sheet, cell, order) {
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
