// What was tapped and is not yet acknowledged, kept on this device: one entry of local storage
// for each change, bound to the event and the seat. Two tabs never write the same entry.

const PREFIX = "arena.pad";

export function freshId() {
  const bytes = new Uint8Array(16);
  crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => (byte < 16 ? "0" : "") + byte.toString(16)).join("");
}

// What found no room in storage outlives the pad that was tapped on, as long as the page does.
function roomless(name) {
  const all = window.arenaPadHomeless || (window.arenaPadHomeless = {});
  return all[name] || (all[name] = new Map());
}

export function makeStore(event, seat, storage) {
  const mine = `${PREFIX}.${event}.${seat}`;
  const changes = `${mine}.change.`;
  const loose = roomless(mine);
  let last = 0;
  let fails = false;

  function keep(key, entry) {
    try {
      storage.setItem(key, JSON.stringify(entry));
      loose.delete(key);
      fails = false;
    } catch (_error) {
      loose.set(key, entry);
      fails = true;
    }
  }

  function drop(key) {
    loose.delete(key);
    try {
      storage.removeItem(key);
    } catch (_error) {
      fails = true;
    }
  }

  function names(prefix) {
    const found = [];
    try {
      for (let i = 0; i < storage.length; i += 1) {
        const key = storage.key(i);
        if (key && key.indexOf(prefix) === 0) found.push(key);
      }
    } catch (_error) {
      fails = true;
    }
    return found;
  }

  function readOne(key) {
    try {
      return JSON.parse(storage.getItem(key));
    } catch (_error) {
      return null;
    }
  }

  return {
    // Oldest first, whatever this device's clock has done in between.
    all() {
      const homeless = Array.from(loose.keys()).filter((key) => key.indexOf(changes) === 0);
      const keys = new Set(names(changes).concat(homeless));
      return Array.from(keys)
        .sort()
        .map((key) => loose.get(key) || readOne(key))
        .filter((entry) => entry !== null);
    },
    add(change) {
      const newest = this.all().reduce((most, entry) => Math.max(most, entry.made), last);
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
    note(name, value) {
      keep(`${mine}.${name}`, value);
    },
    noted(name) {
      const key = `${mine}.${name}`;
      return loose.has(key) ? loose.get(key) : readOne(key);
    },
    // What found no room is tried again: somebody may have made some.
    retry() {
      Array.from(loose.entries()).forEach(([key, entry]) => keep(key, entry));
    },
    isMine(key) {
      return key === null || key.indexOf(changes) === 0;
    },
    // Changes kept here for other seats or other events: somebody should know.
    strangers() {
      return names(`${PREFIX}.`).filter(
        (key) => key.indexOf(".change.") > 0 && key.indexOf(changes) !== 0,
      ).length;
    },
    get fails() {
      return fails;
    },
  };
}
