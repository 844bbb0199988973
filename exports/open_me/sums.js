// A result made of rounds and of scores given outside any: its record, its sums, its keys. ES5.
// biome-ignore lint/correctness/noUnusedVariables: the other files of the script use it
var Sums = (function () {
  "use strict";

  /** Entrant -> part -> its score. */
  function scoresOf(content) {
    var all = {};
    content.entrants.forEach(function (line) {
      all[line.entrant_id] = {};
      content.parts.forEach(function (part) {
        var score = part.scores[line.entrant_id];
        if (score !== undefined) all[line.entrant_id][part.id] = Exact.read(score);
      });
    });
    return all;
  }

  /** The weighted sum of what an entrant has in each part; nothing where one is missing. */
  function weighed(parts, own) {
    var isWhole = parts.every(function (part) {
      return own[part.id];
    });
    if (!isWhole) return undefined;
    return Exact.sum(
      parts.map(function (part) {
        return Exact.times(Exact.read(part.weight), own[part.id]);
      }),
    );
  }

  /** Every line again from the parts: figures, ranks, label, seat; as `Contest.compute`. */
  function compute(record) {
    var content = record.content,
      rules = content.rules.scoring,
      totals = scoresOf(content),
      result = { lines: {}, totals: totals, gross: { official: {} }, sources: record.sources };
    result.methods = { official: "sum", announced: "sum" };
    content.entrants.forEach(function (line) {
      var id = line.entrant_id,
        exact = weighed(content.parts, totals[id]),
        own = { counted: Object.keys(totals[id]).length };
      result.lines[id] = own;
      if (exact === undefined) return;
      result.gross.official[id] = exact;
      own.official = own.announced = Exact.units(exact, rules.decimals, rules.rounding);
      own.official_exact = own.announced_exact = exact;
    });
    Contest.rank(result.lines, "official");
    Contest.rank(result.lines, "announced");
    result.half = Fit.width(rules, square(content.parts, record.sources));
    result.chosen = Selection.choose(content, [], result, record.orders);
    return result;
  }

  /** The rounds' squared errors by the squares of their weights; null where one has none. */
  function square(parts, sources) {
    var whole = Exact.ZERO;
    var isKnown = parts.every(function (part) {
      if (!sources[part.id]) return true;
      var one = sources[part.id],
        found = Fit.squareOf(one.content.rules.scoring, one.result.totals),
        weight = Exact.read(part.weight);
      if (found) whole = Exact.add(whole, Exact.times(Exact.times(weight, weight), found));
      return found;
    });
    return isKnown ? whole : null;
  }

  /** The weighted sum of a score of the rounds' own, net; outside scores as they are. */
  function ownScores(about, gross) {
    var found = {};
    about.content.entrants.forEach(function (line) {
      var id = line.entrant_id,
        own = {};
      about.content.parts.forEach(function (part) {
        var one = about.result.sources[part.id];
        own[part.id] = one ? gross(part.id)[id] : about.result.totals[id][part.id];
        if (one && own[part.id]) own[part.id] = Exact.less(own[part.id], costOf(one, id));
      });
      found[id] = weighed(about.content.parts, own);
    });
    return found;
  }

  function costOf(one, id) {
    return one.content.entrants.reduce(function (cost, line) {
      return line.entrant_id === id ? Exact.read(line.deduction) : cost;
    }, Exact.ZERO);
  }

  function byPrecision(about) {
    return ownScores(about, function (part) {
      return Steps.scores("precision", Fit.fitted(about.result.sources[part].result.totals));
    });
  }

  function byMean(about) {
    return ownScores(about, function (part) {
      var all = about.result.sources[part].result.totals,
        means = {};
      Object.keys(all).forEach(function (id) {
        means[id] = Contest.average("mean", {}, Fit.values(all[id]));
      });
      return means;
    });
  }

  // ---- the parts against what the events say

  function declared(record) {
    var names = ["id", "position", "title", "weight", "source_id", "maximum", "step"];
    return Record.rowsOf(record, "parts")
      .sort(function (a, b) {
        return a.position - b.position;
      })
      .map(function (row) {
        var part = {};
        names.forEach(function (name) {
          part[name] = row[name];
        });
        if (row.vote !== null && row.vote !== undefined) part.vote = row.vote;
        return part;
      });
  }

  /** What of the parts differs from their declaration, certificates and confirmed lists. */
  function other(record, result) {
    var parts = record.content.parts,
      rows = declared(record),
      faults = [];
    if (rows.length !== parts.length) return [String(rows.length)];
    rows.forEach(function (row, at) {
      var part = parts[at],
        source = record.sources[part.id],
        isSame = row.id === part.id && row.title === part.title && row.weight === part.weight;
      if (!isSame || (row.source_id || "") !== part.round) faults.push(part.title);
      if (part.round && (!source || source.sha256 !== part.sha256 || !source.isNewest))
        faults.push(part.title + ": " + part.sha256);
      faults = faults.concat(
        otherScores(record, part, source ? published(source) : outside(record, part.id)),
      );
    });
    if (otherEntrants(record, rows)) faults.push("entrants");
    record.content.entrants.forEach(function (line) {
      if (line.counted !== result.lines[line.entrant_id].counted)
        faults.push(Record.called(record, line.entrant_id) + ": " + line.counted);
    });
    return faults;
  }

  function otherScores(record, part, scores) {
    var ids = Object.keys(part.scores);
    Object.keys(scores).forEach(function (id) {
      if (ids.indexOf(id) < 0) ids.push(id);
    });
    return ids
      .filter(function (id) {
        var said = part.scores[id];
        return !said || !scores[id] || Exact.order(Exact.read(said), scores[id]);
      })
      .map(function (id) {
        return part.title + ": " + Record.called(record, id) + ": " + part.scores[id];
      });
  }

  function published(source) {
    var scores = {};
    source.content.entrants.forEach(function (line) {
      if (line.official !== null) scores[line.entrant_id] = Exact.read(line.official);
    });
    return scores;
  }

  /** Entrant -> the outside score confirmed last. */
  function outside(record, part) {
    var lists = {},
      scores = {},
      rows = record.tables.outside_scores || {};
    Record.rowsOf(record, "outside_lists").forEach(function (row) {
      if (row.part_id === part && row.state === "confirmed") lists[row.id] = true;
    });
    record.events.forEach(function (one) {
      if (one.kind !== "outside_confirmed" || one.n > record.content.event.n) return;
      if (!lists[one.subject]) return;
      Object.keys(rows).forEach(function (key) {
        var row = rows[key];
        if (row.list_id !== one.subject) return;
        if (row.value === null) delete scores[row.entrant_id];
        else scores[row.entrant_id] = Exact.fraction(row.value, 1000);
      });
    });
    return scores;
  }

  /** Whether the entrants are others than those of the last part that is a round. */
  function otherEntrants(record, rows) {
    var listing = rows
      .map(function (row) {
        return row.source_id;
      })
      .filter(Boolean)
      .pop();
    var stages = record.tables.round_entrants || {};
    var listed = Object.keys(stages)
      .filter(function (key) {
        return stages[key].round_id === listing;
      })
      .map(function (key) {
        return stages[key].entrant_id;
      });
    var shown = record.content.entrants.map(function (line) {
      return line.entrant_id;
    });
    return Hashing.sorted(listed).join(" ") !== Hashing.sorted(shown).join(" ");
  }

  return {
    compute: compute,
    declared: declared,
    other: other,
    byPrecision: byPrecision,
    byMean: byMean,
  };
})();
