// One request and its answer, of whichever laptop serves. Every request carries the last head this
// tablet was answered; an answer of a lower generation than one it was shown is none.

const PATIENCE = 8000;

// No answer of ours. `isServer`: the server is there and could not do it now; `isFault`: it
// failed at this very request; `says` its words, by language.
export class NoEcho extends Error {
  constructor(message, status, says) {
    super(message);
    this.isFault = status === 500;
    this.isServer = status === 500 || status === 503 || status === 507;
    this.says = says || null;
  }
}

export function makeWire(config, witness, second) {
  // An old browser cannot break off: then the answer is no longer waited for. To send again
  // does no harm, each change is done once.
  async function ask(method, path, body) {
    const cut = typeof AbortController === "function" ? new AbortController() : null;
    let limit = null;
    const late = new Promise((_, reject) => {
      limit = setTimeout(() => {
        reject(new NoEcho("too late"));
        if (cut) cut.abort();
      }, PATIENCE);
    });
    try {
      return await Promise.race([late, exchange(method, path, body, cut)]);
    } catch (error) {
      throw error instanceof NoEcho ? error : new NoEcho(String(error));
    } finally {
      clearTimeout(limit);
    }
  }

  async function exchange(method, path, body, cut) {
    const type = body ? { "Content-Type": "application/json" } : {};
    const headers = { ...type, ...witness.headers, ...second.headers };
    const answer = await fetch(second.base + path, {
      method,
      headers,
      redirect: "error",
      cache: "no-store",
      credentials: second.credentials,
      body: body ? JSON.stringify(body) : undefined,
      signal: cut ? cut.signal : undefined,
    });
    const { status } = answer;
    const kind = answer.headers.get("content-type") || "";
    if (kind.indexOf("application/json") !== 0) throw new NoEcho("not ours", status);
    const found = await answer.json();
    if (found && second.isLower(found.head)) throw new NoEcho("lower generation");
    const refusal = refusalIn(status, found);
    if (status >= 500) throw new NoEcho("not now", status, refusal && refusal.says);
    if (found) second.take(found.second);
    return { status, body: found, refusal };
  }

  // A refusal of ours has a code and its words.
  function refusalIn(status, body) {
    if (!body || typeof body.error !== "string" || !body.says) return null;
    return { code: body.error, says: body.says, way: body.way || {}, status };
  }

  return {
    ask,
    isOurs: (body) => Boolean(body) && body.event === config.event && body.seat === config.seat,
  };
}
