// Weighted two-way least squares in long decimals, and the sheets as its rows. ES5.
// biome-ignore lint/correctness/noUnusedVariables: steps.js uses it
var Weighed = (function () {
  "use strict";

  var deep = Deep.deep;
  var said = Deep.said;
  var times = Deep.times;
  var over = Deep.over;
  var shared = Deep.shared;
  var larger = Deep.larger;
  var sum = Deep.sum;
  var mean = Deep.mean;
  var filled = Deep.filled;
  var squares = Deep.squares;
  var ONE = Deep.ONE;
  var NONE = Deep.NONE;

  /** Sheets as rows of an entrant: each the places of its judges and the totals. */
  function laidOut(kept) {
    var names = Fit.present(kept),
      judges = Hashing.sorted(Object.keys(Fit.judgesOf(kept))),
      place = {},
      count = filled(judges.length, 0),
      sheets = 0;
    judges.forEach(function (judge, at) {
      place[judge] = at;
    });
    var rows = names.map(function (name) {
      var own = Hashing.sorted(Object.keys(kept[name])),
        row = { by: [], y: [] };
      own.forEach(function (judge) {
        row.by.push(place[judge]);
        row.y.push(deep(kept[name][judge]));
        count[place[judge]]++;
        sheets++;
      });
      return row;
    });
    return { names: names, rows: rows, width: judges.length, count: count, sheets: sheets };
  }

  function spread(rows) {
    return rows.reduce(function (all, row) {
      return all.concat(row.y);
    }, []);
  }

  /** Rows with other totals: `change` is told the total, its judge, and its row. */
  function changed(rows, change) {
    return rows.map(function (row, at) {
      return {
        by: row.by,
        y: row.y.map(function (value, k) {
          return change(value, row.by[k], at);
        }),
      };
    });
  }

  /** The rows by panel, where a judge weighs the same in all of them. */
  function panels(rows, weight) {
    var known = {},
      found = [];
    rows.forEach(function (row, at) {
      var key = row.by.join(" ");
      if (!known[key]) {
        var own = row.by.map(function (judge) {
          return weight[judge];
        });
        known[key] = { by: row.by, w: own, at: [] };
        found.push(known[key]);
      }
      known[key].at.push(at);
    });
    return found;
  }

  /** Weighted two-way least squares: scores, and severities that sum to zero. */
  function weighed(rows, groups, width) {
    var matrix = [],
      right = filled(width, NONE),
      middle = [],
      scores = [];
    for (var a = 0; a < width; a++) matrix.push(filled(width, NONE));
    groups.forEach(function (group) {
      var load = sum(group.w),
        many = BigInt(group.at.length);
      group.at.forEach(function (at) {
        var y = rows[at].y,
          top = NONE;
        y.forEach(function (value, k) {
          top += times(group.w[k], value);
        });
        middle[at] = over(top, load);
        y.forEach(function (value, k) {
          right[group.by[k]] += times(group.w[k], value - middle[at]);
        });
      });
      group.by.forEach(function (judge, k) {
        var share = over(group.w[k] * many, load);
        matrix[judge][judge] += group.w[k] * many;
        group.by.forEach(function (other, l) {
          matrix[judge][other] -= times(share, group.w[l]);
        });
      });
    });
    var raised = NONE;
    matrix.forEach(function (row, at) {
      raised += row[at];
    });
    raised = shared(raised, width * width);
    matrix.forEach(function (row, at) {
      for (var b = 0; b < width; b++) row[b] += raised;
      row.push(right[at]);
    });
    var shift = eliminated(matrix),
      level = mean(shift);
    shift = shift.map(function (value) {
      return value - level;
    });
    groups.forEach(function (group) {
      var load = sum(group.w);
      group.at.forEach(function (at) {
        var lifted = NONE;
        group.by.forEach(function (judge, k) {
          lifted += times(group.w[k], shift[judge]);
        });
        scores[at] = middle[at] - over(lifted, load);
      });
    });
    return { scores: scores, shift: shift };
  }

  /** The solution of a positive system; each row ends with its right-hand side. */
  function eliminated(rows) {
    var width = rows.length;
    rows.forEach(function (head, k) {
      for (var i = 0; i < width; i++) {
        if (i === k || rows[i][k] === NONE) continue;
        var factor = over(rows[i][k], head[k]);
        for (var j = k; j <= width; j++) rows[i][j] -= times(factor, head[j]);
      }
    });
    return rows.map(function (row, k) {
      return over(row[width], row[k]);
    });
  }

  function leftOver(rows, fit) {
    return changed(rows, function (value, judge, at) {
      return value - fit.scores[at] - fit.shift[judge];
    });
  }

  /** Least squares, what it leaves over, and whether that is anything. */
  function plain(laid) {
    var fit = weighed(laid.rows, panels(laid.rows, filled(laid.width, ONE)), laid.width),
      all = spread(laid.rows),
      level = mean(all),
      tiny = said("0.000000000001");
    fit.rest = leftOver(laid.rows, fit);
    fit.rss = squares(spread(fit.rest));
    var around = squares(
      all.map(function (value) {
        return value - level;
      }),
    );
    fit.isOff = fit.rss > times(tiny, larger(around, tiny));
    fit.level = level;
    return fit;
  }

  return {
    laidOut: laidOut,
    spread: spread,
    changed: changed,
    panels: panels,
    fit: weighed,
    leftOver: leftOver,
    plain: plain,
  };
})();
