// Sends what is kept, oldest first, and believes only an echo: an answer that names our event
// and seat and the very changes sent. A page that says 200 (a hotel's sign-in) is no echo.

import { giveBack } from "./restoring.js";
import { makeGrowth } from "./growth.js";
import { makeOutbox } from "./outbox.js";
import { makeSecond } from "./second.js";
import { makeWire, NoEcho } from "./wire.js";

const SLOWEST = 10000;
const POLL = 3000;
const SOON = 200;
const ENDINGS = ["wrong_seat", "replaced", "sign_in_needed", "wrong_event"];

export function makeSync(pad) {
  const { config, store, witness } = pad;
  const second = makeSecond(config, store);
  const wire = makeWire(config, witness, second);
  const outbox = makeOutbox(store, config);
  const growth = makeGrowth(pad, read);
  let wait = 0;
  let timer = null;
  let busy = false;
  let polling = null;
  let telling = null;
  let told = "";
  let stopped = false;
  let asked = 0;
  let taken = 0;

  // One that is silent, or was superseded: the other laptop may have taken over. What it lacks is
  // found at the first answer and given back before anything new is sent to it.
  async function ask(method, path, body) {
    try {
      return await wire.ask(method, path, body);
    } catch (error) {
      if (!(error instanceof NoEcho) || error.isFault || !(await second.move())) throw error;
      await meet();
      if (method !== "GET") throw error;
      return wire.ask(method, path, body);
    }
  }

  async function meet() {
    const met = await wire.ask("GET", `/api/now?round=${encodeURIComponent(pad.round || "")}`);
    note(met.body);
  }

  async function write(method, path, body) {
    const answer = await ask(method, path, body);
    const { refusal } = answer;
    note(answer.body);
    if (refusal) return { refusal };
    if (answer.status !== 200 || !wire.isOurs(answer.body)) throw new NoEcho("no echo");
    return { echo: answer.body };
  }

  // What the answer's head says of the server's file.
  function note(body) {
    if (!body || !witness.isRestored(body.head, body.head_state)) return;
    Object.assign(pad, { isRestoring: true, serverHead: body.head });
  }

  async function send() {
    if (busy || stopped) return;
    busy = true;
    clearTimeout(timer);
    timer = null;
    try {
      await restore();
      while (!stopped && !pad.isRestoring && outbox.next().length) {
        await sendOne(outbox.next());
        await restore();
      }
      again(pad.isRestoring ? SLOWEST : outbox.pause());
    } catch (error) {
      failed(error);
    } finally {
      busy = false;
      pad.changed();
    }
  }

  async function sendOne(batch) {
    let found = null;
    try {
      found = await write(...outbox.message(batch));
    } catch (error) {
      if (!(error instanceof NoEcho) || !error.isFault) throw error;
      // The server failed at this one: it goes again later, and holds up none of the others.
      outbox.setAside(batch);
      pad.heard(null);
      return;
    }
    if (stopped) return;
    wait = 0;
    pad.heard(found.echo);
    if (found.refusal && endsThePage(found.refusal)) return;
    // A file that lacks what is kept has answered: it goes again, by its id, once that has it.
    if (pad.isRestoring) return;
    if (found.refusal) refused(batch, found.refusal);
    else acknowledged(batch, found.echo);
  }

  // Everything kept goes again after an older file was put back, before anything new; what waits
  // for another tablet goes again by itself.
  async function restore() {
    if (!pad.isRestoring && !pad.waiting.length) return;
    await giveBack(pad, write);
    if (pad.waiting.length) again(SLOWEST);
  }

  function again(milliseconds) {
    if (!milliseconds || stopped) return;
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  }

  function failed(error) {
    if (!(error instanceof NoEcho)) throw error;
    if (stopped) return;
    pad.unheard(error);
    wait = wait ? Math.min(wait * 2, SLOWEST) : 500;
    again(wait);
  }

  function acknowledged(batch, echo) {
    const results = new Map(echo.results.map((one) => [one.id, one]));
    if (!batch.every((entry) => results.has(entry.id))) throw new NoEcho("other changes");
    for (const entry of batch) {
      const result = results.get(entry.id);
      if (result.outcome === "done") store.acknowledge(entry, echo.head || "");
      else if (result.outcome === "requested") store.remove(entry);
      else store.change(entry, { trouble: result });
    }
    pad.take(echo);
    outbox.forgetOvertaken();
  }

  // Refused as a whole: each change is sent by itself, so that one does not refuse the others.
  function refused(batch, refusal) {
    if (batch.length > 1) {
      outbox.part(batch);
      return;
    }
    store.change(batch[0], { trouble: { outcome: "refused", ...refusal } });
    if (!outbox.next().length) fetchWork();
  }

  // Another person's link was opened in this browser, or the sign-in has ended.
  function endsThePage(refusal) {
    if (ENDINGS.indexOf(refusal.code) < 0) return false;
    stopped = true;
    pad.stop(refusal);
    return true;
  }

  async function read(path) {
    const answer = await ask("GET", path);
    note(answer.body);
    if (answer.refusal) {
      pad.heard(null);
      if (!endsThePage(answer.refusal)) pad.refusedRead(answer.refusal);
      return null;
    }
    const { status, body } = answer;
    if (status !== 200 || !body || body.event !== config.event) throw new NoEcho("no echo");
    if (body.seat === config.seat) return body;
    endsThePage(pad.anotherSeat(body.name));
    return null;
  }

  // Answers overtake each other: one that was asked for before the last one taken, or for the round
  // that was shown then, would turn the page back.
  async function fetchWork(other) {
    const turn = (asked += 1);
    try {
      const wanted = other || pad.round;
      const round = wanted ? `?round=${encodeURIComponent(wanted)}` : "";
      const work = await read(`/api/work${round}`);
      if (work) pad.heard(work);
      if (work && turn > taken && (other || wanted === pad.round)) {
        taken = turn;
        pad.isRead = true;
        pad.takeWork(work);
      }
      return work;
    } catch (error) {
      if (!(error instanceof NoEcho)) throw error;
      pad.unheard(error);
      return null;
    } finally {
      pad.changed();
    }
  }

  async function poll() {
    clearTimeout(polling);
    if (stopped) return;
    try {
      if (await second.look(witness.last)) await meet();
      if (pad.isRead) await lookAtNow();
      else await fetchWork();
    } catch (error) {
      if (!(error instanceof NoEcho)) throw error;
      if (!stopped) pad.unheard(error);
    } finally {
      pad.changed();
      clearTimeout(polling);
      if (!stopped) polling = setTimeout(poll, POLL);
    }
  }

  // What this page says of itself with every poll: the entrant that is open, what is unsent.
  function beat() {
    const { seat, device } = config;
    const said = { round: pad.round, seat, tab: device, entrant: pad.entrant || "" };
    return new URLSearchParams({ ...said, unsent: pad.pending().length }).toString();
  }

  // Another entrant is open, or more or less is unsent, than was said last: it is said soon.
  function tell() {
    if (stopped || telling || !pad.wasHeard || !pad.isOnline || beat() === told) return;
    telling = setTimeout(() => {
      telling = null;
      if (beat() !== told) poll();
    }, SOON);
  }

  async function lookAtNow() {
    const saying = beat();
    const { round } = pad;
    const device = new URLSearchParams({ stores: store.fails ? 0 : 1, clock: Date.now() });
    const now = await read(`/api/now?${saying}&${device}`);
    if (!now) return;
    told = saying;
    pad.heard(now);
    if (round !== pad.round) return;
    const stale = now.version !== pad.version;
    pad.takeNow(now);
    await growth.check();
    if (pad.isRestoring || outbox.next().length) send();
    else if (stale && !busy) await fetchWork();
  }

  function hurry() {
    wait = 0;
    outbox.hurry();
    send();
    poll();
  }

  return {
    send,
    hurry,
    tell,
    fetchWork,
    write,
    ask,
    end() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(polling);
      clearTimeout(telling);
    },
  };
}
