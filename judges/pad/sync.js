// Sends what is kept, oldest first, and believes only an echo: an answer that names our event
// and seat and the very changes sent. A page that says 200 (a hotel's sign-in) is no echo.

const SLOWEST = 10000;
const PATIENCE = 8000;
const POLL = 3000;
const BATCH = 50;

export class NoEcho extends Error {}

export function makeSync(pad) {
  const { config, store } = pad;
  let wait = 0;
  let timer = null;
  let busy = false;
  let polling = null;
  let stopped = false;

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
    const answer = await fetch(config.base + path, {
      method,
      redirect: "error",
      cache: "no-store",
      credentials: "same-origin",
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
      signal: cut ? cut.signal : undefined,
    });
    const type = answer.headers.get("content-type") || "";
    if (type.indexOf("application/json") !== 0) throw new NoEcho("not ours");
    return { status: answer.status, body: await answer.json() };
  }

  function isOurs(body) {
    return Boolean(body) && body.event === config.event && body.seat === config.seat;
  }

  // A refusal of ours has a code and its words; anything else that is no echo is no answer.
  function refusalIn(answer) {
    const { status, body } = answer;
    if (status === 503 || !body || typeof body.error !== "string" || !body.says) return null;
    return { code: body.error, says: body.says, way: body.way || {}, status };
  }

  async function write(method, path, body) {
    const answer = await ask(method, path, body);
    const refusal = refusalIn(answer);
    if (refusal) return { refusal };
    if (answer.status !== 200 || !isOurs(answer.body)) throw new NoEcho("no echo");
    return { echo: answer.body };
  }

  function head(entries) {
    const waiting = entries.filter((entry) => !entry.trouble);
    const first = waiting[0];
    if (!first || first.kind !== "mark") return first ? [first] : [];
    const batch = [];
    for (const entry of waiting) {
      const same = entry.kind === "mark" && entry.entrant === first.entrant;
      if (!same || entry.round !== first.round || batch.length === BATCH) break;
      batch.push(entry);
    }
    return batch;
  }

  function message(batch) {
    const first = batch[0];
    const where = {
      event: config.event,
      seat: config.seat,
      round: first.round,
      entrant: first.entrant,
    };
    if (first.kind === "mark") {
      const changes = batch.map(({ id, criterion, value, rev, after }) => ({
        id,
        criterion,
        value,
        rev,
        after,
      }));
      return ["PUT", "/api/marks", { ...where, changes }];
    }
    if (first.kind === "submit") {
      return ["POST", "/api/submit", { ...where, id: first.id, seen: first.seen }];
    }
    return ["PUT", "/api/remarks", { ...where, id: first.id, kind: first.kind, text: first.text }];
  }

  async function send() {
    if (busy || stopped) return;
    busy = true;
    clearTimeout(timer);
    timer = null;
    try {
      for (let batch = head(store.all()); batch.length; batch = head(store.all())) {
        const found = await write(...message(batch));
        if (stopped) return;
        wait = 0;
        pad.heard(found.echo);
        if (found.refusal) refused(batch, found.refusal);
        else acknowledged(batch, found.echo);
        if (stopped) return;
      }
    } catch (error) {
      if (!(error instanceof NoEcho)) throw error;
      pad.unheard();
      wait = wait ? Math.min(wait * 2, SLOWEST) : 500;
      timer = setTimeout(send, wait);
    } finally {
      busy = false;
      pad.changed();
    }
  }

  function acknowledged(batch, echo) {
    const results = new Map(echo.results.map((one) => [one.id, one]));
    if (!batch.every((entry) => results.has(entry.id))) throw new NoEcho("other changes");
    pad.take(echo);
    for (const entry of batch) {
      const result = results.get(entry.id);
      if (result.outcome === "done" || result.outcome === "requested") store.remove(entry);
      else store.change(entry, { trouble: result });
    }
    forgetOvertaken();
  }

  // Of several own values of one mark that met a newer one, only the last was meant.
  function forgetOvertaken() {
    const last = new Map();
    for (const entry of store.all()) {
      if (!entry.trouble || entry.trouble.outcome !== "conflict") continue;
      const mark = [entry.round, entry.entrant, entry.criterion].join();
      if (last.has(mark)) store.remove(last.get(mark));
      last.set(mark, entry);
    }
  }

  function refused(batch, refusal) {
    if (endsThePage(refusal)) return;
    for (const entry of batch) {
      store.change(entry, { trouble: { outcome: "refused", ...refusal } });
    }
    fetchWork();
  }

  // Another person's link was opened in this browser, or the sign-in has ended.
  function endsThePage(refusal) {
    if (["wrong_seat", "replaced", "sign_in_needed", "wrong_event"].indexOf(refusal.code) < 0) {
      return false;
    }
    stopped = true;
    pad.stop(refusal);
    return true;
  }

  async function read(path) {
    const answer = await ask("GET", path);
    const refusal = refusalIn(answer);
    if (refusal) {
      pad.heard(null);
      if (!endsThePage(refusal)) pad.refusedRead(refusal);
      return null;
    }
    if (answer.status === 200 && answer.body && answer.body.event === config.event) {
      if (answer.body.seat !== config.seat) {
        endsThePage(pad.anotherSeat(answer.body.name));
        return null;
      }
      return answer.body;
    }
    throw new NoEcho("no echo");
  }

  async function fetchWork(other) {
    try {
      const wanted = other || pad.round;
      const round = wanted ? `?round=${encodeURIComponent(wanted)}` : "";
      const work = await read(`/api/work${round}`);
      if (work) {
        pad.heard(work);
        pad.takeWork(work);
      }
      return work;
    } catch (error) {
      if (!(error instanceof NoEcho)) throw error;
      pad.unheard();
      return null;
    } finally {
      pad.changed();
    }
  }

  async function poll() {
    clearTimeout(polling);
    if (stopped) return;
    try {
      if (!pad.work) {
        await fetchWork();
      } else {
        const now = await read(`/api/now?round=${encodeURIComponent(pad.round)}`);
        if (now) {
          pad.heard(now);
          const stale = now.version !== pad.version;
          pad.takeNow(now);
          if (head(store.all()).length) send();
          else if (stale && !busy) await fetchWork();
        }
      }
    } catch (error) {
      if (!(error instanceof NoEcho)) throw error;
      pad.unheard();
    }
    pad.changed();
    clearTimeout(polling);
    if (!stopped) polling = setTimeout(poll, POLL);
  }

  function hurry() {
    wait = 0;
    send();
    poll();
  }

  return {
    send,
    poll,
    hurry,
    fetchWork,
    ask,
    write,
    end() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(polling);
    },
    get isBusy() {
      return busy;
    },
  };
}
