// What goes next: the marks of one sheet together, oldest first. A change at which the server
// failed is set aside for a while, with what follows on the same mark and the sheet's submit.

const BATCH = 50;
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 60000;

export function makeOutbox(store, config) {
  const aside = new Map();
  const alone = new Set();

  const sheetOf = (entry) => [entry.round, entry.entrant].join();
  const markOf = (entry) => [entry.kind, sheetOf(entry), entry.criterion].join();

  function isAside(entry) {
    const now = performance.now();
    const waits = (name) => aside.has(name) && aside.get(name).until > now;
    if (waits(markOf(entry))) return true;
    if (entry.kind !== "submit") return false;
    return store.all().some((one) => sheetOf(one) === sheetOf(entry) && waits(markOf(one)));
  }

  function next() {
    const waiting = store.all().filter((entry) => !entry.trouble && !isAside(entry));
    const first = waiting[0];
    if (!first || first.kind !== "mark" || alone.has(first.id)) return first ? [first] : [];
    const batch = [];
    for (const entry of waiting) {
      const same = entry.kind === "mark" && sheetOf(entry) === sheetOf(first);
      if (!same || alone.has(entry.id) || batch.length === BATCH) break;
      batch.push(entry);
    }
    return batch;
  }

  function message(batch) {
    const [first] = batch;
    const { event, seat } = config;
    const where = { event, seat, round: first.round, entrant: first.entrant };
    if (first.kind === "mark") {
      const changes = batch.map(({ id, criterion, value, rev, after }) => ({
        id,
        criterion,
        value,
        rev,
        after,
      }));
      return ["PUT", "/api/marks", { ...where, changes }];
    }
    if (first.kind === "submit") {
      return ["POST", "/api/submit", { ...where, id: first.id, seen: first.seen }];
    }
    const { id, kind, text } = first;
    return ["PUT", "/api/remarks", { ...where, id, kind, text }];
  }

  // Each of a batch goes by itself from now on.
  function part(batch) {
    batch.forEach((entry) => alone.add(entry.id));
  }

  function setAside(batch) {
    if (batch.length > 1) {
      part(batch);
      return;
    }
    const name = markOf(batch[0]);
    const before = aside.get(name);
    const pause = before ? Math.min(before.pause * 2, LONGEST_PAUSE) : FIRST_PAUSE;
    aside.set(name, { pause, until: performance.now() + pause });
  }

  return {
    next,
    message,
    part,
    setAside,
    // Milliseconds until the next one set aside may go again; 0 where none is.
    pause() {
      const waiting = new Set(store.all().map(markOf));
      const ends = Array.from(aside.entries())
        .filter(([name]) => waiting.has(name))
        .map(([, one]) => one.until - performance.now());
      return ends.length ? Math.max(50, Math.min(...ends)) : 0;
    },
    hurry() {
      aside.clear();
    },
    // Of several own values of one mark that met a newer one, only the last was meant.
    forgetOvertaken() {
      const last = new Map();
      for (const entry of store.all()) {
        if (!entry.trouble || entry.trouble.outcome !== "conflict") continue;
        const name = markOf(entry);
        if (last.has(name)) store.remove(last.get(name));
        last.set(name, entry);
      }
    },
  };
}
