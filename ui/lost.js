// Streamlit says in English that the connection is lost. Its dialog keeps its place and gets our
// words: they are attributes that the style sheet shows, so that nothing of the dialog is replaced.
// So do the link that skips the menu, and the cross of a dialog for those who hear the page.
import { hearSecond, seekSecond } from "./second.js";

const WORDS = {};
const SEEK_EVERY = 2000;
// On the laptop that was superseded its own page stays and says so; all others go on.
const HERE = ["localhost", "127.0.0.1", "[::1]"];
let isOver = false;

function say() {
  const skip = document.querySelector("[data-testid='stSkipToContent']")?.firstChild;
  if (skip && skip.data !== WORDS.skip) skip.data = WORDS.skip;
  for (const cross of document.querySelectorAll("[role='dialog'] button[aria-label='Close']"))
    cross.setAttribute("aria-label", WORDS.close);
  for (const head of document.querySelectorAll("section[role='dialog'] > h2[slot='title']")) {
    if (head.textContent !== "Connection error") continue;
    const section = head.parentElement;
    const body = section.querySelector(":scope > div");
    section.setAttribute("data-arena-lost", "");
    head.setAttribute("data-says", WORDS.title);
    if (body) body.setAttribute("data-says", WORDS.text);
  }
}

export default function lost({ data }) {
  Object.assign(WORDS, data.words);
  hearSecond(data.second, data.pass);
  isOver = data.over;
  say();
  if (window.arenaLost) return;
  setInterval(() => {
    const isLost = document.querySelector("[data-arena-lost]");
    if (isLost || (isOver && !HERE.includes(location.hostname)))
      seekSecond(location.pathname + location.search);
  }, SEEK_EVERY);
  window.arenaLost = new MutationObserver(say);
  // The dialog gets its slots after it is drawn; on a quiet page nothing else would tell.
  const slots = { attributes: true, attributeFilter: ["slot", "role"] };
  window.arenaLost.observe(document.body, { childList: true, subtree: true, ...slots });
}
