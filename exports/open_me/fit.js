// Two-way least squares and H, exactly, on the judges' Laplacian in whole numbers.
// biome-ignore lint/correctness/noUnusedVariables: contest.js uses it
var Fit = (function () {
  "use strict";

  function present(all) {
    return Hashing.sorted(Object.keys(all)).filter(function (entrant) {
      return Object.keys(all[entrant]).length;
    });
  }

  function judgesOf(all) {
    var names = {};
    Object.keys(all).forEach(function (entrant) {
      Object.keys(all[entrant]).forEach(function (judge) {
        names[judge] = (names[judge] || 0) + 1;
      });
    });
    return names;
  }

  /** The totals of the judges who have at least two sheets. */
  function fitted(all) {
    var count = judgesOf(all),
      kept = {};
    Object.keys(all).forEach(function (entrant) {
      kept[entrant] = {};
      Object.keys(all[entrant]).forEach(function (judge) {
        if (count[judge] > 1) kept[entrant][judge] = all[entrant][judge];
      });
    });
    return kept;
  }

  /** Whether every entrant can be compared with every other through shared judges. */
  function connected(all) {
    var left = present(all).map(function (entrant) {
      return Object.keys(all[entrant]);
    });
    if (!left.length) return false;
    var known = {};
    function know(judges) {
      judges.forEach(function (judge) {
        known[judge] = true;
      });
    }
    function touches(judges) {
      return judges.some(function (judge) {
        return known[judge];
      });
    }
    know(left[0]);
    while (left.length) {
      var near = left.filter(touches);
      if (!near.length) return false;
      left = left.filter(function (judges) {
        return !touches(judges);
      });
      near.forEach(know);
    }
    return true;
  }

  function values(own) {
    return Hashing.sorted(Object.keys(own)).map(function (judge) {
      return own[judge];
    });
  }

  /**
   * Severities b with (L + 11'/J) b = r, and the numerators of the inverse.
   * All is multiplied by J and by the least common multiple of the numbers of sheets.
   */
  function solved(all, withInverse) {
    var judges = Hashing.sorted(Object.keys(judgesOf(all))),
      size = judges.length,
      place = {},
      names = present(all);
    judges.forEach(function (judge, at) {
      place[judge] = at;
    });
    var multiple = Exact.common(
      names.map(function (entrant) {
        return BigInt(Object.keys(all[entrant]).length);
      }),
    );
    var scale = multiple * BigInt(size);
    var pull = judges.map(function () {
      return Exact.ZERO;
    });
    var rows = judges.map(function () {
      var row = [];
      for (var i = 0; i < size; i++) row.push(multiple);
      return row;
    });
    names.forEach(function (entrant) {
      var own = Object.keys(all[entrant]),
        middle = Exact.mean(values(all[entrant])),
        part = scale / BigInt(own.length);
      own.forEach(function (a) {
        var at = place[a];
        pull[at] = Exact.add(pull[at], Exact.less(all[entrant][a], middle));
        rows[at][at] += scale;
        own.forEach(function (b) {
          rows[at][place[b]] -= part;
        });
      });
    });
    var under = Exact.common(
      pull.map(function (one) {
        return one.d;
      }),
    );
    rows.forEach(function (row, at) {
      row.push(pull[at].n * (under / pull[at].d));
      if (withInverse) for (var i = 0; i < size; i++) row.push(i === at ? Exact.UNIT : Exact.NONE);
    });
    var found = Exact.solve(rows, size),
      severity = {};
    judges.forEach(function (judge, at) {
      severity[judge] = Exact.fraction(found.rows[at][0] * scale, found.over * under);
    });
    return { severity: severity, found: found, scale: scale, place: place, pull: pull };
  }

  /** Entrant -> adjusted score; nothing without a connected panel. */
  function adjusted(kept) {
    var scores = {};
    if (!connected(kept)) return scores;
    var severity = solved(kept, false).severity;
    present(kept).forEach(function (entrant) {
      scores[entrant] = Exact.mean(
        Hashing.sorted(Object.keys(kept[entrant])).map(function (judge) {
          return Exact.less(kept[entrant][judge], severity[judge]);
        }),
      );
    });
    return scores;
  }

  /** The square of the standard error of a difference. */
  function square(kept, freedom) {
    var fit = solved(kept, true),
      names = present(kept),
      judges = Hashing.sorted(Object.keys(fit.place)),
      within = Exact.ZERO,
      single = Exact.ZERO;
    names.forEach(function (entrant) {
      var own = values(kept[entrant]),
        middle = Exact.mean(own);
      own.forEach(function (total) {
        var away = Exact.less(total, middle);
        within = Exact.add(within, Exact.times(away, away));
      });
      single = Exact.add(single, Exact.fraction(1, own.length));
    });
    judges.forEach(function (judge, at) {
      within = Exact.less(within, Exact.times(fit.pull[at], fit.severity[judge]));
    });
    var sums = weighed(kept, names, fit),
      count = names.length;
    var trace = Exact.add(single, sums.trace),
      all = Exact.add(single, sums.all);
    var top = Exact.less(Exact.times(Exact.fraction(count, 1), trace), all);
    var noise = Exact.over(within, Exact.fraction(freedom, 1));
    return Exact.over(
      Exact.times(Exact.times(Exact.fraction(2, 1), noise), top),
      Exact.fraction(count * (count - 1), 1),
    );
  }

  /** tr(P L+ P') and 1'P L+ P'1, with L+ the inverse less 1/J in every place. */
  function weighed(kept, names, fit) {
    var size = Object.keys(fit.place).length,
      one = fit.scale / BigInt(size);
    var weight = [],
      pairs = [];
    for (var a = 0; a < size; a++) {
      weight.push(Exact.NONE);
      pairs.push([]);
      for (var b = 0; b < size; b++) pairs[a].push(Exact.NONE);
    }
    names.forEach(function (entrant) {
      var own = Object.keys(kept[entrant]),
        part = one / BigInt(own.length);
      own.forEach(function (x) {
        weight[fit.place[x]] += part;
        own.forEach(function (y) {
          pairs[fit.place[x]][fit.place[y]] += part * part;
        });
      });
    });
    // an entry of the inverse is scale * number / over; less 1/J, over a common denominator
    var under = fit.found.over * BigInt(size),
      trace = Exact.NONE,
      all = Exact.NONE;
    for (a = 0; a < size; a++)
      for (b = 0; b < size; b++) {
        var entry = fit.found.rows[a][b + 1] * fit.scale * BigInt(size) - fit.found.over;
        trace += entry * pairs[b][a];
        all += weight[a] * entry * weight[b];
      }
    return {
      trace: Exact.fraction(trace, under * one * one),
      all: Exact.fraction(all, under * one * one),
    };
  }

  /** The square of the standard error of a difference; null where there is none to be had. */
  function squareOf(rules, all) {
    var kept = fitted(all),
      names = present(kept),
      sheets = 0;
    if (["zscore", "minmax", "rank"].indexOf(rules.official) >= 0) return null;
    names.forEach(function (entrant) {
      sheets += Object.keys(kept[entrant]).length;
    });
    var freedom = sheets - names.length - Object.keys(judgesOf(kept)).length + 1;
    return !connected(kept) || freedom < 10 ? null : square(kept, freedom);
  }

  function isExact(rules) {
    return rules.at_cut === "exact" || rules.at_cut === "extend";
  }

  function halfWidth(rules, all) {
    return isExact(rules) ? Exact.NONE : width(rules, squareOf(rules, all));
  }

  /** H of a squared error. */
  function width(rules, squared) {
    if (!squared || isExact(rules)) return Exact.NONE;
    var band = Exact.read(rules.band),
      scaled = Exact.times(
        Exact.times(Exact.times(band, band), squared),
        Exact.fraction(Exact.power(2 * rules.decimals), 1),
      );
    var four = Exact.floored(BigInt(4) * scaled.n, scaled.d);
    var half = (Exact.root(four) + Exact.UNIT) / Exact.TWO;
    if (rules.band_max === null) return half;
    var most = Exact.units(Exact.read(rules.band_max), rules.decimals, rules.rounding);
    if (most < half) half = most;
    return half;
  }

  return {
    present: present,
    judgesOf: judgesOf,
    fitted: fitted,
    connected: connected,
    values: values,
    adjusted: adjusted,
    halfWidth: halfWidth,
    squareOf: squareOf,
    width: width,
  };
})();
