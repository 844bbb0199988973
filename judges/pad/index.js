// The pad: one module, mounted by a Streamlit component or by the plain page /pad.

import { draw, h } from "./dom.js";
import { figure, short, typeOn } from "./figures.js";
import { makeModel } from "./model.js";
import { keepAlive, stayAwake } from "./rescue.js";
import { freshId, makeStore } from "./store.js";
import { makeSync } from "./sync.js";
import { footer, header, stateBar } from "./view_bar.js";
import { elsewhere, ended, panel } from "./view_panels.js";
import { sheetView } from "./view_sheet.js";

const BEAT = 2000;

// `given`: event, seat, name, lang, words by language, base. Returns what ends it all again.
export function mount(root, given) {
  const storage = reach("localStorage");
  const config = { base: "", ...given, device: deviceOf(), wake: "" };
  const store = makeStore(config.event, config.seat, storage);
  const pad = makeModel(config, store);
  const sync = makeSync(pad);
  let wanted = false;

  pad.draft = { remark: "", note: "", reason: "" };
  pad.isLarge = store.noted("small") !== true;
  pad.wasHolder = false;
  pad.callFailed = false;

  pad.changed = () => {
    if (wanted) return;
    wanted = true;
    Promise.resolve().then(() => {
      wanted = false;
      pad.reload();
      paint();
    });
  };
  pad.sent = () => sync.send();

  Object.assign(pad, {
    act(change) {
      const before = pad.criterion;
      change();
      paint();
      if (pad.criterion !== before) reveal();
    },
    figureOf: (cell) => figure(cell.value, cell.criterion.step),
    show(name) {
      pad.leaveRow();
      if (name === "words") {
        pad.draft.remark = pad.words(pad.current, "remark");
        pad.draft.note = pad.words(pad.current, "note");
      }
      if (name === "recusal") pad.draft.reason = "";
      if (pad.panel === "words" && name !== "words") pad.keepWords(pad.current, true);
      pad.callFailed = false;
      pad.note = "";
      pad.panel = name;
      paint();
      const title = name && root.querySelector(".panel-title");
      if (title) title.focus();
    },
    speak(lang) {
      pad.lang = lang;
      paint();
      tellLanguage();
    },
    resize() {
      pad.isLarge = !pad.isLarge;
      store.note("small", !pad.isLarge);
      paint();
    },
    type(key) {
      const criterion = pad.open;
      const next = key ? typeOn(pad.typed, key, criterion) : null;
      pad.note = next === null ? refuseKey(criterion) : "";
      if (next !== null) pad.typed = next;
    },
    clear() {
      if (pad.typed) pad.typed = "";
      else pad.record(null);
    },
    wantSubmit(sheet) {
      pad.leaveRow();
      pad.question = pad.ask(sheet);
      if (pad.question) pad.show("question");
      else pad.act(() => pad.submit(sheet));
    },
    submitNow() {
      pad.panel = null;
      pad.submit(pad.current);
    },
    submitAll(sheets) {
      sheets.forEach((sheet) => pad.submit(sheet));
      paint();
    },
    lead(entrant) {
      pad.act(() => pad.goTo(entrant));
    },
    isFlagged: (entrant) => Boolean((store.noted("flags") || {})[entrant]),
    flag(entrant) {
      const flags = { ...(store.noted("flags") || {}) };
      if (flags[entrant]) delete flags[entrant];
      else flags[entrant] = true;
      store.note("flags", flags);
      paint();
    },
    // The sheets on the tablet stay until the other round's are here.
    async turnTo(round) {
      pad.leaveRow();
      const work = round === pad.round ? pad.work : await sync.fetchWork(round);
      if (work) pad.panel = null;
      pad.note = work ? "" : pad.say("not_sent");
      paint();
    },
    jot(name, text) {
      pad.draft = { ...pad.draft, [name]: text };
      paint();
    },
    addPhrase(side, phrase) {
      const head = pad.say("phrase_head", { side: pad.say(side) });
      const text = pad.draft.remark;
      const joined =
        text.indexOf(head) < 0
          ? `${text}${text ? " " : ""}${head}${phrase}`
          : insert(text, head, phrase);
      pad.jot("remark", joined);
    },
    keepWords(sheet, stays) {
      if (pad.now.state === "open") pad.write(sheet, "remark", pad.draft.remark.trim());
      pad.write(sheet, "note", pad.draft.note.trim());
      if (stays) return;
      pad.panel = null;
      paint();
    },
    async callStaff() {
      const { event, seat } = config;
      const body = { event, seat, round: pad.round, entrant: pad.entrant, id: freshId() };
      try {
        const { echo, refusal } = await sync.write("POST", "/api/call", body);
        if (echo) pad.now = { ...pad.now, call: echo.at };
        pad.callFailed = Boolean(refusal);
      } catch (_error) {
        pad.callFailed = true;
      }
      paint();
    },
    async declareRecusal() {
      const { event, seat } = config;
      const reason = pad.draft.reason.trim();
      const body = { event, seat, round: pad.round, entrant: pad.entrant, reason };
      try {
        const { echo, refusal } = await sync.write("POST", "/api/recusal", body);
        pad.note = refusal ? refusal.says[pad.lang] : "";
        if (echo) {
          pad.takeWork(echo);
          pad.panel = null;
        }
      } catch (_error) {
        pad.note = pad.say("not_sent");
      }
      paint();
    },
    async takeSeat() {
      await holdSeat(true);
      paint();
    },
    reloadPage() {
      window.location.assign(config.home || "/");
    },
  });

  // Told again when the wire is back: else a reload would speak the former language.
  async function tellLanguage() {
    const { lang } = pad;
    pad.isUntold = true;
    try {
      const { event, seat } = config;
      await sync.ask("POST", "/api/language", { event, seat, lang });
      pad.isUntold = pad.lang !== lang;
    } catch (_error) {
      return;
    }
  }

  // On a phone the open criterion may lie below the edge.
  function reveal() {
    const editor = root.querySelector(".editor");
    if (editor && editor.scrollIntoView) editor.scrollIntoView({ block: "nearest" });
  }

  function refuseKey(criterion) {
    return pad.say("beyond", { high: short(criterion.maximum), step: short(criterion.step) });
  }

  function insert(text, head, phrase) {
    const at = text.indexOf(head) + head.length;
    const comma = pad.say("phrase_between");
    return `${text.slice(0, at)}${phrase}${comma}${text.slice(at)}`;
  }

  async function holdSeat(takes) {
    const { event, seat, device } = config;
    try {
      const body = { event, seat, round: pad.round, device, takes };
      const { echo } = await sync.write("POST", "/api/seat", body);
      if (!echo) return;
      pad.hasAsked = true;
      pad.isHolder = echo.holder === device;
      if (!pad.isHolder && !takes && isGone(echo.holder, storage)) await holdSeat(true);
    } catch (_error) {
      pad.isHolder = pad.isHolder || takes;
    }
  }

  function paint() {
    root.classList.toggle("normal", !pad.isLarge);
    root.setAttribute("lang", pad.lang === "zh" ? "zh-Hans" : "en");
    if (pad.isHolder) pad.wasHolder = pad.wasHolder || Boolean(pad.work);
    draw(root, screen());
  }

  function screen() {
    if (pad.stopped || (pad.refusal && !pad.work)) return [ended(pad)];
    const over = pad.isHolder || !pad.work ? panel(pad) : elsewhere(pad);
    return [
      header(pad),
      stateBar(pad),
      pad.current
        ? sheetView(pad)
        : h(
            "main",
            { key: "empty", cls: "sheet empty" },
            h("p", { cls: "large" }, pad.say(pad.work ? "no_sheets" : "loading")),
          ),
      footer(pad),
      over || null,
    ];
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !pad.work || pad.stopped) return;
    if (event.key === "Escape" && pad.panel) return pad.show(null);
    const target = event.composedPath ? event.composedPath()[0] : event.target;
    if (pad.panel || !pad.isHolder || /^(TEXTAREA|INPUT)$/.test(target.tagName)) return;
    const criterion = pad.open;
    if (!criterion || !pad.isWritable(pad.current)) return;
    if (/^[0-9]$/.test(event.key)) pad.act(() => pad.type(event.key));
    else if (event.key === "." || event.key === ",") pad.act(() => pad.type("."));
    else if (event.key === "Backspace") pad.act(() => pad.type("<"));
    else if (event.key === "Enter" && pad.typed) pad.act(() => pad.leaveRow());
    else if (event.key === "ArrowDown" || event.key === "ArrowUp")
      step(event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  function step(by) {
    const { criteria } = pad.work;
    const place = criteria.findIndex((one) => one.id === pad.criterion) + by;
    if (criteria[place]) pad.act(() => pad.openRow(criteria[place].id));
  }

  function onStorage(event) {
    if (!store.isMine(event.key)) return;
    pad.changed();
  }

  function onWake() {
    if (document.visibilityState !== "visible") return;
    heartbeat();
    sync.hurry();
  }

  function heartbeat() {
    try {
      if (storage) storage.setItem(`arena.pad.tab.${config.device}`, String(Date.now()));
    } catch (_error) {
      return;
    }
  }

  async function begin() {
    heartbeat();
    await sync.fetchWork();
    await settleIn();
    sync.hurry();
  }

  // What waits for the first answer of the server, whenever that comes.
  async function settleIn() {
    if (!pad.work || !pad.isOnline) return;
    if (pad.isUntold) tellLanguage();
    if (pad.hasAsked || pad.isAsking) return;
    pad.isAsking = true;
    await holdSeat(false);
    pad.isAsking = false;
    paint();
  }

  const ends = [stayAwake((state) => (config.wake = state))];
  const listen = (target, name, handler) => {
    target.addEventListener(name, handler);
    ends.push(() => target.removeEventListener(name, handler));
  };
  if (config.rescue) ends.push(keepAlive());
  listen(window, "storage", onStorage);
  listen(window, "online", sync.hurry);
  listen(window, "pageshow", onWake);
  listen(document, "visibilitychange", onWake);
  listen(document, "keydown", onKey);
  const beats = setInterval(() => {
    heartbeat();
    store.retry();
    settleIn();
    paint();
  }, BEAT);
  paint();
  begin();
  return () => {
    clearInterval(beats);
    sync.end();
    ends.forEach((end) => end());
  };
}

// Storage may be forbidden altogether; then what is tapped lives as long as the page.
function reach(name) {
  try {
    return window[name];
  } catch (_error) {
    return null;
  }
}

// This tab of this device: a reload is the same one, a second tab is another.
function deviceOf() {
  const session = reach("sessionStorage");
  let found = null;
  try {
    found = session.getItem("arena.pad.device");
    if (!found) {
      found = freshId();
      session.setItem("arena.pad.device", found);
    }
  } catch (_error) {
    found = found || freshId();
  }
  return found;
}

// Whether a device is a tab of this very browser that has been closed: its heart has stopped.
function isGone(device, storage) {
  try {
    const beat = Number(storage.getItem(`arena.pad.tab.${device}`));
    return beat > 0 && Date.now() - beat > 3 * BEAT;
  } catch (_error) {
    return false;
  }
}

const mounted = new WeakMap();

// The component of Streamlit: called anew at every run of the page, mounted once.
export default function pad(component) {
  const { parentElement, data } = component;
  const root = parentElement.querySelector(".pad");
  if (!mounted.has(root)) mounted.set(root, mount(root, { ...data, rescue: true }));
  return () => {
    const end = mounted.get(root);
    mounted.delete(root);
    if (end) end();
  };
}
