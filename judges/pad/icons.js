// The states' shapes, the same as everywhere in the app; silent to a screen reader: a word
// stands beside each.

import { h } from "./dom.js";

const RING = '<circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="2"/>';
const LINE = 'fill="none" stroke="currentColor" stroke-width="2.2"';
const CUT = 'fill="none" stroke="var(--ground)" stroke-width="2.2"';

const SHAPES = {
  saved: `<circle cx="10" cy="10" r="9" fill="currentColor"/><path d="M5.5 10.3l3 3 6-6.4" ${CUT}/>`,
  pending:
    `<path d="M10 16V4M5 9l5-5 5 5" ${LINE}/>` +
    '<path d="M3 18.5h14" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2"/>',
  offline:
    '<path d="M5 15.5h9a3.5 3.5 0 0 0 .6-7A5 5 0 0 0 5.2 8 3.8 3.8 0 0 0 5 15.5z" fill="none"' +
    ' stroke="currentColor" stroke-width="2"/>' +
    `<path d="M3 18L17 3" ${LINE}/>`,
  attention: `<path d="M10 1.5l9 16.5H1z" fill="currentColor"/><path d="M10 7.5v5M10 14.3v2" ${CUT}/>`,
  submitted:
    '<path d="M1.5 10.5l3.8 3.8L12 7M8.5 12.6l1.8 1.7L18 6" fill="none" stroke="currentColor"' +
    ' stroke-width="2.4"/>',
  locked:
    '<path d="M4 9h12v9H4z" fill="currentColor"/>' +
    `<path d="M6.5 9V6a3.5 3.5 0 0 1 7 0v3" ${LINE}/>`,
  marking: `${RING}<path d="M10 3a7 7 0 0 0 0 14z" fill="currentColor"/>`,
  reopened: `${RING}<path d="M10 3a7 7 0 0 0 0 14z" fill="currentColor"/>`,
  not_begun: RING,
  none: RING,
  held:
    '<circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2"/>' +
    `<path d="M7.6 6.5v7M12.4 6.5v7" ${LINE}/>`,
  disc: '<circle cx="10" cy="10" r="7.5" fill="currentColor"/>',
  recused: `<circle cx="10" cy="10" r="7.5" ${LINE}/><path d="M4.8 15.2L15.2 4.8" ${LINE}/>`,
  withdrawn: `<circle cx="10" cy="10" r="7.5" ${LINE}/><path d="M4.8 15.2L15.2 4.8" ${LINE}/>`,
  absent: RING.replace("/>", ' stroke-dasharray="3.2 2.2"/>'),
  flag: `<path d="M5 18V3h9l-2 4 2 4H5" ${LINE}/>`,
};

export const TONES = {
  saved: "ok",
  submitted: "ok",
  pending: "wait",
  marking: "wait",
  reopened: "wait",
  attention: "alert",
  conflict: "alert",
  refused: "alert",
  requested: "wait",
};

const SAME = { conflict: "attention", refused: "attention", requested: "pending" };

export function icon(state, size) {
  const shape = SHAPES[SAME[state] || state] || SHAPES.none;
  const side = size || 22;
  return h("svg", {
    key: `${state}${side}`,
    width: side,
    height: side,
    viewBox: "0 0 20 20",
    "aria-hidden": "true",
    html: shape,
  });
}
