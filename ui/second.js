// The other laptop: a page goes on there once its own server is silent and the other one serves a
// higher generation. It only asks the addresses that its server named.

const SEEK_WITHIN = 2500;
let secondKnown = null;
let isSeeking = false;

export function hearSecond(told) {
  if (told) secondKnown = told;
}

// Generations, `3-9f1c…`, by number, then by the random bits.
function isAbove(one, than) {
  const [first, second] = [parseInt(one, 10) || 0, parseInt(than, 10) || 0];
  return first === second ? one > than : first > second;
}

async function generationOf(address, event) {
  const cut = new AbortController();
  const limit = setTimeout(() => cut.abort(), SEEK_WITHIN);
  try {
    const path = `/standby/generation?event=${encodeURIComponent(event)}`;
    const given = { cache: "no-store", credentials: "omit", signal: cut.signal };
    const answer = await fetch(address + path, given);
    const found = answer.ok ? await answer.json() : {};
    return found.serves ? String(found.generation) : "";
  } catch (_error) {
    return "";
  } finally {
    clearTimeout(limit);
  }
}

export async function seekSecond(path) {
  if (!secondKnown || isSeeking) return;
  isSeeking = true;
  try {
    const { addresses, event, generation } = secondKnown;
    const others = addresses.filter((one) => one !== location.origin);
    for (const address of others) {
      const found = await generationOf(address, event);
      if (found && isAbove(found, generation)) location.replace(address + path);
    }
  } finally {
    isSeeking = false;
  }
}
