// What is kept on this device, bound to the event and the seat: changes not yet acknowledged,
// acknowledged ones until the certificate, notes. One entry of local storage each, so that two
// tabs never write the same one; and a copy in memory, from which a cleared storage is filled.

import { thousandths } from "./figures.js";

const PREFIX = "arena.pad";

export function freshId() {
  const bytes = new Uint8Array(16);
  crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => (byte < 16 ? "0" : "") + byte.toString(16)).join("");
}

// The copy outlives the pad that made it, as long as the page does.
function copyOf(name) {
  const all = window.arenaPadCopies || (window.arenaPadCopies = {});
  return all[name] || (all[name] = { entries: new Map(), roomless: new Set(), isSigned: false });
}

export function makeStore(event, seat, storage) {
  const mine = `${PREFIX}.${event}.${seat}.`;
  const changes = `${mine}change.`;
  const acknowledged = `${mine}kept.`;
  const sign = `${mine}here`;
  const copy = copyOf(mine);
  const { entries, roomless } = copy;
  let last = 0;

  function keep(key, entry) {
    entries.set(key, entry);
    try {
      storage.setItem(key, JSON.stringify(entry));
      roomless.delete(key);
    } catch (_error) {
      roomless.add(key);
    }
  }

  function drop(key) {
    entries.delete(key);
    roomless.delete(key);
    try {
      storage.removeItem(key);
    } catch (_error) {
      return;
    }
  }

  // The names in storage, or null where it is forbidden.
  function names(prefix) {
    const found = [];
    try {
      for (let i = 0; i < storage.length; i += 1) {
        const key = storage.key(i);
        if (key && key.indexOf(prefix) === 0) found.push(key);
      }
    } catch (_error) {
      return null;
    }
    return found;
  }

  function readOne(key) {
    try {
      return inThousandths(JSON.parse(storage.getItem(key)));
    } catch (_error) {
      return null;
    }
  }

  // Follows what other tabs wrote. A storage without our sign was cleared under this page: it is
  // filled again. Returns whether it was.
  function look() {
    const found = names(mine);
    if (found === null) return false;
    const there = new Set(found);
    const isCleared = copy.isSigned && !there.has(sign);
    if (isCleared) {
      Array.from(entries.entries()).forEach(([key, entry]) => keep(key, entry));
    } else {
      Array.from(entries.keys()).forEach((key) => {
        if (!there.has(key) && !roomless.has(key)) entries.delete(key);
      });
      found.forEach((key) => {
        const entry = entries.has(key) ? null : readOne(key);
        if (entry !== null) entries.set(key, entry);
      });
    }
    if (!there.has(sign)) keep(sign, true);
    copy.isSigned = !roomless.has(sign);
    return isCleared;
  }

  // Oldest first, whatever this device's clock has done in between.
  function all(prefix) {
    return Array.from(entries.keys())
      .filter((key) => key.indexOf(prefix) === 0)
      .sort()
      .map((key) => entries.get(key));
  }

  look();

  return {
    look,
    all: () => all(changes),
    kept: () => all(acknowledged),
    add(change) {
      const newest = all(changes).reduce((most, entry) => Math.max(most, entry.made), last);
      last = Math.max(Date.now(), newest + 1);
      const entry = { ...change, made: last, id: freshId() };
      entry.key = `${changes}${String(last).padStart(15, "0")}.${entry.id}`;
      keep(entry.key, entry);
      return entry;
    },
    change(entry, values) {
      keep(entry.key, { ...entry, ...values });
    },
    remove(entry) {
      drop(entry.key);
    },
    // From the outbox to the kept: in storage before anything on the screen says so.
    acknowledge(entry, head) {
      const key = entry.key.replace(changes, acknowledged);
      keep(key, { ...entry, key, head });
      drop(entry.key);
    },
    // A kept change that met another value after an older file was put back, for the judge.
    bringBack(entry, trouble) {
      const key = entry.key.replace(acknowledged, changes);
      keep(key, { ...entry, key, trouble });
    },
    // Once a round is certified its marks are on paper.
    forget(round) {
      all(acknowledged).forEach((entry) => entry.round === round && drop(entry.key));
    },
    note(name, value) {
      keep(mine + name, value);
    },
    noted(name) {
      const found = entries.get(mine + name);
      return found === undefined ? null : found;
    },
    // What found no room is tried again: there may be some now.
    retry() {
      Array.from(roomless).forEach((key) => keep(key, entries.get(key)));
    },
    // Another tab wrote: take it over. Returns whether it was an entry of this seat's.
    heard({ key, newValue }) {
      if (key === null) return look() || true;
      if (key.indexOf(mine) !== 0) return false;
      const entry = newValue === null ? null : readOne(key);
      if (entry === null) entries.delete(key);
      else entries.set(key, entry);
      return true;
    },
    // Changes kept here for other seats or other events: the staff should know.
    strangers() {
      return (names(`${PREFIX}.`) || []).filter(
        (key) => key.indexOf(".change.") > 0 && key.indexOf(changes) !== 0,
      ).length;
    },
    get fails() {
      return roomless.size > 0;
    },
  };
}

// Marks that a tablet kept over an update from when they were decimal texts.
function inThousandths(entry) {
  if (entry && typeof entry.value === "string") entry.value = thousandths(entry.value);
  Object.keys((entry && entry.seen) || {}).forEach((criterion) => {
    const shown = entry.seen[criterion];
    if (typeof shown === "string") entry.seen[criterion] = thousandths(shown);
  });
  return entry;
}
