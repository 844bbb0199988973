// The two laptops: while one serves, the other waits to take over. This page calls whichever
// answers with the highest generation, and believes none that is lower than one it was shown.

import { headOf } from "./witness.js";

const ANSWER_WITHIN = 2500;
const MOVE_PAUSE = 1500;
const LOOK_EVERY = 10000;

// Sorts generations, `3-9f1c…`: by number, then by the random bits.
export function isHigher(one, than) {
  const [first, second] = [headOf(one), headOf(than)];
  if (first.counter !== second.counter) return first.counter > second.counter;
  return first.generation > second.generation;
}

export function makeSecond(config, store) {
  let told = store.noted("second");
  let base = store.noted("base") || config.base;
  let due = 0;
  let calm = 0;

  const origin = () => window.location.origin;

  // What every answer may say: the addresses, this pad's token, the generation with its proof.
  function take(said) {
    if (!said || !said.bearer || (told && isHigher(told.proof, said.proof))) return;
    if (told && JSON.stringify(told) === JSON.stringify(said)) return;
    told = said;
    store.note("second", said);
  }

  function others() {
    const all = [origin(), ...(told ? told.addresses : [])];
    const here = base || origin();
    return Array.from(new Set(all)).filter((address) => address !== here);
  }

  // Another server at that address may claim any generation: only one with a copy of the file can
  // answer this pad's question, and no other is shown the token.
  async function generationAt(address) {
    const cut = typeof AbortController === "function" ? new AbortController() : null;
    const limit = setTimeout(() => cut && cut.abort(), ANSWER_WITHIN);
    try {
      const { proof, question, answer: right } = told;
      const [above] = String(proof).split(".");
      const asked = { event: config.event, above, question: question || "" };
      const path = `/standby/generation?${new URLSearchParams(asked)}`;
      const answer = await fetch(address + path, {
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: cut ? cut.signal : undefined,
      });
      const found = answer.status === 200 ? await answer.json() : null;
      const serves = found && found.event === config.event && found.serves === true;
      return serves && (!right || found.answer === right)
        ? { address, generation: String(found.generation) }
        : null;
    } catch (_error) {
      return null;
    } finally {
      clearTimeout(limit);
    }
  }

  // Goes over to the other laptop if it serves a generation that is high enough: not lower than
  // any shown, and above `than` where the present one still answers. Returns whether it did.
  async function move(than) {
    if (!told || performance.now() < due) return false;
    due = performance.now() + MOVE_PAUSE;
    const found = (await Promise.all(others().map(generationAt))).filter(Boolean);
    const fit = found
      .filter((one) => !isHigher(told.proof, one.generation))
      .filter((one) => !than || isHigher(one.generation, than))
      .sort((a, b) => (isHigher(a.generation, b.generation) ? -1 : 1));
    if (!fit.length) return false;
    base = fit[0].address === origin() ? "" : fit[0].address;
    store.note("base", base);
    return true;
  }

  return {
    take,
    move,
    // A laptop that took over is found also while the former one still answers.
    async look(head) {
      if (!told || performance.now() < calm) return false;
      calm = performance.now() + LOOK_EVERY;
      return move(head);
    },
    isLower: (head) => Boolean(told && head) && isHigher(told.proof, head),
    get base() {
      return base;
    },
    // Another address's answers are ours by the token alone: its cookies are not this page's.
    get credentials() {
      return base ? "omit" : "same-origin";
    },
    get headers() {
      if (!told) return {};
      const shown = { "Arena-Generation": told.proof };
      return base ? { ...shown, Authorization: `Bearer ${told.bearer}` } : shown;
    },
  };
}
