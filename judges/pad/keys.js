// The keyboard, and where it goes while something lies over the sheet.

export function keyHandler(pad, root) {
  return function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab") {
      turnAround(root, event);
      return;
    }
    if (!pad.work || pad.stopped) return;
    if (event.key === "Escape" && pad.panel) {
      pad.show(null);
      return;
    }
    const target = event.composedPath ? event.composedPath()[0] : event.target;
    if (pad.panel || !pad.isHolder || /^(TEXTAREA|INPUT)$/.test(target.tagName)) return;
    if (pad.open && pad.isWritable(pad.current) && press(pad, event.key)) event.preventDefault();
  };
}

// Returns whether the key meant something.
function press(pad, key) {
  if (/^[0-9]$/.test(key)) pad.act(() => pad.type(key));
  else if (key === "." || key === ",") pad.act(() => pad.type("."));
  else if (key === "Backspace") pad.act(() => pad.type("<"));
  else if (key === "Enter" && pad.typed) pad.act(() => pad.enterTyped());
  else if (key === "ArrowDown") step(pad, 1);
  else if (key === "ArrowUp") step(pad, -1);
  else return false;
  return true;
}

function step(pad, by) {
  const { criteria } = pad.work;
  const place = criteria.findIndex((one) => one.id === pad.criterion) + by;
  if (criteria[place]) pad.act(() => pad.openRow(criteria[place].id));
}

const OVER = ".veil, .ended";

// The rest of the page is inert while something lies over it; an old browser knows no such
// thing, there Tab turns around inside.
function turnAround(root, event) {
  const over = root.querySelector(OVER);
  if (!over) return;
  const stops = Array.from(
    over.querySelectorAll("button:not([disabled]), a[href], textarea, [tabindex='0']"),
  );
  if (!stops.length) return;
  const here = root.getRootNode().activeElement;
  const place = stops.indexOf(here);
  const isLast = event.shiftKey ? place <= 0 : place === stops.length - 1;
  if (!isLast && place >= 0) return;
  stops[event.shiftKey ? stops.length - 1 : 0].focus();
  event.preventDefault();
}

// After each drawing: what is over the sheet takes the focus once, the rest is inert, and the
// focus goes back to where it was when nothing is over it any more.
export function focusKeeper(root) {
  let name = "";
  let opener = null;
  return function keep() {
    const over = root.querySelector(OVER);
    Array.from(root.children).forEach((child) => {
      const isInert = over !== null && child !== over;
      ["inert", "aria-hidden"].forEach((name) => {
        if (isInert) child.setAttribute(name, "true");
        else child.removeAttribute(name);
      });
    });
    const now = over ? over.padKey || "over" : "";
    if (now === name) return;
    if (!name) opener = root.getRootNode().activeElement;
    name = now;
    const target = over
      ? over.querySelector(".panel-title, .btn")
      : opener && root.contains(opener)
        ? opener
        : root.querySelector(".who");
    if (target) target.focus();
  };
}
