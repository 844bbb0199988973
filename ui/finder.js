// Find as one types: rows of the page's tables that lack a word of it are left out of sight.
// Rows that are drawn again later are looked at when they come.

function words(input) {
  return input.value.toLowerCase().split(/\s+/).filter(Boolean);
}

function sift(input, count, data) {
  const wanted = words(input);
  let shown = 0;
  for (const row of document.querySelectorAll(".a-table tbody tr")) {
    const text = row.textContent.toLowerCase();
    const fits = wanted.every((word) => text.includes(word));
    if (row.hidden === fits) row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  const said = wanted.length ? data.found.replace("{count}", String(shown)) : "";
  if (count.textContent !== said) count.textContent = said;
}

export default function finder({ parentElement, data }) {
  const input = parentElement.querySelector("input");
  const count = parentElement.querySelector("output");
  input.placeholder = data.hint;
  input.setAttribute("aria-label", data.label);
  const again = () => sift(input, count, data);
  input.addEventListener("input", again);
  const watch = new MutationObserver(again);
  watch.observe(document.querySelector("[data-testid='stMain']"), {
    childList: true,
    subtree: true,
  });
  return () => {
    watch.disconnect();
    input.removeEventListener("input", again);
    input.value = "";
    again();
  };
}
