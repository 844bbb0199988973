// Exact arithmetic, SHA-256 and the rules of docs/en/record.md, in ES5 with BigInt as a function.
// biome-ignore lint/correctness/noUnusedVariables: page.js, the other half of the script, uses it
var Record = (function () {
  "use strict";

  var ZERO, ONE;

  function start() {
    ZERO = fraction(0, 1);
    ONE = fraction(1, 1);
  }

  // ---- fractions: n over d, d > 0, in lowest terms

  function gcd(a, b) {
    var zero = BigInt(0);
    if (a < zero) a = -a;
    while (b !== zero) {
      var rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  function fraction(n, d) {
    n = BigInt(n);
    d = BigInt(d);
    if (d < BigInt(0)) {
      n = -n;
      d = -d;
    }
    var by = gcd(n, d);
    return by > BigInt(1) ? { n: n / by, d: d / by } : { n: n, d: d };
  }

  function add(a, b) {
    return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
  }
  function less(a, b) {
    return fraction(a.n * b.d - b.n * a.d, a.d * b.d);
  }
  function times(a, b) {
    return fraction(a.n * b.n, a.d * b.d);
  }
  function over(a, b) {
    return fraction(a.n * b.d, a.d * b.n);
  }
  function order(a, b) {
    var left = a.n * b.d,
      right = b.n * a.d;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  function sum(values) {
    return values.reduce(add, ZERO);
  }
  function mean(values) {
    return over(sum(values), fraction(values.length, 1));
  }

  function power(decimals) {
    return BigInt("1" + "0".repeat(decimals));
  }

  function floored(n, d) {
    var whole = n / d;
    return n % d !== BigInt(0) && n < BigInt(0) ? whole - BigInt(1) : whole;
  }

  /** A decimal or a fraction as text, "0.5" or "3/10". */
  function read(text) {
    var parts = String(text).split("/");
    if (parts.length === 2) return fraction(parts[0], parts[1]);
    var point = parts[0].split(".");
    var decimals = (point[1] || "").length;
    return fraction(BigInt(point[0] + (point[1] || "")), power(decimals));
  }

  /** Whole last decimals of a number: half up, or half to even. */
  function units(value, decimals, rounding) {
    var n = value.n * power(decimals),
      d = value.d,
      two = BigInt(2);
    var up = floored(two * n + d, two * d);
    if (
      rounding === "half_even" &&
      (two * n + d) % (two * d) === BigInt(0) &&
      up % two !== BigInt(0)
    )
      return up - BigInt(1);
    return up;
  }

  function printed(whole, decimals) {
    var sign = whole < BigInt(0) ? "-" : "";
    var digits = String(whole < BigInt(0) ? -whole : whole);
    while (digits.length <= decimals) digits = "0" + digits;
    if (!decimals) return sign + digits;
    return sign + digits.slice(0, -decimals) + "." + digits.slice(-decimals);
  }

  function root(value) {
    var two = BigInt(2);
    if (value < two) return value;
    var x = value,
      next = (x + BigInt(1)) / two;
    while (next < x) {
      x = next;
      next = (x + value / x) / two;
    }
    return x;
  }

  // ---- SHA-256

  var K = [];
  var START = [];
  (function () {
    var found = 0,
      n = 2;
    function frac(x) {
      return ((x - Math.floor(x)) * 4294967296) | 0;
    }
    while (found < 64) {
      var prime = true;
      for (var f = 2; f * f <= n; f++) if (n % f === 0) prime = false;
      if (prime) {
        if (found < 8) START.push(frac(Math.pow(n, 1 / 2)));
        K.push(frac(Math.pow(n, 1 / 3)));
        found++;
      }
      n++;
    }
  })();

  function bytes(text) {
    var plain = unescape(encodeURIComponent(text)),
      out = [];
    for (var i = 0; i < plain.length; i++) out.push(plain.charCodeAt(i));
    return out;
  }

  function sha256(message) {
    var length = message.length,
      padded = message.concat([128]);
    while (padded.length % 64 !== 56) padded.push(0);
    var high = Math.floor(length / 536870912),
      low = (length << 3) >>> 0;
    for (var s = 24; s >= 0; s -= 8) padded.push((high >>> s) & 255);
    for (s = 24; s >= 0; s -= 8) padded.push((low >>> s) & 255);
    var h = START.slice(),
      w = new Array(64);
    function turn(x, by) {
      return (x >>> by) | (x << (32 - by));
    }
    for (var at = 0; at < padded.length; at += 64) {
      for (var i = 0; i < 64; i++) {
        if (i < 16) {
          var o = at + 4 * i;
          w[i] = (padded[o] << 24) | (padded[o + 1] << 16) | (padded[o + 2] << 8) | padded[o + 3];
        } else {
          var a2 = w[i - 15],
            b2 = w[i - 2];
          var s0 = turn(a2, 7) ^ turn(a2, 18) ^ (a2 >>> 3);
          var s1 = turn(b2, 17) ^ turn(b2, 19) ^ (b2 >>> 10);
          w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
      }
      var v = h.slice();
      for (i = 0; i < 64; i++) {
        var e = v[4],
          a = v[0];
        var one =
          (v[7] +
            (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +
            ((e & v[5]) ^ (~e & v[6])) +
            K[i] +
            w[i]) |
          0;
        var two =
          ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]))) |
          0;
        v = [(one + two) | 0, a, v[1], v[2], (v[3] + one) | 0, e, v[5], v[6]];
      }
      for (i = 0; i < 8; i++) h[i] = (h[i] + v[i]) | 0;
    }
    var out = [];
    for (i = 0; i < 8; i++) for (s = 24; s >= 0; s -= 8) out.push((h[i] >>> s) & 255);
    return out;
  }

  function hex(hash) {
    return hash
      .map(function (byte) {
        return (byte < 16 ? "0" : "") + byte.toString(16);
      })
      .join("");
  }

  function hashed(text) {
    return hex(sha256(bytes(text)));
  }

  /** JSON with sorted keys and no spaces; the texts are in NFC already. */
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value && typeof value === "object")
      return (
        "{" +
        sorted(Object.keys(value))
          .map(function (key) {
            return JSON.stringify(key) + ":" + canonical(value[key]);
          })
          .join(",") +
        "}"
      );
    return JSON.stringify(value);
  }

  function sorted(texts) {
    return texts.slice().sort(function (a, b) {
      return a < b ? -1 : a > b ? 1 : 0;
    });
  }

  function merkle(leaves) {
    if (!leaves.length) return sha256([]);
    if (leaves.length === 1) return leaves[0];
    var half = 1;
    while (half * 2 < leaves.length) half *= 2;
    return sha256([1].concat(merkle(leaves.slice(0, half)), merkle(leaves.slice(half))));
  }

  // ---- one round

  /** The totals of complete sheets: entrant -> judge -> rounded total. */
  function totals(content, marks) {
    var rules = content.rules.scoring,
      scale = read(rules.scale_max),
      sheets = {},
      all = {};
    marks.forEach(function (mark) {
      var key = mark[0] + " " + mark[1];
      if (!sheets[key]) sheets[key] = { entrant: mark[0], judge: mark[1], marks: {} };
      sheets[key].marks[mark[2]] = mark[3];
    });
    content.entrants.forEach(function (line) {
      all[line.entrant_id] = {};
    });
    sorted(Object.keys(sheets)).forEach(function (key) {
      var sheet = sheets[key];
      if (Object.keys(sheet.marks).length < content.rubric.length) return;
      var total = sum(
        content.rubric.map(function (row) {
          var share = fraction(sheet.marks[row.id], row.maximum);
          return times(times(read(row.weight), scale), share);
        }),
      );
      all[sheet.entrant][sheet.judge] = fraction(
        units(total, rules.sheet_decimals, rules.rounding),
        power(rules.sheet_decimals),
      );
    });
    return all;
  }

  function values(own) {
    return sorted(Object.keys(own)).map(function (judge) {
      return own[judge];
    });
  }

  function average(method, rules, marks) {
    if (!marks.length) return null;
    var ordered = marks.slice().sort(order);
    if (method === "median") return ordered[Math.floor((ordered.length - 1) / 2)];
    var low = rules.trim_low,
      high = rules.trim_high;
    if (method === "trimmed" && ordered.length >= low + high + 3)
      ordered = ordered.slice(low, ordered.length - high);
    if (method === "clip") {
      var middle = mean(ordered),
        away = read(rules.clip);
      ordered = ordered.map(function (mark) {
        var bottom = less(middle, away),
          top = add(middle, away);
        var held = order(mark, bottom) < 0 ? bottom : order(mark, top) > 0 ? top : mark;
        return fraction(
          units(held, rules.clip_decimals, rules.rounding),
          power(rules.clip_decimals),
        );
      });
    }
    return mean(ordered);
  }

  /** Without the judges who have a single sheet. */
  function fitted(all) {
    var count = {},
      kept = {};
    Object.keys(all).forEach(function (entrant) {
      Object.keys(all[entrant]).forEach(function (judge) {
        count[judge] = (count[judge] || 0) + 1;
      });
    });
    Object.keys(all).forEach(function (entrant) {
      kept[entrant] = {};
      Object.keys(all[entrant]).forEach(function (judge) {
        if (count[judge] > 1) kept[entrant][judge] = all[entrant][judge];
      });
    });
    return kept;
  }

  function present(all) {
    return sorted(Object.keys(all)).filter(function (entrant) {
      return Object.keys(all[entrant]).length;
    });
  }

  function connected(all) {
    var left = present(all).map(function (entrant) {
      return Object.keys(all[entrant]);
    });
    var known = {};
    if (left.length)
      left[0].forEach(function (judge) {
        known[judge] = true;
      });
    function touches(judges) {
      return judges.some(function (judge) {
        return known[judge];
      });
    }
    while (left.length) {
      var near = left.filter(touches);
      if (!near.length) return false;
      left = left.filter(function (judges) {
        return !touches(judges);
      });
      near.forEach(function (judges) {
        judges.forEach(function (judge) {
          known[judge] = true;
        });
      });
    }
    return true;
  }

  function judgesOf(all) {
    var names = {};
    Object.keys(all).forEach(function (entrant) {
      Object.keys(all[entrant]).forEach(function (judge) {
        names[judge] = true;
      });
    });
    return sorted(Object.keys(names));
  }

  /** Solve (L + 11'/J) X = right by elimination, every entry a fraction. */
  function solve(all, judges, right) {
    var size = judges.length,
      share = fraction(1, size),
      place = {};
    judges.forEach(function (judge, at) {
      place[judge] = at;
    });
    var rows = judges.map(function (_, at) {
      var row = [];
      for (var i = 0; i < size; i++) row.push(share);
      return row.concat(right[at]);
    });
    present(all).forEach(function (entrant) {
      var own = Object.keys(all[entrant]),
        part = fraction(1, own.length);
      own.forEach(function (a) {
        rows[place[a]][place[a]] = add(rows[place[a]][place[a]], ONE);
        own.forEach(function (b) {
          rows[place[a]][place[b]] = less(rows[place[a]][place[b]], part);
        });
      });
    });
    for (var column = 0; column < size; column++) {
      var pivot = column;
      while (rows[pivot][column].n === BigInt(0)) pivot++;
      var head = rows[pivot];
      rows[pivot] = rows[column];
      var by = head[column];
      head = head.map(function (value) {
        return over(value, by);
      });
      rows[column] = head;
      for (var at = 0; at < size; at++) {
        var factor = rows[at][column];
        if (at === column || factor.n === BigInt(0)) continue;
        for (var i = column; i < head.length; i++)
          if (head[i].n !== BigInt(0)) rows[at][i] = less(rows[at][i], times(factor, head[i]));
      }
    }
    return rows.map(function (row) {
      return row.slice(size);
    });
  }

  function severities(all) {
    var judges = judgesOf(all),
      pull = {},
      found = {};
    judges.forEach(function (judge) {
      pull[judge] = ZERO;
    });
    present(all).forEach(function (entrant) {
      var middle = mean(values(all[entrant]));
      Object.keys(all[entrant]).forEach(function (judge) {
        pull[judge] = add(pull[judge], less(all[entrant][judge], middle));
      });
    });
    var right = judges.map(function (judge) {
      return [pull[judge]];
    });
    solve(all, judges, right).forEach(function (row, at) {
      found[judges[at]] = row[0];
    });
    return found;
  }

  function adjusted(all) {
    var kept = fitted(all),
      scores = {};
    if (!present(kept).length || !connected(kept)) return scores;
    var severity = severities(kept);
    present(kept).forEach(function (entrant) {
      scores[entrant] = mean(
        Object.keys(kept[entrant]).map(function (judge) {
          return less(kept[entrant][judge], severity[judge]);
        }),
      );
    });
    return scores;
  }

  /** The mean square of a difference, SED squared. */
  function square(all, freedom) {
    var judges = judgesOf(all),
      size = judges.length,
      severity = severities(all),
      place = {},
      shares = [],
      weight = [],
      squares = ZERO,
      single = ZERO;
    judges.forEach(function (judge, at) {
      place[judge] = at;
      weight.push(ZERO);
      shares.push(
        judges.map(function () {
          return ZERO;
        }),
      );
    });
    var names = present(all);
    names.forEach(function (entrant) {
      var own = Object.keys(all[entrant]),
        part = fraction(1, own.length);
      var free = own.map(function (judge) {
        return less(all[entrant][judge], severity[judge]);
      });
      var score = mean(free);
      free.forEach(function (value) {
        var error = less(value, score);
        squares = add(squares, times(error, error));
      });
      single = add(single, part);
      own.forEach(function (a) {
        weight[place[a]] = add(weight[place[a]], part);
        own.forEach(function (b) {
          shares[place[a]][place[b]] = add(shares[place[a]][place[b]], times(part, part));
        });
      });
    });
    var unit = judges.map(function (_, a) {
      return judges.map(function (__, b) {
        return a === b ? ONE : ZERO;
      });
    });
    var inverse = solve(all, judges, unit),
      trace = single,
      whole = single,
      away = fraction(1, size);
    for (var a = 0; a < size; a++)
      for (var b = 0; b < size; b++) {
        var entry = less(inverse[a][b], away);
        trace = add(trace, times(entry, shares[b][a]));
        whole = add(whole, times(times(weight[a], entry), weight[b]));
      }
    var count = names.length;
    var top = less(times(fraction(count, 1), trace), whole);
    var noise = over(squares, fraction(freedom, 1));
    return over(times(times(fraction(2, 1), noise), top), fraction(count * (count - 1), 1));
  }

  function halfWidth(content, all) {
    var rules = content.rules.scoring,
      kept = fitted(all),
      names = present(kept),
      sheets = 0;
    if (rules.at_cut === "exact" || rules.at_cut === "extend") return BigInt(0);
    if (["zscore", "minmax", "rank"].indexOf(rules.official) >= 0 || !names.length)
      return BigInt(0);
    names.forEach(function (entrant) {
      sheets += Object.keys(kept[entrant]).length;
    });
    var freedom = sheets - names.length - judgesOf(kept).length + 1;
    if (!connected(kept) || freedom < 10) return BigInt(0);
    var band = read(rules.band),
      hundred = fraction(power(2 * rules.decimals), 1);
    var scaled = times(times(times(band, band), square(kept, freedom)), hundred);
    var half = (root(floored(BigInt(4) * scaled.n, scaled.d)) + BigInt(1)) / BigInt(2);
    if (rules.band_max !== null) {
      var most = units(read(rules.band_max), rules.decimals, rules.rounding);
      if (most < half) half = most;
    }
    return half;
  }

  var PRINTED = ["mean", "trimmed", "median", "clip"];
  var EXACT = PRINTED.concat(["least_squares"]);

  /** Score -> its method, only of those that are computed here. */
  function methods(content) {
    var rules = content.rules.scoring,
      found = { adjusted: "least_squares" };
    var announced = PRINTED.indexOf(rules.official) >= 0 ? rules.official : "trimmed";
    if (announced !== "trimmed" || rules.trim_level === "total") found.announced = announced;
    if (rules.official === "least_squares" || rules.official === found.announced)
      found.official = rules.official;
    return found;
  }

  /** Every line anew from the marks: figures, ranks, label. */
  function compute(content, marks) {
    var rules = content.rules.scoring,
      all = totals(content, marks),
      named = methods(content),
      lines = {},
      half = halfWidth(content, all);
    content.entrants.forEach(function (line) {
      lines[line.entrant_id] = { counted: Object.keys(all[line.entrant_id]).length };
    });
    var fit = adjusted(all);
    Object.keys(named).forEach(function (score) {
      content.entrants.forEach(function (line) {
        var id = line.entrant_id;
        var gross =
          named[score] === "least_squares"
            ? fit[id]
            : average(named[score], rules, values(all[id]));
        if (!gross || line.official === null) return;
        lines[id][score] = units(less(gross, read(line.deduction)), rules.decimals, rules.rounding);
        lines[id][score + "_exact"] = gross;
      });
    });
    Object.keys(named).forEach(function (score) {
      var figures = Object.keys(lines).filter(function (id) {
        return lines[id][score] !== undefined;
      });
      figures.forEach(function (id) {
        lines[id][score + "_rank"] =
          1 +
          figures.filter(function (other) {
            return lines[other][score] > lines[id][score];
          }).length;
      });
    });
    label(content, lines, half);
    return { lines: lines, half: half, totals: all, methods: named };
  }

  function label(content, lines, half) {
    var rules = content.rules.scoring,
      groups = rules.groups || {};
    if (groups.caps || groups.floors) return;
    var ids = Object.keys(lines).filter(function (id) {
      return lines[id].official !== undefined;
    });
    var sortedUnits = ids
      .map(function (id) {
        return lines[id].official;
      })
      .sort(function (a, b) {
        return a < b ? 1 : a > b ? -1 : 0;
      });
    ids.forEach(function (id) {
      var state = "in";
      if (ids.length > rules.top) {
        var two = BigInt(2);
        var gap = two * lines[id].official - sortedUnits[rules.top - 1] - sortedUnits[rules.top];
        state = gap > two * half ? "in" : gap < -two * half ? "out" : "open";
      }
      lines[id].label = state;
    });
  }

  // ---- the checks of the page: each gives the faults it finds

  var CHECKS = {
    text: function (data) {
      return hashed(data.content) === data.sha256 ? [] : [data.sha256];
    },
    chain: function (data) {
      var before = "0".repeat(64),
        stands = JSON.parse(data.content).event,
        faults = [];
      data.entries.forEach(function (entry, at) {
        before = entry.length === 64 ? hashed(before + entry) : entry.slice(1);
        if (at + 1 === stands.n && before !== stands.hash) faults.push(String(stands.n));
      });
      if (data.entries.length < stands.n) faults.push(String(stands.n));
      if (data.head.split(".").pop() !== before) faults.push(data.head);
      return faults;
    },
    rules: function (data) {
      var content = JSON.parse(data.content);
      var text = canonical({ rubric: content.rubric, rules: content.rules });
      return hashed(text) === content.rules_hash ? [] : [content.rules_hash];
    },
    root: function (data) {
      var content = JSON.parse(data.content),
        sheets = {},
        keys = [];
      content.marks.forEach(function (mark, at) {
        var key = mark[0] + " " + mark[1];
        if (!sheets[key]) {
          sheets[key] = { entrant: mark[0], judge: mark[1], marks: [] };
          keys.push(key);
        }
        sheets[key].marks.push([mark[2], mark[3], data.ids[at]]);
      });
      var leaves = keys.map(function (key) {
        return sha256([0].concat(bytes(canonical(sheets[key]))));
      });
      return hex(merkle(leaves)) === content.sheets_root ? [] : [content.sheets_root];
    },
    scores: function (data) {
      return differences(data, ["announced", "adjusted", "official"], function (line, found, name) {
        var decimals = data.parsed.rules.scoring.decimals;
        return found[name] !== undefined && line[name] !== printed(found[name], decimals);
      });
    },
    ranks: function (data) {
      return differences(data, ["announced", "adjusted", "official"], function (line, found, name) {
        var rank = name === "official" ? line.rank : line[name + "_rank"];
        return found[name] !== undefined && rank !== found[name + "_rank"];
      });
    },
    line: function (data) {
      var top = data.parsed.rules.scoring.top,
        selected = 0;
      data.parsed.entrants.forEach(function (line) {
        if (line.selected) selected++;
      });
      var faults = differences(data, [""], function (line, found) {
        if (found.label === undefined) return false;
        if (line.label !== found.label) return true;
        return found.label !== "open" && line.selected !== (found.label === "in");
      });
      if (selected > top && data.parsed.rules.scoring.at_cut !== "extend")
        faults.push(String(selected));
      return faults;
    },
  };

  function differences(data, names, differs) {
    var faults = [];
    data.parsed.entrants.forEach(function (line) {
      names.forEach(function (name) {
        if (differs(line, data.computed.lines[line.entrant_id], name)) faults.push(line.code);
      });
    });
    return faults;
  }

  return {
    start: start,
    CHECKS: CHECKS,
    EXACT: EXACT,
    compute: compute,
    printed: printed,
    hashed: hashed,
    units: units,
    less: less,
    add: add,
    sum: sum,
    read: read,
    order: order,
  };
})();
