// What the pad knows: the server's work, overlaid with what was tapped here and not yet
// acknowledged. Every tap goes through here; nothing here draws.

import { figure, finest, sum, typedMark } from "./figures.js";
import { questionFor } from "./questions.js";

const WRITABLE = ["not_begun", "marking", "reopened", "submitted"];

export function makeModel(config, store) {
  const pad = {
    config,
    store,
    lang: config.lang,
    work: null,
    round: config.round || "",
    version: "",
    now: null,
    entries: store.all(),
    entrant: null,
    criterion: null,
    anchor: null,
    typed: "",
    panel: null,
    question: null,
    note: "",
    stopped: null,
    refusal: null,
    isHolder: true,
    isOnline: true,
    cutAt: 0,
    saved: null,
    skew: 0,
    changed() {},
  };

  const entriesOf = (entrant) =>
    pad.entries.filter((entry) => entry.entrant === entrant && entry.round === pad.round);

  Object.assign(pad, {
    say(key, values) {
      const words = config.words[pad.lang] || config.words.zh;
      const text = words[key] === undefined ? key : words[key];
      return text.replace(/\{(\w+)\}/g, (whole, name) =>
        values && values[name] !== undefined ? String(values[name]) : whole,
      );
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
      pad.cutAt = 0;
      if (body && body.time) pad.skew = Date.parse(body.time) - Date.now();
    },

    unheard() {
      if (pad.isOnline) pad.cutAt = performance.now();
      pad.isOnline = false;
    },

    take(echo) {
      if (echo.version) pad.version = echo.version;
      const sheet = pad.sheet(echo.entrant);
      if (!sheet) return;
      if (echo.kind) {
        sheet[echo.kind] = echo.text;
        return;
      }
      sheet.echo = echo;
      sheet.state = stateAfter(sheet, echo);
      sheet.at = echo.time;
    },

    takeWork(work) {
      const before = pad.work && pad.work.round === work.round ? pad.work : null;
      pad.work = work;
      pad.round = work.round;
      pad.refusal = null;
      for (const sheet of work.sheets) {
        const old = before && before.sheets.find((one) => one.entrant.id === sheet.entrant.id);
        sheet.at = work.time;
        // An echo may have come after this was read, and before it arrived.
        if (old && (old.at > work.time || old.echo.rev > sheet.echo.rev)) {
          Object.assign(sheet, { echo: old.echo, state: old.state, at: old.at });
        }
        if (old && sheet.state === "submitted" && old.state !== "submitted") putAside(sheet);
      }
      pad.takeNow(work);
      if (!pad.sheet(pad.entrant)) pad.openFirst();
    },

    takeNow(now) {
      pad.now = now;
      pad.version = now.version;
      if (now.holder) pad.isHolder = now.holder === config.device;
    },

    refusedRead(refusal) {
      pad.refusal = refusal;
    },

    stop(refusal) {
      pad.stopped = refusal;
    },

    anotherSeat(name) {
      const says = {};
      for (const lang of Object.keys(config.words)) {
        says[lang] = config.words[lang].another_seat.replace("{name}", name || "");
      }
      return { code: "wrong_seat", says, way: {} };
    },

    reload() {
      pad.entries = store.all();
    },

    // -- what is shown -------------------------------------------------------------------

    sheet(entrant) {
      return pad.work ? pad.work.sheets.find((one) => one.entrant.id === entrant) : undefined;
    },

    isWritable(sheet) {
      if (!sheet || !pad.work || pad.now.state !== "open") return false;
      const lock = sheet.echo.locked_at;
      const due = sheet.state === "submitted" && lock && Date.parse(lock) <= pad.serverNow();
      return WRITABLE.indexOf(sheet.state) >= 0 && !due;
    },

    // Submitted and not announced yet: still open to its judge, beside the others held.
    isHeld(sheet) {
      return sheet.state === "submitted" && !sheet.echo.locked_at && pad.isWritable(sheet);
    },

    // Whatever is still open to its judge and waits to be announced with others, once begun.
    held() {
      const all = pad.work.criteria.length;
      return pad.work.sheets.filter(
        (sheet) =>
          pad.isHeld(sheet) || (sheet.held && pad.isWritable(sheet) && pad.left(sheet) < all),
      );
    },

    // One criterion of a sheet: its value as last tapped, and how far that has got.
    cell(sheet, criterion) {
      const held = sheet.echo.marks[criterion.id];
      const value = held ? held.value : null;
      const mine = entriesOf(sheet.entrant.id).filter(
        (entry) => entry.kind === "mark" && entry.criterion === criterion.id,
      );
      const last = mine[mine.length - 1];
      const request = sheet.echo.request ? sheet.echo.request.marks[criterion.id] : undefined;
      if (!last) {
        const state = value === null ? "none" : "saved";
        return { value, rev: held ? held.rev : 0, after: "", state, request, last: null };
      }
      return {
        value: last.trouble ? value : last.value,
        rev: held ? held.rev : 0,
        after: last.id,
        state: last.trouble ? last.trouble.outcome : "pending",
        request,
        last,
      };
    },

    cells(sheet) {
      return pad.work.criteria.map((criterion) => ({
        criterion,
        ...pad.cell(sheet, criterion),
      }));
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
      return entriesOf(sheet.entrant.id).find((one) => one.kind === "submit" && !one.trouble);
    },

    words(sheet, kind) {
      const mine = entriesOf(sheet.entrant.id).filter((entry) => entry.kind === kind);
      return mine.length ? mine[mine.length - 1].text : sheet[kind];
    },

    // -- what is tapped ------------------------------------------------------------------

    openFirst() {
      const sheets = pad.work.sheets;
      const noted = store.noted("open");
      const onStage = pad.now.stage ? pad.now.stage.entrant : null;
      const todo = sheets.find((one) => pad.isWritable(one) && one.state !== "submitted");
      const wanted = [config.entrant, noted && noted.entrant, onStage, todo && todo.entrant.id];
      const found = wanted.find((entrant) => pad.sheet(entrant));
      const first = found || (sheets[0] ? sheets[0].entrant.id : null);
      pad.entrant = null;
      if (first) pad.goTo(first);
    },

    goTo(entrant) {
      pad.leaveRow();
      pad.entrant = entrant;
      pad.panel = null;
      pad.question = null;
      pad.note = "";
      store.note("open", { entrant });
      const sheet = pad.current;
      const ready = pad.isWritable(sheet) && sheet.state !== "submitted";
      const cells = ready ? pad.cells(sheet) : [];
      const next = cells.find((cell) => cell.value === null) || cells[0];
      pad.openRow(next ? next.criterion.id : null);
    },

    openAt(entrant, criterion) {
      pad.goTo(entrant);
      pad.openRow(criterion);
    },

    openRow(criterion) {
      if (criterion === pad.criterion && criterion !== null) return;
      pad.leaveRow();
      pad.criterion = criterion;
      pad.anchor = null;
      pad.typed = "";
      pad.note = "";
    },

    // Leaving a row records what was typed, if it is a mark; it was meant.
    leaveRow() {
      const criterion = pad.open;
      if (!criterion || !pad.typed || !pad.isWritable(pad.current)) return;
      const value = typedMark(pad.typed, criterion);
      if (value !== null) pad.record(value);
    },

    record(value) {
      const sheet = pad.current;
      const criterion = pad.open;
      if (!criterion || !pad.isWritable(sheet)) return;
      const cell = pad.cell(sheet, criterion);
      pad.typed = "";
      pad.note = "";
      if (value === null && sheet.state === "submitted") return;
      pad.settle(sheet.entrant.id, criterion.id);
      if (value === cell.value) return;
      store.add({
        kind: "mark",
        round: pad.round,
        entrant: sheet.entrant.id,
        criterion: criterion.id,
        value,
        rev: cell.rev,
        after: cell.last && !cell.last.trouble ? cell.after : "",
      });
      pad.reload();
      pad.sent();
    },

    // What was left in conflict or refused at a criterion ends with the choice made there.
    settle(entrant, criterion) {
      for (const entry of pad.troubles()) {
        if (entry.entrant === entrant && entry.criterion === criterion) store.remove(entry);
      }
      pad.reload();
    },

    choose(entry, mine) {
      pad.settle(entry.entrant, entry.criterion);
      const sheet = pad.sheet(entry.entrant);
      if (mine && sheet) {
        const held = sheet.echo.marks[entry.criterion];
        const { kind, round, entrant, criterion, value } = entry;
        const rev = held ? held.rev : 0;
        store.add({ kind, round, entrant, criterion, value, rev, after: "" });
      }
      pad.reload();
      pad.sent();
    },

    dismiss(entries) {
      entries.forEach((entry) => store.remove(entry));
      pad.reload();
    },

    // Returns the one question this sheet gives rise to, or null.
    ask(sheet) {
      const asked = store.noted("asked") || {};
      if (asked[sheet.entrant.id]) return null;
      const others = pad.totals().filter((one) => one.entrant !== sheet.entrant.id);
      const marks = pad.cells(sheet).map((cell) => ({
        value: cell.value,
        maximum: cell.criterion.maximum,
      }));
      const found = questionFor(
        marks,
        others.map((one) => one.total),
      );
      if (found) store.note("asked", { ...asked, [sheet.entrant.id]: true });
      return found;
    },

    submit(sheet) {
      pad.leaveRow();
      pad.question = null;
      if (pad.left(sheet) || pad.submitting(sheet) || sheet.state === "submitted") return;
      const seen = {};
      for (const cell of pad.cells(sheet)) {
        seen[cell.criterion.id] = cell.value;
      }
      for (const entry of entriesOf(sheet.entrant.id)) {
        if (entry.kind === "submit") store.remove(entry);
      }
      store.add({ kind: "submit", round: pad.round, entrant: sheet.entrant.id, seen });
      pad.reload();
      if (sheet.entrant.id === pad.entrant) pad.openRow(null);
      pad.sent();
    },

    write(sheet, kind, text) {
      if (text === pad.words(sheet, kind)) return;
      store.add({ kind, round: pad.round, entrant: sheet.entrant.id, text });
      pad.reload();
      pad.sent();
    },

    sent() {},
  });
  Object.defineProperty(pad, "current", { get: () => pad.sheet(pad.entrant) });
  Object.defineProperty(pad, "open", {
    get: () => (pad.work ? pad.work.criteria.find((one) => one.id === pad.criterion) : undefined),
  });
  return pad;

  // Submitted elsewhere while it was being marked here: a finger on its way changes nothing.
  function putAside(sheet) {
    if (sheet.entrant.id !== pad.entrant) return;
    pad.typed = "";
    pad.criterion = null;
  }

  function stateAfter(sheet, echo) {
    if (["recused", "absent", "withdrawn"].indexOf(sheet.state) >= 0) return sheet.state;
    return echo.state === "draft" ? "marking" : echo.state;
  }
}
