// A row of the running order is dragged by its handle. It follows the pointer within its session;
// the page is told only where it was dropped, and draws the order itself.

const LIST = ".st-key-reorder-list";
const GRIP = ".a-grip";
const ROW = "[class*='st-key-reorder-row-']";
const EDGE = 36;
const STEP = 8;

const rowOf = (grip) => grip.closest(ROW);

// The rows that the held one may change places with: its session's, which lie together.
function places(grip) {
  const grips = [...document.querySelectorAll(`${LIST} ${GRIP}`)];
  return grips.filter((one) => one.dataset.session === grip.dataset.session);
}

export default function dragging({ setTriggerValue }) {
  let held = null;

  // A place for each height of a row that the held one was taken along.
  function target(by) {
    const { grips, from, height } = held;
    const to = Math.min(grips.length - 1, Math.max(0, from + Math.round(by / height)));
    return to === from ? null : to;
  }

  function show(to) {
    const { grips, from, height } = held;
    held.to = to;
    grips.forEach((one, at) => {
      if (at === from) return;
      const end = to ?? from;
      const by = at > from && at <= end ? -height : at < from && at >= end ? height : 0;
      rowOf(one).style.transform = by ? `translateY(${by}px)` : "";
    });
  }

  function down(event) {
    const grip = event.target.closest?.(`${LIST} ${GRIP}`);
    if (!grip || event.button !== 0 || held) return;
    const grips = places(grip);
    if (grips.length < 2) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const row = rowOf(grip);
    const [first, second] = grips.map((one) => rowOf(one).getBoundingClientRect().top);
    const list = document.querySelector(LIST);
    held = {
      ...{ grip, grips, row, list, to: null, pointer: event.pointerId },
      ...{ from: grips.indexOf(grip), height: second - first, top: list.scrollTop },
      y: event.clientY,
    };
    row.classList.add("a-dragged");
  }

  function move(event) {
    if (!held || event.pointerId !== held.pointer) return;
    const box = held.list.getBoundingClientRect();
    if (event.clientY < box.top + EDGE) held.list.scrollTop -= STEP;
    if (event.clientY > box.bottom - EDGE) held.list.scrollTop += STEP;
    const by = event.clientY - held.y + held.list.scrollTop - held.top;
    held.row.style.transform = `translateY(${by}px)`;
    show(target(by));
  }

  function end(isDropped) {
    if (!held) return;
    const { grip, grips, row, to } = held;
    for (const one of grips) rowOf(one).style.transform = "";
    row.classList.remove("a-dragged");
    held = null;
    if (!isDropped || to === null) return;
    setTriggerValue("moved", { id: grip.dataset.id, to: grips[to].dataset.id });
  }

  const up = (event) => held && event.pointerId === held.pointer && end(true);
  const stop = (event) => held && event.pointerId === held.pointer && end(false);
  const giveUp = (event) => {
    if (!held || event.key !== "Escape") return;
    event.stopPropagation();
    end(false);
  };
  const told = [
    ["pointerdown", down],
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", stop],
    ["keydown", giveUp],
  ];
  for (const [name, act] of told) document.addEventListener(name, act, true);
  return () => {
    end(false);
    for (const [name, act] of told) document.removeEventListener(name, act, true);
  };
}
