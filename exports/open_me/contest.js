// A contest from its marks to its selection, by docs/en/record.md: totals, scores, ranks, lines.
// biome-ignore lint/correctness/noUnusedVariables: the other files of the script use it
var Contest = (function () {
  "use strict";

  var PRINTED = ["mean", "trimmed", "median", "clip"];
  var BY_JUDGE = ["zscore", "minmax", "rank"];
  var SCORES = ["official", "announced", "adjusted"];

  /** The rounded totals of complete sheets: entrant -> judge -> total. */
  function totals(content, marks) {
    var rules = content.rules.scoring,
      scale = Exact.read(rules.scale_max),
      sheets = sheetsOf(marks),
      all = {};
    content.entrants.forEach(function (line) {
      all[line.entrant_id] = {};
    });
    var shares = content.rubric.map(function (row) {
      return Exact.over(Exact.times(Exact.read(row.weight), scale), Exact.fraction(row.maximum, 1));
    });
    Object.keys(sheets).forEach(function (key) {
      var sheet = sheets[key];
      if (Object.keys(sheet.marks).length < content.rubric.length) return;
      var total = Exact.sum(
        content.rubric.map(function (row, at) {
          return Exact.times(shares[at], Exact.fraction(sheet.marks[row.id], 1));
        }),
      );
      all[sheet.entrant][sheet.judge] = Exact.fraction(
        Exact.units(total, rules.sheet_decimals, rules.rounding),
        Exact.power(rules.sheet_decimals),
      );
    });
    return all;
  }

  function sheetsOf(marks) {
    var sheets = {};
    marks.forEach(function (mark) {
      var key = mark[0] + " " + mark[1];
      if (!sheets[key]) sheets[key] = { entrant: mark[0], judge: mark[1], marks: {} };
      sheets[key].marks[mark[2]] = mark[3];
    });
    return sheets;
  }

  // ---- methods

  function average(method, rules, marks) {
    if (!marks.length) return undefined;
    var ordered = marks.slice().sort(Exact.order);
    if (method === "median") return ordered[Math.floor((ordered.length - 1) / 2)];
    if (method === "trimmed") ordered = trim(ordered, rules);
    if (method === "clip") ordered = clipped(ordered, rules);
    return Exact.mean(ordered);
  }

  function isTrimmed(count, rules) {
    return count >= rules.trim_low + rules.trim_high + 3;
  }

  function trim(ordered, rules) {
    if (!isTrimmed(ordered.length, rules)) return ordered;
    return ordered.slice(rules.trim_low, ordered.length - rules.trim_high);
  }

  function clipped(marks, rules) {
    var middle = Exact.mean(marks),
      away = Exact.read(rules.clip),
      bottom = Exact.less(middle, away),
      top = Exact.add(middle, away);
    return marks.map(function (mark) {
      var held = Exact.order(mark, bottom) < 0 ? bottom : Exact.order(mark, top) > 0 ? top : mark;
      return Exact.fraction(
        Exact.units(held, rules.clip_decimals, rules.rounding),
        Exact.power(rules.clip_decimals),
      );
    });
  }

  /** The trimmed mean of each criterion, weighed; the plain mean of too few sheets. */
  function byCriterion(content, marks, entrant, own) {
    var rules = content.rules.scoring,
      judges = Object.keys(own);
    if (!isTrimmed(judges.length, rules)) return average("mean", rules, Fit.values(own));
    return Exact.sum(
      content.rubric.map(function (row) {
        var given = marks
          .filter(function (mark) {
            return mark[0] === entrant && own[mark[1]] && mark[2] === row.id;
          })
          .map(function (mark) {
            return Exact.fraction(mark[3], row.maximum);
          });
        var share = Exact.mean(trim(given.sort(Exact.order), rules));
        return Exact.times(Exact.times(Exact.read(row.weight), Exact.read(rules.scale_max)), share);
      }),
    );
  }

  /** The mean of totals made comparable judge by judge. */
  function byJudge(method, rules, all) {
    var judges = {},
      values = {},
      scores = {};
    Object.keys(all).forEach(function (entrant) {
      Object.keys(all[entrant]).forEach(function (judge) {
        if (!judges[judge]) judges[judge] = {};
        judges[judge][entrant] = all[entrant][judge];
      });
    });
    Hashing.sorted(Object.keys(judges)).forEach(function (judge) {
      var own = judges[judge],
        totals = Object.keys(own).map(function (entrant) {
          return own[entrant];
        });
      Object.keys(own).forEach(function (entrant) {
        if (!values[entrant]) values[entrant] = [];
        values[entrant].push(normal(method, own[entrant], totals, Exact.read(rules.scale_max)));
      });
    });
    Object.keys(values).forEach(function (entrant) {
      scores[entrant] = Exact.mean(values[entrant]);
    });
    return scores;
  }

  /** A total among those of its judge: z-score, share of the range, share of sheets beaten. */
  function normal(method, total, totals, scale) {
    var ordered = totals.slice().sort(Exact.order),
      low = ordered[0],
      high = ordered[ordered.length - 1],
      middle = Exact.over(scale, Exact.fraction(2, 1));
    if (method === "rank") {
      if (totals.length < 2) return middle;
      var beaten = 0;
      totals.forEach(function (other) {
        beaten += 1 + Exact.order(total, other);
      });
      return Exact.times(scale, Exact.fraction(beaten - 1, 2 * (totals.length - 1)));
    }
    if (!Exact.order(low, high)) return method === "minmax" ? middle : Exact.ZERO;
    if (method === "minmax")
      return Exact.over(Exact.times(scale, Exact.less(total, low)), Exact.less(high, low));
    var centre = Exact.mean(totals);
    function squared(one) {
      var away = Exact.less(one, centre);
      return Exact.times(away, away);
    }
    var variance = Exact.over(Exact.sum(totals.map(squared)), Exact.fraction(totals.length - 1, 1));
    return Exact.signedRoot(Exact.over(squared(total), variance), Exact.order(total, centre) < 0);
  }

  /** Entrant -> gross score by a method. */
  function scored(method, content, marks, all, fit) {
    var rules = content.rules.scoring,
      scores = {};
    if (method === "least_squares") return fit;
    if (Steps.METHODS[method]) return Steps.scores(method, Fit.fitted(all));
    if (BY_JUDGE.indexOf(method) >= 0) return byJudge(method, rules, all);
    Object.keys(all).forEach(function (entrant) {
      scores[entrant] =
        method === "trimmed" && rules.trim_level === "criterion"
          ? byCriterion(content, marks, entrant, all[entrant])
          : average(method, rules, Fit.values(all[entrant]));
    });
    return scores;
  }

  /** Score -> its method. */
  function methods(rules) {
    var isPrinted = PRINTED.indexOf(rules.official) >= 0;
    return {
      adjusted: "least_squares",
      announced: isPrinted ? rules.official : "trimmed",
      official: rules.official,
    };
  }

  /** A score by a method in whole last decimals. */
  function unitsBy(method, value, decimals, rounding) {
    var round = PRINTED.indexOf(method) >= 0 ? Exact.units : Exact.unitsNear;
    return round(value, decimals, rounding);
  }

  // ---- the whole

  /** Every line again from the marks: figures, ranks, label, seat. */
  function compute(content, marks, orders) {
    var rules = content.rules.scoring,
      all = totals(content, marks),
      fit = Fit.adjusted(Fit.fitted(all)),
      named = methods(rules),
      gross = {},
      lines = {};
    content.entrants.forEach(function (line) {
      lines[line.entrant_id] = { counted: Object.keys(all[line.entrant_id]).length };
    });
    Object.keys(named).forEach(function (score) {
      gross[score] = scored(named[score], content, marks, all, fit);
      content.entrants.forEach(function (line) {
        var exact = gross[score][line.entrant_id];
        if (!exact || line.official === null) return;
        var net = Exact.less(exact, Exact.read(line.deduction)),
          own = lines[line.entrant_id];
        own[score] = unitsBy(named[score], net, rules.decimals, rules.rounding);
        own[score + "_exact"] = exact;
      });
      rank(lines, score);
    });
    var result = { lines: lines, totals: all, methods: named, gross: gross };
    result.half = Fit.halfWidth(rules, all);
    result.chosen = Selection.choose(content, marks, result, orders || []);
    return result;
  }

  function rank(lines, score) {
    var ids = Object.keys(lines).filter(function (id) {
      return lines[id][score] !== undefined;
    });
    ids.forEach(function (id) {
      lines[id][score + "_rank"] =
        1 +
        ids.filter(function (other) {
          return lines[other][score] > lines[id][score];
        }).length;
    });
  }

  return {
    SCORES: SCORES,
    compute: compute,
    totals: totals,
    unitsBy: unitsBy,
    rank: rank,
    average: average,
    isTrimmed: isTrimmed,
    sheetsOf: sheetsOf,
  };
})();
