// An audience's ballots: their list, the votes they give, the scores that follow. ES5.
// biome-ignore lint/correctness/noUnusedVariables: record.js uses it
var Votes = (function () {
  "use strict";

  var HEAD = "code_sha256,entrants";

  /** What of the ballots differs from the closing, the certificate, the totals and the scores. */
  function other(record) {
    var text = record.data.ballots,
      vote = closed(record);
    if (!vote || typeof text !== "string") return ["ballots: –"];
    var lines = text.split("\n"),
      ballots = lines.slice(1, -1).map(function (line) {
        return line.split(",");
      });
    var faults = otherList(record, vote, text, ballots.length);
    if (lines[0] !== HEAD || lines[lines.length - 1] !== "") faults.push(HEAD);
    if (stepsOf(record) !== "vote_opened vote_closed") faults.push("vote_opened, vote_closed");
    var part = Sums.declared(record).filter(function (row) {
      return row.id === vote.part_id;
    })[0];
    return faults
      .concat(otherBallots(ballots, JSON.parse(part.vote).most))
      .concat(otherTotals(record, vote, part, ballots));
  }

  function closed(record) {
    return Record.rowsOf(record, "votes").filter(function (row) {
      return row.sha256;
    })[0];
  }

  function stepsOf(record) {
    return record.events
      .filter(function (one) {
        var isStep = one.kind === "vote_opened" || one.kind === "vote_closed";
        return isStep && one.round_id === record.content.round.id;
      })
      .map(function (one) {
        return one.kind;
      })
      .join(" ");
  }

  /** The list against the closing and against what each part of the certificate says. */
  function otherList(record, vote, text, count) {
    var faults = [];
    if (Hashing.hashed(text) !== vote.sha256) faults.push(vote.sha256);
    if (count !== vote.ballots) faults.push(vote.ballots + " ≠ " + count);
    record.content.parts.forEach(function (part) {
      var said = part.ballots;
      if (!said) return;
      var isSame = said.count === vote.ballots && said.sha256 === vote.sha256;
      if (!isSame || part.id !== vote.part_id) faults.push(part.title + ": " + said.sha256);
    });
    return faults;
  }

  /** Ballots that are there twice, not in their order, or choose none, too many or one twice. */
  function otherBallots(ballots, most) {
    return ballots
      .filter(function (ballot, at) {
        var chosen = (ballot[1] || "").split(" "),
          isNext = !at || ballots[at - 1][0] < ballot[0];
        var isOrdered = chosen.every(function (id, place) {
          return id && (!place || chosen[place - 1] < id);
        });
        return !isNext || !isOrdered || chosen.length > most || ballot.length !== 2;
      })
      .map(function (ballot) {
        return ballot[0].slice(0, 12);
      });
  }

  function otherTotals(record, vote, part, ballots) {
    var given = {},
      totals = {},
      highest = 0,
      faults = [];
    ballots.forEach(function (ballot) {
      (ballot[1] || "").split(" ").forEach(function (id) {
        given[id] = (given[id] || 0) + 1;
      });
    });
    Record.rowsOf(record, "vote_totals").forEach(function (row) {
      var found = given[row.entrant_id] || 0;
      totals[row.entrant_id] = row.votes;
      highest = Math.max(highest, row.votes);
      if (found !== row.votes)
        faults.push(Record.called(record, row.entrant_id) + ": " + row.votes + " ≠ " + found);
    });
    var whole = JSON.parse(part.vote).scale === "top" ? highest : ballots.length;
    return faults.concat(otherScores(record, vote, part, totals, whole));
  }

  /** The list of scores against the votes: half up to the step, in whole thousandths. */
  function otherScores(record, vote, part, totals, whole) {
    var kept = {},
      rows = record.tables.outside_scores || {};
    Object.keys(rows).forEach(function (key) {
      if (rows[key].list_id === vote.list_id) kept[rows[key].entrant_id] = rows[key].value;
    });
    var ids = Object.keys(totals).concat(
      Object.keys(kept).filter(function (id) {
        return totals[id] === undefined;
      }),
    );
    return ids
      .filter(function (id) {
        var has = whole && totals[id] !== undefined;
        return kept[id] !== (has ? scoreOf(totals[id], whole, part) : undefined);
      })
      .map(function (id) {
        var has = kept[id] !== undefined;
        return Record.called(record, id) + ": " + (has ? kept[id] / 1000 : "–");
      });
  }

  function scoreOf(votes, whole, part) {
    var top = 2 * votes * part.maximum + whole * part.step,
      below = 2 * whole * part.step;
    return ((top - (top % below)) / below) * part.step;
  }

  return { other: other };
})();
