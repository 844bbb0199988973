// Marks as whole thousandths: what is shown, offered as keys and typed. Nothing is added in floats.

const MOST_KEYS = 12;

// "19.5" to 19500.
export function thousandths(text) {
  return Math.round(parseFloat(text) * 1000);
}

function places(step) {
  if (step % 1000 === 0) return 0;
  if (step % 100 === 0) return 1;
  return step % 10 === 0 ? 2 : 3;
}

// With the decimals that the step has: 19000 by 500 is "19.0".
export function figure(value, step) {
  return (value / 1000).toFixed(places(step));
}

// Without zeros at the end, as on a key: "19".
export function short(value) {
  return String(value / 1000);
}

function levels(low, high, step) {
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) found.push(value);
  return found;
}

// Every level where they are few; else those of the anchor chosen, where those are few.
export function keysOf(criterion, anchor) {
  const { maximum, step, anchors } = criterion;
  if (maximum / step + 1 <= MOST_KEYS) return levels(0, maximum, step);
  const chosen = anchor === null || anchor === undefined ? null : anchors[anchor];
  if (!chosen) return [];
  const found = levels(chosen.low, Math.min(chosen.high, maximum), step);
  return found.length <= MOST_KEYS ? found : [];
}

// How many lines the keys of a criterion take at most, for each width of screen: their place is
// kept, so that nothing below moves when another anchor is chosen.
export function linesOf(criterion) {
  const { anchors } = criterion;
  const counts = anchors.map((_, place) => keysOf(criterion, place).length);
  const most = (columns) =>
    Math.max(1, ...counts.map((count) => Math.ceil(count / columns(count))));
  return {
    wide: most(wideColumns),
    half: most(halfColumns),
    narrow: most(narrowColumns),
    least: most(() => 4),
  };
}

// Up to eight keys with gaps between them, up to ten without, in one line.
export function wideColumns(count) {
  return count > 10 ? Math.ceil(count / 2) : Math.max(count, 1);
}

export function halfColumns(count) {
  return count > 8 ? Math.ceil(count / 2) : Math.max(count, 1);
}

export function narrowColumns(count) {
  return count > 6 ? Math.ceil(count / 2) : Math.max(count, 1);
}

export function isFine(criterion) {
  return criterion.maximum / criterion.step + 1 > MOST_KEYS;
}

export function anchorOf(criterion, value) {
  if (value === null) return null;
  const place = criterion.anchors.findIndex((one) => one.low <= value && value <= one.high);
  return place < 0 ? null : place;
}

// What the last key of the number pad adds, besides the ten digits.
export function pointKey(step) {
  if (step % 1000 === 0) return "";
  return step === 500 ? ".5" : ".";
}

// The typed text after one more key, or null where that cannot become a mark of this criterion.
export function typeOn(typed, key, criterion) {
  if (key === "<") return typed.slice(0, -1);
  if (key[0] === "." && (typed.indexOf(".") >= 0 || !places(criterion.step))) return null;
  const text = (typed === "0" && key[0] !== "." ? "" : typed) + key;
  const tidy = text[0] === "." ? "0" + text : text;
  const decimals = tidy.split(".")[1] || "";
  if (decimals.length > places(criterion.step)) return null;
  return thousandths(tidy) <= criterion.maximum ? tidy : null;
}

// The mark that a typed text means, or null while it means none.
export function typedMark(typed, criterion) {
  if (!/^\d+(\.\d*)?$/.test(typed)) return null;
  const value = thousandths(typed);
  return value <= criterion.maximum && value % criterion.step === 0 ? value : null;
}

export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

export function finest(criteria) {
  return criteria.reduce((step, one) => Math.min(step, one.step), 1000);
}
