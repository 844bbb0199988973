// The clock on the hall's screen: counted on between the server's answers, with the bell.

import { bellBetween, makeTicker } from "../../../ui/ticker.js";
import { ringBell } from "./bell.js";

const ticker = makeTicker();
let lookedAt = null;
let tested = null;

export function hearClock(clock, bell) {
  ticker.hear(clock);
  if (tested !== null && bell > tested) ringBell("test");
  tested = bell;
  tickClock();
}

function tickClock() {
  const seen = ticker.look();
  const box = document.getElementById("clock");
  const isHere =
    box &&
    seen &&
    box.dataset.phase === seen.run.phase &&
    box.dataset.number === String(seen.run.number);
  if (isHere) showClock(box, seen);
  const bell = isHere ? bellBetween(lookedAt, seen) : "";
  lookedAt = seen;
  if (!bell) return;
  ringBell(bell);
  if (bell === "long") flash(box);
}

function showClock(box, seen) {
  const { run } = seen;
  const words = box.dataset;
  const word = seen.over ? words.over : run.state === "paused" ? words.paused : words.left;
  put(box.querySelector("b"), seen.text);
  put(box.querySelector("p"), word);
  box.dataset.shows = seen.over ? "over" : seen.isLast ? "last" : run.state;
}

function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function flash(box) {
  box.classList.remove("h-flash");
  requestAnimationFrame(() => box.classList.add("h-flash"));
}

setInterval(tickClock, 200);
