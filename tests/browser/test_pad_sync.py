"""What the pad's sync believes and what it sends, below the browser's network."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_pad_logic import MODEL, page, run

__all__ = ["page", "run"]

SENT = """(async (answers) => {
  const {store, model, work} = MODEL;
  model.takeWork(work('1-a.1.h', 1, 18000, 'marking'));
  const tap = (criterion, value) => store.add({kind: 'mark', round: 'r', entrant: 'e', criterion,
                                               value, rev: 1, after: ''});
  tap('c', 19000);
  tap('d', 13000);
  const sync = pad.makeSync(model);
  const asked = [];
  const theirs = window.fetch;
  window.fetch = async (url, {body}) => {
    const sent = JSON.parse(body || '{}');
    asked.push((sent.changes || []).map((one) => one.criterion).join(''));
    const given = (answers.shift() || (() => ({})))(sent);
    const {status, ...answer} = {event: 'event', seat: 'seat', head: '1-a.2.h', rev: 2, saved: 1,
                                 of: 1, marks: {}, entrant: 'e', state: 'draft', ...given};
    return new Response(JSON.stringify(answer),
                        {status: status || 200, headers: {'content-type': 'application/json'}});
  };
  try {
    await sync.send();
    sync.end();
  } finally {
    window.fetch = theirs;
  }
  return {asked, kept: store.kept().map((one) => one.criterion), stopped: Boolean(model.stopped),
          left: store.all().map((one) => [one.criterion, (one.trouble || {}).outcome || ''])};
})([ANSWERS])""".replace("MODEL", MODEL)
DONE = "({changes}) => ({results: changes.map(({id}) => ({id, outcome: 'done'}))})"
UNSENT = [["c", ""], ["d", ""]]
ECHOES = {
    "the echo": (DONE, ["c", "d"], []),
    "another seat's": (f"(sent) => ({{...({DONE})(sent), seat: 'other'}})", [], UNSENT),
    "another event's": (f"(sent) => ({{...({DONE})(sent), event: 'other'}})", [], UNSENT),
    "of other changes": ("() => ({results: [{id: 'other', outcome: 'done'}]})", [], UNSENT),
    "of one of them": (
        "({changes}) => ({results: [{id: changes[0].id, outcome: 'done'}]})",
        [],
        UNSENT,
    ),
    "201": (f"(sent) => ({{...({DONE})(sent), status: 201}})", [], UNSENT),
    "asked for": (
        "({changes: [one, two]}) => ({results: [{id: one.id, outcome: 'requested'},"
        " {id: two.id, outcome: 'conflict'}]})",
        [],
        [["d", "conflict"]],
    ),
}


@pytest.mark.parametrize(("answer", "kept", "left"), ECHOES.values(), ids=ECHOES)
def test_only_the_echo_of_what_was_sent_empties_the_outbox(
    run: Callable[..., Any], answer: str, kept: list[str], left: list[list[str]]
):
    """Event, seat and every change; a request leaves nothing to send, and nothing acknowledged."""
    found = run(SENT.replace("ANSWERS", answer))
    assert found == {"asked": ["cd"], "kept": kept, "left": left, "stopped": False}


def test_each_round_is_given_back_by_itself(run: Callable[..., Any]):
    """The server looks for a change in the round that is named beside it."""
    found = run(
        """(async () => {
      const {store, model} = MODEL;
      for (const round of ['r', 'r', 's'])
        store.acknowledge(store.add({kind: 'mark', round, entrant: 'e'}), '1-a.9.h');
      model.isRestoring = true;
      const asked = [];
      await pad.giveBack(model, async (method, path, {round, kept}) => {
        asked.push([round, kept.length]);
        const results = kept.map(({id}) => ({id, outcome: 'known'}));
        return {echo: {results, sheets: [], head: '2-b.5.h'}};
      });
      return asked;
    })()""".replace("MODEL", MODEL)
    )
    assert found == [["r", 2], ["s", 1]]


def test_what_waits_for_another_tablet_goes_again_by_itself(run: Callable[..., Any]):
    """Given back after a restore, before the change it follows: asked once more, then done."""
    found = run(
        """(async (outcomes) => {
      const {store, model} = MODEL;
      const change = {kind: 'mark', round: 'r', entrant: 'e', criterion: 'c', value: 1, after: 'x'};
      store.acknowledge(store.add(change), '1-a.9.h');
      model.witness.settle('1-a.9.h');
      model.isRestoring = true;
      const sync = pad.makeSync(model);
      const theirs = window.fetch;
      window.fetch = async (url, {body}) => {
        const outcome = outcomes.shift();
        const results = JSON.parse(body).kept.map(({id}) => ({id, outcome}));
        const answer = {event: 'event', seat: 'seat', head: '2-b.5.h', sheets: [], results};
        return new Response(JSON.stringify(answer), JSON_SENT);
      };
      const JSON_SENT = {headers: {'content-type': 'application/json'}};
      const waiting = [];
      try {
        for (let turn = 0; turn < 2; turn += 1) {
          await sync.send();
          waiting.push(model.waiting.length);
        }
        sync.end();
      } finally {
        window.fetch = theirs;
      }
      return [waiting, outcomes];
    })(argument)""".replace("MODEL", MODEL),
        ["wait", "done"],
    )
    assert found == [[1, 0], []]


OLDER = """(async (take) => {
  const {store, model, work, sheet, value} = MODEL;
  const mark = (value, after) => store.add({kind: 'mark', round: 'r', entrant: 'e', criterion: 'c',
                                            value, rev: 3, after});
  model.takeWork(work('1-a.9.h', 3, 18000, 'marking'));
  model.witness.settle('1-a.9.h');
  const kept = mark(18000, '');
  store.acknowledge(kept, '1-a.9.h');
  const sync = pad.makeSync(model);
  const asked = [];
  let came = () => {};
  let [isGiven, isIn, held] = [false, false, 18000];
  const results = (sent, outcome) =>
    (sent.kept || sent.changes || [sent]).map(({id}) => ({id, outcome}));
  const echo = () => {
    const one = {...sheet(isGiven ? 4 : 0, held).echo, state: isIn ? 'submitted' : 'draft'};
    return isGiven ? one : {...one, saved: 0, marks: {}};
  };
  const ANSWERS = {
    work: () => ({...work(), sheets: [{...sheet(), state: 'marking', echo: echo()}]}),
    resend: (sent) => {
      isGiven = true;
      return {results: results(sent, 'done'), sheets: [echo()]};
    },
    marks: (sent) => {
      if (isGiven) held = sent.changes[0].value;
      return {...echo(), results: results(sent, isGiven ? 'done' : 'conflict')};
    },
    submit: (sent) => {
      isIn = isGiven;
      if (!isIn) return {error: 'sheet_incomplete', says: {}, status: 409};
      return {...echo(), results: results(sent, 'done')};
    },
    now: () => ({state: 'open', version: ''}),
  };
  const theirs = window.fetch;
  window.fetch = async (url, {body}) => {
    const [path] = url.split('/api/')[1].split('?');
    const state = isGiven ? 'same' : 'new';
    asked.push(path);
    came(path);
    const {status, ...said} = ANSWERS[path](JSON.parse(body || '{}'));
    const head = {head: `2-b.${asked.length}.h`, head_state: state};
    return new Response(JSON.stringify({...said, event: 'event', seat: 'seat', ...head}),
                        {status: status || 200, headers: {'content-type': 'application/json'}});
  };
  try {
    const shown = await take({model, sync, value, mark, kept});
    model.reload();
    const left = model.entries.length;
    const next = new Promise((done) => { came = done; });
    sync.hurry();
    return {shown, asked: asked.slice(), state: model.current.state, value: value(), left,
            next: await next};
  } finally {
    sync.end();
    window.fetch = theirs;
  }
})(TAKE)""".replace("MODEL", MODEL)
"""A pad with one mark meets a server that was restored from before it, or took over without it."""


def test_a_submit_pressed_while_marks_are_given_back_is_sent_after_them(run: Callable[..., Any]):
    """The older file's sheet, read first, takes no mark off the screen and leaves 提交 as it is.

    All sheets are read once more afterwards: the file may differ where this tablet keeps nothing.
    """
    take = """async ({model, sync, value}) => {
      await sync.fetchWork();
      const shown = [model.isRestoring, value(), model.left(model.current)];
      model.submit(model.current);
      await sync.send();
      return shown;
    }"""
    assert run(OLDER.replace("TAKE", take)) == {
        "shown": [True, 18000, 0],
        "asked": ["work", "resend", "submit"],
        "state": "submitted",
        "value": 18000,
        "left": 0,
        "next": "work",
    }


@pytest.mark.parametrize(
    ("act", "asked", "state", "value"),
    [
        ("mark(19000, kept.id)", ["marks", "resend", "marks"], "marking", 19000),
        ("model.submit(model.current)", ["submit", "resend", "submit"], "submitted", 18000),
    ],
    ids=["a mark", "a submit"],
)
def test_what_an_older_file_refused_goes_again_once_it_has_what_is_kept(
    run: Callable[..., Any], act: str, asked: list[str], state: str, value: int
):
    """The first answer of that server is to something new: the judge is asked nothing."""
    take = f"async ({{model, sync, mark, kept}}) => {{ {act}; await sync.send(); }}"
    found = run(OLDER.replace("TAKE", take))
    assert (found["asked"], found["state"], found["value"]) == (asked, state, value)
    assert found["left"] == 0


def test_a_sheet_given_back_in_two_parts_changes_once(run: Callable[..., Any]):
    """After the first hundred entries the file lacks the rest of it."""
    found = run(
        """(async () => {
      const {store, model, work, sheet, value} = MODEL;
      model.takeWork(work('1-a.9.h', 3, 18000, 'marking'));
      for (let made = 0; made < 101; made += 1)
        store.acknowledge(store.add({kind: 'mark', round: 'r', entrant: 'e'}), '1-a.9.h');
      model.isRestoring = true;
      const shown = [];
      await pad.giveBack(model, async (method, path, {kept}) => {
        shown.push(value());
        const results = kept.map(({id}) => ({id, outcome: 'done'}));
        const sheets = [sheet(shown.length, shown.length * 1000).echo];
        return {echo: {results, sheets, head: `2-b.${shown.length}.h`}};
      });
      return [...shown, value()];
    })()""".replace("MODEL", MODEL)
    )
    assert found == [18000, 18000, 2000]


def test_a_second_restore_while_a_change_waits_is_met_with_everything(run: Callable[..., Any]):
    """The file that answers lacks what was given to the one before it."""
    found = run(
        """(async () => {
      const {store, model} = MODEL;
      for (const round of ['r', 's'])
        store.acknowledge(store.add({kind: 'mark', round, entrant: 'e'}), '1-a.9.h');
      model.waiting = store.kept().slice(0, 1);
      const asked = [];
      const write = async (method, path, {round, kept}) => {
        asked.push(round);
        if (asked.length === 1) Object.assign(model, {isRestoring: true, serverHead: '3-c.1.h'});
        const results = kept.map(({id}) => ({id, outcome: 'known'}));
        return {echo: {results, sheets: [], head: '3-c.1.h'}};
      };
      await pad.giveBack(model, write);
      const before = model.isRestoring;
      await pad.giveBack(model, write);
      return [asked, before, model.isRestoring];
    })()""".replace("MODEL", MODEL)
    )
    assert found == [["r", "r", "s"], True, False]


def test_a_tablet_that_keeps_only_words_follows_a_restored_file_at_once(run: Callable[..., Any]):
    """It has nothing to give back, so no answer brings a head."""
    found = run(
        """(async () => {
      const {store, model} = MODEL;
      model.witness.settle('1-a.9.h');
      store.acknowledge(store.add({kind: 'remark', round: 'r', entrant: 'e'}), '1-a.9.h');
      Object.assign(model, {isRestoring: true, serverHead: '2-b.4.h'});
      await pad.giveBack(model, null);
      return [model.isRestoring, model.witness.last];
    })()""".replace("MODEL", MODEL)
    )
    assert found == [False, "2-b.4.h"]


def test_what_is_refused_as_a_whole_goes_one_by_one(run: Callable[..., Any]):
    """The one that is refused again is shown, the other is saved."""
    refusal = "() => ({error: 'not_on_panel', says: {}, status: 409})"
    found = run(SENT.replace("ANSWERS", f"{refusal}, {refusal}, {DONE}"))
    assert found["asked"][:3] == ["cd", "c", "d"]
    assert (found["kept"], found["left"]) == (["d"], [["c", "refused"]])


def test_another_persons_sign_in_ends_the_page_and_keeps_what_is_unsent(run: Callable[..., Any]):
    """Nothing is sent under the other name, and nothing is thrown away."""
    found = run(SENT.replace("ANSWERS", "() => ({error: 'wrong_seat', says: {}, status: 403})"))
    assert found == {"asked": ["cd"], "kept": [], "left": UNSENT, "stopped": True}


SHOWN = "store.note('second', {addresses: [], bearer: 'b', proof: 'PROOF'});\n  const sync"


@pytest.mark.parametrize(
    ("proof", "kept"),
    [
        ("1-a.0", ["c", "d"]),
        ("2-b.0", []),
        ("1-b.0", []),
    ],
    ids=["the same", "a higher number", "equal numbers, higher bits"],
)
def test_an_echo_of_a_lower_generation_than_one_shown_is_not_believed(
    run: Callable[..., Any], proof: str, kept: list[str]
):
    """The first laptop that came back answers as generation 1-a; the second has begun another."""
    script = SENT.replace("const sync", SHOWN.replace("PROOF", proof))
    found = run(script.replace("ANSWERS", DONE))
    assert found["kept"] == kept
    assert found["left"] == ([] if kept else UNSENT)
