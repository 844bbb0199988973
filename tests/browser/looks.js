// What a reader of a page would see at once: a page wider than the screen, words cut off,
// controls too small for a finger. Argument: the least height of a control, in pixels.
(least) => {
  const main = document.querySelector("[data-testid=stMain]") || document.documentElement;
  const shown = (one) => {
    const box = one.getBoundingClientRect(),
      style = getComputedStyle(one);
    return (
      box.width > 1 && box.height > 1 && style.visibility !== "hidden" && !one.closest(".a-hidden")
    );
  };
  const name = (one) =>
    (one.innerText || one.value || one.ariaLabel || one.className).trim().slice(0, 40);
  const around = new Map();
  const clipping = (one) => {
    if (!one || one === main) return [];
    if (!around.has(one)) {
      const outer = clipping(one.parentElement);
      const clips = ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
      around.set(one, clips ? [one.getBoundingClientRect(), ...outer] : outer);
    }
    return around.get(one);
  };
  const cut = [];
  for (const one of main.querySelectorAll("*")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !shown(one)) continue;
    const text = document.createRange();
    text.selectNodeContents(one);
    const { left, right } = text.getBoundingClientRect();
    const isOut = (box) => right > box.right + 1.5 || left < box.left - 1.5;
    if (clipping(one).some(isOut)) cut.push(name(one));
  }
  for (const one of main.querySelectorAll("input[role=combobox]"))
    if (shown(one) && one.scrollWidth > one.clientWidth + 1) cut.push(one.value);
  const controls =
    "button, summary, [role=radio], [data-testid=stPageLink] a, [data-testid=stSelectbox] > div:last-child";
  const small = [...main.querySelectorAll(controls)]
    .filter(
      (one) =>
        shown(one) &&
        !one.closest("[data-testid=stHeader]") &&
        !one.parentElement.closest("[data-testid=stSelectbox], [data-testid=stMultiSelect]"),
    )
    .map((one) => [name(one), Math.round(one.getBoundingClientRect().height)])
    .filter(([, height]) => height < least);
  return {
    wider: Math.max(
      main.scrollWidth - main.clientWidth,
      document.documentElement.scrollWidth - innerWidth,
    ),
    cut,
    small,
    refused: main.querySelectorAll(".a-refused").length,
  };
};
