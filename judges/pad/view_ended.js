// What takes the whole page's place: it has ended, or the seat is on another device.

import { h } from "./dom.js";
import { icon } from "./icons.js";

export function ended(pad) {
  const refusal = pad.stopped || pad.refusal;
  const waiting = pad.entries.length;
  return h(
    "div",
    { key: "ended", cls: "ended", role: "alert" },
    h("h1", { cls: "st alert" }, icon("attention", 30), pad.say("attention")),
    h("p", { cls: "large" }, refusal.says[pad.lang], " ", refusal.way[pad.lang] || ""),
    waiting > 0 && h("p", {}, pad.say("kept", { n: waiting })),
    h("button", { cls: "btn primary", on: { click: () => pad.reloadPage() } }, pad.say("reload")),
  );
}

export function elsewhere(pad) {
  return h(
    "div",
    { key: "elsewhere", cls: "ended", role: "alert" },
    h("h1", {}, pad.say(pad.wasHolder ? "taken_title" : "held_title")),
    h("p", { cls: "large" }, pad.say(pad.wasHolder ? "taken_text" : "held_text")),
    pad.entries.length > 0 && h("p", {}, pad.say("kept", { n: pad.entries.length })),
    h(
      "button",
      { cls: "btn primary", on: { click: () => pad.takeSeat() } },
      pad.say(pad.wasHolder ? "take_back" : "take_over"),
    ),
  );
}
