// A rubric that was changed by two people after opening: what this tablet last showed of it.

function noteOf(round) {
  return `rubric.${round}`;
}

// What this tablet last showed of the rubric, where the work has another one; null where it has not.
export function newsOf(store, work) {
  const seen = store.noted(noteOf(work.round));
  if (!seen) store.note(noteOf(work.round), work.criteria);
  return seen && JSON.stringify(seen) !== JSON.stringify(work.criteria) ? seen : null;
}

export function readNews(store, work) {
  store.note(noteOf(work.round), work.criteria);
}
