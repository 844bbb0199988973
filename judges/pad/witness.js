// This tablet as a witness: it keeps the last head of each generation it was answered, and so
// notices an older, another or a restored file at the first answer. A head is "g.n.hash"; a
// generation begins with its counter. Order goes by counter and number, never by a clock.

export function headOf(text) {
  const [generation, number] = String(text || "").split(".");
  return { generation, counter: parseInt(generation, 10) || 0, number: Number(number) || 0 };
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

  // Takes a head as the last one; it is in storage before the screen says anything of it.
  function settle(head) {
    last = head;
    heads[headOf(head).generation] = head;
    store.note("heads", heads);
    store.note("head", head);
  }

  return {
    settle,
    get last() {
      return last;
    },
    // Whether an answer tells of another file than the last one: an older, another or a new chain.
    // A generation may be lower than one seen before: a backup put back on another machine.
    isRestored(head, state) {
      if (!head) return false;
      if (last && ["behind", "fork", "new"].indexOf(state) >= 0) return true;
      if (!last || isBefore(last, head)) settle(head);
      return false;
    },
  };
}
