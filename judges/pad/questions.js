// At most one question before a sheet is submitted, and once: what looks like a slip of the
// finger on the sheet itself, and from the sixth sheet on what is unlike the judge's own record.
// The panel's marks are never looked at.

const ENOUGH = 5;
const FAR = 8000;
const LOW_SHARE = 0.3;
const HIGH_SHARE = 0.6;

// `marks`: [{value, criterion}]; `totals`: the judge's other complete totals, in thousandths.
export function questionFor(marks, totals) {
  return oddSheet(marks) || oddTotal(marks, totals);
}

function oddSheet(marks) {
  const count = marks.length;
  const [first] = marks;
  if (marks.every((one) => one.value === 0)) return { kind: "zero", count };
  if (count < 2) return null;
  if (marks.every((one) => one.value === one.criterion.maximum)) return { kind: "full", count };
  if (marks.every((one) => one.value === first.value)) {
    return { kind: "same", count, value: first.value };
  }
  return oddMark(marks);
}

// One mark far below all the others: a 1 where an 18 was meant.
function oddMark(marks) {
  const share = (one) => one.value / one.criterion.maximum;
  const low = marks.filter((one) => share(one) < LOW_SHARE);
  const others = marks.filter((one) => share(one) >= LOW_SHARE);
  if (low.length !== 1 || others.length < 2) return null;
  if (!others.every((one) => share(one) >= HIGH_SHARE)) return null;
  const { value, criterion } = low[0];
  return { kind: "odd", value, criterion };
}

function oddTotal(marks, totals) {
  if (totals.length < ENOUGH) return null;
  const total = marks.reduce((all, one) => all + one.value, 0);
  const low = Math.min(...totals);
  const high = Math.max(...totals);
  if (total < low - FAR) return { kind: "low", total, other: low, by: low - total };
  if (total > high + FAR) return { kind: "high", total, other: high, by: total - high };
  return null;
}
