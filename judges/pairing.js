// A tablet that waits for the desk: asks every second, and goes on when it has been paired.
"use strict";
const said = document.getElementById("state");

async function ask() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 8000);
  try {
    const answer = await fetch("/api/pair", { cache: "no-store", signal: stop.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const { state } = await answer.json();
    said.textContent = "";
    if (state !== "waiting") {
      location.replace(location.href);
      return;
    }
  } catch {
    said.textContent = said.dataset.lost;
  } finally {
    clearTimeout(timer);
  }
  setTimeout(ask, 1000);
}
setTimeout(ask, 1000);
