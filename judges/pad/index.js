// The pad: one module, mounted by a Streamlit component or by the plain page /pad.

import { addActs } from "./acts.js";
import { draw, h } from "./dom.js";
import { typedMark } from "./figures.js";
import { focusKeeper, keyHandler } from "./keys.js";
import { makeModel } from "./model.js";
import { keepAlive, keepPage, stayAwake, warnBeforeReload } from "./rescue.js";
import { freshId, makeStore } from "./store.js";
import { makeSync } from "./sync.js";
import { clockWord, stateBar } from "./view_bar.js";
import { footer } from "./view_foot.js";
import { header } from "./view_head.js";
import { elsewhere, ended } from "./view_ended.js";
import { panel } from "./view_panels.js";
import { sheetView } from "./view_sheet.js";
import { makeWitness } from "./witness.js";

const BEAT = 2000;

// `given`: event, seat, name, lang, words by language, version. Returns what ends it all again.
export function mount(root, given) {
  const storage = reach("localStorage");
  const config = { base: "", ...given, device: deviceOf(), wake: "" };
  const store = makeStore(config.event, config.seat, storage);
  const pad = makeModel(config, store, makeWitness(store));
  const sync = makeSync(pad);
  const keepFocus = focusKeeper(root);
  let wanted = false;

  pad.draft = { remark: "", note: "", reason: "" };
  pad.lang = store.noted("lang") || config.lang;
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
  addActs(pad, sync, root, paint);
  pad.enterTyped = () => {
    const value = typedMark(pad.typed, pad.open);
    if (value !== null) pad.enter(value);
  };
  pad.takeSeat = async () => {
    await holdSeat(true);
    paint();
  };

  async function holdSeat(takes) {
    const { event, seat, device } = config;
    try {
      const body = { event, seat, round: pad.round, device, takes };
      const { echo } = await sync.write("POST", "/api/seat", body);
      if (!echo) return;
      pad.hasAsked = true;
      pad.isHolder = echo.holder === device;
      pad.now = { ...pad.now, holder: echo.holder };
    } catch (_error) {
      pad.isHolder = pad.isHolder || takes;
    }
  }

  function paint() {
    root.classList.toggle("normal", !pad.isLarge);
    root.setAttribute("lang", pad.lang === "zh" ? "zh-Hans" : "en");
    if (pad.isHolder && pad.hasAsked) pad.wasHolder = pad.wasHolder || Boolean(pad.work);
    draw(root, screen());
    keepFocus();
    sync.tell();
  }

  function screen() {
    if (pad.stopped || (pad.refusal && !pad.work)) return [ended(pad)];
    const over = pad.isHolder || !pad.work ? panel(pad) : elsewhere(pad);
    const word = pad.say(pad.work ? "no_sheets" : "loading");
    return [
      header(pad),
      stateBar(pad),
      pad.current
        ? sheetView(pad)
        : h("main", { key: "empty", cls: "sheet empty" }, h("p", { cls: "large" }, word)),
      footer(pad),
      over || null,
    ];
  }

  function onStorage(event) {
    if (store.heard(event)) pad.changed();
  }

  function onWake() {
    if (document.visibilityState !== "visible") return;
    heartbeat();
    store.look();
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
    try {
      if (pad.takeKept()) paint();
      await sync.fetchWork();
      await settleIn();
    } finally {
      sync.hurry();
    }
  }

  // The tablet keeps the round it last showed, which may have ended since; another is open now.
  async function followOpenRound() {
    const open = pad.work.rounds.filter((one) => one.state === "open").pop();
    const isThere = pad.work.state === "open" || !open;
    pad.hasFollowed = isThere || Boolean(await sync.fetchWork(open.id));
  }

  // What waits for the first answer of the server, whenever that comes.
  async function settleIn() {
    if (!pad.isRead || !pad.isOnline) return;
    if (pad.hasNewLanguage) pad.sendLanguage();
    if (pad.isAsking || (pad.hasFollowed && pad.hasAsked && !isHeldByNone())) return;
    pad.isAsking = true;
    try {
      if (!pad.hasFollowed) await followOpenRound();
      await holdSeat(isHeldByNone());
    } finally {
      pad.isAsking = false;
    }
    paint();
  }

  // Another tab of this browser that held the seat has been closed.
  function isHeldByNone() {
    return !pad.isHolder && Boolean(pad.now.holder) && isGone(pad.now.holder, storage);
  }

  const ends = [stayAwake((state) => (config.wake = state))];
  const listen = (target, name, handler) => {
    target.addEventListener(name, handler);
    ends.push(() => target.removeEventListener(name, handler));
  };
  if (config.rescue) {
    ends.push(keepAlive());
  } else {
    ends.push(warnBeforeReload(() => !pad.isOnline));
    keepPage();
  }
  listen(window, "storage", onStorage);
  listen(window, "online", sync.hurry);
  listen(window, "pageshow", onWake);
  listen(document, "visibilitychange", onWake);
  listen(document, "keydown", keyHandler(pad, root));
  const beats = setInterval(() => {
    heartbeat();
    store.look();
    store.retry();
    settleIn();
    paint();
  }, BEAT);
  const seconds = setInterval(() => {
    const line = root.querySelector(".clock");
    const word = line && clockWord(pad);
    if (word && line.textContent !== word) line.textContent = word;
  }, 200);
  paint();
  begin();
  return () => {
    clearInterval(beats);
    clearInterval(seconds);
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

// The component of Streamlit: called again at every run of the page, mounted once.
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
