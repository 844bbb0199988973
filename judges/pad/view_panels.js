// What lies over the sheet for a moment, by name.

import { compare, heldSheets } from "./view_compare.js";
import { call, more, recusal, reopening, words } from "./view_help.js";
import { sheets } from "./view_list.js";
import { materialsPanel } from "./view_materials.js";
import { rubricNews } from "./view_rubric.js";
import { question, troubles } from "./view_troubles.js";

const PANELS = {
  sheets,
  more,
  words,
  recusal,
  reopening,
  call,
  question,
  troubles,
  rubric: rubricNews,
  compare,
  held: heldSheets,
  materials: materialsPanel,
};

export function panel(pad) {
  if (!pad.panel || !PANELS[pad.panel]) return null;
  return PANELS[pad.panel](pad);
}
