// Exact numbers in ES5: fractions of BigInt (as a function: old engines cannot read "1n"), roots,
// and linear systems solved in whole numbers.
// biome-ignore lint/correctness/noUnusedVariables: the other files of the script use it
var Exact = (function () {
  "use strict";

  var isAble = typeof BigInt !== "undefined";
  var NONE = isAble ? BigInt(0) : 0;
  var UNIT = isAble ? BigInt(1) : 1;
  var TWO = isAble ? BigInt(2) : 2;
  var ZERO = { n: NONE, d: UNIT };

  function gcd(a, b) {
    if (a < NONE) a = -a;
    while (b !== NONE) {
      var rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  /** n over d in lowest terms, d > 0. */
  function fraction(n, d) {
    n = BigInt(n);
    d = BigInt(d);
    if (d < NONE) {
      n = -n;
      d = -d;
    }
    var by = gcd(n, d);
    return by > UNIT ? { n: n / by, d: d / by } : { n: n, d: d };
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
    var text = "1";
    while (text.length <= decimals) text += "0";
    return BigInt(text);
  }

  function floored(n, d) {
    var whole = n / d;
    return n % d !== NONE && n < NONE ? whole - UNIT : whole;
  }

  /** A decimal or a fraction as text: "0.5", "3/10". */
  function read(text) {
    var parts = String(text).split("/");
    if (parts.length === 2) return fraction(parts[0], parts[1]);
    var point = parts[0].split(".");
    var decimals = (point[1] || "").length;
    return fraction(BigInt(point[0] + (point[1] || "")), power(decimals));
  }

  /** A number in whole last decimals: half up, or half to even. */
  function units(value, decimals, rounding) {
    var n = value.n * power(decimals),
      d = value.d;
    var up = floored(TWO * n + d, TWO * d);
    var isHalf = (TWO * n + d) % (TWO * d) === NONE;
    return rounding === "half_even" && isHalf && up % TWO !== NONE ? up - UNIT : up;
  }

  /** As `units`, of what is solved for: six more decimals first, so that a half is a half. */
  function unitsNear(value, decimals, rounding) {
    var near = units(value, decimals + 6, "half_even");
    return units(fraction(near, power(decimals + 6)), decimals, rounding);
  }

  /** A printed figure in whole last decimals: "91.24" is 9124. */
  function whole(figure) {
    return BigInt(figure.replace(".", ""));
  }

  function printed(units, decimals) {
    var sign = units < NONE ? "-" : "";
    var digits = String(units < NONE ? -units : units);
    while (digits.length <= decimals) digits = "0" + digits;
    return decimals
      ? sign + digits.slice(0, -decimals) + "." + digits.slice(-decimals)
      : sign + digits;
  }

  /** The whole part of a root. */
  function root(value) {
    if (value < TWO) return value;
    var x = value,
      next = (x + UNIT) / TWO;
    while (next < x) {
      x = next;
      next = (x + value / x) / TWO;
    }
    return x;
  }

  /** A root with its sign to forty places; a rational root exactly. */
  function signedRoot(square, isNegative) {
    var n = root(square.n),
      d = root(square.d),
      deep = power(40);
    var found =
      n * n === square.n && d * d === square.d
        ? fraction(n, d)
        : fraction(root(floored(square.n * deep * deep, square.d)), deep);
    return isNegative ? fraction(-found.n, found.d) : found;
  }

  /**
   * Solve a system of whole numbers by elimination without fractions (Bareiss).
   * Rows have the right-hand sides behind the matrix; the answer is rows over one denominator.
   */
  function solve(rows, size) {
    var before = UNIT;
    for (var k = 0; k < size; k++) {
      var at = k;
      while (rows[at][k] === NONE) at++;
      var head = rows[at];
      rows[at] = rows[k];
      rows[k] = head;
      for (var i = 0; i < rows.length; i++) {
        if (i === k) continue;
        var row = rows[i],
          factor = row[k];
        for (var j = 0; j < row.length; j++)
          row[j] = (head[k] * row[j] - factor * head[j]) / before;
      }
      before = head[k];
    }
    return {
      over: before,
      rows: rows.map(function (row) {
        return row.slice(size);
      }),
    };
  }

  function common(denominators) {
    return denominators.reduce(function (a, b) {
      return (a / gcd(a, b)) * b;
    }, UNIT);
  }

  return {
    isAble: isAble,
    ZERO: ZERO,
    NONE: NONE,
    UNIT: UNIT,
    TWO: TWO,
    fraction: fraction,
    add: add,
    less: less,
    times: times,
    over: over,
    order: order,
    sum: sum,
    mean: mean,
    power: power,
    floored: floored,
    read: read,
    units: units,
    unitsNear: unitsNear,
    whole: whole,
    printed: printed,
    root: root,
    signedRoot: signedRoot,
    solve: solve,
    common: common,
  };
})();
