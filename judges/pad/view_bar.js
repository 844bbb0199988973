// The band that says how saving stands, and who is on stage.

import { spellTime } from "../../ui/ticker.js";
import { h } from "./dom.js";
import { icon, TONES } from "./icons.js";

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
  const shown = clockWord(pad);
  const time = shown ? h("b", { key: "clock", cls: "clock", role: "timer" }, shown) : null;
  if (now.entrant === pad.entrant || !pad.sheet(now.entrant)) {
    return h("div", { key: "stage", cls: "stage" }, icon("disc", 14), word, time);
  }
  return h(
    "button",
    { key: "go", cls: "stage go", on: { click: () => pad.act(() => pad.goTo(now.entrant)) } },
    h("span", {}, icon("disc", 14), word, time),
    h("b", {}, pad.say("go", { number: now.number })),
  );
}

// The clock of who is on stage, counted on without a network; empty where no time is taken.
export function clockWord(pad) {
  const seen = pad.ticker.look();
  if (!seen || !pad.now.stage || seen.run.number !== pad.now.stage.number) return "";
  const limit = spellTime(seen.run.limit);
  return pad.say(`clock_${seen.run.state}`, { time: spellTime(seen.used), limit });
}
