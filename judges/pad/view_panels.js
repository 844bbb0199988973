// What lies over the sheet for a moment: own sheets, words, help, a question, what went wrong.

import { h } from "./dom.js";
import { anchorOf, short } from "./figures.js";
import { icon, TONES } from "./icons.js";
import { compare, heldButton, heldSheets } from "./view_compare.js";
import { button, dialog } from "./view_dialog.js";
import { materialsPanel } from "./view_materials.js";
import {
  cameTag,
  fullOf,
  hasMaterials,
  nameOf,
  numberOf,
  reserveOf,
  seatOf,
  whereOf,
} from "./view_bar.js";

const PANELS = {
  sheets,
  more,
  words,
  recusal,
  call,
  question,
  troubles,
  compare,
  held: heldSheets,
  materials: materialsPanel,
};

export function panel(pad) {
  if (!pad.panel || !PANELS[pad.panel]) return null;
  return PANELS[pad.panel](pad);
}

// -- own sheets ------------------------------------------------------------------------------

function sheets(pad) {
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

export function canSubmit(pad, sheet) {
  const open = pad.isWritable(sheet) && sheet.state !== "submitted";
  const clash = open && pad.cells(sheet).some((cell) => cell.state === "conflict");
  return open && !clash && pad.left(sheet) === 0 && !pad.submitting(sheet);
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
  const told = [pad.work.reserve && reserveOf(pad, sheet), sheet.materials.shelf_mark];
  const shown = told.filter(Boolean).join(" · ");
  return shown && h("small", { cls: "shelf" }, shown);
}

// -- help ------------------------------------------------------------------------------------

function more(pad) {
  const sheet = pad.current;
  const isMine = sheet && ["recused", "absent", "withdrawn"].indexOf(sheet.state) < 0;
  const line = (key, act, isOff) =>
    h(
      "button",
      { key, cls: "btn line", disabled: Boolean(isOff), on: { click: act } },
      pad.say(key),
    );
  const wake = pad.config.wake || "";
  return dialog(pad, "more", pad.say("more"), [
    h(
      "p",
      { cls: "mute" },
      seatOf(pad),
      " ",
      pad.work && pad.work.name !== seatOf(pad) ? pad.work.name : "",
    ),
    pad.store.fails && h("p", { key: "roomless", cls: "box alert" }, pad.say("no_storage_text")),
    !pad.isOnline &&
      !pad.store.fails &&
      h("p", { key: "calm", cls: "box" }, pad.say("offline_calm")),
    line("my_sheets", () => pad.show("sheets")),
    hasMaterials(sheet) && line("materials", () => pad.show("materials")),
    line("words", () => pad.show("words"), !isMine),
    line("call", () => pad.show("call")),
    line("recusal", () => pad.show("recusal"), !isMine || !pad.isWritable(sheet)),
    line(pad.isLarge ? "text_normal" : "text_large", () => pad.resize()),
    wake && h("p", { key: "wake", cls: "mute" }, pad.say(`wake_${wake}`)),
    pad.store.strangers() > 0 &&
      h(
        "p",
        { key: "strangers", cls: "box alert" },
        pad.say("strangers", { n: pad.store.strangers() }),
      ),
  ]);
}

function words(pad) {
  const sheet = pad.current;
  const draft = pad.draft;
  const area = (kind) =>
    h(
      "label",
      { key: kind, cls: "area" },
      h("span", {}, pad.say(kind)),
      h("small", { cls: "mute" }, pad.say(`${kind}_hint`)),
      h("textarea", {
        rows: "3",
        maxlength: "500",
        value: draft[kind],
        disabled: kind === "remark" && pad.now.state !== "open",
        on: { input: (event) => pad.jot(kind, event.target.value) },
      }),
    );
  const keep = () => pad.keepWords(sheet);
  return dialog(
    pad,
    "words",
    pad.say("words"),
    [
      h("p", { cls: "mute" }, numberOf(pad, sheet.entrant), " ", nameOf(sheet.entrant)),
      chips(pad, sheet, "strong"),
      chips(pad, sheet, "weak"),
      area("remark"),
      area("note"),
    ],
    [button("keep", pad.say("keep_words"), keep, "primary")],
  );
}

// Phrases from the anchors the judge's own marks lie in: the upper half are strong points.
function chips(pad, sheet, side) {
  const found = [];
  for (const cell of pad.cells(sheet)) {
    const { anchors } = cell.criterion;
    const place = anchorOf(cell.criterion, cell.value);
    if (place === null) continue;
    if (place < anchors.length / 2 !== (side === "strong")) continue;
    for (const phrase of anchors[place].text.split(/[，；;,]/)) {
      if (phrase && found.indexOf(phrase) < 0) found.push(phrase);
    }
  }
  if (!found.length) return null;
  return h(
    "div",
    { key: side, cls: "chips", role: "group", "aria-label": pad.say(side) },
    h("b", {}, pad.say(side)),
    found.map((phrase) =>
      h(
        "button",
        { key: phrase, cls: "chip", on: { click: () => pad.addPhrase(side, phrase) } },
        phrase,
      ),
    ),
  );
}

function call(pad) {
  const at = pad.now && pad.now.call;
  const body = [
    h("p", { key: "say" }, pad.say(at ? "call_waits" : "call_text", { time: pad.clock(at) })),
    pad.callFailed && h("p", { key: "failed", cls: "box alert" }, pad.say("call_failed")),
  ];
  const acts = at ? [] : [button("do", pad.say("call_do"), () => pad.callStaff(), "primary")];
  return dialog(pad, "call", pad.say("call"), body, acts);
}

function recusal(pad) {
  const sheet = pad.current;
  const reasons = ["kin", "unit", "plan", "guide"].map((key) => pad.say(`reason_${key}`));
  return dialog(
    pad,
    "recusal",
    pad.say("recusal"),
    [
      h("p", {}, pad.say("recusal_text", { entrant: fullOf(pad, sheet.entrant) })),
      h(
        "div",
        { cls: "chips" },
        reasons.map((one) =>
          h("button", { key: one, cls: "chip", on: { click: () => pad.jot("reason", one) } }, one),
        ),
      ),
      h(
        "label",
        { cls: "area" },
        h("span", {}, pad.say("reason")),
        h("textarea", {
          rows: "2",
          maxlength: "200",
          value: pad.draft.reason,
          on: { input: (event) => pad.jot("reason", event.target.value) },
        }),
      ),
      pad.note && h("p", { cls: "box alert" }, pad.note),
    ],
    [
      h(
        "button",
        {
          key: "do",
          cls: "btn primary",
          disabled: !pad.draft.reason.trim(),
          on: { click: () => pad.declareRecusal() },
        },
        pad.say("recusal_do"),
      ),
    ],
  );
}

// -- questions and troubles ------------------------------------------------------------------

function question(pad) {
  const asked = pad.question;
  if (!asked) return null;
  const values = {
    count: asked.count,
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
      h("p", { cls: "mute" }, pad.say("question_own")),
    ],
    [
      button("look", pad.say("question_look"), () => pad.show(null)),
      button("yes", pad.say("question_yes"), () => pad.act(() => pad.submitNow()), "primary"),
    ],
  );
}

