// At most one question before a sheet is submitted, and only after five sheets: a mark given
// by mistake is unlike the judge's own record. The panel's marks are never looked at.

const ENOUGH = 5;
const FAR = 8000;

// `marks`: [{value, maximum}]; `totals`: the judge's other complete totals, in thousandths.
export function questionFor(marks, totals) {
  if (totals.length < ENOUGH) return null;
  const total = marks.reduce((all, one) => all + one.value, 0);
  if (marks.length > 1 && marks.every((one) => one.value === marks[0].value)) {
    return { kind: "same", count: marks.length, value: marks[0].value };
  }
  if (marks.length > 1 && marks.every((one) => one.value === one.maximum)) {
    return { kind: "full", count: marks.length };
  }
  const low = Math.min(...totals);
  const high = Math.max(...totals);
  if (total < low - FAR) return { kind: "low", total, other: low, by: low - total };
  if (total > high + FAR) return { kind: "high", total, other: high, by: total - high };
  return null;
}
