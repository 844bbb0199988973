// Help: what there is besides marking, words on a sheet, calling staff, recusal, reopening.

import { h } from "./dom.js";
import { anchorOf } from "./figures.js";
import { fullOf, hasMaterials, nameOf, numberOf, seatOf } from "./view_head.js";
import { button, dialog } from "./view_dialog.js";
import { shown } from "./witness.js";

export function more(pad) {
  const sheet = pad.current;
  const isMine = sheet && pad.isMarked(sheet);
  const isLight = pad.config.home === "/pad";
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
      h(
        "p",
        { key: "calm", cls: "box" },
        pad.say("offline_calm"),
        " ",
        pad.say(isLight ? "offline_reload" : "offline_no_reload"),
      ),
    line("my_sheets", () => pad.show("sheets")),
    hasMaterials(sheet) && line("materials", () => pad.show("materials")),
    line("words", () => pad.show("words"), !isMine),
    line("call", () => pad.show("call")),
    line("recusal", () => pad.show("recusal"), !isMine || !pad.isWritable(sheet)),
    line(pad.isLarge ? "text_normal" : "text_large", () => pad.resize()),
    line("save_file", () => pad.saveFile()),
    pad.savedAs &&
      h("p", { key: "saved", cls: "box" }, pad.say("save_file_done", { name: pad.savedAs })),
    isLight && pad.work && pad.work.chair && line("chair_page", () => window.location.assign("/")),
    line(isLight ? "page_full" : "page_light", () => pad.openAs(isLight ? "full" : "light")),
    pad.witness.last &&
      h("p", { key: "head", cls: "mute" }, pad.say("head_kept", { head: shown(pad.witness.last) })),
    wake && h("p", { key: "wake", cls: "mute" }, pad.say(`wake_${wake}`)),
    pad.store.strangers() > 0 &&
      h(
        "p",
        { key: "strangers", cls: "box alert" },
        pad.say("strangers", { n: pad.store.strangers() }),
      ),
  ]);
}

export function words(pad) {
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

export function call(pad) {
  const at = pad.now && pad.now.call;
  const body = [
    h("p", { key: "say" }, pad.say(at ? "call_waits" : "call_text", { time: pad.clock(at) })),
    pad.callFailed && h("p", { key: "failed", cls: "box alert" }, pad.say("call_failed")),
  ];
  const acts = at ? [] : [button("do", pad.say("call_do"), () => pad.callStaff(), "primary")];
  return dialog(pad, "call", pad.say("call"), body, acts);
}

export function recusal(pad) {
  const chips = ["kin", "unit", "plan", "guide"].map((key) => pad.say(`reason_${key}`));
  return reasoned(pad, "recusal", chips, () => pad.declareRecusal());
}

export function reopening(pad) {
  return reasoned(pad, "reopening", [], () => pad.askReopening());
}

// An act that wants a reason: it is written here, and then done.
function reasoned(pad, name, chips, act) {
  const entrant = fullOf(pad, pad.current.entrant);
  const chip = (one) =>
    h("button", { key: one, cls: "chip", on: { click: () => pad.jot("reason", one) } }, one);
  const field = h("textarea", {
    rows: "2",
    maxlength: "200",
    value: pad.draft.reason,
    on: { input: (event) => pad.jot("reason", event.target.value) },
  });
  return dialog(
    pad,
    name,
    pad.say(name),
    [
      h("p", {}, pad.say(`${name}_text`, { entrant })),
      chips.length > 0 && h("div", { key: "chips", cls: "chips" }, chips.map(chip)),
      h("label", { key: "reason", cls: "area" }, h("span", {}, pad.say("reason")), field),
      pad.note && h("p", { key: "note", cls: "box alert" }, pad.note),
    ],
    [
      h(
        "button",
        {
          key: "do",
          cls: "btn primary",
          disabled: !pad.draft.reason.trim(),
          on: { click: act },
        },
        pad.say(`${name}_do`),
      ),
    ],
  );
}
