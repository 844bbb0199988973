// This tablet as a witness: it keeps the last head of each generation it was answered, and so
// notices an older, another or a restored file at the first answer. A head is "g.n.hash"; a
// generation begins with its counter. Order goes by counter and number, never by a clock.

export function headOf(text) {
  const [generation, number, hash] = String(text || "").split(".");
  return { generation, counter: parseInt(generation, 10) || 0, number: Number(number) || 0, hash };
}

// A head as it stands on paper and on the desk: counter, number, 12 signs of the hash.
export function shown(text) {
  const { counter, number, hash } = headOf(text);
  return `${counter}.${number}.${String(hash || "").slice(0, 12)}`;
}

// True where `first` was answered before `second`, as far as heads can tell.
export function isBefore(first, second) {
  const [one, two] = [headOf(first), headOf(second)];
  if (one.counter !== two.counter) return one.counter < two.counter;
  return one.number < two.number;
}

export function makeWitness(store) {
  const heads = store.noted("heads") || {};
  let last = store.noted("head") || "";
  let proven = store.noted("proven") || last;
  let isDoubted = store.noted("doubted") === true;

  // Takes a head as the last one; it is in storage before the screen says anything of it.
  function move(head) {
    last = head;
    heads[headOf(head).generation] = head;
    store.note("heads", heads);
    store.note("head", head);
  }

  function prove(head) {
    proven = head;
    store.note("proven", head);
  }

  function setDoubted(value) {
    isDoubted = value;
    store.note("doubted", value);
  }

  // Begins anew from a head: the first one, or that after everything was given back.
  function settle(head) {
    move(head);
    prove(head);
    setDoubted(false);
  }

  return {
    settle,
    prove,
    // The server's chain does not grow from the head last proven: it is told so until all was
    // given back.
    doubt() {
      setDoubted(true);
    },
    get last() {
      return last;
    },
    get proven() {
      return proven;
    },
    // What every request carries: the last head, or the proven one that the chain does not
    // grow from.
    get headers() {
      if (isDoubted) return { "Arena-Head": proven, "Arena-Growth": "broken" };
      return last ? { "Arena-Head": last } : {};
    },
    // Whether an answer tells of another file than the last one: an older, another or a new chain.
    // A generation may be lower than one seen before: a backup put back on another machine.
    isRestored(head, state) {
      if (!head) return false;
      if (last && ["behind", "fork", "new"].indexOf(state) >= 0) return true;
      if (!last) settle(head);
      else if (isBefore(last, head)) move(head);
      return false;
    },
  };
}
