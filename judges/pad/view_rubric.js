// A rubric that was changed by two people after opening: the judge is told before going on.
// What was typed and what was marked stay as they are.

import { h } from "./dom.js";
import { short } from "./figures.js";
import { button, dialog } from "./view_dialog.js";

export function rubricNews(pad) {
  const lines = pad.work.criteria.flatMap((after) =>
    changesOf(pad, (pad.news || []).find((one) => one.id === after.id) || after, after),
  );
  return dialog(
    pad,
    "rubric",
    pad.say("rubric_title"),
    [
      h("p", { cls: "large" }, pad.say("rubric_text")),
      h("ul", {}, lines.length ? lines : [h("li", { key: "words" }, pad.say("rubric_words"))]),
    ],
    [button("understood", pad.say("understood"), () => pad.show(null), "primary")],
  );
}

function changesOf(pad, before, after) {
  const values = { old: before.name, criterion: after.name };
  const said = [];
  if (before.name !== after.name) said.push(pad.say("rubric_name", values));
  for (const column of ["maximum", "step"]) {
    if (before[column] !== after[column]) {
      const figures = { before: short(before[column]), after: short(after[column]) };
      said.push(pad.say(`rubric_${column}`, { ...values, ...figures }));
    }
  }
  return said.map((text) => h("li", { key: `${after.id} ${text}` }, text));
}
