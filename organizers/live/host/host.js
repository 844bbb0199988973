// The host's page: asks every second whether something has changed; the clock counts on by itself.

import { hearSecond, seekSecond } from "../../../ui/second.js";
import { makeTicker, spellTime } from "../../../ui/ticker.js";

const EVERY = 1000;
const PATIENCE = 8000;
const SILENT = 5000;
const REST = 2000;
const given = document.body.dataset;
const part = new URL(location.href);
part.searchParams.set("part", "1");
const ticker = makeTicker();
let heard = performance.now();
let serverTime = null;
let resting = false;

async function ask(address, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(address, { cache: "no-store", signal: stop.signal, ...options });
  } finally {
    clearTimeout(timer);
  }
}

async function redraw() {
  const answer = await ask(part);
  if (!answer.ok) throw new Error(String(answer.status));
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const fresh = holder.content.querySelector("main");
  if (!fresh) return;
  document.querySelector("main").replaceWith(fresh);
  arm();
  tick();
}

// A second tap, on what has just been drawn under the finger, announces nothing.
function arm() {
  for (const step of document.querySelectorAll("[data-vote]")) step.onclick = () => turnVote(step);
  const button = document.querySelector("footer button");
  if (!button.dataset.entrants) return;
  button.disabled = resting;
  button.onclick = () => release(button);
}

async function release(button) {
  const entrants = button.dataset.entrants.split(" ");
  const body = { seat: given.seat, round: given.round, entrant: entrants[0], together: entrants };
  resting = true;
  button.disabled = true;
  setTimeout(() => {
    resting = false;
    arm();
  }, REST);
  try {
    const headers = { "Content-Type": "application/json" };
    const options = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await ask("/api/release", options);
    if (!answer.ok) tell(await answer.json());
    else await redraw();
  } catch (_error) {
    lost();
  }
}

// A step of the audience vote; what cannot be taken back is asked for once more.
async function turnVote(button) {
  const { vote: step, round, sure } = button.dataset;
  if (sure && !confirm(sure)) return;
  button.disabled = true;
  try {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ seat: given.seat, round, step });
    const answer = await ask("/api/host-vote", { method: "POST", headers, body });
    if (answer.ok) await redraw();
    else tell(await answer.json(), button.nextElementSibling);
  } catch (_error) {
    button.disabled = false;
    lost();
  }
}

function tell(refusal, where = document.querySelector("footer .p-why")) {
  const says = refusal.says ? refusal.says[given.lang] + refusal.way[given.lang] : "";
  where.textContent = says;
}

function lost() {
  if (performance.now() - heard < SILENT) return;
  const time = clockTime();
  document.querySelector("footer .p-why").textContent = given.lost.replace(
    "{time}",
    time.slice(0, 5),
  );
  document.querySelector("footer button").disabled = true;
  seekSecond(location.pathname + location.search);
}

function clockTime() {
  if (!serverTime) return "";
  const shown = new Date(serverTime.at + performance.now() - serverTime.since);
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false };
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: given.timezone }).format(shown);
}

function tick() {
  const seen = ticker.look();
  const place = document.getElementById("time");
  let word = clockTime();
  if (seen) {
    const over = seen.over ? ` ${seen.text}` : "";
    word = `${spellTime(seen.used)} / ${spellTime(seen.run.limit)}${over}`;
  }
  if (place.textContent !== word) place.textContent = word;
}

async function pulse() {
  try {
    const answer = await ask(`/api/host/${given.round}?lang=${given.lang}`);
    if ([401, 403, 404, 409, 410].includes(answer.status)) location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const { version, clock, time, second, pass } = await answer.json();
    hearSecond(second, pass);
    const wasLost = performance.now() - heard >= SILENT;
    heard = performance.now();
    serverTime = { at: Date.parse(time), since: heard };
    ticker.hear(clock);
    if (wasLost || version !== document.querySelector("main").dataset.version) await redraw();
  } catch (_error) {
    lost();
  }
  setTimeout(pulse, EVERY);
}

arm();
setInterval(tick, 200);
pulse();
