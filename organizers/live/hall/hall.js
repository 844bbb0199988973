// The hall's screen: asks what has changed since its last answer, and then draws it anew. The server
// answers when something has, or after two seconds; one that knows no marks is asked every second.
// Replaced in one step and always of the same size: nothing flickers, nothing moves.

import { sayBell } from "./bell.js";
import { countDown, hearTime, stepOf } from "./ceremony.js";
import { hearClock } from "./clock.js";
import { hearSecond, seekSecond } from "../../../ui/second.js";

const EVERY = 1000,
  SOON = 100,
  PATIENCE = 8000,
  SILENT = 5000;
hearSecond(null, PASS);
const part = new URL(location.href);
part.searchParams.set("part", "1");
let heard = Date.now(),
  known = "";

async function ask(address) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { cache: "no-store", signal: stop.signal });
    if ([401, 403, 404, 409, 410].includes(answer.status)) location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

async function draw(version) {
  if (version) part.searchParams.set("version", version);
  else part.searchParams.delete("version");
  const text = await (await ask(part)).text();
  const holder = document.createElement("template");
  holder.innerHTML = text;
  const fresh = holder.content.querySelector("main");
  const old = document.querySelector("main");
  if (!fresh || fresh.dataset.version === old.dataset.version) return;
  if (fresh.dataset.scene !== old.dataset.scene) fresh.classList.add("h-enter");
  old.replaceWith(fresh);
}

function minute(time) {
  return new Date(time).toTimeString().slice(0, 5);
}

function lost() {
  const left = document.getElementById("left");
  if (Date.now() - heard > SILENT && left && !left.dataset.said) {
    left.dataset.said = left.textContent || " ";
    left.textContent = LOST.replace("{time}", minute(heard));
  }
  if (Date.now() - heard > SILENT) seekSecond(ENTRY || location.pathname + location.search);
}

function found() {
  heard = Date.now();
  const left = document.getElementById("left");
  if (left && left.dataset.said) {
    left.textContent = left.dataset.said.trim();
    delete left.dataset.said;
  }
}

async function pulse() {
  let next = EVERY;
  try {
    const about = new URLSearchParams({ w: innerWidth, h: innerHeight, mark: known });
    const answer = await ask(`${PULSE}?${about}`);
    hearTime(answer);
    const { version, clock, bell, second, mark } = await answer.json();
    if (version !== document.querySelector("main").dataset.version) await draw(version);
    hearClock(clock, bell);
    hearSecond(second);
    sayBell();
    found();
    known = mark || "";
    if (known) next = SOON;
  } catch {
    known = "";
    lost();
  }
  setTimeout(pulse, next);
}

// The host turns the list by keys, or by a presenter's clicker; other screens follow.
const TURNS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
addEventListener("keydown", async (event) => {
  if (!SEAT || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const { page, pages, step } = document.querySelector("main").dataset;
  if (step !== undefined) {
    const to = stepOf(event.key, Number(step));
    if (to === null || to < 1) return;
    event.preventDefault();
    return send("/api/ceremony", { step: to, seen: Number(step) });
  }
  const to = Number(page) + TURNS[event.key];
  if (!(to >= 1 && to <= Number(pages))) return;
  event.preventDefault();
  send("/api/page", { page: to });
});

async function send(address, what) {
  const body = JSON.stringify({ seat: SEAT, round: PULSE.split("/").pop(), ...what });
  const headers = { "Content-Type": "application/json" };
  try {
    const answer = await fetch(address, { method: "POST", headers, body });
    if (answer.ok || answer.status === 409) await draw();
  } catch {
    lost();
  }
}

addEventListener("dblclick", () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
});
setInterval(countDown, 200);
pulse();
