// A record opened: its events replayed, its newest certificate, and the checks of the page.
// biome-ignore lint/correctness/noUnusedVariables: page.js, the last part of the script, uses it
var Record = (function () {
  "use strict";

  var FIRST = "0000000000000000000000000000000000000000000000000000000000000000";
  var HASHED = ["competition_id", "n", "round_id", "at", "actor", "kind", "subject", "payload"];
  var MARKING = ["marks_recorded", "sheet_submitted", "marks_resent"];

  /** What the page works on, from the data in it: a whole record or a public result. */
  function open(data) {
    var record = { data: data, events: data.events || null, files: data.files || [] };
    if (data.format === "arena-winners-1") return record;
    if (record.events) {
      certified(record, certificates(data, data.round)[0]);
      if (record.content.parts) record.sources = sourcesOf(record);
    } else {
      record.text = data.content;
      record.sha256 = data.sha256;
      record.content = JSON.parse(data.content);
      record.orders = data.rulings;
    }
    record.marks = record.content.marks;
    return record;
  }

  /** What a certificate says, and the tables where it stands. */
  function certified(record, row) {
    record.text = row.content;
    record.sha256 = row.sha256;
    record.content = JSON.parse(row.content);
    record.tables = replay(record.events, record.content.event.n);
    record.orders = rowsOf(record, "rulings").filter(isOrder).map(listed);
    record.marks = record.content.marks;
    return record;
  }

  /** Part of a composite -> the record of its round, computed. */
  function sourcesOf(record) {
    var sources = {};
    record.content.parts.forEach(function (part) {
      if (!part.round) return;
      var known = certificates({ events: record.events }, part.round).filter(function (row) {
        return record.tables.snapshots[Hashing.canonical({ id: row.id })];
      });
      var row = known.filter(function (one) {
        return one.version === part.version;
      })[0];
      if (!row) return;
      var one = certified({ data: record.data, events: record.events }, row);
      one.isNewest = row === known[0];
      one.result = compute(one);
      sources[part.id] = one;
    });
    return sources;
  }

  function isOrder(row) {
    return row.kind === "order" && row.confirmed_by && !row.withdrawn_reason;
  }

  function listed(row) {
    return JSON.parse(row.entrants);
  }

  /** The certificates of a round, newest first. */
  function certificates(data, round) {
    var stored = replay(data.events, Infinity).snapshots || {};
    return Object.keys(stored)
      .map(function (key) {
        return stored[key];
      })
      .filter(function (row) {
        return row.kind === "certify" && row.round_id === round;
      })
      .sort(function (a, b) {
        return b.version - a.version;
      });
  }

  /** The tables after an event: table -> key -> row. */
  function replay(events, until) {
    var tables = {};
    events.forEach(function (event) {
      if (event.n > until || event.payload === undefined) return;
      JSON.parse(event.payload).changes.forEach(function (change) {
        var table = tables[change.table] || (tables[change.table] = {});
        var key = Hashing.canonical(change.key);
        if (change.row === null) delete table[key];
        else table[key] = change.row;
      });
    });
    return tables;
  }

  function rowsOf(record, table) {
    var rows = record.tables[table] || {},
      round = record.content.round.id;
    return Object.keys(rows)
      .map(function (key) {
        return rows[key];
      })
      .filter(function (row) {
        return row.round_id === round;
      });
  }

  /** Every figure again from the marks. */
  function compute(record, marks) {
    if (record.content.parts) return Sums.compute(record);
    return Contest.compute(record.content, marks || record.marks, record.orders);
  }

  // ---- words for what differs

  function lineOf(record, id) {
    return record.content.entrants.filter(function (line) {
      return line.entrant_id === id;
    })[0];
  }

  function called(record, id) {
    var line = lineOf(record, id);
    if (!line) return id;
    return (line.number === null ? line.code : line.number) + " " + (line.village || line.township);
  }

  function markName(record, key) {
    var row = record.content.rubric.filter(function (one) {
      return one.id === key[2];
    })[0];
    var seat = record.content.judges ? record.content.judges[key[1]] : "";
    return [called(record, key[0]), seat || key[1], row ? row.name : key[2]].join(" · ");
  }

  function event(n, why) {
    return n + (why ? " (" + why + ")" : "");
  }

  // ---- the checks: each gives the faults it finds, or null for what is not computed here

  var CHECKS = {
    text: function (record) {
      var faults = Hashing.hashed(record.text) === record.sha256 ? [] : [record.sha256];
      return Hashing.canonical(record.content) === record.text ? faults : faults.concat(["JSON"]);
    },

    chain: function (record) {
      var events = record.events || byEntries(record.data.entries),
        stands = (record.content || record.data.certificate).event,
        before = FIRST,
        faults = [],
        at = null;
      events.forEach(function (one, index) {
        if (broken(one, index + 1, before)) faults.push(event(one.n));
        if (one.hash === undefined) before = link(one.entry, before);
        else before = one.hash;
        if (one.n === stands.n) at = before;
      });
      if (at !== stands.hash) faults.push(event(stands.n));
      if (record.data.head.split(".").pop() !== before) faults.push(record.data.head);
      return faults;
    },

    times: function (record) {
      var before = "";
      return record.events
        .filter(function (one) {
          return one.payload !== undefined;
        })
        .filter(function (one) {
          var isBack = one.at < before;
          before = one.at;
          return isBack;
        })
        .map(function (one) {
          return event(one.n, one.at);
        });
    },

    generations: function (record) {
      var begun = replay(record.events, Infinity).generations || {},
        hashes = { 0: FIRST };
      record.events.forEach(function (one) {
        hashes[one.n] = one.hash;
      });
      var rows = Object.keys(begun)
        .map(function (key) {
          return begun[key];
        })
        .sort(function (a, b) {
          return a.number - b.number;
        });
      // a number that is missing was begun by another machine
      return rows
        .filter(function (row, at) {
          var isBack = at > 0 && row.last_n <= rows[at - 1].last_n;
          return isBack || hashes[row.last_n] !== row.last_hash;
        })
        .map(function (row) {
          return String(row.number);
        });
    },

    open: function (record) {
      var open = {},
        faults = [];
      record.events.forEach(function (one) {
        if (one.kind === "round_opened" || one.kind === "round_reopened") open[one.round_id] = true;
        else if (one.kind === "round_closed") open[one.round_id] = false;
        else if (MARKING.indexOf(one.kind) >= 0 && !open[one.round_id]) faults.push(event(one.n));
      });
      return faults;
    },

    marks: function (record) {
      var said = {},
        stored = {},
        faults = [];
      record.marks.forEach(function (mark) {
        said[mark.slice(0, 3).join(" ")] = mark;
      });
      counted(record).forEach(function (mark) {
        stored[mark.slice(0, 3).join(" ")] = mark;
      });
      Object.keys(said)
        .concat(Object.keys(stored))
        .forEach(function (key) {
          var ours = said[key],
            theirs = stored[key];
          if (ours && theirs && ours[3] === theirs[3]) return;
          var values = [ours, theirs].map(function (mark) {
            return mark ? String(mark[3] / 1000) : "–";
          });
          faults.push(markName(record, ours || theirs) + ": " + values.join(" ≠ "));
        });
      var again = record.content.readings || [];
      if (Hashing.canonical(again) !== Hashing.canonical(countedReadings(record)))
        faults.push("readings");
      return faults.concat(otherDeductions(record));
    },

    rules: function (record) {
      var content = record.content,
        whole = { rubric: content.rubric, rules: content.rules };
      if (content.parts) whole.parts = Sums.declared(record);
      var text = Hashing.canonical(whole),
        faults = Hashing.hashed(text) === content.rules_hash ? [] : [content.rules_hash];
      if (!record.events) return faults;
      var rows = record.tables.rounds || {};
      Object.keys(rows).forEach(function (key) {
        var row = rows[key];
        if (row.id !== content.round.id) return;
        var same = Hashing.canonical(JSON.parse(row.rules)) === Hashing.canonical(content.rules);
        if (!same || row.rules_hash !== content.rules_hash) faults.push(row.rules_hash);
      });
      var declared = rowsOf(record, "prize_plans").map(function (row) {
        return JSON.parse(row.content);
      });
      var stated = content.prizes ? [content.prizes] : [];
      if (Hashing.canonical(declared) !== Hashing.canonical(stated)) faults.push("prizes");
      return faults;
    },

    parts: function (record, result) {
      return Sums.other(record, result);
    },

    votes: function (record) {
      return Votes.other(record);
    },

    /** All checks of a certificate, of each round that a composite is made of. */
    rounds: function (record) {
      var faults = [];
      Object.keys(record.sources).forEach(function (part) {
        var one = record.sources[part];
        OF_ROUND.forEach(function (name) {
          check(name, one, one.result).forEach(function (fault) {
            faults.push(one.content.round.title + " · " + fault);
          });
        });
      });
      return faults;
    },

    root: function (record) {
      var ids = record.data.ids || idsOf(record),
        sheets = [],
        at = {};
      record.marks.forEach(function (mark, index) {
        var key = mark[0] + " " + mark[1];
        if (!at[key]) {
          at[key] = { entrant: mark[0], judge: mark[1], marks: [] };
          sheets.push(at[key]);
        }
        at[key].marks.push([mark[2], mark[3], ids[index]]);
      });
      var wanted = record.content.sheets_root;
      if (wanted === undefined) return []; // a certificate made before there was a root
      return Hashing.rootOf(sheets) === wanted ? [] : [wanted];
    },

    scores: function (record, result) {
      return differing(record, result, Contest.SCORES, function (line, found, name) {
        var decimals = record.content.rules.scoring.decimals;
        if (line.official === null) return "";
        var figure = found[name] === undefined ? null : Exact.printed(found[name], decimals);
        return line[name] === figure ? "" : line[name] + " ≠ " + figure;
      });
    },

    ranks: function (record, result) {
      return differing(record, result, Contest.SCORES, function (line, found, name) {
        var said = name === "official" ? line.rank : line[name + "_rank"];
        if (found[name] === undefined || said === found[name + "_rank"]) return "";
        return said + " ≠ " + found[name + "_rank"];
      });
    },

    line: function (record, result) {
      var chosen = result.chosen;
      var faults = differing(record, result, [""], function (line) {
        if (line.official === null) return line.selected ? "–" : "";
        var id = line.entrant_id,
          state = chosen.open[id] ? "open" : chosen.inside[id] ? "in" : "out";
        if (line.label !== state) return line.label + " ≠ " + state;
        return state !== "open" && line.selected !== !!chosen.inside[id] ? state : "";
      });
      var top = record.content.rules.scoring.top,
        selected = record.content.entrants.filter(function (line) {
          return line.selected;
        }).length;
      var isMore = selected > top && record.content.rules.scoring.at_cut !== "extend";
      return isMore ? faults.concat([selected + " > " + top]) : faults;
    },

    order: function (record, result) {
      var chosen = result.chosen;
      return differing(record, result, [""], function (line) {
        var id = line.entrant_id;
        if (!chosen.open[id]) return "";
        if (chosen.waiting[id]) return line.selected ? line.decided_by : "";
        var isSame = line.selected === !!chosen.inside[id] && line.decided_by === chosen.by[id];
        return isSame ? "" : line.decided_by + " ≠ " + chosen.by[id];
      });
    },

    places: function (record, result) {
      var place = 1,
        chosen = result.chosen,
        faults = [],
        wanted = {};
      record.content.entrants.forEach(function (line) {
        wanted[line.entrant_id] = line;
      });
      placesOf(record, result).forEach(function (one) {
        one.ids.forEach(function (id) {
          var line = wanted[id],
            by = chosen.by[id] || one.by;
          if (line.place !== place)
            faults.push(called(record, id) + ": " + line.place + " ≠ " + place);
          else if (!chosen.open[id] && line.decided_by !== by)
            faults.push(called(record, id) + ": " + line.decided_by + " ≠ " + by);
        });
        place += one.ids.length;
      });
      return faults;
    },
  };

  var OF_ROUND = [
    "text",
    "chain",
    "marks",
    "rules",
    "root",
    "scores",
    "ranks",
    "line",
    "order",
    "places",
  ];

  function placesOf(record, result) {
    return Selection.classes(record.content, record.marks, result, record.orders || []);
  }

  function byEntries(entries) {
    return entries.map(function (entry, at) {
      return { n: at + 1, entry: entry };
    });
  }

  function link(entry, before) {
    return entry.charAt(0) === "=" ? entry.slice(1) : Hashing.hashed(before + entry);
  }

  function broken(one, n, before) {
    if (one.hash === undefined) return false;
    if (one.n !== n || one.prev !== before) return true;
    var said = {};
    HASHED.forEach(function (name) {
      said[name] = one[name] === undefined ? null : one[name];
    });
    if (one.entry === null) {
      said.prev = one.prev;
      return one.payload !== undefined && Hashing.hashed(Hashing.canonical(said)) !== one.hash;
    }
    if (one.payload !== undefined && Hashing.hashed(Hashing.canonical(said)) !== one.entry)
      return true;
    return Hashing.hashed(one.prev + one.entry) !== one.hash;
  }

  /** The marks that count after the events: entrant, judge, criterion, mark. */
  function counted(record) {
    var seats = {},
      stages = {},
      pairs = {},
      sheets = {},
      found = [];
    rowsOf(record, "seats").forEach(function (row) {
      seats[row.person_id] = row;
    });
    rowsOf(record, "round_entrants").forEach(function (row) {
      stages[row.entrant_id] = row;
    });
    rowsOf(record, "assignments").forEach(function (row) {
      pairs[row.entrant_id + " " + row.person_id] = row;
    });
    rowsOf(record, "sheets").forEach(function (row) {
      var pair = pairs[row.entrant_id + " " + row.person_id],
        seat = seats[row.person_id],
        stage = stages[row.entrant_id];
      if (!pair || !seat || !stage || row.state !== "submitted") return;
      var holds = !seat.reserve || (pair.stands_for !== null && pair.stands_for !== undefined);
      if (pair.state === "expected" && holds && stage.stage !== "withdrawn") sheets[row.id] = row;
    });
    var marks = record.tables.marks || {};
    Object.keys(marks).forEach(function (key) {
      var row = marks[key],
        sheet = sheets[row.sheet_id];
      if (sheet && row.value !== null)
        found.push([sheet.entrant_id, sheet.person_id, row.criterion_id, row.value, row.client_id]);
    });
    return found;
  }

  /** The marks of second readings: of entrants whom every reader read, each reading confirmed. */
  function countedReadings(record) {
    var readers = {},
      read = {},
      marked = {},
      by = {},
      rows = rowsOf(record, "readings").filter(function (row) {
        return !row.withdrawn_by;
      });
    var sheets = {};
    rowsOf(record, "sheets").forEach(function (row) {
      sheets[row.id] = row.entrant_id + " " + row.person_id;
    });
    every(record.tables.marks).forEach(function (row) {
      if (row.value !== null) marked[sheets[row.sheet_id]] = true;
    });
    rows.forEach(function (row) {
      readers[row.person_id] = true;
      if (!row.confirmed_by || marked[row.entrant_id + " " + row.person_id]) return;
      if (!read[row.entrant_id]) read[row.entrant_id] = {};
      read[row.entrant_id][row.person_id] = true;
    });
    rows.forEach(function (row) {
      var own = Object.keys(read[row.entrant_id] || {});
      if (row.confirmed_by && own.length === Object.keys(readers).length) by[row.id] = row;
    });
    return every(record.tables.reading_marks)
      .filter(function (mark) {
        return by[mark.reading_id];
      })
      .map(function (mark) {
        var row = by[mark.reading_id];
        return [row.entrant_id, row.person_id, mark.criterion_id, mark.value];
      })
      .sort(function (a, b) {
        var left = a.slice(0, 3).join(" "),
          right = b.slice(0, 3).join(" ");
        return left < right ? -1 : left > right ? 1 : 0;
      });
  }

  function every(table) {
    return Object.keys(table || {}).map(function (key) {
      return table[key];
    });
  }

  function idsOf(record) {
    var ids = {};
    counted(record).forEach(function (mark) {
      ids[mark.slice(0, 3).join(" ")] = mark[4];
    });
    return record.marks.map(function (mark) {
      return ids[mark.slice(0, 3).join(" ")];
    });
  }

  function otherDeductions(record) {
    var costs = {};
    rowsOf(record, "deductions").forEach(function (row) {
      if (row.confirmed_by && !row.withdrawn_reason)
        costs[row.entrant_id] = (costs[row.entrant_id] || 0) + row.amount;
    });
    return record.content.entrants
      .filter(function (line) {
        var cost = Exact.fraction(costs[line.entrant_id] || 0, 1000);
        return Exact.order(cost, Exact.read(line.deduction));
      })
      .map(function (line) {
        return called(record, line.entrant_id) + ": " + line.deduction;
      });
  }

  function differing(record, result, names, differs) {
    var faults = [];
    record.content.entrants.forEach(function (line) {
      names.forEach(function (name) {
        var said = differs(line, result.lines[line.entrant_id], name);
        if (said) faults.push(called(record, line.entrant_id) + ": " + said);
      });
    });
    return faults;
  }

  /** One check by name; what cannot even be read is a fault, too. */
  function check(name, record, result) {
    try {
      return CHECKS[name](record, result);
    } catch (error) {
      return [String(error)];
    }
  }

  return {
    open: open,
    compute: compute,
    check: check,
    CHECKS: CHECKS,
    called: called,
    rowsOf: rowsOf,
  };
})();
