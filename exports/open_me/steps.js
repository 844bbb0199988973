// Fits that come near step by step (huber, precision), in whole numbers of 2^-BITS. ES5.
// biome-ignore lint/correctness/noUnusedVariables: contest.js and keys.js use it
var Steps = (function () {
  "use strict";

  var BITS = Exact.isAble ? BigInt(176) : 0;
  var ONE = Exact.isAble ? Exact.UNIT << BITS : 1;
  var NONE = Exact.NONE;
  var HUBER_STEPS = 200;
  var PRECISION_STEPS = 500;
  var LEAP = 8;

  function deep(value) {
    return (value.n << BITS) / value.d;
  }
  function said(text) {
    return deep(Exact.read(text));
  }
  function times(a, b) {
    return (a * b) >> BITS;
  }
  function over(a, b) {
    return (a << BITS) / b;
  }
  function shared(a, count) {
    return a / BigInt(count);
  }
  function root(a) {
    return Exact.root(a << BITS);
  }
  function size(a) {
    return a < NONE ? -a : a;
  }
  /** Math.max takes no BigInt. */
  function larger(a, b) {
    if (a > b) return a;
    return b;
  }
  function sum(values) {
    return values.reduce(function (a, b) {
      return a + b;
    }, NONE);
  }
  function mean(values) {
    return shared(sum(values), values.length);
  }
  function filled(count, value) {
    var list = [];
    while (list.length < count) list.push(value);
    return list;
  }
  function deviation(values) {
    var middle = mean(values);
    return root(
      mean(
        values.map(function (value) {
          return times(value - middle, value - middle);
        }),
      ),
    );
  }
  function farthest(a, b) {
    return a.reduce(function (most, value, at) {
      return larger(most, size(value - b[at]));
    }, NONE);
  }

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

  function squares(values) {
    return values.reduce(function (all, value) {
      return all + times(value, value);
    }, NONE);
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

  // ---- huber: a sheet further off than 1.345 sigma weighs less

  function huber(laid) {
    var fit = plain(laid),
      rest = fit.rest,
      tiny = said("0.000000000001");
    for (var step = 0; fit.isOff && step < HUBER_STEPS; step++) {
      var sigma = times(said("1.4826"), middleSize(spread(rest)));
      if (sigma <= tiny) break;
      var before = fit.scores;
      fit = weighed(laid.rows, lightened(rest, times(said("1.345"), sigma)), laid.width);
      fit.isOff = true;
      rest = leftOver(laid.rows, fit);
      var still = times(said("0.0000000001"), larger(deviation(fit.scores), tiny));
      if (farthest(fit.scores, before) < still) break;
    }
    return fit.scores;
  }

  function middleSize(values) {
    var ordered = values.map(size).sort(function (a, b) {
      return a < b ? -1 : a > b ? 1 : 0;
    });
    var half = ordered.length >> 1;
    return shared(ordered[(ordered.length - 1) >> 1] + ordered[half], 2);
  }

  function lightened(rest, limit) {
    return rest.map(function (row, at) {
      var weights = row.y.map(function (value) {
        return over(limit, larger(size(value), limit));
      });
      return { by: row.by, w: weights, at: [at] };
    });
  }

  // ---- precision: y = b + s theta + e, consistent judges count more

  function precision(laid) {
    var fit = plain(laid),
      freedom = laid.sheets - laid.names.length - laid.width + 1;
    if (!fit.isOff || freedom <= 0) return fit.scores;
    var state = begun(laid, fit, shared(fit.rss, freedom)),
      past = [];
    for (var step = 1; step <= PRECISION_STEPS; step++) {
      var before = state.theta;
      shifts(state);
      thetas(state);
      if (state.scaleSpread > NONE) scales(state);
      variances(state);
      past = past.slice(-2).concat([[state.scaleSpread, state.spread]]);
      if (step % LEAP === 0) {
        state.scaleSpread = leap(past[0][0], past[1][0], past[2][0]);
        state.spread = leap(past[0][1], past[1][1], past[2][1]);
      }
      var wide = larger(deviation(before), shared(root(mean(state.noise)), 1000));
      if (farthest(state.theta, before) < times(said("0.000000001"), wide)) break;
    }
    return scaled(unshrunk(state), fit.scores);
  }

  function begun(laid, fit, noise) {
    var level = mean(fit.scores);
    var theta = fit.scores.map(function (score) {
      return score - level;
    });
    return {
      rows: changed(laid.rows, function (value) {
        return value - fit.level;
      }),
      count: laid.count,
      sheets: laid.sheets,
      theta: theta,
      thetaVar: laid.rows.map(function (row) {
        return shared(noise, row.y.length);
      }),
      scale: filled(laid.width, ONE),
      scaleVar: filled(laid.width, NONE),
      noise: filled(laid.width, noise),
      spread: larger(shared(squares(theta), theta.length), said("0.000000000001")),
      scaleSpread: said("0.05"),
    };
  }

  function shifts(state) {
    state.weight = state.noise.map(function (noise) {
      return over(ONE, noise);
    });
    var moved = changed(state.rows, function (value, judge, at) {
      return value - times(state.scale[judge] - ONE, state.theta[at]);
    });
    var fit = weighed(moved, panels(state.rows, state.weight), state.count.length),
      level = mean(fit.scores);
    state.shift = fit.shift.map(function (value) {
      return value + level;
    });
  }

  function thetas(state) {
    var load = state.weight.map(function (weight, judge) {
      return times(weight, state.scale[judge]);
    });
    var heavy = state.weight.map(function (weight, judge) {
      var square = times(state.scale[judge], state.scale[judge]);
      return times(weight, square + state.scaleVar[judge]);
    });
    var pull = over(ONE, state.spread);
    var theta = state.rows.map(function (row, at) {
      var top = NONE,
        bottom = pull;
      row.by.forEach(function (judge, k) {
        top += times(load[judge], row.y[k] - state.shift[judge]);
        bottom += heavy[judge];
      });
      state.thetaVar[at] = over(ONE, bottom);
      return over(top, bottom);
    });
    var level = mean(theta);
    state.theta = theta.map(function (value) {
      return value - level;
    });
    state.shift = state.shift.map(function (value, judge) {
      return value + times(state.scale[judge], level);
    });
  }

  function scales(state) {
    var width = state.count.length,
      theta = filled(width, NONE),
      total = filled(width, NONE),
      square = filled(width, NONE),
      cross = filled(width, NONE);
    state.rows.forEach(function (row, at) {
      var own = state.theta[at],
        whole = times(own, own) + state.thetaVar[at];
      row.by.forEach(function (judge, k) {
        theta[judge] += own;
        total[judge] += row.y[k];
        square[judge] += whole;
        cross[judge] += times(own, row.y[k]);
      });
    });
    var ridge = over(ONE, state.scaleSpread),
      bottoms = [];
    var found = state.count.map(function (count, judge) {
      var apart = square[judge] - shared(times(theta[judge], theta[judge]), count),
        along = cross[judge] - shared(times(theta[judge], total[judge]), count);
      bottoms[judge] = over(apart, state.noise[judge]) + ridge;
      return larger(over(over(along, state.noise[judge]) + ridge, bottoms[judge]), NONE);
    });
    var by = mean(found) || ONE,
      twice = times(by, by);
    state.scale = found.map(function (scale) {
      return over(scale, by);
    });
    state.scaleVar = bottoms.map(function (bottom) {
      return over(over(ONE, bottom), twice);
    });
    state.theta = state.theta.map(function (value) {
      return times(value, by);
    });
    state.thetaVar = state.thetaVar.map(function (value) {
      return times(value, twice);
    });
  }

  function variances(state) {
    var tiny = said("0.000000000001"),
      width = state.count.length,
      off = filled(width, NONE);
    state.rows.forEach(function (row, at) {
      var theta = state.theta[at],
        unsure = state.thetaVar[at],
        whole = times(theta, theta) + unsure;
      row.by.forEach(function (judge, k) {
        var scale = state.scale[judge],
          error = row.y[k] - state.shift[judge] - times(scale, theta);
        off[judge] += times(error, error) + times(times(scale, scale), unsure);
        off[judge] += times(state.scaleVar[judge], whole);
      });
    });
    var common = larger(shared(sum(off), state.sheets), tiny);
    state.noise = off.map(function (squared, judge) {
      return shared(squared + BigInt(6) * common, state.count[judge] + 6);
    });
    state.spread = shared(squares(state.theta) + sum(state.thetaVar), state.theta.length);
    var least = shared(common * BigInt(state.theta.length), 1000 * state.sheets);
    if (state.spread < least) state.spread = times(tiny, common);
    var apart = state.scale.map(function (scale) {
      return scale - ONE;
    });
    state.scaleSpread = shared(squares(apart) + sum(state.scaleVar), width);
    if (state.scaleSpread < said("0.001")) {
      state.scaleSpread = NONE;
      state.scale = filled(width, ONE);
      state.scaleVar = filled(width, NONE);
    }
  }

  /** Where three slow steps of a variance are heading, at most four times as far. */
  function leap(first, second, third) {
    if (first <= NONE || second <= NONE || third <= NONE || first === second) return third;
    var step = grown(first, second),
      last = grown(second, third),
      rate = last / step;
    if (!(rate > 0.5 && rate < 1)) return third;
    var far = Math.min(Math.max((last * rate) / (1 - rate), -Math.log(4)), Math.log(4));
    return times(third, BigInt(Math.round(Math.exp(far) * Math.pow(2, 52))) << (BITS - BigInt(52)));
  }

  /** The logarithm of what a number grew by. */
  function grown(before, after) {
    var part = ((after - before) << BigInt(80)) / before;
    return Math.log1p(Number(part) / Math.pow(2, 80));
  }

  function unshrunk(state) {
    return state.rows.map(function (row) {
      var top = NONE,
        bottom = NONE;
      row.by.forEach(function (judge, k) {
        var load = over(state.scale[judge], state.noise[judge]);
        top += times(load, row.y[k] - state.shift[judge]);
        bottom += times(load, state.scale[judge]);
      });
      return bottom > NONE ? over(top, bottom) : null;
    });
  }

  /** Scores on the mean and the scale of the least-squares scores. */
  function scaled(raw, adjusted) {
    function isKnown(_, at) {
      return raw[at] !== null;
    }
    var known = raw.filter(isKnown),
      wanted = adjusted.filter(isKnown);
    if (!known.length) return raw;
    var wide = deviation(known),
      centre = mean(known),
      level = mean(wanted),
      stretch = wide > NONE ? over(deviation(wanted), wide) : ONE;
    return raw.map(function (value) {
      return value === null ? null : times(value - centre, stretch) + level;
    });
  }

  var METHODS = { huber: huber, precision: precision };

  /** Entrant -> gross score by huber or precision; nothing without a connected panel. */
  function scores(method, kept) {
    var found = {};
    if (!Fit.connected(kept)) return found;
    var laid = laidOut(kept);
    METHODS[method](laid).forEach(function (score, at) {
      if (score !== null) found[laid.names[at]] = Exact.fraction(score, ONE);
    });
    return found;
  }

  return { METHODS: METHODS, scores: scores };
})();
