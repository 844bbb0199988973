// What there is to read of an entrant: where its paper lies, and its documents.

import { h } from "./dom.js";
import { dialog } from "./view_dialog.js";
import { hasMaterials, nameOf, numberOf } from "./view_head.js";

export function materialsPanel(pad) {
  const sheet = pad.current;
  if (!hasMaterials(sheet)) return null;
  const { shelf_mark: mark, documents } = sheet.materials;
  return dialog(pad, "materials", pad.say("materials"), [
    h("p", { key: "who", cls: "mute" }, numberOf(pad, sheet.entrant), " ", nameOf(sheet.entrant)),
    mark && h("p", { key: "mark", cls: "large" }, pad.say("shelf_mark", { mark })),
    documents.length > 0 &&
      !pad.isOnline &&
      h("p", { key: "cut", cls: "box" }, pad.say("documents_offline")),
    documents.map((one, at) => link(pad, one, at)),
    documents.length > 0 && h("p", { key: "tab", cls: "mute" }, pad.say("documents_tab")),
  ]);
}

function link(pad, one, at) {
  const about = pad.say("document_about", { kind: one.kind, size: one.size });
  return h(
    "a",
    {
      key: one.id,
      cls: "btn line paper",
      href: `${pad.config.base}/documents/${encodeURIComponent(one.id)}?round=${encodeURIComponent(pad.round)}`,
      target: "_blank",
      rel: "noopener",
    },
    h("span", {}, one.name || pad.say("document_n", { n: at + 1 })),
    h("small", {}, about),
  );
}
