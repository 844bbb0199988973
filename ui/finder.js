// Find as one types: rows of the page's long tables that lack a word of it are left out of sight.
// Rows that are drawn again later are looked at when they come. Copying takes what is left.

const LONG = ".a-long, .a-matrix, .a-standings";

function words(input) {
  return input.value.toLowerCase().split(/\s+/).filter(Boolean);
}

function tables() {
  return [...document.querySelectorAll("[data-testid='stMain'] .a-table")].filter((one) =>
    one.matches(LONG),
  );
}

// Returns how many rows are found, as a text; none where nothing is looked for.
function sift(input, data) {
  const wanted = words(input);
  let shown = 0;
  for (const row of tables().flatMap((one) => [...one.tBodies[0].rows])) {
    const text = row.textContent.toLowerCase();
    const fits = wanted.every((word) => text.includes(word));
    if (row.hidden === fits) row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  return wanted.length ? data.found.replace("{count}", String(shown)) : "";
}

function say(count, text) {
  if (count.textContent !== text) count.textContent = text;
}

// A table as lines of text; a heading over several columns stands in the first of them.
function lines(table) {
  const rows = [...table.rows].filter((row) => !row.hidden);
  const grid = rows.map(() => []);
  rows.forEach((row, at) => {
    let column = 0;
    for (const cell of row.cells) {
      while (grid[at][column] !== undefined) column += 1;
      for (let down = 0; down < cell.rowSpan && at + down < rows.length; down += 1)
        for (let right = 0; right < cell.colSpan; right += 1)
          grid[at + down][column + right] =
            down || right ? "" : cell.innerText.replace(/\s+/g, " ").trim();
      column += cell.colSpan;
    }
  });
  return grid;
}

// Text that a spreadsheet would run is kept text by an apostrophe, as in the files.
function plain(text) {
  return /^[=+\-@]/.test(text.normalize("NFKC")) ? `'${text}` : text;
}

// A code of twelve digits stays text in a spreadsheet; a figure stays a figure.
function cell(text) {
  const safe = text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const figure = /^\d{1,9}(\.\d+)?$/.test(text);
  return figure ? `<td>${safe}</td>` : `<td style='mso-number-format:"\\@"'>${safe}</td>`;
}

// The clipboard's newer interface is closed to a page without https, as a venue's is.
function copy(grid) {
  const put = (event) => {
    event.preventDefault();
    const text = grid.map((row) => row.map(plain).join("\t")).join("\r\n");
    const rows = grid.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", `<table>${rows}</table>`);
  };
  const chosen = document.body.appendChild(document.createElement("textarea"));
  chosen.value = "-";
  chosen.select();
  document.addEventListener("copy", put, { once: true, capture: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  chosen.remove();
  return done;
}

export default function finder({ parentElement, data }) {
  const [input, button, count] = ["input", "button", "output"].map((name) =>
    parentElement.querySelector(name),
  );
  input.hidden = !data.finds;
  input.placeholder = data.hint;
  input.setAttribute("aria-label", data.label);
  button.textContent = data.copy;
  let found = "";
  const again = () => {
    found = sift(input, data);
    say(count, found);
  };
  const take = () => {
    const all = tables();
    const shown = all.flatMap((one) => [...one.tBodies[0].rows]).filter((row) => !row.hidden);
    const done = copy(all.flatMap(lines));
    button.focus();
    say(count, done ? data.copied.replace("{count}", String(shown.length)) : data.failed);
  };
  input.addEventListener("input", again);
  button.addEventListener("click", take);
  // The page drawn again hides rows again, and leaves what was said of copying.
  const watch = new MutationObserver(() => {
    if (input.value && sift(input, data) !== found) again();
  });
  watch.observe(document.querySelector("[data-testid='stMain']"), {
    childList: true,
    subtree: true,
  });
  return () => {
    watch.disconnect();
    input.removeEventListener("input", again);
    button.removeEventListener("click", take);
    input.value = "";
    again();
  };
}
