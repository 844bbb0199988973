// What the pad's buttons do besides marking: panels, language, words, help, the seat.

import { short, typeOn } from "./figures.js";
import { readNews } from "./rubric_news.js";
import { freshId } from "./store.js";

// Everything this tablet holds of this seat: acknowledged marks and submits, then unsent ones.
export function fileOf(pad) {
  const { event, seat, name } = pad.config;
  const entries = [...pad.store.kept(), ...pad.store.all()]
    .filter((one) => one.kind === "mark" || one.kind === "submit")
    .map(({ kind, id, round, entrant, criterion, value, after, head }) => {
      return { kind, id, round, entrant, criterion, value, after, head };
    });
  return { format: "arena-kept-marks", event, seat, name, head: pad.witness.last, entries };
}

export function addActs(pad, sync, root, paint) {
  const { store, config } = pad;
  const where = () => {
    const { event, seat } = config;
    return { event, seat, round: pad.round, entrant: pad.entrant };
  };

  Object.assign(pad, {
    act(change) {
      const before = pad.criterion;
      change();
      paint();
      if (pad.criterion !== before) reveal();
    },
    show(name) {
      if (name === "words") {
        pad.draft.remark = pad.words(pad.current, "remark");
        pad.draft.note = pad.words(pad.current, "note");
      }
      if (name === "recusal" || name === "reopening") pad.draft.reason = "";
      if (pad.panel === "words" && name !== "words") pad.keepWords(pad.current, true);
      if (pad.panel === "rubric") {
        readNews(store, pad.work);
        pad.news = null;
      }
      pad.callFailed = false;
      pad.note = "";
      pad.savedAs = "";
      pad.panel = name;
      paint();
    },
    speak(lang) {
      pad.lang = lang;
      store.note("lang", lang);
      paint();
      pad.sendLanguage();
    },
    // Sent again when the wire is back: else a reload would speak the former language.
    async sendLanguage() {
      const { lang } = pad;
      const { event, seat } = config;
      pad.hasNewLanguage = true;
      try {
        await sync.ask("POST", "/api/language", { event, seat, lang });
        pad.hasNewLanguage = pad.lang !== lang;
      } catch (_error) {
        return;
      }
    },
    // The last resort, where no server is reached any more: `arena.py recover` reads it.
    saveFile() {
      const name = `arena-${config.seat.slice(0, 8)}-${Math.round(pad.serverNow() / 1000)}.json`;
      const link = document.createElement("a");
      const file = new Blob([JSON.stringify(fileOf(pad))], { type: "application/json" });
      link.href = URL.createObjectURL(file);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      pad.savedAs = name;
      paint();
    },
    resize() {
      pad.isLarge = !pad.isLarge;
      store.note("small", !pad.isLarge);
      paint();
    },
    // Which page a link opens from now on, on this device: the light one or the whole app's.
    openAs(kind) {
      window.location.assign(`/pad?as=${kind}`);
    },
    type(key) {
      const criterion = pad.open;
      const next = key ? typeOn(pad.typed, key, criterion) : null;
      const { maximum, step } = criterion;
      pad.note =
        next === null ? pad.say("beyond", { high: short(maximum), step: short(step) }) : "";
      if (next !== null) pad.typed = next;
    },
    clear() {
      if (pad.typed) pad.typed = "";
      else pad.record(null);
    },
    wantSubmit(sheet) {
      pad.question = pad.ask(sheet);
      if (pad.question) pad.show("question");
      else pad.act(() => pad.submit(sheet));
    },
    submitNow() {
      pad.panel = null;
      pad.submit(pad.current);
    },
    // What was typed and not recorded is let go; then the sheet is asked about like any other.
    dropAndSubmit() {
      pad.dropHalves(pad.current);
      pad.panel = null;
      pad.wantSubmit(pad.current);
    },
    lookAt(criterion) {
      pad.panel = null;
      pad.openRow(criterion.id);
    },
    submitAll(sheets) {
      sheets.forEach((sheet) => pad.submit(sheet));
      paint();
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
      const work = round === pad.round ? pad.work : await sync.fetchWork(round);
      if (work) pad.panel = null;
      if (work) pad.hasFollowed = true;
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
      const isNew = text.indexOf(head) < 0;
      const added = `${text}${text ? " " : ""}${head}${phrase}`;
      pad.jot("remark", isNew ? added : insert(text, head, phrase));
    },
    keepWords(sheet, stays) {
      if (!pad.isOver()) pad.write(sheet, "remark", pad.draft.remark.trim());
      pad.write(sheet, "note", pad.draft.note.trim());
      if (!stays) pad.show(null);
    },
    async callStaff() {
      const found = await ask("/api/call", { ...where(), id: freshId() });
      if (found.echo) pad.now = { ...pad.now, call: found.echo.at };
      pad.callFailed = !found.echo;
      paint();
    },
    async declareRecusal() {
      const found = await ask("/api/recusal", { ...where(), reason: pad.draft.reason.trim() });
      if (found.echo) {
        pad.takeWork(found.echo);
        pad.panel = null;
      }
      paint();
    },
    async askReopening() {
      const found = await ask("/api/reopening", { ...where(), reason: pad.draft.reason.trim() });
      if (found.echo) {
        pad.take(found.echo);
        pad.panel = null;
      }
      paint();
    },
    reloadPage() {
      window.location.assign(config.home || "/");
    },
  });

  // The echo, or neither; why not is noted in words.
  async function ask(path, body) {
    try {
      const found = await sync.write("POST", path, body);
      pad.note = found.refusal ? found.refusal.says[pad.lang] : "";
      return found;
    } catch (_error) {
      pad.note = pad.say("not_sent");
      return {};
    }
  }

  // On a phone the open criterion may lie below the edge.
  function reveal() {
    const editor = root.querySelector(".editor");
    if (editor && editor.scrollIntoView) editor.scrollIntoView({ block: "nearest" });
  }

  function insert(text, head, phrase) {
    const at = text.indexOf(head) + head.length;
    const comma = pad.say("phrase_between");
    return `${text.slice(0, at)}${phrase}${comma}${text.slice(at)}`;
  }
}
