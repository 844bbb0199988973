// Every tap on a sheet: what is opened, recorded, typed, submitted.

import { figure } from "./figures.js";
import { questionFor } from "./questions.js";

export function addTaps(pad) {
  const { store, config } = pad;

  Object.assign(pad, {
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
      pad.entrant = entrant;
      pad.panel = null;
      pad.question = null;
      pad.note = "";
      store.note("open", { entrant });
      pad.openRow(null);
      pad.openKeys();
    },

    // At the first criterion without a mark, where the sheet is open and none of its rows is.
    openKeys() {
      if (pad.open || !pad.isReady()) return;
      const cells = pad.cells(pad.current);
      const next = cells.find((cell) => cell.value === null) || cells[0];
      if (next) pad.openRow(next.criterion.id);
    },

    openAt(entrant, criterion) {
      pad.goTo(entrant);
      pad.openRow(criterion);
    },

    openRow(criterion) {
      if (criterion === pad.criterion && criterion !== null) return;
      pad.criterion = criterion;
      pad.anchor = null;
      pad.note = "";
    },

    // -- what is typed and not recorded: it stays where it was typed ---------------------

    half(sheet, criterion) {
      const halves = store.noted("half") || {};
      return halves[`${sheet.entrant.id}.${criterion.id}`] || "";
    },

    halves(sheet) {
      return pad.cells(sheet).filter((cell) => cell.half);
    },

    setHalf(sheet, criterion, text) {
      const halves = { ...(store.noted("half") || {}) };
      const name = `${sheet.entrant.id}.${criterion.id}`;
      if (text) halves[name] = text;
      else delete halves[name];
      store.note("half", halves);
    },

    dropHalves(sheet) {
      pad.halves(sheet).forEach((cell) => pad.setHalf(sheet, cell.criterion, ""));
    },

    // Submitted on another device while it was marked here: a finger on its way changes nothing.
    putAside(sheet) {
      if (sheet.entrant.id !== pad.entrant) return;
      pad.dropHalves(sheet);
      pad.criterion = null;
    },

    // -- marks ---------------------------------------------------------------------------

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
      const { rev, after } = cell;
      const { round } = pad;
      const where = { round, entrant: sheet.entrant.id, criterion: criterion.id };
      store.add({ kind: "mark", ...where, value, rev, after });
      pad.reload();
      pad.sent();
    },

    // 记入: the typed mark is recorded, and the next criterion without one opens.
    enter(value) {
      const { criteria } = pad.work;
      const place = criteria.indexOf(pad.open);
      pad.record(value);
      const cells = pad.cells(pad.current);
      const later = cells.slice(place + 1).concat(cells.slice(0, place));
      const next = later.find((cell) => cell.value === null);
      if (next) pad.openRow(next.criterion.id);
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
        const seen = { rev: held ? held.rev : 0, after: held ? held.id : "" };
        store.add({ kind, round, entrant, criterion, value, ...seen });
      }
      pad.reload();
      pad.sent();
    },

    dismiss(entries) {
      entries.forEach((entry) => store.remove(entry));
      pad.reload();
    },

    // -- submitting ----------------------------------------------------------------------

    // The one question this sheet gives rise to, or null; a number left half typed is always one.
    ask(sheet) {
      const [half] = pad.halves(sheet);
      if (half) return { kind: "half", criterion: half.criterion, text: half.half };
      const asked = store.noted("asked") || {};
      if (asked[sheet.entrant.id]) return null;
      const others = pad.totals().filter((one) => one.entrant !== sheet.entrant.id);
      const marks = pad.cells(sheet).map(({ value, criterion }) => ({ value, criterion }));
      const found = questionFor(
        marks,
        others.map((one) => one.total),
      );
      if (found) store.note("asked", { ...asked, [sheet.entrant.id]: true });
      return found;
    },

    submit(sheet) {
      pad.question = null;
      if (pad.left(sheet) || pad.submitting(sheet) || sheet.state === "submitted") return;
      const seen = {};
      for (const cell of pad.cells(sheet)) seen[cell.criterion.id] = cell.value;
      for (const entry of pad.entriesOf(sheet.entrant.id)) {
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

    figureOf: (cell) => figure(cell.value, cell.criterion.step),
  });

  Object.defineProperty(pad, "typed", {
    get: () => (pad.current && pad.open ? pad.half(pad.current, pad.open) : ""),
    set: (text) => pad.current && pad.open && pad.setHalf(pad.current, pad.open, text),
  });
}
