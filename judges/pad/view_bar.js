// The bands that never move: who is marked, how saving stands, own totals and the submit.

import { h } from "./dom.js";
import { icon, TONES } from "./icons.js";

export function header(pad) {
  const sheet = pad.current;
  const entrant = sheet ? sheet.entrant : null;
  return h(
    "header",
    { key: "head", cls: "head" },
    h(
      "button",
      {
        cls: "who",
        on: { click: () => pad.show("sheets") },
        "aria-label": entrant
          ? pad.say("open_list", { entrant: fullOf(pad, entrant) })
          : pad.say("my_sheets"),
      },
      entrant && h("span", { cls: "num" }, numberOf(pad, entrant)),
      entrant &&
        h(
          "span",
          { cls: "words" },
          h("b", {}, nameOf(entrant) || pad.say("unnamed")),
          h(
            "span",
            { cls: "places" },
            h("span", {}, nameOf(entrant) ? whereOf(entrant) : pad.say("unnamed_note")),
            entrant.post && h("span", {}, pad.say("presented", { post: entrant.post })),
          ),
        ),
    ),
    materialsButton(pad),
    h(
      "div",
      { cls: "me" },
      pad.work && pad.work.sample && h("span", { cls: "tag sample" }, pad.say("sample")),
      h("b", { cls: "seat" }, seatOf(pad)),
      pad.work && pad.work.reserve && h("span", { cls: "tag" }, reserveOf(pad, sheet)),
      languages(pad),
    ),
  );
}

export function hasMaterials(sheet) {
  return Boolean(sheet && (sheet.materials.shelf_mark || sheet.materials.documents.length));
}

// In the band of whoever is marked: one tap to the papers, and where the paper lies.
function materialsButton(pad) {
  const sheet = pad.current;
  if (!hasMaterials(sheet)) return null;
  return h(
    "button",
    { key: "materials", cls: "btn papers", on: { click: () => pad.show("materials") } },
    h("b", {}, pad.say("materials")),
    sheet.materials.shelf_mark && h("small", {}, sheet.materials.shelf_mark),
  );
}

export function seatOf(pad) {
  const { work, config } = pad;
  if (!work) return config.name || "";
  if (work.number === null) return work.name;
  return pad.say("seat", { seat: String(work.number).padStart(2, "0") });
}

// A judge in reserve: whose seat this entrant's sheet is for, or that it does not count yet.
export function reserveOf(pad, sheet) {
  if (!sheet || !sheet.seat_of) return pad.say("in_reserve");
  return pad.say("in_seat", { seat: String(sheet.seat_of).padStart(2, "0") });
}

// 12号; 012号 in a blind round, where that is all there is.
export function numberOf(pad, entrant) {
  const number = String(entrant.number || "·");
  return pad.say("number", { number: pad.work.blind ? number.padStart(3, "0") : number });
}

// Empty in a blind round.
export function nameOf(entrant) {
  return entrant.village || entrant.township || entrant.title;
}

// 12号 团山村; in a blind round the number alone.
export function fullOf(pad, entrant) {
  return `${numberOf(pad, entrant)} ${nameOf(entrant)}`.trim();
}

export function whereOf(entrant) {
  return `${entrant.county} ${entrant.village ? entrant.township : ""}`.trim();
}

function languages(pad) {
  const one = (lang) =>
    h(
      "button",
      {
        cls: pad.lang === lang ? "on" : "",
        lang: lang === "zh" ? "zh-Hans" : "en",
        "aria-pressed": String(pad.lang === lang),
        "aria-label": pad.say(`language_${lang}`),
        on: { click: () => pad.speak(lang) },
      },
      pad.say(`short_${lang}`),
    );
  return h(
    "div",
    { cls: "languages", role: "group", "aria-label": pad.say("language") },
    one("zh"),
    one("en"),
  );
}

export function stateBar(pad) {
  const state = stateOf(pad);
  return h(
    "div",
    { key: "bar", cls: `bar bar-${state.name}` },
    h(
      "div",
      { cls: "state", role: "status", "aria-live": "polite" },
      h("span", { cls: `st ${TONES[state.name] || ""}` }, icon(state.name), state.word),
      state.name === "offline" && h("span", { key: "counts", cls: "counts" }, counts(pad)),
      cameTag(pad, pad.current),
      state.note && h("span", { key: "note", cls: "note" }, state.note),
    ),
    state.name === "offline" &&
      h(
        "p",
        { key: "calm", cls: "calm" },
        h("b", { cls: "counts" }, counts(pad)),
        h("span", {}, pad.say("offline_short")),
      ),
    h(
      "button",
      { key: "more", cls: "look more-small", on: { click: () => pad.show("more") } },
      pad.say("more"),
    ),
    state.act &&
      h(
        "button",
        { key: "look", cls: "look alert", on: { click: () => pad.show("troubles") } },
        pad.say("look"),
      ),
    stage(pad),
  );
}

function counts(pad) {
  const sheet = pad.current;
  const parts = [];
  if (sheet) parts.push(savedWord(pad, sheet));
  parts.push(pad.say("pending", { n: pad.pending().length }));
  if (sheet && pad.left(sheet)) parts.push(pad.say("unmarked_n", { n: pad.left(sheet) }));
  return parts.map((part) => h("span", {}, part));
}

