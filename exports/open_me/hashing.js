// SHA-256 and the one spelling of JSON; crypto.subtle is missing in a page from a file.
// biome-ignore lint/correctness/noUnusedVariables: the other files of the script use it
var Hashing = (function () {
  "use strict";

  var K = new Int32Array(64);
  var START = new Int32Array(8);
  var W = new Int32Array(64);
  (function () {
    var found = 0;
    function frac(x) {
      return ((x - Math.floor(x)) * 4294967296) | 0;
    }
    for (var n = 2; found < 64; n++) {
      var isPrime = true;
      for (var f = 2; f * f <= n; f++) if (n % f === 0) isPrime = false;
      if (!isPrime) continue;
      if (found < 8) START[found] = frac(Math.pow(n, 1 / 2));
      K[found++] = frac(Math.pow(n, 1 / 3));
    }
  })();

  /** A text in UTF-8. */
  function bytes(text) {
    var plain = unescape(encodeURIComponent(text));
    var out = new Uint8Array(plain.length);
    for (var i = 0; i < plain.length; i++) out[i] = plain.charCodeAt(i);
    return out;
  }

  function block(h, data, at) {
    var i, s0, s1, t1, t2;
    for (i = 0; i < 16; i++) {
      var o = at + 4 * i;
      W[i] = (data[o] << 24) | (data[o + 1] << 16) | (data[o + 2] << 8) | data[o + 3];
    }
    for (; i < 64; i++) {
      var x = W[i - 15],
        y = W[i - 2];
      s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    var a = h[0],
      b = h[1],
      c = h[2],
      d = h[3],
      e = h[4],
      f = h[5],
      g = h[6],
      k = h[7];
    for (i = 0; i < 64; i++) {
      s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      t1 = (k + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      k = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
    h[5] += f;
    h[6] += g;
    h[7] += k;
  }

  /** SHA-256 of bytes, as bytes. */
  function sha256(data) {
    var length = data.length,
      full = length - (length % 64),
      h = new Int32Array(START);
    for (var at = 0; at < full; at += 64) block(h, data, at);
    var rest = length - full,
      tail = new Uint8Array(rest < 56 ? 64 : 128);
    for (var i = 0; i < rest; i++) tail[i] = data[full + i];
    tail[rest] = 128;
    var bits = [Math.floor(length / 536870912), (length << 3) >>> 0];
    for (i = 0; i < 8; i++) tail[tail.length - 8 + i] = bits[i >> 2] >>> (24 - 8 * (i % 4));
    for (at = 0; at < tail.length; at += 64) block(h, tail, at);
    var out = new Uint8Array(32);
    for (i = 0; i < 32; i++) out[i] = h[i >> 2] >>> (24 - 8 * (i % 4));
    return out;
  }

  function hex(hash) {
    var text = "";
    for (var i = 0; i < hash.length; i++) text += (hash[i] < 16 ? "0" : "") + hash[i].toString(16);
    return text;
  }

  /** SHA-256 of a text, in hexadecimal. */
  function hashed(text) {
    return hex(sha256(bytes(text)));
  }

  /** JSON with sorted keys and no spaces, text in NFC. */
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value && typeof value === "object") {
      var keys = sorted(Object.keys(value)).map(function (key) {
        return JSON.stringify(key) + ":" + canonical(value[key]);
      });
      return "{" + keys.join(",") + "}";
    }
    return JSON.stringify(typeof value === "string" ? value.normalize("NFC") : value);
  }

  function sorted(texts) {
    return texts.slice().sort(function (a, b) {
      return a < b ? -1 : a > b ? 1 : 0;
    });
  }

  function joined(first, parts) {
    var size = 1;
    parts.forEach(function (part) {
      size += part.length;
    });
    var out = new Uint8Array(size),
      at = 1;
    out[0] = first;
    parts.forEach(function (part) {
      out.set(part, at);
      at += part.length;
    });
    return out;
  }

  /** The root of RFC 6962 over the hashes of leaves. */
  function merkle(leaves) {
    if (!leaves.length) return sha256(new Uint8Array(0));
    if (leaves.length === 1) return leaves[0];
    var half = 1;
    while (half * 2 < leaves.length) half *= 2;
    return sha256(joined(1, [merkle(leaves.slice(0, half)), merkle(leaves.slice(half))]));
  }

  /** The root over sheets: a leaf is the byte 0 and the sheet's canonical JSON. */
  function rootOf(sheets) {
    var leaves = sheets.map(function (sheet) {
      return sha256(joined(0, [bytes(canonical(sheet))]));
    });
    return hex(merkle(leaves));
  }

  return {
    sha256: sha256,
    hex: hex,
    hashed: hashed,
    canonical: canonical,
    sorted: sorted,
    rootOf: rootOf,
  };
})();
