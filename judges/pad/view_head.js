// The band on top: who is marked, whose seat this is; and what entrants and seats are called.

import { h } from "./dom.js";

export function header(pad) {
  const sheet = pad.current;
  const entrant = sheet ? sheet.entrant : null;
  return h(
    "header",
    { key: "head", cls: "head" },
    h(
      "button",
      {
        cls: "who",
        on: { click: () => pad.show("sheets") },
        "aria-label": entrant
          ? pad.say("open_list", { entrant: fullOf(pad, entrant) })
          : pad.say("my_sheets"),
      },
      entrant && h("span", { cls: "num" }, numberOf(pad, entrant)),
      entrant &&
        h(
          "span",
          { cls: "words" },
          h("b", {}, nameOf(entrant) || pad.say("unnamed")),
          h(
            "span",
            { cls: "places" },
            h("span", {}, nameOf(entrant) ? whereOf(entrant) : pad.say("unnamed_note")),
            entrant.post && h("span", {}, pad.say("presented", { post: entrant.post })),
          ),
        ),
    ),
    materialsButton(pad),
    h(
      "div",
      { cls: "me" },
      pad.work &&
        pad.work.sample &&
        h(
          "span",
          { cls: "tag sample" },
          pad.say(pad.work.sample === "rehearsal" ? "rehearsal" : "sample"),
        ),
      h("b", { cls: "seat" }, seatOf(pad)),
      pad.work && pad.work.reserve && h("span", { cls: "tag" }, reserveOf(pad, sheet)),
      languages(pad),
    ),
  );
}

export function hasMaterials(sheet) {
  return Boolean(sheet && (sheet.materials.shelf_mark || sheet.materials.documents.length));
}

// In the entrant's band: one tap to the documents, and where the paper lies.
function materialsButton(pad) {
  const sheet = pad.current;
  if (!hasMaterials(sheet)) return null;
  return h(
    "button",
    { key: "materials", cls: "btn papers", on: { click: () => pad.show("materials") } },
    h("b", {}, pad.say("materials")),
    sheet.materials.shelf_mark && h("small", {}, sheet.materials.shelf_mark),
  );
}

export function seatOf(pad) {
  const { work, config } = pad;
  if (!work) return config.name || "";
  if (work.number === null) return work.name;
  return pad.say("seat", { seat: String(work.number).padStart(2, "0") });
}

// A judge in reserve: whose seat this entrant's sheet is for, or that it does not count yet.
export function reserveOf(pad, sheet) {
  if (!sheet || !sheet.seat_of) return pad.say("in_reserve");
  return pad.say("in_seat", { seat: String(sheet.seat_of).padStart(2, "0") });
}

// 12号; 012号 in a blind round, where that is all there is.
export function numberOf(pad, entrant) {
  const number = String(entrant.number || "·");
  return pad.say("number", { number: pad.work.blind ? number.padStart(3, "0") : number });
}

// Empty in a blind round.
export function nameOf(entrant) {
  return entrant.village || entrant.township || entrant.title;
}

// The number and the village; in a blind round the number alone.
export function fullOf(pad, entrant) {
  return `${numberOf(pad, entrant)} ${nameOf(entrant)}`.trim();
}

export function whereOf(entrant) {
  return `${entrant.county} ${entrant.village ? entrant.township : ""}`.trim();
}

function languages(pad) {
  const one = (lang) =>
    h(
      "button",
      {
        cls: pad.lang === lang ? "on" : "",
        lang: lang === "zh" ? "zh-Hans" : "en",
        "aria-pressed": String(pad.lang === lang),
        "aria-label": pad.say(`language_${lang}`),
        on: { click: () => pad.speak(lang) },
      },
      pad.say(`short_${lang}`),
    );
  return h(
    "div",
    { cls: "languages", role: "group", "aria-label": pad.say("language") },
    one("zh"),
    one("en"),
  );
}
