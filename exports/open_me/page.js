// The page: the result's lines, one entrant's sheets and sum, the checks, the files. ES5.
(function () {
  "use strict";

  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words;
  var record, content, rules, marks, result;
  var chosen = null;
  var isTrying = false;
  var MOST_MOVED = 12;

  function byId(id) {
    return document.getElementById(id);
  }

  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }

  function make(name, text, cls) {
    var node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (cls) node.className = cls;
    return node;
  }

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) {
      return String(values[name]);
    });
  }

  function say(key, values) {
    return filled(words[key], values || {});
  }

  function keyName(decided) {
    var parts = decided.split(":"),
      name = words.key[parts[0]] || parts[0];
    return parts[1] ? name + " (" + parts[1] + ")" : name;
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

  function rounded(value, decimals) {
    return Exact.printed(Exact.units(value, decimals, rules.rounding), decimals);
  }

  function title(line) {
    var number = line.number === null ? "" : say("number", { n: line.number }) + " ";
    return number + line.county + " " + line.township + (line.village ? " " + line.village : "");
  }

  // ---- one entrant

  function show(id) {
    chosen = id;
    var line = lineOf(id),
      box = byId("entrant");
    all("tr[data-id]").forEach(function (row) {
      var isCut = row.className.indexOf("cut") >= 0 ? "cut " : "";
      row.className = isCut + (row.getAttribute("data-id") === id ? "on" : "");
    });
    box.hidden = false;
    box.textContent = "";
    if (content.parts) {
      ofParts(box, line);
      return;
    }
    var own = result.totals[id],
      here = judges().filter(function (judge) {
        return own[judge];
      });
    var head = make("h2", title(line));
    var note = say("counted", { n: here.length, of: line.expected });
    head.appendChild(make("span", note, "x"));
    box.appendChild(head);
    var scroll = make("div", undefined, "scroll");
    box.appendChild(scroll);
    var dropped = droppedOf(own, here);
    scroll.appendChild(
      here.length ? sheet(id, here, own, dropped) : make("p", words.none_here, "f"),
    );
    if (here.length) box.appendChild(sum(line, here, dropped));
  }

  /** The parts of a composite's entrant: weight, score, product. */
  function ofParts(box, line) {
    var table = make("table", undefined, "sheet"),
      scroll = make("div", undefined, "scroll"),
      own = result.totals[line.entrant_id];
    box.appendChild(make("h2", title(line)));
    table.appendChild(heads([words.part, words.weight, words.score, words.product]));
    content.parts.forEach(function (part) {
      var tr = make("tr"),
        score = own[part.id],
        product = score && Exact.times(Exact.read(part.weight), score);
      tr.appendChild(make("td", part.title));
      tr.appendChild(make("td", part.weight, "n mute"));
      tr.appendChild(make("td", part.scores[line.entrant_id] || "–", "n"));
      tr.appendChild(make("td", product ? rounded(product, rules.decimals + 2) : "–", "n"));
      table.appendChild(tr);
    });
    scroll.appendChild(table);
    box.appendChild(scroll);
    if (result.lines[line.entrant_id].official_exact) box.appendChild(sum(line, [], {}));
  }

  /** The judges whose totals the trimming leaves out. */
  function droppedOf(own, here) {
    var found = {},
      isTotal = rules.trim_level === "total" && result.methods.official === "trimmed";
    if (!isTotal || !Contest.isTrimmed(here.length, rules)) return found;
    var ordered = here.slice().sort(function (a, b) {
      return Exact.order(own[a], own[b]);
    });
    ordered.slice(0, rules.trim_low).forEach(function (judge) {
      found[judge] = "lowest";
    });
    ordered.slice(ordered.length - rules.trim_high).forEach(function (judge) {
      found[judge] = "highest";
    });
    return found;
  }

  function heads(names) {
    var row = make("tr");
    names.forEach(function (name, at) {
      var cell = make("th", name, at ? "n" : "");
      cell.scope = "col";
      row.appendChild(cell);
    });
    return row;
  }

  function sheet(id, here, own, dropped) {
    var table = make("table", undefined, "sheet"),
      numbers = here.map(function (judge) {
        return two(content.judges[judge]);
      });
    table.appendChild(heads([words.criterion, words.maximum].concat(numbers)));
    var at = {};
    marks.forEach(function (mark, index) {
      if (mark[0] === id) at[mark[1] + " " + mark[2]] = index;
    });
    content.rubric.forEach(function (row) {
      var tr = make("tr");
      tr.appendChild(make("td", row.name));
      tr.appendChild(make("td", decimal(row.maximum).replace(/\.0$/, ""), "n mute"));
      here.forEach(function (judge) {
        tr.appendChild(cell(judge, row, at[judge + " " + row.id], dropped[judge]));
      });
      table.appendChild(tr);
    });
    var last = make("tr", undefined, "sum");
    last.appendChild(make("td", words.total));
    last.appendChild(make("td", String(rules.scale_max), "n"));
    here.forEach(function (judge) {
      var td = make("td", undefined, "n" + (dropped[judge] ? " dr" : ""));
      var total = rounded(own[judge], rules.sheet_decimals);
      td.appendChild(dropped[judge] ? make("s", total) : document.createTextNode(total));
      if (dropped[judge]) td.appendChild(make("small", words[dropped[judge]]));
      last.appendChild(td);
    });
    table.appendChild(last);
    return table;
  }

  function cell(judge, row, at, isDropped) {
    var isChanged = marks[at][3] !== content.marks[at][3];
    var td = make("td", undefined, "n" + (isDropped ? " dr" : "") + (isChanged ? " new" : ""));
    if (!isTrying) {
      td.textContent = decimal(marks[at][3]);
      return td;
    }
    td.className += " try";
    var field = make("input");
    field.type = "text";
    field.inputMode = "decimal";
    field.value = decimal(marks[at][3]);
    field.setAttribute("aria-label", row.name + " " + two(content.judges[judge]));
    field.onchange = function () {
      var typed = Math.round(Number(field.value) * 1000);
      var fits = field.value !== "" && typed >= 0 && typed <= row.maximum && typed % row.step === 0;
      field.className = fits ? "" : "bad";
      if (!fits) return;
      marks[at] = marks[at].slice(0, 3).concat([typed]);
      result = Record.compute(record, marks);
      show(chosen);
      moved();
    };
    td.appendChild(field);
    return td;
  }

  function sum(line, here, dropped) {
    var box = make("div", undefined, "f"),
      own = result.lines[line.entrant_id],
      name = result.methods.official,
      method = words.method[name] || "";
    if (!own.official_exact) return box;
    if (name === "mean" || (name === "trimmed" && rules.trim_level === "total"))
      added(box, line.entrant_id, here, dropped);
    else if (method) box.appendChild(make("p", say("by_method", { method: method }), "mute"));
    box.appendChild(steps(line, own));
    var seat = seatWords(line);
    if (seat) box.appendChild(make("p", seat, "mute"));
    return box;
  }

  function added(box, id, here, dropped) {
    var kept = here
      .filter(function (judge) {
        return !dropped[judge];
      })
      .map(function (judge) {
        return result.totals[id][judge];
      });
    var texts = kept.map(function (total) {
      return rounded(total, rules.sheet_decimals);
    });
    box.appendChild(make("p", say("added", { n: kept.length }), "mute"));
    var whole = rounded(Exact.sum(kept), rules.sheet_decimals);
    box.appendChild(make("p", texts.join(" + ") + " = " + whole));
  }

  /** Fraction, decimal, deduction, printed figure: one line. */
  function steps(line, own) {
    var exact = own.official_exact,
      row = make("p", undefined, "q"),
      digits = String(exact.n).length;
    if (Steps.METHODS[rules.official]) row.appendChild(make("small", words.stepped));
    else if (digits < 12) {
      var fraction = make("span", undefined, "fraction");
      fraction.appendChild(make("span", String(exact.n), "over"));
      fraction.appendChild(make("span", String(exact.d)));
      row.appendChild(fraction);
    } else row.appendChild(make("small", words.exact + say("places", { n: digits })));
    var sign = Steps.METHODS[rules.official] ? "≈ " : "= ";
    row.appendChild(make("span", sign + rounded(exact, 6)));
    var values = { points: line.deduction, decimals: rules.decimals };
    row.appendChild(make("small", say("deducted", values)));
    row.appendChild(make("span", "="));
    row.appendChild(make("b", Exact.printed(own.official, rules.decimals)));
    return row;
  }

  /** Why the entrant has a seat or none. */
  function seatWords(line) {
    var cut = result.chosen,
      id = line.entrant_id;
    if (line.official === null) return "";
    var isIn = !!cut.inside[id],
      key = isIn ? "seat_in" : "seat_out";
    if (cut.open[id]) key = isIn ? "seat_open" : "seat_refused";
    var values = { rank: result.lines[id].official_rank || line.rank };
    values.by = keyName(cut.by[id] || "official");
    return say(key, values);
  }

  // ---- changing a mark

  /** What a changed mark changes: seats first, then ranks, then figures. */
  function moved() {
    var box = byId("moved"),
      found = [];
    content.entrants.forEach(function (line) {
      var one = movedLine(line);
      if (one) found.push(one);
    });
    found.sort(function (a, b) {
      return b.weight - a.weight;
    });
    box.textContent = "";
    found.slice(0, MOST_MOVED).forEach(function (one) {
      box.appendChild(make("li", one.text, one.weight > 1 ? "alert" : ""));
    });
    var rest = found.length - MOST_MOVED;
    if (rest > 0) box.appendChild(make("li", say("moved_more", { n: rest }), "mute"));
    if (!found.length) box.appendChild(make("li", words.nothing_moved));
    byId("moved-box").hidden = false;
  }

  function movedLine(line) {
    var cut = result.chosen,
      own = result.lines[line.entrant_id];
    if (own.official === undefined) return null;
    var figure = Exact.printed(own.official, rules.decimals),
      isIn = !!cut.inside[line.entrant_id],
      isRank = own.official_rank !== line.rank,
      isSeat = isIn !== line.selected;
    if (figure === line.official && !isRank && !isSeat) return null;
    var values = { who: title(line), before: line.official, after: figure };
    values.rank = line.rank;
    values.now = own.official_rank;
    var seat = isSeat ? say("moved_seat", { seat: words[isIn ? "selected" : "not_selected"] }) : "";
    var weight = (isSeat ? 2 : 0) + (isRank ? 1 : 0);
    return { weight: weight, text: say("moved", values) + seat };
  }

  function restore() {
    marks = content.marks.slice();
    isTrying = false;
    byId("moved-box").hidden = true;
    if (byId("try")) byId("try").disabled = false;
  }

  // ---- the checks

  function run() {
    var rows = all("#checks li[data-check]"),
      began = Date.now(),
      good = 0,
      left = 0;
    if (content) {
      restore();
      result = Record.compute(record);
    }
    function next(at) {
      if (at === rows.length) {
        done(good, rows.length - left, Date.now() - began);
        return;
      }
      var faults = Record.check(rows[at].getAttribute("data-check"), record, result);
      if (faults === null) left++;
      else if (!faults.length) good++;
      mark(rows[at].querySelector("b"), faults);
      setTimeout(function () {
        next(at + 1);
      }, 0);
    }
    next(0);
  }

  function mark(node, faults) {
    if (faults === null) {
      node.className = "mute";
      node.textContent = "○ " + words.left;
      return;
    }
    var more = faults.length > 1 ? say("more", { n: faults.length - 1 }) : "";
    node.className = faults.length ? "alert" : "ok";
    node.textContent = faults.length
      ? "✗ " + say("differs", { what: faults[0] }) + more
      : "✓ " + words.same;
  }

  function done(good, of, spent) {
    var seconds = (Math.max(spent, 10) / 1000).toFixed(2);
    byId("verdict").className = good === of ? "ok" : "alert";
    byId("outcome").textContent =
      good + "/" + of + " · " + say("outcome", { of: of, seconds: seconds });
    byId("outcome").className = good === of ? "ok" : "alert";
    if (chosen) show(chosen);
  }

  // ---- the files

  /** Files chosen one by one, or an archive among them, or a whole folder. */
  function compare(chosen) {
    var box = byId("compared"),
      list = Array.prototype.slice.call(chosen),
      isFolder = !!(list[0] && list[0].webkitRelativePath),
      read = [];
    box.textContent = "";
    list.forEach(function (file) {
      var reader = new FileReader();
      reader.onload = function () {
        var data = new Uint8Array(reader.result);
        if (isFolder) {
          var path = file.webkitRelativePath.split("/").slice(1).join("/");
          read.push({ path: path, data: data });
          if (read.length === list.length) saidWhole(box, read);
        } else if (/\.zip$/i.test(file.name)) unpack(box, file.name, data);
        else saidOne(box, file.name, Files.single(record.files, file.name, data));
      };
      reader.readAsArrayBuffer(file);
    });
  }

  function unpack(box, name, data) {
    try {
      saidWhole(box, Unzip.files(data));
    } catch (_) {
      saidOne(box, name, { key: "file_unreadable", path: name, isSame: false });
    }
  }

  function saidOne(box, name, one) {
    var row = make("li");
    row.appendChild(make("span", name));
    row.appendChild(
      make(
        "b",
        (one.isSame ? "✓ " : "✗ ") + say(one.key, { path: one.path }),
        one.isSame ? "ok" : "alert",
      ),
    );
    box.appendChild(row);
  }

  function saidWhole(box, files) {
    var found = Files.whole(record.files, files);
    found.faults.slice(0, 20).forEach(function (one) {
      saidOne(box, one.path, one);
    });
    var rest = found.faults.length - 20;
    if (rest > 0) box.appendChild(make("li", say("moved_more", { n: rest }), "alert"));
    if (!found.faults.length) {
      var row = make("li");
      row.appendChild(make("b", "✓ " + say("whole_same", { n: found.count }), "ok"));
      box.appendChild(row);
    }
    if (found.manifest) {
      box.appendChild(make("li", words.manifest_code, "mute"));
      box.appendChild(make("li", found.manifest, "code"));
    }
  }

  function dropped(box) {
    box.ondragover = function (event) {
      event.preventDefault();
    };
    box.ondrop = function (event) {
      event.preventDefault();
      compare(event.dataTransfer.files);
    };
  }

  // ---- begin

  function begin() {
    record = Record.open(data);
    content = record.content;
    if (content) {
      rules = content.rules.scoring;
      marks = content.marks.slice();
      result = Record.compute(record);
      all("tr[data-id]").forEach(function (row) {
        row.querySelector("button").disabled = false;
        row.onclick = function () {
          show(row.getAttribute("data-id"));
          var box = byId("entrant");
          if (box.getBoundingClientRect().top > window.innerHeight - 200) box.scrollIntoView();
        };
      });
      var first = document.querySelector("tr[data-id]");
      if (first) show(first.getAttribute("data-id"));
    }
    if (byId("try")) {
      byId("try").disabled = false;
      byId("try").onclick = function () {
        isTrying = true;
        show(chosen);
        byId("try").disabled = true;
        byId("entrant").querySelector("input").focus();
      };
    }
    if (byId("files")) {
      ["files", "folder"].forEach(function (id) {
        var field = byId(id);
        if (!field) return;
        field.disabled = false;
        field.onchange = function () {
          compare(field.files);
        };
      });
      dropped(byId("drop"));
    }
    byId("run").disabled = false;
    byId("run").onclick = run;
  }

  if (!Exact.isAble) byId("old").hidden = false;
  else
    try {
      begin();
    } catch (error) {
      byId("outcome").textContent = "✗ " + say("differs", { what: String(error) });
      byId("outcome").className = "alert";
    }
})();