function savedWord(pad, sheet) {
  return pad.say("saved", { saved: sheet.echo.saved, of: sheet.echo.of });
}

function stateOf(pad) {
  const sheet = pad.current;
  const troubles = pad.troubles().length;
  const asked = sheet && sheet.echo.request;
  if (troubles) return { name: "attention", word: pad.say("attention"), act: true, note: "" };
  const waiting = pad.pending().length;
  if (!pad.wasHeard && pad.isOnline) return { name: "none", word: pad.say("loading") };
  if (pad.store.fails && (waiting || !pad.isOnline)) {
    return {
      name: "attention",
      word: pad.say("no_storage"),
      note: pad.say("pending", { n: waiting }),
    };
  }
  if (!pad.isOnline) return cut(pad);
  if (pad.fault) return { name: "pending", word: counted(pad, waiting), note: pad.fault[pad.lang] };
  if (pad.isRestoring) {
    const { length } = pad.store.kept();
    return { name: "pending", word: pad.say("restoring"), note: pad.say("kept_n", { n: length }) };
  }
  if (waiting) {
    const note = sheet ? savedWord(pad, sheet) : "";
    return { name: "pending", word: pad.say("pending", { n: waiting }), note };
  }
  if (asked) {
    return { name: "attention", word: pad.say("attention"), act: true, note: pad.say("asked") };
  }
  if (pad.waiting.length) {
    return { name: "pending", word: pad.say("waiting_n", { n: pad.waiting.length }), note: "" };
  }
  if (pad.isOver()) return over(pad);
  return sheet ? settled(pad, sheet) : { name: "none", word: pad.say("no_entrant") };
}

function counted(pad, waiting) {
  return waiting ? pad.say("pending", { n: waiting }) : pad.say("not_now");
}

// After the round's end: that it is over, and how many of the own sheets are in.
function over(pad) {
  const mine = pad.work.sheets.filter((one) => pad.isMarked(one));
  const done = mine.filter((one) => one.state === "submitted" || one.state === "locked").length;
  const word = pad.say(pad.now.state === "certified" ? "certified" : "closed");
  return { name: "locked", word, note: pad.say("done_count", { done, all: mine.length }) };
}

function cut(pad) {
  const seconds = pad.cutAt ? Math.floor((performance.now() - pad.cutAt) / 1000) : 0;
  const note = seconds < 10 ? "" : pad.say("cut_for", { time: spell(pad, seconds) });
  return { name: "offline", word: pad.say("offline"), note };
}

export function spell(pad, seconds) {
  const minutes = Math.floor(seconds / 60);
  if (!minutes) return pad.say("seconds", { seconds });
  return pad.say("minutes", { minutes, seconds: seconds % 60 });
}

function settled(pad, sheet) {
  const { echo } = sheet;
  const clock = (stamp) => pad.clock(stamp);
  if (sheet.state === "submitted" || sheet.state === "locked") {
    const isLocked = !pad.isWritable(sheet);
    if (pad.isHeld(sheet)) {
      return { name: "held", word: pad.say("state_held"), note: pad.say("held_note") };
    }
    const since = isLocked ? echo.locked_at : echo.submitted_at;
    return {
      name: isLocked ? "locked" : "submitted",
      word: pad.say(isLocked ? "state_locked" : "state_submitted"),
      note: since ? pad.say("since", { time: clock(since) }) : "",
    };
  }
  if (!pad.isMarked(sheet)) {
    return { name: sheet.state, word: pad.say(`state_${sheet.state}`), note: sheet.reason };
  }
  if (sheet.state === "reopened") {
    return { name: "reopened", word: pad.say("state_reopened"), note: pad.say("reopened_note") };
  }
  if (!echo.saved) return { name: "none", word: savedWord(pad, sheet), note: "" };
  const time = { time: clock(echo.saved_at) };
  const note = pad.store.fails ? pad.say("no_storage") : pad.say("received", time);
  return { name: "saved", word: savedWord(pad, sheet), note };
}

// A sheet that was not marked here says so wherever its marks are read.
export function cameTag(pad, sheet) {
  const came = sheet && sheet.echo.came;
  return came ? h("span", { key: "came", cls: "tag came" }, pad.say(`came.${came}`)) : null;
}

// Who is on stage; somewhere else than this sheet it is a button that leads there.
function stage(pad) {
  const now = pad.now && pad.now.stage;
  if (pad.isOver()) return null;
  if (!now) return h("div", { key: "stage", cls: "stage" }, pad.say("stage_empty"));
  const word = pad.say(`stage_${now.stage}`, { number: now.number });
  if (now.entrant === pad.entrant || !pad.sheet(now.entrant)) {
    return h("div", { key: "stage", cls: "stage" }, icon("disc", 14), word);
  }
  return h(
    "button",
    { key: "go", cls: "stage go", on: { click: () => pad.act(() => pad.goTo(now.entrant)) } },
    h("span", {}, icon("disc", 14), word),
    h("b", {}, pad.say("go", { number: now.number })),
  );
}

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
          pad.work.sample && pad.say("sample_short"),
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
