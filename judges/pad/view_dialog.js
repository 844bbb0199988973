// A panel over the sheet, with what it says, what can be done there, and a way out.

import { h } from "./dom.js";

export function dialog(pad, name, title, children, acts) {
  return h(
    "div",
    {
      key: `panel-${name}`,
      cls: "veil",
      on: { click: (e) => e.target === e.currentTarget && pad.show(null) },
    },
    h(
      "section",
      { cls: `panel panel-${name}`, role: "dialog", "aria-modal": "true", "aria-label": title },
      h(
        "div",
        { cls: "panel-head" },
        h("h2", { tabindex: "-1", cls: "panel-title" }, title),
        h("button", { cls: "btn close", on: { click: () => pad.show(null) } }, pad.say("close")),
      ),
      h("div", { cls: "panel-body" }, children),
      acts && acts.length > 0 && h("div", { cls: "panel-acts" }, acts),
    ),
  );
}

export function button(key, word, act, cls) {
  return h("button", { key, cls: `btn ${cls || ""}`, on: { click: act } }, word);
}
