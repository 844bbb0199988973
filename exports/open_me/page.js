// The page: the result's lines, one entrant's sheets and sum, the checks. ES5.
(function () {
  "use strict";

  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words;
  var content = JSON.parse(data.content);
  var marks = content.marks.map(function (mark) {
    return mark.slice();
  });
  var rules = content.rules.scoring;
  var chosen = null;
  var trying = false;

  function byId(id) {
    return document.getElementById(id);
  }

  function make(name, text, cls) {
    var node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (cls) node.className = cls;
    return node;
  }

  function say(key, values) {
    var text = words[key];
    Object.keys(values || {}).forEach(function (name) {
      text = text.split("{" + name + "}").join(String(values[name]));
    });
    return text;
  }

  function decimal(thousandths) {
    var text = String(thousandths / 1000);
    return text.indexOf(".") < 0 ? text + ".0" : text;
  }

  function lineOf(id) {
    return content.entrants.filter(function (line) {
      return line.entrant_id === id;
    })[0];
  }

  function judges() {
    return Object.keys(content.judges).sort(function (a, b) {
      return content.judges[a] - content.judges[b];
    });
  }

  function two(number) {
    return number < 10 ? "0" + number : String(number);
  }

  // ---- one entrant

  function show(id) {
    chosen = id;
    var line = lineOf(id),
      result = data.computed.lines[id],
      own = data.computed.totals[id],
      here = judges().filter(function (judge) {
        return own[judge];
      }),
      box = byId("entrant");
    Array.prototype.forEach.call(document.querySelectorAll("tr[data-id]"), function (row) {
      row.className = row.getAttribute("data-id") === id ? "on" : "";
    });
    box.textContent = "";
    var head = make("h2", title(line));
    head.appendChild(make("span", say("counted", { n: here.length, of: line.expected }), "x"));
    box.appendChild(head);
    var dropped = droppedOf(own, here);
    var scroll = make("div", undefined, "scroll");
    scroll.appendChild(sheet(id, here, own, dropped));
    box.appendChild(scroll);
    box.appendChild(sum(line, result, own, here, dropped));
  }

  function title(line) {
    var number = line.number === null ? "" : say("number", { n: line.number }) + " ";
    return number + line.county + " " + line.township + (line.village ? " " + line.village : "");
  }

  function isTrimmed() {
    return data.computed.methods.official === "trimmed";
  }

  function droppedOf(own, here) {
    var found = {};
    if (!isTrimmed() || here.length < rules.trim_low + rules.trim_high + 3) return found;
    var ordered = here.slice().sort(function (a, b) {
      return Record.order(own[a], own[b]);
    });
    ordered.slice(0, rules.trim_low).forEach(function (judge) {
      found[judge] = "lowest";
    });
    ordered.slice(ordered.length - rules.trim_high).forEach(function (judge) {
      found[judge] = "highest";
    });
    return found;
  }

  function text(value, decimals) {
    return Record.printed(Record.units(value, decimals, rules.rounding), decimals);
  }

  function sheet(id, here, own, dropped) {
    var table = make("table"),
      first = make("tr");
    first.appendChild(make("th", words.criterion));
    first.appendChild(make("th", words.maximum, "n"));
    here.forEach(function (judge) {
      first.appendChild(make("th", two(content.judges[judge]), "n"));
    });
    table.appendChild(first);
    content.rubric.forEach(function (row) {
      var tr = make("tr");
      tr.appendChild(make("td", row.name));
      tr.appendChild(make("td", decimal(row.maximum).replace(/\.0$/, ""), "n mute"));
      here.forEach(function (judge) {
        tr.appendChild(cell(id, judge, row, dropped[judge]));
      });
      table.appendChild(tr);
    });
    var last = make("tr", undefined, "sum");
    last.appendChild(make("td", words.total));
    last.appendChild(make("td", String(rules.scale_max), "n"));
    here.forEach(function (judge) {
      var td = make("td", undefined, "n" + (dropped[judge] ? " dr" : ""));
      var total = text(own[judge], rules.sheet_decimals);
      td.appendChild(dropped[judge] ? make("s", total) : document.createTextNode(total));
      if (dropped[judge]) td.appendChild(make("small", words[dropped[judge]]));
      last.appendChild(td);
    });
    table.appendChild(last);
    return table;
  }

  function cell(id, judge, row, isDropped) {
    var at = -1;
    marks.forEach(function (mark, i) {
      if (mark[0] === id && mark[1] === judge && mark[2] === row.id) at = i;
    });
    var td = make("td", undefined, "n" + (isDropped ? " dr" : ""));
    if (!trying) {
      td.textContent = decimal(marks[at][3]);
      return td;
    }
    var field = make("input");
    field.type = "number";
    field.min = 0;
    field.max = row.maximum / 1000;
    field.step = row.step / 1000;
    field.value = decimal(marks[at][3]);
    field.setAttribute("aria-label", row.name + " " + two(content.judges[judge]));
    field.onchange = function () {
      var typed = Math.round(Number(field.value) * 1000);
      var fits = field.value !== "" && typed >= 0 && typed <= row.maximum && typed % row.step === 0;
      field.className = fits ? "" : "bad";
      if (!fits) return;
      marks[at][3] = typed;
      compute();
      show(id);
      moved();
    };
    td.appendChild(field);
    return td;
  }

  function sum(line, result, own, here, dropped) {
    var box = make("div", undefined, "f"),
      name = data.computed.methods.official,
      gross = result.official_exact;
    if (!gross) {
      box.appendChild(make("p", words.not_here));
      return box;
    }
    if (name === "trimmed" || name === "mean") {
      var kept = here.filter(function (judge) {
        return !dropped[judge];
      });
      var parts = kept.map(function (judge) {
        return text(own[judge], rules.sheet_decimals);
      });
      box.appendChild(make("p", say("added", { n: kept.length }), "mute"));
      var whole = text(
        Record.sum(
          kept.map(function (judge) {
            return own[judge];
          }),
        ),
        rules.sheet_decimals,
      );
      box.appendChild(make("p", parts.join(" + ") + " = " + whole));
    } else {
      box.appendChild(make("p", words["by_" + name], "mute"));
    }
    var exact = make("p", undefined, "q");
    exact.appendChild(make("span", String(gross.n) + " / " + String(gross.d), "fraction"));
    exact.appendChild(make("span", "= " + text(gross, 6)));
    exact.appendChild(make("span", say("deducted", { points: line.deduction }), "mute"));
    exact.appendChild(make("b", Record.printed(result.official, rules.decimals)));
    box.appendChild(exact);
    return box;
  }

  // ---- changing a mark

  function compute() {
    data.computed = Record.compute(content, marks);
  }

  function moved() {
    var box = byId("moved");
    box.textContent = "";
    content.entrants.forEach(function (line) {
      var found = data.computed.lines[line.entrant_id];
      if (found.official === undefined) return;
      var figure = Record.printed(found.official, rules.decimals);
      if (figure === line.official && found.official_rank === line.rank) return;
      var values = {
        who: title(line),
        before: line.official,
        after: figure,
        rank: line.rank,
        now: found.official_rank,
      };
      box.appendChild(make("li", say("moved", values)));
    });
    if (!box.firstChild) box.appendChild(make("li", words.nothing_moved));
    byId("moved-box").hidden = false;
  }

  // ---- the checks

  function run() {
    marks = content.marks.map(function (mark) {
      return mark.slice();
    });
    compute();
    var rows = document.querySelectorAll("#checks li[data-check]");
    var good = 0;
    function next(at) {
      if (at === rows.length) {
        byId("outcome").textContent = say("outcome", { good: good, of: rows.length });
        byId("outcome").className = "x " + (good === rows.length ? "ok" : "alert");
        if (chosen) show(chosen);
        return;
      }
      var row = rows[at],
        mark = row.querySelector("b"),
        faults;
      try {
        faults = Record.CHECKS[row.getAttribute("data-check")](data);
      } catch (error) {
        faults = [String(error)];
      }
      if (!faults.length) good++;
      mark.className = faults.length ? "alert" : "ok";
      mark.textContent = faults.length
        ? "✗ " + say("differs", { what: faults[0] })
        : "✓ " + words.same;
      setTimeout(function () {
        next(at + 1);
      }, 0);
    }
    next(0);
  }

  if (typeof BigInt === "undefined") {
    byId("old").hidden = false;
    return;
  }
  Record.start();
  data.parsed = content;
  compute();
  byId("run").onclick = run;
  byId("try").onclick = function () {
    trying = true;
    show(chosen);
    byId("try").disabled = true;
  };
  Array.prototype.forEach.call(document.querySelectorAll("tr[data-id]"), function (row) {
    var button = row.querySelector("button");
    button.disabled = false;
    row.onclick = function () {
      show(row.getAttribute("data-id"));
    };
  });
  byId("run").disabled = false;
  byId("try").disabled = false;
  if (content.entrants.length) show(content.entrants[0].entrant_id);
})();
