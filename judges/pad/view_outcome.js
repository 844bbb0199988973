// A sheet where no criterion is open: how it stands, and what leads on.

import { h } from "./dom.js";
import { icon, TONES } from "./icons.js";
import { spell } from "./view_bar.js";
import { heldButton } from "./view_compare.js";
import { button } from "./view_dialog.js";

// How a sheet stands where no criterion is open, and what leads on.
export function outcome(pad, sheet, order) {
  const isIn = sheet.state === "submitted" || sheet.state === "locked";
  const waits = pad.submitting(sheet);
  const isLocked = isIn && !pad.isWritable(sheet);
  const name = isLocked ? "locked" : pad.isHeld(sheet) ? "held" : sheet.state;
  let word = pad.say(`state_${name}`);
  if (waits) word = pad.say("submit_waits");
  const figures =
    isIn || waits
      ? [
          h("span", { cls: "mute" }, pad.say("total")),
          h("div", { cls: "big" }, h("b", {}, pad.shown(pad.total(sheet)))),
        ]
      : [];
  return h(
    "section",
    { key: "outcome", cls: "editor outcome", style: `order:${order}` },
    h(
      "h2",
      { cls: TONES[waits ? "pending" : sheet.state] || "" },
      icon(waits ? "pending" : name, 26),
      word,
    ),
    figures,
    sheet.echo.came && h("p", { key: "came" }, pad.say(`came.${sheet.echo.came}_note`)),
    lines(pad, sheet, isLocked, waits).map((line) => h("p", {}, line)),
    h(
      "div",
      { cls: "onward" },
      onward(pad, sheet),
      mayAsk(pad, sheet) && button("reopening", pad.say("reopening"), () => pad.show("reopening")),
      pad.held().length > 1 && heldButton(pad),
    ),
  );
}

function lines(pad, sheet, isLocked, waits) {
  if (waits) return [pad.say("submit_counts")];
  if (!pad.isMarked(sheet)) return unmarkedLines(pad, sheet);
  if (pad.isOver() && sheet.state !== "locked") return [pad.say("closed_text")];
  if (isLocked && sheet.echo.asked) return [pad.say("reopening_waits")];
  if (isLocked) return [pad.say(pad.isOver() ? "closed_in" : "locked_text")];
  if (pad.isHeld(sheet)) return [pad.say("held_until")];
  if (sheet.state === "submitted") {
    const until = sheet.echo.locked_at;
    const left = Math.max(0, Math.floor((Date.parse(until) - pad.serverNow()) / 1000));
    return [
      pad.say("may_change", { time: pad.clock(until) }),
      pad.say("time_left", { time: spell(pad, left) }),
    ];
  }
  return [pad.say("tap_a_row")];
}

function unmarkedLines(pad, sheet) {
  const reason = sheet.reason || "";
  const isUnsaid = sheet.state !== "withdrawn" && !reason;
  const why = pad.say(`${sheet.state}_${isUnsaid ? "unsaid" : "text"}`, { reason });
  return pad.isOver() ? [why, pad.say("closed_text")] : [why];
}

// A locked sheet is reopened by a second person, for a reason that its judge writes.
function mayAsk(pad, sheet) {
  const isIn = sheet.state === "locked" || sheet.state === "submitted";
  return isIn && !pad.isOver() && !pad.isWritable(sheet) && !sheet.echo.asked;
}

function onward(pad, sheet) {
  const sheets = pad.work.sheets;
  const place = sheets.indexOf(sheet);
  const later = sheets.slice(place + 1).concat(sheets.slice(0, place));
  const todo = later.find(
    (one) => pad.isWritable(one) && one.state !== "submitted" && !pad.submitting(one),
  );
  if (!todo) {
    return h(
      "button",
      { key: "list", cls: "btn", on: { click: () => pad.show("sheets") } },
      pad.say("my_sheets"),
    );
  }
  return h(
    "button",
    {
      key: "next",
      cls: "btn primary",
      on: { click: () => pad.act(() => pad.goTo(todo.entrant.id)) },
    },
    pad.say("next", { number: todo.entrant.number }),
  );
}
