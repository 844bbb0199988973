// Fits that come near step by step: huber and precision. ES5.
// biome-ignore lint/correctness/noUnusedVariables: contest.js and keys.js use it
var Steps = (function () {
  "use strict";

  var said = Deep.said;
  var times = Deep.times;
  var over = Deep.over;
  var shared = Deep.shared;
  var root = Deep.root;
  var size = Deep.size;
  var larger = Deep.larger;
  var sum = Deep.sum;
  var mean = Deep.mean;
  var filled = Deep.filled;
  var deviation = Deep.deviation;
  var farthest = Deep.farthest;
  var squares = Deep.squares;
  var ONE = Deep.ONE;
  var NONE = Deep.NONE;
  var BITS = Deep.BITS;
  var HUBER_STEPS = 200;
  var PRECISION_STEPS = 500;
  var LEAP = 8;

  // ---- huber: a sheet further off than 1.345 sigma weighs less

  function huber(laid) {
    var fit = Weighed.plain(laid),
      rest = fit.rest,
      tiny = said("0.000000000001");
    for (var step = 0; fit.isOff && step < HUBER_STEPS; step++) {
      var sigma = times(said("1.4826"), middleSize(Weighed.spread(rest)));
      if (sigma <= tiny) break;
      var before = fit.scores;
      fit = Weighed.fit(laid.rows, lightened(rest, times(said("1.345"), sigma)), laid.width);
      fit.isOff = true;
      rest = Weighed.leftOver(laid.rows, fit);
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
    var fit = Weighed.plain(laid),
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
      rows: Weighed.changed(laid.rows, function (value) {
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
    var moved = Weighed.changed(state.rows, function (value, judge, at) {
      return value - times(state.scale[judge] - ONE, state.theta[at]);
    });
    var fit = Weighed.fit(moved, Weighed.panels(state.rows, state.weight), state.count.length),
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
    var laid = Weighed.laidOut(kept);
    METHODS[method](laid).forEach(function (score, at) {
      if (score !== null) found[laid.names[at]] = Exact.fraction(score, ONE);
    });
    return found;
  }

  return { METHODS: METHODS, scores: scores };
})();
