// A phone's vote, in ES5 for old engines: opens its card, sends the ballot until it is answered.
(function () {
  "use strict";

  var given = JSON.parse(document.getElementById("given").textContent),
    say = given.say,
    place = document.getElementById("m"),
    key = "arena-vote-" + given.round,
    kept = load(),
    seen = null,
    chosen = [],
    busy = false,
    failures = 0,
    due = 0,
    looks = 0,
    timer = 0;

  function load() {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch (_error) {
      return {};
    }
  }

  // A phone that keeps nothing votes all the same: only a reload without a network loses it.
  function save() {
    try {
      localStorage.setItem(key, JSON.stringify(kept));
    } catch (_error) {
      /* storage is full or forbidden */
    }
  }

  function begin() {
    var code = plain(location.hash);
    if (code && code !== kept.code) {
      kept = { code: code };
      save();
    }
    Array.prototype.forEach.call(document.querySelectorAll("nav a"), function (link) {
      link.href = link.href.split("#")[0] + (kept.code ? "#" + kept.code : "");
    });
    seen = null;
    due = 0;
    chosen = [];
    draw();
    if (kept.code) ask();
  }

  function plain(text) {
    return text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  }

  function request(method, body, heard, failed) {
    var call = new XMLHttpRequest();
    call.open(method, "/api/vote/" + given.round);
    call.timeout = 15000;
    call.setRequestHeader("Content-Type", "application/json");
    call.onload = function () {
      var answer = null;
      try {
        answer = JSON.parse(call.responseText);
      } catch (_error) {
        answer = null;
      }
      if (call.status === 200 && answer && answer.state) heard(answer);
      else failed();
    };
    call.onerror = call.ontimeout = failed;
    call.send(body ? JSON.stringify(body) : null);
  }

  // The same request until it is answered: the server keeps the first ballot of a card.
  function ask() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    var code = kept.code;
    request(
      "POST",
      kept.choices ? { code: code, choices: kept.choices } : { code: code },
      function (answer) {
        busy = false;
        failures = 0;
        if (code !== kept.code) ask();
        else hear(answer);
      },
      function () {
        busy = false;
        failures += 1;
        later(ask, Math.min(15000, 1000 * Math.pow(2, failures)) * (0.5 + Math.random()));
        draw();
      }
    );
    draw();
  }

  function later(act, wait) {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  }

  function hear(answer) {
    seen = answer;
    looks = 0;
    due = (answer.state === "voted" && answer.place) || 0;
    if (answer.state === "voted") kept.choices = answer.choices;
    if (answer.state === "bad") kept.choices = null;
    save();
    draw();
    if (answer.state === "open" && kept.choices) ask();
    if (answer.state === "waiting" || due) later(look, patience());
  }

  function patience() {
    return 10000 * Math.min(6, due ? ++looks : 1) * (1 + Math.random());
  }

  // Until the vote is opened; or until a second laptop has the ballot, which is sent again where
  // that laptop took over: its copy may be older.
  function look() {
    request(
      "GET",
      null,
      function (answer) {
        failures = 0;
        if (due ? answer.generation !== seen.generation : answer.state !== "waiting") ask();
        else if (due && answer.copied >= due) due = 0;
        else later(look, patience());
        draw();
      },
      function () {
        failures += 1;
        later(look, 10000);
        draw();
      }
    );
  }

  function make(name, cls, content) {
    var made = document.createElement(name);
    if (cls) made.className = cls;
    [].concat(content === undefined ? [] : content).forEach(function (part) {
      made.appendChild(typeof part === "string" ? document.createTextNode(part) : part);
    });
    return made;
  }

  function button(cls, content, act) {
    var made = make("button", cls, content);
    made.type = "button";
    made.onclick = act;
    return made;
  }

  function draw() {
    var parts = [];
    if (failures) {
      var news = make("p", "news", kept.choices ? say.offline : say.offline_open);
      news.setAttribute("role", "status");
      parts.push(news);
    }
    while (place.firstChild) place.removeChild(place.firstChild);
    parts.concat(body()).forEach(function (part) {
      place.appendChild(part);
    });
  }

  function body() {
    if (!kept.code) return typing();
    if (!seen) return [make("p", "quiet", say.sending)];
    var state = seen.state;
    if (state === "open" || state === "bad") return ballot();
    if (state === "voted") return receipt();
    var parts = [box(say[state], say[state + "_text"].replace("{number}", seen.number))];
    if (state === "closed" && kept.choices) parts.push(make("p", "quiet", say.closed_lost));
    if (state === "waiting") parts.push(card());
    return state === "unknown" ? parts.concat(typing()) : parts;
  }

  function box(head, text) {
    return make("div", "box", make("div", "", [make("h1", "", head), make("p", "quiet", text)]));
  }

  function typing() {
    var field = make("input");
    field.setAttribute("autocapitalize", "characters");
    field.setAttribute("autocomplete", "off");
    field.setAttribute("aria-label", say.type_code);
    return [
      make("p", "", say.type_code),
      field,
      button("go", say.type_send, function () {
        var code = plain(field.value);
        if (code) location.hash = code;
        begin();
      }),
    ];
  }

  function ballot() {
    var sends = busy && kept.choices,
      rows = given.places.map(function (one) {
        var on = chosen.indexOf(one[0]) >= 0,
          row = button(on ? "place on" : "place", named(one), function () {
            pick(one[0]);
          });
        row.appendChild(make("span", "mark", on ? say.chosen : say.choose));
        row.setAttribute("aria-pressed", String(on));
        row.disabled = Boolean(kept.choices);
        return row;
      }),
      go = button("go", sends || kept.choices ? say.sending : aim(), confirm);
    go.disabled = !chosen.length || Boolean(kept.choices);
    return [
      make("h1", "", given.most > 1 ? say.ask_several.replace("{most}", given.most) : say.ask),
      make("p", "quiet", say.once),
    ].concat(rows, card(), make("div", "end", [go, make("p", "quiet", say.until)]));
  }

  function aim() {
    if (!chosen.length) return say.confirm_none;
    if (chosen.length > 1) return say.confirm_count.replace("{count}", chosen.length);
    var one = find(chosen[0]);
    return say.confirm + one[1] + " " + one[2];
  }

  function pick(id) {
    var at = chosen.indexOf(id);
    if (at >= 0) chosen.splice(at, 1);
    else if (given.most === 1) chosen = [id];
    else if (chosen.length < given.most) chosen.push(id);
    draw();
  }

  function confirm() {
    if (!chosen.length || kept.choices) return;
    kept.choices = chosen.slice();
    save();
    ask();
  }

  function find(id) {
    return given.places.filter(function (one) {
      return one[0] === id;
    })[0];
  }

  function named(one) {
    return [
      make("span", "no", one[1]),
      make("span", "name", [make("b", "", one[2]), make("small", "", one[3])]),
    ];
  }

  function fact(name, value, cls) {
    return make("dl", "", [make("dt", "", name), make("dd", cls || "", value)]);
  }

  function number() {
    return say.card_of.replace("{number}", seen.number) + " · " + kept.code.slice(0, 4);
  }

  function card() {
    return make("div", "card", [fact(say.card, number()), make("p", "ok", "✓ " + say.bound)]);
  }

  function receipt() {
    var time = new Date(seen.at).toTimeString().slice(0, 8),
      head = make("div", "", [
        make("h1", "", say.voted),
        make("p", "", say.voted_at.replace("{time}", time)),
      ]),
      given_ = seen.choices.map(find).filter(Boolean),
      notes = [say.note_again, say.note_hidden, say.note_result].map(function (text) {
        return make("li", "", text);
      });
    return [make("div", "box yes", [make("span", "tick", "✓"), head])].concat(
      given_.map(function (one) {
        return make("div", "given", named(one));
      }),
      make("div", "rule", [fact(say.card, number()), fact(say.receipt, seen.receipt)]),
      make("ol", "", notes),
      make("div", "end", [
        make("p", "quiet", due ? say.copying : say.thanks),
        make("p", "quiet", say.changed_phone),
      ])
    );
  }

  window.onhashchange = begin;
  window.ononline = function () {
    if (failures && kept.code) ask();
  };
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && seen && (seen.state === "waiting" || due)) look();
  });
  begin();
})();
