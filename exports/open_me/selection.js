// Who gets the seats: caps of counties, their floors, the other seats; ties by the declared keys.
// biome-ignore lint/correctness/noUnusedVariables: contest.js uses it
var Selection = (function () {
  "use strict";

  function quota(rule, county) {
    if (rule === null || rule === undefined) return null;
    if (typeof rule !== "object") return rule;
    var value = rule[county] === undefined ? rule["*"] : rule[county];
    return value === undefined ? null : value;
  }

  /** The selection: who is inside, who was open, and by which key. */
  function choose(content, marks, result, orders) {
    var rules = content.rules.scoring,
      groups = rules.groups || {},
      units = {},
      lines = {},
      found = { inside: {}, open: {}, by: {}, waiting: {} };
    content.entrants.forEach(function (line) {
      var own = result.lines[line.entrant_id];
      lines[line.entrant_id] = line;
      if (line.official !== null) units[line.entrant_id] = own.official;
    });
    var about = { content: content, marks: marks, result: result, orders: orders, lines: lines };

    function cut(members, seats) {
      var order = members.slice().sort(function (a, b) {
        return units[a] > units[b] ? -1 : units[a] < units[b] ? 1 : 0;
      });
      if (order.length <= seats) return order;
      if (seats <= 0) return [];
      var line = units[order[seats - 1]] + units[order[seats]],
        wide = Exact.TWO * result.half;
      function gap(id) {
        return Exact.TWO * units[id] - line;
      }
      var inside = order.filter(function (id) {
        return gap(id) > wide;
      });
      var near = order.filter(function (id) {
        return gap(id) <= wide && gap(id) >= -wide;
      });
      near.forEach(function (id) {
        found.open[id] = true;
        if (rules.at_cut === "extend") found.by[id] = "extend";
      });
      if (rules.at_cut === "extend") return inside.concat(near);
      return inside.concat(settle(near, seats - inside.length));
    }

    function settle(zone, seats) {
      var admitted = [],
        left = zone;
      Keys.declared(about, true).some(function (named) {
        if (!left.length) return true;
        var values = named.key(left);
        if (!values) return named.waits;
        var order = left.slice().sort(function (a, b) {
          return Keys.compare(values[b], values[a]);
        });
        var line = values[order[seats - 1]],
          above = [],
          equal = [];
        order.forEach(function (id) {
          var side = Keys.compare(values[id], line);
          if (side > 0) above.push(id);
          else if (!side) equal.push(id);
          if (side) found.by[id] = named.name;
        });
        if (above.length + equal.length === seats) {
          equal.forEach(function (id) {
            found.by[id] = named.name;
          });
          above = above.concat(equal);
          equal = [];
        }
        admitted = admitted.concat(above);
        seats -= above.length;
        left = equal;
        return false;
      });
      left.forEach(function (id) {
        found.waiting[id] = true;
      });
      return admitted;
    }

    var ranked = Hashing.sorted(Object.keys(units)),
      counties = {},
      inside = [];
    ranked.forEach(function (id) {
      var county = lines[id].county;
      if (!counties[county]) counties[county] = [];
      counties[county].push(id);
    });
    var held = hasAny(groups) ? Hashing.sorted(Object.keys(counties)) : [];
    held.forEach(function (county) {
      var cap = quota(groups.caps, county),
        own = counties[county];
      if (cap === null || cap >= own.length) return;
      var kept = cut(own, cap);
      ranked = ranked.filter(function (id) {
        return own.indexOf(id) < 0 || kept.indexOf(id) >= 0;
      });
    });
    held.forEach(function (county) {
      var own = counties[county].filter(function (id) {
        return ranked.indexOf(id) >= 0;
      });
      var floor = Math.min(quota(groups.floors, county) || 0, own.length);
      if (floor) inside = inside.concat(cut(own, floor));
    });
    var rest = ranked.filter(function (id) {
      return inside.indexOf(id) < 0;
    });
    inside.concat(cut(rest, rules.top - inside.length)).forEach(function (id) {
      found.inside[id] = true;
    });
    return found;
  }

  /** Classes of equal place, best first: the selected, then figures, then the keys. */
  function classes(content, marks, result, orders) {
    var lines = {},
      levels = {},
      found = [];
    content.entrants.forEach(function (line) {
      lines[line.entrant_id] = line;
      if (line.official === null) return;
      var unit = result.lines[line.entrant_id].official,
        key = (line.selected ? "1 " : "0 ") + unit;
      if (!levels[key]) levels[key] = { selected: line.selected, unit: unit, ids: [] };
      levels[key].ids.push(line.entrant_id);
    });
    var about = { content: content, marks: marks, result: result, orders: orders, lines: lines };
    Object.keys(levels)
      .map(function (key) {
        return levels[key];
      })
      .sort(function (a, b) {
        if (a.selected !== b.selected) return a.selected ? -1 : 1;
        return a.unit > b.unit ? -1 : 1;
      })
      .forEach(function (level) {
        found = found.concat(Keys.arranged(level.ids, Keys.declared(about, false)));
      });
    return found;
  }

  function hasAny(groups) {
    return [groups.caps, groups.floors].some(function (rule) {
      return rule !== null && rule !== undefined;
    });
  }

  return { choose: choose, classes: classes };
})();
