// Whole numbers of 2^-BITS: the long decimals of fits that come near step by step. ES5.
// biome-ignore lint/correctness/noUnusedVariables: weighed.js and steps.js use it
var Deep = (function () {
  "use strict";

  var BITS = Exact.isAble ? BigInt(176) : 0;
  var ONE = Exact.isAble ? Exact.UNIT << BITS : 1;
  var NONE = Exact.NONE;

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

  function squares(values) {
    return values.reduce(function (all, value) {
      return all + times(value, value);
    }, NONE);
  }

  return {
    BITS: BITS,
    deep: deep,
    said: said,
    times: times,
    over: over,
    shared: shared,
    root: root,
    size: size,
    larger: larger,
    sum: sum,
    mean: mean,
    filled: filled,
    deviation: deviation,
    farthest: farthest,
    squares: squares,
    ONE: ONE,
    NONE: NONE,
  };
})();