function troubles(pad) {
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

// -- the whole page ends ---------------------------------------------------------------------

export function ended(pad) {
  const refusal = pad.stopped || pad.refusal;
  const waiting = pad.entries.length;
  return h(
    "div",
    { key: "ended", cls: "ended", role: "alert" },
    h("h1", { cls: "st alert" }, icon("attention", 30), pad.say("attention")),
    h("p", { cls: "large" }, refusal.says[pad.lang], " ", refusal.way[pad.lang] || ""),
    waiting > 0 && h("p", {}, pad.say("kept", { n: waiting })),
    h("button", { cls: "btn primary", on: { click: () => pad.reloadPage() } }, pad.say("reload")),
  );
}

export function elsewhere(pad) {
  return h(
    "div",
    { key: "elsewhere", cls: "ended", role: "alert" },
    h("h1", {}, pad.say(pad.wasHolder ? "taken_title" : "held_title")),
    h("p", { cls: "large" }, pad.say(pad.wasHolder ? "taken_text" : "held_text")),
    pad.entries.length > 0 && h("p", {}, pad.say("kept", { n: pad.entries.length })),
    h(
      "button",
      { cls: "btn primary", on: { click: () => pad.takeSeat() } },
      pad.say(pad.wasHolder ? "take_back" : "take_over"),
    ),
  );
}
