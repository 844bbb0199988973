// Proves that the server's record grew from what this tablet was told, without believing the
// server: it asks for the entries since its last proven head and computes the chain again.

import { sha256 } from "./sha256.js";
import { headOf } from "./witness.js";

const EVERY = 60000;
const SIGNS = 64;

// Follows the chain from one hash. `seen` has the hashes that were told, by number: each must
// lie on the way. Null where one does not.
export function followed(from, entries, seen) {
  let { number, hash } = from;
  for (let at = 0; at < entries.length; at += SIGNS) {
    hash = sha256(hash + entries.slice(at, at + SIGNS));
    number += 1;
    if (seen.has(number) && seen.get(number) !== hash) return null;
  }
  return { number, hash };
}

export function makeGrowth(pad, read) {
  const { store, witness } = pad;
  let due = 0;

  // Every head that this generation's answers named: the last one, and those of kept marks.
  function told(generation) {
    const heads = [witness.last, ...store.kept().map((entry) => entry.head)].map(headOf);
    const own = heads.filter((head) => head.generation === generation);
    return new Map(own.map(({ number, hash }) => [number, hash]));
  }

  // Null where the answer does not grow from what was proven. Events of a server's earlier
  // version have no entries and are passed over, but only before anything was proven.
  function proof(proven, answer) {
    const skips = answer.after > proven.number && !store.noted("grown");
    if (answer.after !== proven.number && !skips) return null;
    const from = { number: answer.after, hash: skips ? answer.start : proven.hash };
    const found = followed(from, answer.entries, told(proven.generation));
    const reached = headOf(answer.reached);
    return found && found.hash === reached.hash && found.number === reached.number ? found : null;
  }

  return {
    async check() {
      if (performance.now() < due || pad.isRestoring) return;
      while (headOf(witness.proven).number < headOf(witness.last).number) {
        due = performance.now() + EVERY;
        const proven = headOf(witness.proven);
        const path = `/api/growth?after=${proven.number}`;
        const answer = await read(path);
        if (!answer || pad.isRestoring) return;
        const found = proof(proven, answer);
        if (!found) {
          witness.doubt();
          Object.assign(pad, { isRestoring: true, serverHead: answer.head });
          await read(path); // so the server hears of it, also where nothing is to be given back
          return;
        }
        if (answer.entries) store.note("grown", true);
        witness.prove(answer.reached);
        if (!answer.entries) return;
      }
    },
  };
}
