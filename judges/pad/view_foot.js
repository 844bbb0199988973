// The band below: own totals as ticks, own sheets, submit.

import { h } from "./dom.js";
import { seatOf } from "./view_head.js";

export function footer(pad) {
  const sheet = pad.current;
  return h(
    "footer",
    { key: "foot", cls: "foot" },
    ticks(pad),
    sheet &&
      h(
        "div",
        { cls: "sofar" },
        h(
          "span",
          {},
          seatOf(pad),
          pad.work.sample && " · ",
          pad.work.sample && pad.say(`${pad.work.sample}_short`),
        ),
        pad.left(sheet) < pad.work.criteria.length
          ? subtotal(pad, sheet)
          : h("span", {}, pad.say("unmarked")),
      ),
    h(
      "div",
      { cls: "acts" },
      h("button", { cls: "btn more", on: { click: () => pad.show("more") } }, pad.say("more")),
      h(
        "button",
        { cls: "btn list-of", on: { click: () => pad.show("sheets") } },
        pad.say("my_sheets"),
      ),
      sheet && (submitButton(pad, sheet) || backToHeld(pad, sheet)),
    ),
  );
}

export function subtotal(pad, sheet) {
  const given = pad.cells(sheet).filter((cell) => cell.value !== null);
  const out = given.reduce((all, cell) => all + cell.criterion.maximum, 0);
  return h(
    "b",
    { cls: "subtotal" },
    pad.shown(pad.total(sheet)),
    h("small", {}, ` / ${String(out / 1000)}`),
  );
}

// From a mark that is being changed, back to those it stands beside.
function backToHeld(pad, sheet) {
  const isOne = pad.open && pad.held().length > 1 && pad.held().indexOf(sheet) >= 0;
  if (!isOne) return null;
  const word = pad.say("compare_held", { count: pad.held().length });
  return h("button", { key: "held", cls: "btn", on: { click: () => pad.show("held") } }, word);
}

function submitButton(pad, sheet) {
  if (!pad.isWritable(sheet) || sheet.state === "submitted") return null;
  const left = pad.left(sheet);
  const waits = pad.submitting(sheet);
  const clash = pad.cells(sheet).some((cell) => cell.state === "conflict");
  const blocked = left || waits || clash;
  let word = pad.say("submit");
  if (clash) word = pad.say("submit_clash");
  else if (waits) word = pad.say("submit_waits");
  else if (left) word = pad.say("submit_left", { count: left });
  return h(
    "button",
    {
      key: "submit",
      cls: "btn submit",
      disabled: Boolean(blocked),
      on: { click: () => pad.wantSubmit(sheet) },
    },
    word,
  );
}

// The judge's own totals on a line; lowest, latest and highest named where there is room.
function ticks(pad) {
  const own = pad.work ? pad.totals().filter((one) => one.entrant !== pad.entrant) : [];
  const words = h(
    "div",
    { cls: "ticks-words" },
    h("span", {}, pad.say("own_totals")),
    h(
      "span",
      { cls: "mute" },
      own.length ? pad.say("own_count", { count: own.length }) : pad.say("own_none"),
    ),
  );
  if (!own.length) return h("div", { key: "ticks", cls: "ticks" }, words);
  const values = own.map((one) => one.total);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const from = Math.floor(low / 5000) * 5000;
  const to = Math.max(Math.ceil(high / 5000) * 5000, from + 5000);
  const at = (value) => Math.round(((value - from) / (to - from)) * 10000) / 100;
  const gap = to - from <= 20000 ? 5000 : 10000;
  const axis = [];
  for (let value = from; value <= to; value += gap) axis.push(value);
  const label = pad.say("own_words", {
    count: own.length,
    low: pad.shown(low),
    high: pad.shown(high),
  });
  return h(
    "div",
    { key: "ticks", cls: "ticks" },
    words,
    h(
      "div",
      { cls: "axis", role: "img", "aria-label": label },
      named(own, at, low, high, pad.lang === "zh" ? 14 : 22).map((one) =>
        h("em", { style: `left:${at(one.total)}%` }, pad.say("number", { number: one.number })),
      ),
      own.map((one) => h("i", { style: `left:${at(one.total)}%` })),
      axis.map((value) => h("small", { style: `left:${at(value)}%` }, String(value / 1000))),
    ),
  );
}

function named(own, at, low, high, room) {
  const lowest = own.find((one) => one.total === low);
  const highest = own.find((one) => one.total === high);
  const kept = [];
  for (const one of [lowest, highest, own[own.length - 1]]) {
    if (kept.every((other) => Math.abs(at(other.total) - at(one.total)) >= room)) kept.push(one);
  }
  return kept;
}
