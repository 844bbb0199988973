// The other laptop: a page goes on there once its own server is silent and the other one serves a
// higher generation. It asks only the addresses that its server named, goes to none that cannot
// answer its question, and takes its sign-in along in a form's body, never in an address.

const SEEK_WITHIN = 2500;
let secondKnown = null;
let secondPass = null;
let isSeeking = false;

export function hearSecond(told, pass) {
  if (told) secondKnown = told;
  if (pass) secondPass = pass;
}

// Generations, `3-9f1c…`, by number, then by the random bits.
function isAbove(one, than) {
  const [first, second] = [parseInt(one, 10) || 0, parseInt(than, 10) || 0];
  return first === second ? one > than : first > second;
}

async function generationOf(address, event, { generation, question, answer }) {
  const cut = new AbortController();
  const limit = setTimeout(() => cut.abort(), SEEK_WITHIN);
  try {
    const asked = new URLSearchParams({ event, above: generation, question });
    const given = { cache: "no-store", credentials: "omit", signal: cut.signal };
    const told = await fetch(`${address}/standby/generation?${asked}`, given);
    const found = told.ok ? await told.json() : {};
    const serves = found.serves && found.answer === answer;
    return serves ? String(found.generation).split(".")[0] : ""; // without its proof
  } catch (_error) {
    return "";
  } finally {
    clearTimeout(limit);
  }
}

function goOn(address, path, ticket) {
  if (!ticket) return location.replace(address + path);
  // The pages send no referrer, and then a form names no origin and is refused as foreign.
  const policy = document.createElement("meta");
  policy.name = "referrer";
  policy.content = "origin";
  document.head.append(policy);
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${address}/standby/enter`;
  for (const [name, value] of Object.entries({ ticket, to: path })) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

export async function seekSecond(path) {
  if (!secondKnown || !secondPass || isSeeking) return;
  isSeeking = true;
  try {
    const { addresses, event, generation } = secondKnown;
    const others = addresses.filter((one) => one !== location.origin);
    for (const address of others) {
      const found = await generationOf(address, event, secondPass);
      if (found && isAbove(found, generation)) return goOn(address, path, secondPass.ticket);
    }
  } finally {
    isSeeking = false;
  }
}
