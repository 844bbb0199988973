// The clock on the page of the day: counted on between two drawings of the page.

import { makeTicker, spellTime } from "../../ui/ticker.js";

const mounted = new WeakMap();

function mountClock(root) {
  const ticker = makeTicker();
  let words = {};
  const [figure, limit] = root.querySelectorAll(".figure > *");
  const [bar, mark] = root.querySelectorAll(".bar > *");
  const [left, bells] = root.querySelectorAll("p > *");
  const put = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };
  const tick = () => {
    const seen = ticker.look();
    if (!seen) return;
    put(figure, spellTime(seen.used));
    put(limit, `/ ${words.limit}`);
    const word = seen.over ? words.over : words.left;
    put(left, word.replace("{time}", spellTime(seen.over || seen.left)));
    put(bells, words.bells);
    const full = seen.run.limit;
    bar.style.width = `${Math.min(100, (100 * seen.used) / full)}%`;
    mark.style.left = `${Math.max(0, 100 - (100 * seen.run.warning) / full)}%`;
    root.querySelector(".figure").dataset.over = seen.over ? "yes" : "";
  };
  const beat = setInterval(tick, 200);
  return {
    hear(data) {
      words = data;
      ticker.hear(data.clock);
      tick();
    },
    end: () => clearInterval(beat),
  };
}

export default function clock(component) {
  const { parentElement, data } = component;
  const key = parentElement.querySelector(".figure");
  if (!mounted.has(key)) mounted.set(key, mountClock(parentElement));
  mounted.get(key).hear(data);
  return () => {
    const one = mounted.get(key);
    mounted.delete(key);
    if (one) one.end();
  };
}
