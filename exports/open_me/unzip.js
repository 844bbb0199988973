// The files of an archive, without a library: stored or deflated (RFC 1951). ES5.
// biome-ignore lint/correctness/noUnusedVariables: page.js uses it
var Unzip = (function () {
  "use strict";

  var ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  var MOST_BYTES = 300000000;

  function read(data, at, size) {
    var value = 0;
    for (var i = size - 1; i >= 0; i--) value = value * 256 + data[at + i];
    return value;
  }

  /** Every file of an archive: its name in it and its bytes. */
  function files(data) {
    var end = data.length - 22;
    while (end >= 0 && read(data, end, 4) !== 0x06054b50) end--;
    if (end < 0) throw new Error("zip");
    var found = [],
      at = read(data, end + 16, 4),
      total = 0;
    for (var i = read(data, end + 10, 2); i > 0; i--) {
      if (read(data, at, 4) !== 0x02014b50) throw new Error("zip");
      var named = read(data, at + 28, 2),
        size = read(data, at + 24, 4),
        name = text(data.subarray(at + 46, at + 46 + named));
      total += size;
      if (total > MOST_BYTES) throw new Error("zip: " + total);
      if (name.charAt(name.length - 1) !== "/")
        found.push({ path: name, data: unpacked(data, at, size) });
      at += 46 + named + read(data, at + 30, 2) + read(data, at + 32, 2);
    }
    return found;
  }

  function text(bytes) {
    var plain = "";
    for (var i = 0; i < bytes.length; i++) plain += String.fromCharCode(bytes[i]);
    try {
      return decodeURIComponent(escape(plain));
    } catch (_) {
      return plain;
    }
  }

  function unpacked(data, entry, size) {
    var at = read(data, entry + 42, 4),
      from = at + 30 + read(data, at + 26, 2) + read(data, at + 28, 2),
      packed = data.subarray(from, from + read(data, entry + 20, 4)),
      method = read(data, entry + 10, 2);
    if (method === 0) return packed;
    if (method !== 8) throw new Error("zip: " + method);
    return inflated(packed, size);
  }

  /** Codes of some lengths as counts and symbols, in the order of the codes. */
  function tree(lengths) {
    var counts = [],
      starts = [0],
      symbols = [];
    for (var i = 0; i < 16; i++) counts.push(0);
    lengths.forEach(function (length) {
      counts[length]++;
    });
    counts[0] = 0;
    for (i = 1; i < 16; i++) starts[i] = starts[i - 1] + counts[i - 1];
    lengths.forEach(function (length, symbol) {
      if (length) symbols[starts[length]++] = symbol;
    });
    return { counts: counts, symbols: symbols };
  }

  function inflated(data, size) {
    var out = new Uint8Array(size),
      filled = 0,
      at = 0,
      held = 0,
      many = 0,
      isLast = 0;

    function bits(count) {
      while (many < count) {
        if (at >= data.length) throw new Error("zip");
        held |= data[at++] << many;
        many += 8;
      }
      var value = held & ((1 << count) - 1);
      held >>>= count;
      many -= count;
      return value;
    }

    function symbol(codes) {
      var code = 0,
        first = 0,
        index = 0;
      for (var length = 1; length < 16; length++) {
        code |= bits(1);
        var count = codes.counts[length];
        if (code - count < first) return codes.symbols[index + (code - first)];
        index += count;
        first = (first + count) << 1;
        code <<= 1;
      }
      throw new Error("zip");
    }

    function put(byte) {
      if (filled >= size) throw new Error("zip");
      out[filled++] = byte;
    }

    function stored() {
      held = many = 0;
      var length = read(data, at, 2);
      at += 4;
      while (length--) put(data[at++]);
    }

    function fixed() {
      var lengths = [];
      for (var i = 0; i < 288; i++) lengths.push(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
      var far = [];
      while (far.length < 30) far.push(5);
      block(tree(lengths), tree(far));
    }

    function dynamic() {
      var literals = bits(5) + 257,
        distances = bits(5) + 1,
        given = bits(4) + 4,
        lengths = [];
      for (var i = 0; i < 19; i++) lengths.push(0);
      for (i = 0; i < given; i++) lengths[ORDER[i]] = bits(3);
      var codes = tree(lengths),
        all = [];
      while (all.length < literals + distances) {
        var one = symbol(codes);
        if (one < 16) all.push(one);
        else {
          var value = one === 16 ? all[all.length - 1] : 0,
            again = one === 18 ? 11 + bits(7) : 3 + bits(one === 16 ? 2 : 3);
          while (again--) all.push(value);
        }
      }
      block(tree(all.slice(0, literals)), tree(all.slice(literals)));
    }

    function block(literals, distances) {
      for (;;) {
        var one = symbol(literals);
        if (one === 256) return;
        if (one < 256) put(one);
        else repeat(lengthOf(one - 257), distanceOf(symbol(distances)));
      }
    }

    function lengthOf(code) {
      if (code === 28) return 258;
      if (code < 8) return code + 3;
      var extra = (code >> 2) - 1;
      return 3 + ((4 + (code & 3)) << extra) + bits(extra);
    }

    function distanceOf(code) {
      if (code < 4) return code + 1;
      var extra = (code >> 1) - 1;
      return 1 + ((2 + (code & 1)) << extra) + bits(extra);
    }

    function repeat(length, distance) {
      if (distance > filled) throw new Error("zip");
      while (length--) put(out[filled - distance]);
    }

    while (!isLast) {
      isLast = bits(1);
      [stored, fixed, dynamic][bits(2)]();
    }
    if (filled !== size) throw new Error("zip");
    return out;
  }

  return { files: files };
})();
