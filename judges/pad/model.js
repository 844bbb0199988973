// What the pad knows: the server's work, overlaid with what was tapped here and is not
// acknowledged yet. Nothing here draws, nothing here sends.

import { makeTicker } from "../../ui/ticker.js";
import { figure, finest, sum } from "./figures.js";
import { newsOf } from "./rubric_news.js";
import { addTaps } from "./taps.js";
import { headOf, isBefore } from "./witness.js";

export const WRITABLE = ["not_begun", "marking", "reopened", "submitted"];
const NOT_MARKED = ["recused", "absent", "withdrawn"];

export function makeModel(config, store, witness) {
  const pad = {
    config,
    store,
    witness,
    lang: config.lang,
    work: null,
    news: null,
    round: config.round || "",
    version: "",
    now: null,
    ticker: makeTicker(),
    entries: store.all(),
    entrant: null,
    criterion: null,
    anchor: null,
    panel: null,
    question: null,
    note: "",
    stopped: null,
    refusal: null,
    isHolder: true,
    isOnline: true,
    wasHeard: false,
    isRead: false,
    hasFollowed: false,
    fault: null,
    cutAt: 0,
    skew: 0,
    isRestoring: false,
    waiting: [],
    serverHead: "",
    changed() {},
    sent() {},
  };

  pad.entriesOf = (entrant) =>
    pad.entries.filter((entry) => entry.entrant === entrant && entry.round === pad.round);

  Object.assign(pad, {
    say(key, values) {
      const words = config.words[pad.lang] || config.words.zh;
      const text = words[key] === undefined ? key : words[key];
      return text.replace(/\{(\w+)\}/g, (whole, name) =>
        values && values[name] !== undefined ? String(values[name]) : whole,
      );
    },

    // A refusal of the pad's own, in every language.
    ownRefusal(key, values) {
      const says = {};
      for (const lang of Object.keys(config.words)) {
        says[lang] = config.words[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
      }
      return { code: key, says, way: {} };
    },

    anotherSeat(name) {
      return { ...pad.ownRefusal("another_seat", { name: name || "" }), code: "wrong_seat" };
    },

    clock(stamp) {
      if (!stamp) return "";
      const zone = pad.work ? pad.work.timezone : "Asia/Shanghai";
      const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false };
      return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }).format(
        new Date(stamp),
      );
    },

    serverNow() {
      return Date.now() + pad.skew;
    },

    // -- what the server said ------------------------------------------------------------

    heard(body) {
      pad.isOnline = true;
      pad.wasHeard = true;
      pad.fault = null;
      pad.cutAt = 0;
      if (body && body.time) pad.skew = Date.parse(body.time) - Date.now();
    },

    // Offline is only what got no answer of ours; a server that could not do it now is there.
    unheard(error) {
      if (error.isServer) {
        pad.isOnline = true;
        pad.fault = error.says || pad.ownRefusal("server_fault", {}).says;
        return;
      }
      if (pad.isOnline) pad.cutAt = performance.now();
      pad.isOnline = false;
    },

    take(echo) {
      const sheet = pad.sheet(echo.entrant);
      if (!sheet) return;
      if (echo.kind) {
        sheet[echo.kind] = echo.text;
      } else if (!pad.isRestoring && !isOlder(sheet, echo, echo.head)) {
        if (echo.version) pad.version = echo.version;
        Object.assign(sheet, { echo, state: stateAfter(sheet, echo), head: echo.head });
      }
      keepWork();
    },

    // An older file lacks what this tablet is about to give back: until then each sheet stays as it
    // was, or marks would be gone from it, and 提交 from under the finger.
    takeWork(work) {
      const before = pad.work && pad.work.round === work.round ? pad.work : null;
      const wasReady = pad.isReady();
      pad.work = work;
      pad.round = work.round;
      pad.refusal = null;
      for (const sheet of work.sheets) {
        const old = before && before.sheets.find((one) => one.entrant.id === sheet.entrant.id);
        if (sheet.head === undefined) sheet.head = work.head;
        // An echo may have come after this was read, and before it arrived.
        if (old && (pad.isRestoring || isOlder(old, sheet.echo, sheet.head))) {
          Object.assign(sheet, { echo: old.echo, state: old.state, head: old.head });
        }
        if (old && sheet.state === "submitted" && old.state !== "submitted") pad.putAside(sheet);
      }
      pad.news = newsOf(store, work);
      pad.takeNow(work);
      keepWork();
      if (!before || !pad.sheet(pad.entrant)) pad.openFirst();
      else if (!wasReady || !pad.open) pad.openKeys();
    },

    takeNow(now) {
      const wasReady = pad.isReady();
      pad.now = now;
      pad.ticker.hear(now.clock || null);
      pad.version = now.version;
      if (now.holder) pad.isHolder = now.holder === config.device;
      if (pad.news && !pad.panel) pad.panel = "rubric";
      if (now.state === "certified") store.forget(pad.round);
      if (!wasReady) pad.openKeys();
    },

    // The work as last known, where there is no network yet; false where there is none.
    takeKept() {
      const kept = store.noted("work");
      if (!kept || kept.version !== config.version) return false;
      // Which device holds the seat is asked again: this may be another tab of the same tablet.
      pad.takeWork({ ...kept.work, holder: null, clock: null });
      return true;
    },

    refusedRead(refusal) {
      pad.refusal = refusal;
    },

    stop(refusal) {
      pad.stopped = refusal;
    },

    reload() {
      pad.entries = store.all();
    },

    // -- what is shown -------------------------------------------------------------------

    sheet(entrant) {
      return pad.work ? pad.work.sheets.find((one) => one.entrant.id === entrant) : undefined;
    },

    isOver: () => Boolean(pad.now) && pad.now.state !== "open",

    isWritable(sheet) {
      if (!sheet || !pad.work || pad.isOver()) return false;
      const lock = sheet.echo.locked_at;
      const due = sheet.state === "submitted" && lock && Date.parse(lock) <= pad.serverNow();
      return WRITABLE.indexOf(sheet.state) >= 0 && !due;
    },

    // Writable, and not in yet: its keys are shown.
    isReady() {
      const sheet = pad.current;
      return pad.isWritable(sheet) && sheet.state !== "submitted" && !pad.submitting(sheet);
    },

    isMarked: (sheet) => NOT_MARKED.indexOf(sheet.state) < 0,

    // Submitted and not announced yet: still open to its judge, beside the others held.
    isHeld(sheet) {
      return sheet.state === "submitted" && !sheet.echo.locked_at && pad.isWritable(sheet);
    },

    // Sheets still open to their judge that wait to be announced with others, once begun.
    held() {
      const all = pad.work.criteria.length;
      return pad.work.sheets.filter(
        (sheet) =>
          pad.isHeld(sheet) || (sheet.held && pad.isWritable(sheet) && pad.left(sheet) < all),
      );
    },

    // One criterion of a sheet: its value as last tapped, how far that has got, and what is
    // typed and not recorded.
    cell(sheet, criterion) {
      const held = sheet.echo.marks[criterion.id];
      const value = held ? held.value : null;
      const mine = pad
        .entriesOf(sheet.entrant.id)
        .filter((entry) => entry.kind === "mark" && entry.criterion === criterion.id);
      const last = mine[mine.length - 1];
      const request = sheet.echo.request ? sheet.echo.request.marks[criterion.id] : undefined;
      const base = {
        rev: held ? held.rev : 0,
        after: held ? held.id : "",
        half: pad.half(sheet, criterion),
        request,
      };
      if (!last) {
        return { ...base, value, state: value === null ? "none" : "saved", last: null };
      }
      return {
        ...base,
        value: last.trouble ? value : last.value,
        after: last.trouble ? base.after : last.id,
        state: last.trouble ? last.trouble.outcome : "pending",
        last,
      };
    },

    cells(sheet) {
      return pad.work.criteria.map((criterion) => ({ criterion, ...pad.cell(sheet, criterion) }));
    },

    left(sheet) {
      return pad.cells(sheet).filter((cell) => cell.value === null).length;
    },

    total(sheet) {
      return sum(pad.cells(sheet).map((cell) => cell.value || 0));
    },

    step() {
      return finest(pad.work.criteria);
    },

    shown(value) {
      return figure(value, pad.step());
    },

    // The judge's own complete sheets: never anybody else's.
    totals() {
      return pad.work.sheets
        .filter((sheet) => WRITABLE.concat("locked").indexOf(sheet.state) >= 0)
        .filter((sheet) => pad.left(sheet) === 0)
        .map((sheet) => ({
          entrant: sheet.entrant.id,
          number: sheet.entrant.number,
          total: pad.total(sheet),
        }));
    },

    pending() {
      return pad.entries.filter((entry) => !entry.trouble);
    },

    troubles() {
      return pad.entries.filter((entry) => entry.trouble);
    },

    submitting(sheet) {
      const mine = pad.entriesOf(sheet.entrant.id);
      return mine.find((one) => one.kind === "submit" && !one.trouble);
    },

    words(sheet, kind) {
      const mine = pad.entriesOf(sheet.entrant.id).filter((entry) => entry.kind === kind);
      return mine.length ? mine[mine.length - 1].text : sheet[kind];
    },
  });
  Object.defineProperty(pad, "current", { get: () => pad.sheet(pad.entrant) });
  Object.defineProperty(pad, "open", {
    get: () => (pad.work ? pad.work.criteria.find((one) => one.id === pad.criterion) : undefined),
  });
  addTaps(pad);
  return pad;

  function keepWork() {
    store.note("work", { version: config.version, work: pad.work });
  }

  function stateAfter(sheet, echo) {
    if (!pad.isMarked(sheet)) return sheet.state;
    return echo.state === "draft" ? "marking" : echo.state;
  }
}

// Whether what is known of a sheet is later than a reading of it: by heads, and by the sheet's
// revision where a head is missing; never by a clock.
function isOlder(known, echo, head) {
  if (known.head && head) {
    const isSame = headOf(known.head).counter === headOf(head).counter;
    return isSame && isBefore(head, known.head);
  }
  return known.echo.rev > echo.rev;
}
