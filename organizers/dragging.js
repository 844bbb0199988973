// A row of a running order is dragged by its handle. It follows the pointer within its session;
// the page is told only where it was dropped, and draws the order itself.

const LIST = ".st-key-reorder-list, .st-key-order-rows";
const GRIP = ".a-grip";
const ROW = "[class*='st-key-reorder-row-'], [class*='st-key-order-row-']";
const EDGE = 36;
const STEP = 8;

const rowOf = (grip) => grip.closest(ROW);

// The rows that the held one may change places with: its session's, which lie together.
function places(grip) {
  const grips = [...grip.closest(LIST).querySelectorAll(GRIP)];
  return grips.filter((one) => one.dataset.session === grip.dataset.session);
}

// What scrolls: the list, or the page around it.
function scrolling(list) {
  let found = list;
  while (found.parentElement && found.scrollHeight <= found.clientHeight)
    found = found.parentElement;
  return found;
}

export default function dragging({ setTriggerValue }) {
  let held = null;

  // The place whose middle is nearest to where the held row was taken; rows may lie side by side.
  function target(x, y) {
    const { boxes, from } = held;
    const far = boxes.map((box) =>
      Math.hypot(box.left - boxes[from].left - x, box.top - boxes[from].top - y),
    );
    const to = far.indexOf(Math.min(...far));
    return to === from ? null : to;
  }

  function show(to) {
    const { grips, boxes, from } = held;
    held.to = to;
    const end = to ?? from;
    grips.forEach((one, at) => {
      if (at === from) return;
      const next = at > from && at <= end ? at - 1 : at < from && at >= end ? at + 1 : at;
      const [x, y] = [boxes[next].left - boxes[at].left, boxes[next].top - boxes[at].top];
      rowOf(one).style.transform = x || y ? `translate(${x}px, ${y}px)` : "";
    });
  }

  function down(event) {
    const grip = event.target.closest?.(GRIP);
    if (!grip?.closest(LIST) || event.button !== 0 || held) return;
    const grips = places(grip);
    if (grips.length < 2) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const row = rowOf(grip);
    const boxes = grips.map((one) => rowOf(one).getBoundingClientRect());
    const list = scrolling(grip.closest(LIST));
    held = {
      ...{ grip, grips, row, list, to: null, pointer: event.pointerId },
      ...{ from: grips.indexOf(grip), boxes, top: list.scrollTop },
      ...{ x: event.clientX, y: event.clientY },
    };
    row.classList.add("a-dragged");
  }

  function move(event) {
    if (!held || event.pointerId !== held.pointer) return;
    const box = held.list.getBoundingClientRect();
    if (event.clientY < box.top + EDGE) held.list.scrollTop -= STEP;
    if (event.clientY > box.bottom - EDGE) held.list.scrollTop += STEP;
    const x = event.clientX - held.x;
    const y = event.clientY - held.y + held.list.scrollTop - held.top;
    held.row.style.transform = `translate(${x}px, ${y}px)`;
    show(target(x, y));
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
