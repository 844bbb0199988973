// After an older file was put back: everything this tablet keeps is given again, oldest first,
// under the first ids. What names a change of another tablet's waits until that has come.

const MOST = 100;

// Returns once every kept entry was answered. `pad.waiting` holds what still waits. Only then do
// the sheets follow the server's file: one of which a part was given back would lack the rest.
export async function giveBack(pad, write) {
  const { store, witness, isRestoring } = pad;
  const all = isRestoring ? store.kept() : pad.waiting;
  const waiting = [];
  const echoes = [];
  let head = "";
  for (const part of parts(all)) {
    const found = await write("POST", "/api/resend", bodyOf(pad.config, part));
    if (found.refusal) {
      pad.fault = found.refusal.says;
      return;
    }
    head = found.echo.head || head;
    const results = new Map(found.echo.results.map((one) => [one.id, one]));
    for (const entry of part) {
      const result = results.get(entry.id);
      if (!result || result.outcome === "wait") waiting.push(entry);
      else if (result.outcome === "conflict") store.bringBack(entry, result);
      else if (result.outcome === "refused") store.bringBack(entry, result);
    }
    echoes.push(...found.echo.sheets.map((echo) => ({ ...echo, head: found.echo.head })));
    pad.heard(found.echo);
    pad.changed();
  }
  // Another file was put in place meanwhile: that one lacks more than what waited.
  if (pad.isRestoring && !isRestoring) return;
  if (isRestoring && !head) head = pad.serverHead;
  if (head) witness.settle(head);
  pad.isRestoring = false;
  pad.waiting = waiting;
  echoes.forEach((echo) => pad.take(echo));
  // Of sheets with nothing to give back, too, the file may hold something else: all are read.
  if (isRestoring) pad.isRead = false;
}

// At most a hundred of one round together.
function parts(entries) {
  const found = [];
  for (const entry of entries.filter((one) => one.kind === "mark" || one.kind === "submit")) {
    const last = found[found.length - 1];
    if (last && last.length < MOST && last[0].round === entry.round) last.push(entry);
    else found.push([entry]);
  }
  return found;
}

function bodyOf({ event, seat }, part) {
  const kept = part.map(({ kind, id, entrant, criterion, value, after, seen, head }) =>
    kind === "mark"
      ? { kind, id, entrant, criterion, value, after, head }
      : { kind, id, entrant, seen, head },
  );
  return { event, seat, round: part[0].round, kept };
}
