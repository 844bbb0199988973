// Streamlit says in English that the connection is lost. Its dialog keeps its place and gets our
// words: they are attributes that the style sheet shows, so that nothing of the dialog is replaced.
// So do the link that skips the menu, and the cross of a dialog for those who hear the page.
import { hearSecond, seekSecond } from "./second.js";

const WORDS = {};
const SEEK_EVERY = 2000;
// A page that was open when its laptop was superseded goes on; one opened there afterwards, or on
// that laptop itself, stays and says so.
const HERE = ["localhost", "127.0.0.1", "[::1]"];
let hasServed = false;
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
  hasServed ||= !data.over;
  isOver = data.over && hasServed && !HERE.includes(location.hostname);
  say();
  if (window.arenaLost) return;
  setInterval(() => {
    if (isOver || document.querySelector("[data-arena-lost]"))
      seekSecond(location.pathname + location.search);
  }, SEEK_EVERY);
  window.arenaLost = new MutationObserver(say);
  // The dialog gets its slots after it is drawn; on a quiet page nothing else would tell.
  const slots = { attributes: true, attributeFilter: ["slot", "role"] };
  window.arenaLost.observe(document.body, { childList: true, subtree: true, ...slots });
}
