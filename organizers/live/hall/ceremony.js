// The ceremony on the hall's screen: a countdown by the server's clock, and a presenter's remote
// where the host has opened the page. The screens get the step's number; what it shows comes with it.

let ahead = 0;

export function hearTime(answer) {
  const said = Date.parse(answer.headers.get("Date"));
  if (!Number.isNaN(said)) ahead = said - Date.now();
}

export function countDown() {
  const figure = document.getElementById("countdown");
  if (!figure) return;
  const left = Math.ceil((Date.parse(figure.dataset.ends) - Date.now() - ahead) / 1000);
  const text = String(Math.max(0, left));
  if (figure.textContent !== text) figure.textContent = text;
}

const MOVES = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
let typed = "";

// The step that a key leads to: the next, the one before, or a number that was typed and entered.
export function stepOf(key, step) {
  if (/^[0-9]$/.test(key)) {
    typed = (typed + key).slice(-3);
    return null;
  }
  const number = Number(typed);
  const given = typed !== "";
  typed = "";
  if (key === "Enter" && given) return number;
  const move = MOVES[key];
  return move ? step + move : null;
}
