// The keys by which equal entrants are parted; each gives the tied a value, or nothing.
// biome-ignore lint/correctness/noUnusedVariables: selection.js uses it
var Keys = (function () {
  "use strict";

  /** Lists of whole numbers or fractions, first difference first. */
  function compare(a, b) {
    for (var i = 0; i < Math.min(a.length, b.length); i++) {
      var side = Exact.order(a[i], b[i]);
      if (side) return side;
    }
    return a.length - b.length;
  }

  function count(number) {
    return { n: BigInt(number), d: Exact.UNIT };
  }

  /** The round's keys in order. */
  function declared(about, isCut) {
    var rules = about.content.rules.scoring,
      found = [];
    function put(name, key) {
      found.push({
        name: name,
        waits: WAITING.indexOf(name) >= 0,
        key: function (tied) {
          return key(about, tied);
        },
      });
    }
    var isSum = !!about.content.parts,
      keys = isSum ? SUM_KEYS : KEYS;
    if (isCut && rules.at_cut === "jury" && !isSum) put("reading", reading);
    if (rules.official === "median" && rules.keys.indexOf("majority_judgment") < 0)
      put("majority_judgment", keys.majority_judgment);
    rules.keys.forEach(function (name) {
      if (name === "first_criteria")
        rules.first_criteria.forEach(function (criterion) {
          put(name + ":" + criterion, function (_, tied) {
            return (isSum ? onPart : onCriterion)(about, criterion, tied);
          });
        });
      else put(name, keys[name]);
    });
    return found;
  }

  function net(about, method, scores, decimals, tied) {
    var values = {},
      rules = about.content.rules.scoring;
    var isWhole = tied.every(function (id) {
      if (!scores[id]) return false;
      var score = Exact.less(scores[id], Exact.read(about.lines[id].deduction));
      values[id] = [count(Contest.unitsBy(method, score, decimals, rules.rounding))];
      return true;
    });
    return isWhole ? values : null;
  }

  function moreDecimals(about, tied) {
    return net(about, about.result.methods.official, about.result.gross.official, 6, tied);
  }

  /** The unshrunk precision score; no key where it is official. */
  function byPrecision(about, tied) {
    var rules = about.content.rules.scoring;
    if (rules.official === "precision") return null;
    if (!about.precision)
      about.precision = Steps.scores("precision", Fit.fitted(about.result.totals));
    return net(about, "precision", about.precision, rules.decimals, tied);
  }

  /** The precision score once the second readings of the tied have joined the sheets. */
  function reading(about, tied) {
    var again = Contest.totals(about.content, about.content.readings || []),
      all = about.result.totals,
      first = Hashing.sorted(Object.keys(again[tied[0]])).join(" "),
      joined = {};
    var isRead = tied.every(function (id) {
      var own = Hashing.sorted(Object.keys(again[id]));
      function isNew(judge) {
        return !all[id][judge];
      }
      return own.length && own.join(" ") === first && own.every(isNew);
    });
    if (!isRead) return null;
    Object.keys(all).forEach(function (id) {
      joined[id] = {};
      [all[id], tied.indexOf(id) >= 0 ? again[id] : {}].forEach(function (own) {
        Object.keys(own).forEach(function (judge) {
          joined[id][judge] = own[judge];
        });
      });
    });
    var scores = Steps.scores("precision", Fit.fitted(joined));
    return net(about, "precision", scores, about.content.rules.scoring.decimals, tied);
  }

  function meanAll(about, tied) {
    var scores = {},
      rules = about.content.rules.scoring;
    tied.forEach(function (id) {
      scores[id] = Contest.average("mean", rules, Fit.values(about.result.totals[id]));
    });
    return net(about, "mean", scores, rules.decimals, tied);
  }

  function amongTied(about, tied) {
    var kept = Fit.fitted(about.result.totals),
      of = {};
    tied.forEach(function (id) {
      of[id] = kept[id];
    });
    var own = Fit.fitted(of),
      sheets = 0;
    tied.forEach(function (id) {
      sheets += Object.keys(own[id]).length;
    });
    var isWhole = tied.every(function (id) {
      return Object.keys(own[id]).length;
    });
    var freedom = sheets - tied.length - Object.keys(Fit.judgesOf(own)).length + 1;
    if (!isWhole || !Fit.connected(own) || freedom <= 0) return null;
    var decimals = about.content.rules.scoring.decimals;
    return net(about, "least_squares", Fit.adjusted(own), decimals, tied);
  }

  /** The adjusted score on one criterion, on the printed scale, without deductions. */
  function onCriterion(about, criterion, tied) {
    var rules = about.content.rules.scoring,
      row = about.content.rubric.filter(function (one) {
        return one.id === criterion || one.name === criterion;
      })[0];
    if (!row) return null;
    var kept = Fit.fitted(about.result.totals),
      own = {},
      values = {};
    Object.keys(kept).forEach(function (id) {
      own[id] = {};
    });
    about.marks.forEach(function (mark) {
      if (mark[2] !== row.id || !kept[mark[0]][mark[1]]) return;
      var share = Exact.fraction(mark[3], row.maximum);
      own[mark[0]][mark[1]] = Exact.times(Exact.read(rules.scale_max), share);
    });
    var scores = Fit.adjusted(own);
    var isWhole = tied.every(function (id) {
      if (!scores[id]) return false;
      values[id] = [count(Exact.unitsNear(scores[id], rules.decimals, rules.rounding))];
      return true;
    });
    return isWhole ? values : null;
  }

  /** The published score of a part of a composite. */
  function onPart(about, part, tied) {
    var rules = about.content.rules.scoring,
      values = {};
    var isWhole = tied.every(function (id) {
      var score = about.result.totals[id][part];
      if (score) values[id] = [count(Exact.units(score, rules.decimals, rules.rounding))];
      return score;
    });
    return isWhole ? values : null;
  }

  /** How many judges placed an entrant among the first N, then N halved; complete panels only. */
  function countback(about, tied) {
    var all = about.result.totals,
      judged = Fit.present(all),
      judges = Object.keys(Fit.judgesOf(all)),
      values = {},
      tops = [];
    var isComplete = judged.every(function (id) {
      return Object.keys(all[id]).length === judges.length;
    });
    if (!isComplete) return null;
    for (var top = about.content.rules.scoring.top; top >= 1; top = Math.floor(top / 2))
      tops.push(top);
    tied.forEach(function (id) {
      var places = judges.map(function (judge) {
        return (
          1 +
          judged.filter(function (other) {
            return Exact.order(all[other][judge], all[id][judge]) > 0;
          }).length
        );
      });
      values[id] = tops.map(function (limit) {
        return count(
          places.filter(function (place) {
            return place <= limit;
          }).length,
        );
      });
    });
    return values;
  }

  /** Lower medians taken away one by one, each panel repeated to the same size; net. */
  function majority(about, tied) {
    var all = about.result.totals,
      values = {};
    var longest = Number(
      Exact.common(
        tied.map(function (id) {
          return BigInt(Object.keys(all[id]).length || 1);
        }),
      ),
    );
    var isWhole = tied.every(function (id) {
      return Object.keys(all[id]).length;
    });
    if (!isWhole || longest > 10000) return null;
    tied.forEach(function (id) {
      var own = Fit.values(all[id]),
        left = [],
        cost = Exact.read(about.lines[id].deduction);
      for (var i = 0; i < longest / own.length; i++) left = left.concat(own);
      left.sort(Exact.order);
      values[id] = [];
      while (left.length)
        values[id].push(Exact.less(left.splice(Math.floor((left.length - 1) / 2), 1)[0], cost));
    });
    return values;
  }

  /** Whether an entered order is a physical draw: lots come before a ruling in the keys. */
  function isDrawn(about) {
    return (
      about.content.rules.scoring.keys.filter(function (key) {
        return key === "ruling" || key === "lots";
      })[0] === "lots"
    );
  }

  function ruling(about, tied) {
    return isDrawn(about) ? null : ordered(about, tied);
  }

  /** The places in the orders that were confirmed; a later one replaces an earlier. */
  function ordered(about, tied) {
    var places = {},
      values = {};
    about.orders.forEach(function (order) {
      order.forEach(function (id, at) {
        places[id] = at + 1;
      });
    });
    var isWhole = tied.every(function (id) {
      values[id] = [count(-places[id] || 0)];
      return places[id];
    });
    return isWhole ? values : null;
  }

  /** Ascending SHA-256 of [competition, round, seed, entrant]; a physical draw as a ruling. */
  function lots(about, tied) {
    var content = about.content,
      seed = content.rules.scoring.seed,
      values = {};
    var drawn = isDrawn(about) ? ordered(about, tied) : null;
    if (seed === null || drawn) return drawn;
    tied.forEach(function (id) {
      var drawn = Hashing.canonical([content.competition.id, content.round.id, seed, id]);
      values[id] = [count(-BigInt("0x" + Hashing.hashed(drawn)))];
    });
    return values;
  }

  /** Equals in order, by classes, each with its key. */
  function arranged(tied, named) {
    if (tied.length === 1) return [{ ids: tied, by: "official" }];
    for (var at = 0; at < named.length; at++) {
      var values = named[at].key(tied);
      if (!values && named[at].waits) break;
      var classes = values && classesOf(tied, values);
      if (!classes || classes.length === 1) continue;
      return parted(classes, named, at);
    }
    return [{ ids: tied, by: "official" }];
  }

  function classesOf(tied, values) {
    var classes = [];
    tied
      .slice()
      .sort(function (a, b) {
        return compare(values[b], values[a]);
      })
      .forEach(function (id) {
        var last = classes[classes.length - 1];
        if (last && !compare(values[last[0]], values[id])) last.push(id);
        else classes.push([id]);
      });
    return classes;
  }

  function parted(classes, named, at) {
    var found = [];
    classes.forEach(function (ids) {
      found = found.concat(
        ids.length === 1 ? [{ ids: ids, by: named[at].name }] : arranged(ids, named.slice(at + 1)),
      );
    });
    return found;
  }

  var WAITING = ["reading", "ruling", "lots"]; // keys that people answer

  var KEYS = {
    precision: byPrecision,
    more_decimals: moreDecimals,
    mean_all: meanAll,
    least_squares_tied: amongTied,
    countback: countback,
    majority_judgment: majority,
    ruling: ruling,
    lots: lots,
  };

  /** Those of a composite; what looks at single judges is passed over. */
  var SUM_KEYS = {
    precision: function (about, tied) {
      var decimals = about.content.rules.scoring.decimals;
      return net(about, "precision", Sums.byPrecision(about), decimals, tied);
    },
    mean_all: function (about, tied) {
      return net(about, "mean", Sums.byMean(about), about.content.rules.scoring.decimals, tied);
    },
    more_decimals: moreDecimals,
    least_squares_tied: none,
    countback: none,
    majority_judgment: none,
    ruling: ruling,
    lots: lots,
  };

  function none() {
    return null;
  }

  return { declared: declared, compare: compare, arranged: arranged };
})();
