// SHA-256 of a text of ASCII signs, as 64 hexadecimal signs. Over plain http a page has no
// digest of the browser. After FIPS 180-4.

const ROUNDS = firstPrimes(64).map((prime) => fraction(Math.cbrt(prime)));
const BEGIN = firstPrimes(8).map((prime) => fraction(Math.sqrt(prime)));

function firstPrimes(count) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((prime) => n % prime)) found.push(n);
  }
  return found;
}

// The first 32 bits behind the point.
function fraction(number) {
  return ((number - Math.floor(number)) * 2 ** 32) | 0;
}

// The text in words of 32 bits, with a one behind it, and its length in bits at the end.
function wordsOf(text) {
  const words = new Int32Array((((text.length + 8) >> 6) + 1) << 4);
  for (let at = 0; at < text.length; at += 1) {
    words[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  }
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  words[words.length - 1] = text.length * 8;
  return words;
}

const turned = (word, by) => (word >>> by) | (word << (32 - by));

function schedule(words, at, w) {
  for (let i = 0; i < 64; i += 1) {
    if (i < 16) {
      w[i] = words[at + i];
      continue;
    }
    const [a, b] = [w[i - 15], w[i - 2]];
    const first = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
    const second = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
    w[i] = w[i - 16] + first + w[i - 7] + second;
  }
}

function compress(state, w) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + high + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] + word) | 0;
  });
}

export function sha256(text) {
  const words = wordsOf(text);
  const [state, w] = [BEGIN.slice(), new Int32Array(64)];
  for (let at = 0; at < words.length; at += 16) {
    schedule(words, at, w);
    compress(state, w);
  }
  return state.map((word) => `0000000${(word >>> 0).toString(16)}`.slice(-8)).join("");
}
