// The question before a submit, and what needs attention.

import { h } from "./dom.js";
import { short } from "./figures.js";
import { fullOf, nameOf, numberOf } from "./view_head.js";
import { button, dialog } from "./view_dialog.js";

export function question(pad) {
  const asked = pad.question;
  if (!asked) return null;
  if (asked.kind === "half") return halfTyped(pad, asked);
  const values = {
    count: asked.count,
    criterion: asked.criterion ? asked.criterion.name : "",
    maximum: asked.criterion ? short(asked.criterion.maximum) : "",
    value: asked.value === undefined ? "" : short(asked.value),
    total: asked.total === undefined ? "" : pad.shown(asked.total),
    other: asked.other === undefined ? "" : pad.shown(asked.other),
    by: asked.by === undefined ? "" : pad.shown(asked.by),
  };
  return dialog(
    pad,
    "question",
    pad.say("question"),
    [
      h("p", { cls: "large" }, pad.say(`question_${asked.kind}`, values)),
      asked.total !== undefined && h("p", { cls: "mute" }, pad.say("question_own")),
    ],
    [
      button("look", pad.say("question_look"), () => pad.show(null)),
      button("yes", pad.say("question_yes"), () => pad.act(() => pad.submitNow()), "primary"),
    ],
  );
}

// A number that was typed and never recorded is no mark; whether it was meant is asked.
function halfTyped(pad, { criterion, text }) {
  const values = { criterion: criterion.name, text };
  return dialog(
    pad,
    "question",
    pad.say("question"),
    [h("p", { cls: "large" }, pad.say("question_half", values))],
    [
      button("drop", pad.say("half_drop"), () => pad.act(() => pad.dropAndSubmit())),
      button("look", pad.say("half_look"), () => pad.act(() => pad.lookAt(criterion)), "primary"),
    ],
  );
}

export function troubles(pad) {
  const found = alike(pad.troubles()).map((group) =>
    group[0].trouble.outcome === "conflict" ? clash(pad, group[0]) : refusal(pad, group),
  );
  const asked = pad.work ? pad.work.sheets.filter((one) => one.echo.request) : [];
  const body = found.concat(asked.map((sheet) => request(pad, sheet)));
  return dialog(
    pad,
    "troubles",
    pad.say("attention"),
    body.length ? body : [h("p", {}, pad.say("nothing_left"))],
    [button("call", pad.say("call"), () => pad.show("call"))],
  );
}

function whose(pad, entry) {
  const sheet = pad.sheet(entry.entrant);
  return sheet ? fullOf(pad, sheet.entrant) : "";
}

function what(pad, entry) {
  const criterion = pad.work && pad.work.criteria.find((one) => one.id === entry.criterion);
  return criterion ? criterion.name : pad.say(`kind_${entry.kind}`);
}

function subject(pad, entry) {
  return `${whose(pad, entry)} ${what(pad, entry)}`.trim();
}

// What one sheet was refused for one reason is said once; every conflict is a choice of its own.
function alike(entries) {
  const groups = new Map();
  for (const entry of entries) {
    const { outcome, code, says } = entry.trouble;
    const same =
      outcome === "conflict"
        ? entry.id
        : [entry.round, entry.entrant, code, JSON.stringify(says)].join();
    groups.set(same, (groups.get(same) || []).concat([entry]));
  }
  return Array.from(groups.values());
}

function meant(pad, entry) {
  if (entry.kind !== "mark") return "";
  return entry.value === null ? pad.say("cleared") : pad.shown(entry.value);
}

function clash(pad, entry) {
  const { held } = entry.trouble;
  const mine = meant(pad, entry);
  const isMarked = held !== null && held.value !== null;
  const theirs = isMarked ? pad.shown(held.value) : pad.say("unmarked");
  return h(
    "div",
    { key: entry.id, cls: "box trouble" },
    h("b", {}, subject(pad, entry)),
    h("p", {}, pad.say("conflict_text", { mine, theirs, time: pad.clock(held && held.at) })),
    h(
      "div",
      { cls: "choice" },
      button(
        "mine",
        pad.say("use_mine", { value: mine }),
        () => pad.act(() => pad.choose(entry, true)),
        "primary",
      ),
      button("theirs", pad.say("use_theirs", { value: theirs }), () =>
        pad.act(() => pad.choose(entry, false)),
      ),
    ),
  );
}

function refusal(pad, group) {
  const { says, way } = group[0].trouble;
  const last = new Map(group.map((entry) => [`${entry.kind} ${entry.criterion}`, entry]));
  const lines = Array.from(last.values());
  const one = (entry) => [what(pad, entry), meant(pad, entry)].join(" ").trim();
  return h(
    "div",
    { key: group[0].id, cls: "box trouble" },
    h("b", {}, whose(pad, group[0])),
    h("p", {}, says ? says[pad.lang] : "", " ", way ? way[pad.lang] : ""),
    h(
      "ul",
      {},
      lines.map((entry) => h("li", { key: entry.id }, one(entry))),
    ),
    h(
      "div",
      { cls: "choice" },
      button("ok", pad.say("understood"), () => pad.act(() => pad.dismiss(group))),
    ),
  );
}

function request(pad, sheet) {
  const { marks, at } = sheet.echo.request;
  const lines = pad.work.criteria
    .filter((one) => marks[one.id] !== undefined)
    .map((one) => {
      const held = sheet.echo.marks[one.id];
      const before = held && held.value !== null ? pad.shown(held.value) : pad.say("unmarked");
      const value = pad.shown(marks[one.id]);
      return h(
        "li",
        { key: one.id },
        pad.say("request_line", { criterion: one.name, before, value }),
      );
    });
  return h(
    "div",
    { key: `request-${sheet.entrant.id}`, cls: "box trouble" },
    h("b", {}, numberOf(pad, sheet.entrant), " ", nameOf(sheet.entrant)),
    h("p", {}, pad.say("request_text", { time: pad.clock(at) })),
    h("ul", {}, lines),
  );
}
