"""The pad's own sums, its number pad, its questions and its memory, run where they run."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from judges.pad_files import script

NAMES = (
    "thousandths",
    "figure",
    "keysOf",
    "typeOn",
    "typedMark",
    "questionFor",
    "makeStore",
    "makeModel",
    "makeOutbox",
    "makeWitness",
    "giveBack",
    "makeSync",
    "makeGrowth",
    "fileOf",
    "sha256",
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with the pad's functions in it."""
    context = browser.new_context()
    opened = context.new_page()
    opened.route("**/*", lambda route: route.fulfill(body="<html></html>"))
    opened.goto("http://arena.test/")
    code = script().replace("export default ", "")
    opened.add_script_tag(content=f"{code}\nwindow.pad = {{{', '.join(NAMES)}}};")
    yield opened
    context.close()


@pytest.fixture
def run(page: Page) -> Callable[..., Any]:
    """``run(code, argument)`` evaluates a function of ``pad`` and the argument."""
    return lambda code, argument=None: page.evaluate(f"argument => ({code})", argument)


FINE = {
    "maximum": 25000,
    "step": 500,
    "anchors": [
        {"level": "优", "low": 22000, "high": 25000},
        {"level": "良", "low": 18000, "high": 21500},
        {"level": "差", "low": 0, "high": 13500},
    ],
}
TEN = {"maximum": 10000, "step": 1000, "anchors": []}
TENTH = {"maximum": 5000, "step": 100, "anchors": []}


@pytest.mark.parametrize(
    ("value", "step", "shown"), [(19000, 500, "19.0"), (8000, 1000, "8"), (9250, 10, "9.25")]
)
def test_a_mark_has_the_decimals_of_its_step(run: Callable, value: int, step: int, shown: str):
    """One number of decimals per column."""
    assert run("pad.figure(argument[0], argument[1])", [value, step]) == shown


def test_up_to_twelve_levels_are_keys(run: Callable):
    """0 to 10 at once; of 25 by half points those of the anchor; too many are typed."""
    assert run("pad.keysOf(argument, null)", TEN) == [n * 1000 for n in range(11)]
    assert run("pad.keysOf(argument, null)", FINE) == []
    assert len(run("pad.keysOf(argument, 1)", FINE)) == 8
    assert run("pad.keysOf(argument, 2)", FINE) == []


TYPED = [
    (FINE, "19h", "19.5"),
    (FINE, "26", "2"),
    (FINE, "25h", "25"),
    (FINE, "0", "0"),
    (FINE, "07", "7"),
    (FINE, "h", "0.5"),
    (FINE, "19hh", "19.5"),
    (FINE, "19<", "1"),
    (TEN, "10", "10"),
    (TEN, "11", "1"),
    (TEN, "5.", "5"),
    (TENTH, "4.93", "4.9"),
    (TENTH, "5.1", "5."),
]


@pytest.mark.parametrize(("criterion", "keys", "shown"), TYPED, ids=[k for _, k, _ in TYPED])
def test_the_number_pad_takes_only_what_can_become_a_mark(
    run: Callable, criterion: dict, keys: str, shown: str
):
    """A key that leads beyond the maximum or off the decimals does nothing."""
    typed = ""
    for key in keys:
        after = run(
            "pad.typeOn(argument[0], argument[1], argument[2])",
            [typed, ".5" if key == "h" else key, criterion],
        )
        typed = typed if after is None else after
    assert typed == shown


@pytest.mark.parametrize(
    ("typed", "value"), [("19.5", 19500), ("19.", 19000), ("19.3", None), ("", None), (".5", None)]
)
def test_only_a_mark_on_its_step_is_entered(run: Callable, typed: str, value: int | None):
    """19.3 of 25 by half points is none."""
    assert run("pad.typedMark(argument[0], argument[1])", [typed, FINE]) == value


def marks(*values: float) -> list[dict[str, Any]]:
    return [{"value": int(v * 1000), "criterion": {"maximum": 20000}} for v in values]


QUESTIONS = [
    ("an ordinary first sheet", marks(15, 16, 12), [], None),
    ("all at zero, on the first", marks(0, 0), [], "zero"),
    ("the only mark is zero", marks(0), [], "zero"),
    ("all the same", marks(10, 10, 10), [], "same"),
    ("all at the maximum", marks(20, 20), [40000] * 5, "full"),
    ("a 1 where an 18 was meant", marks(15, 1, 16), [], "odd"),
    ("low in two", marks(15, 1, 2), [], None),
    ("nothing of the record before five sheets", marks(10, 11), [80000] * 4, None),
    ("far below the own lowest", marks(10, 11), [30000, 40000, 35000, 36000, 37000], "low"),
    ("far above the own highest", marks(19, 18), [20000, 21000, 22000, 23000, 24000], "high"),
    ("within the own record", marks(15, 16), [30000, 31000, 32000, 33000, 34000], None),
    ("a little outside", marks(15, 16), [33000, 34000, 35000, 36000, 37000], None),
]


@pytest.mark.parametrize(
    ("given", "totals", "kind"), [q[1:] for q in QUESTIONS], ids=[q[0] for q in QUESTIONS]
)
def test_a_question_is_asked_of_what_looks_like_a_slip(
    run: Callable, given: list, totals: list, kind: str | None
):
    """On any sheet of the sheet itself; after five of the judge's own record; one at most."""
    found = run("pad.questionFor(argument[0], argument[1])", [given, totals])
    assert (found and found["kind"]) == kind


STORE = """(() => {
  localStorage.clear();
  const store = pad.makeStore('event', 'seat', localStorage);
  const other = pad.makeStore('event', 'another', localStorage);
  other.add({kind: 'mark'});
  const realNow = Date.now;
  const added = [store.add({n: 1})];
  Date.now = () => realNow() - 3600000;
  added.push(store.add({n: 2}), store.add({n: 3}));
  Date.now = realNow;
  const again = pad.makeStore('event', 'seat', localStorage);
  again.add({n: 4});
  const order = again.all().map(entry => entry.n);
  store.remove(added[1]);
  return [order, store.all().map(entry => entry.n), store.strangers(),
          new Set(added.map(entry => entry.id)).size];
})()"""


def test_changes_are_kept_in_the_order_of_the_taps(run: Callable):
    """Over a reload, and though the tablet's clock was set back in between."""
    order, left, strangers, ids = run(STORE)
    assert order == [1, 2, 3, 4]
    assert left == [1, 3, 4]
    assert strangers == 1
    assert ids == 3


def test_a_full_or_forbidden_storage_keeps_in_memory_and_says_so(run: Callable):
    """The tap is not lost while the page is open."""
    code = """(() => {
      const full = {length: 0, key: () => null, getItem: () => null, removeItem: () => {},
                    setItem: () => { throw new Error('full'); }};
      const store = pad.makeStore('event', 'no room', full);
      store.add({n: 1});
      return [store.all().length, store.fails];
    })()"""
    assert run(code) == [1, True]


MODEL = """(() => {
  const sheet = (rev, value, state) => ({
    entrant: {id: 'e', number: 1}, state, reason: '', remark: '', note: '',
    echo: {entrant: 'e', rev, saved: 1, of: 1, saved_at: 'then', locked_at: null, state: 'draft',
           marks: {c: {value, rev, id: 'x' + rev}}},
  });
  const work = (head, rev, value, state) => ({
    event: 'event', seat: 'seat', round: 'r', rounds: [], head, version: head, state: 'open',
    stage: null, holder: null, timezone: 'Asia/Shanghai', sheets: [sheet(rev, value, state)],
    criteria: [{id: 'c', name: 'c', maximum: 25000, step: 500, anchors: []}],
  });
  localStorage.clear();
  delete window.arenaPadCopies;
  const store = pad.makeStore('event', 'seat', localStorage);
  const words = {zh: {}, en: {}};
  const config = {event: 'event', seat: 'seat', device: 'd', lang: 'zh', words, version: 'v'};
  const model = pad.makeModel(config, store, pad.makeWitness(store));
  const value = () => model.cell(model.current, model.work.criteria[0]).value;
  return {model, work, sheet, value, store, config};
})()"""


@pytest.mark.parametrize(
    ("heads", "shown"),
    [
        (("1-a.7.h", "1-a.9.h", "1-a.8.h", "1-a.10.h"), [19000, 20000]),
        (("", "", "", ""), [19000, 20000]),
        (("1-a.7.h", "1-a.9.h", "2-b.3.h", "2-b.4.h"), [18000, 20000]),
        (("1-a.7.h", "1-a.9.h", "1-a.9.h", "1-a.9.h"), [18000, 20000]),
    ],
    ids=["by heads", "by revisions", "a new generation is never older", "nor is one at its head"],
)
def test_a_reading_older_than_an_echo_changes_nothing(
    run: Callable[..., Any], heads: tuple[str, ...], shown: list[int]
):
    """It was made before the mark was stored, and arrived after the echo said so; by no clock."""
    code = f"""((h) => {{
      const {{model, work, sheet, value}} = {MODEL};
      model.takeWork(work(h[0], 1, 18000, 'marking'));
      model.take({{...sheet(2, 19000, 'marking').echo, head: h[1]}});
      model.takeWork(work(h[2], 1, 18000, 'marking'));
      const after = value();
      model.takeWork(work(h[3], 3, 20000, 'marking'));
      return [after, value()];
    }})(argument)"""
    assert run(code, list(heads)) == shown


def test_a_sheet_submitted_elsewhere_is_put_aside(run: Callable[..., Any]):
    """What was being typed is dropped: the finger meant another sheet."""
    found = run(f"""(() => {{
      const {{model, work, value}} = {MODEL};
      model.takeWork(work('1-a.1.h', 1, 18000, 'marking'));
      const open = model.criterion;
      model.typed = '2';
      model.takeWork(work('1-a.2.h', 2, 19000, 'submitted'));
      return [open, model.criterion, model.typed, value()];
    }})()""")
    assert found == ["c", None, "", 19000]


def test_an_address_with_another_panels_entrant_opens_one_of_the_own(run: Callable[..., Any]):
    """The list of the judge's own sheets decides."""
    found = run(f"""(() => {{
      const {{model, work, config}} = {MODEL};
      config.entrant = 'foreign';
      model.takeWork(work('1-a.1.h', 1, 18000, 'marking'));
      return model.entrant;
    }})()""")
    assert found == "e"


def test_the_work_is_there_without_a_network(run: Callable[..., Any]):
    """As last heard, echoes included; not that of another version of the page."""
    found = run(f"""(() => {{
      const {{model, work, sheet, store, config}} = {MODEL};
      model.takeWork(work('1-a.1.h', 1, 18000, 'marking'));
      model.take({{...sheet(2, 19000, 'marking').echo, head: '1-a.2.h'}});
      delete window.arenaPadCopies;
      const again = pad.makeStore('event', 'seat', localStorage);
      const opened = pad.makeModel(config, again, pad.makeWitness(again));
      const newer = pad.makeModel({{...config, version: 'w'}}, again, pad.makeWitness(again));
      return [opened.takeKept(), opened.work.sheets[0].echo.marks.c.value, newer.takeKept()];
    }})()""")
    assert found == [True, 19000, False]


def test_a_storage_that_was_cleared_under_the_page_is_filled_again(run: Callable[..., Any]):
    """Unsent and kept changes and the witness's head come back from memory."""
    found = run(f"""(() => {{
      const {{store}} = {MODEL};
      const witness = pad.makeWitness(store);
      store.add({{kind: 'mark', value: 1}});
      store.acknowledge(store.add({{kind: 'mark', value: 2}}), '1-a.5.h');
      witness.isRestored('1-a.5.h', 'same');
      const quiet = store.look();
      localStorage.clear();
      const noticed = store.look();
      delete window.arenaPadCopies;
      const again = pad.makeStore('event', 'seat', localStorage);
      return [quiet, noticed, again.all().map(one => one.value), again.kept().map(one => one.value),
              pad.makeWitness(again).last];
    }})()""")
    assert found == [False, True, [1], [2], "1-a.5.h"]


def test_what_another_tab_has_sent_does_not_come_back(run: Callable[..., Any]):
    """A removed entry is no cleared storage."""
    found = run(f"""(() => {{
      const {{store}} = {MODEL};
      const first = store.add({{kind: 'mark', value: 1}});
      store.add({{kind: 'mark', value: 2}});
      localStorage.removeItem(first.key);
      return [store.look(), store.all().map(one => one.value), localStorage.getItem(first.key)];
    }})()""")
    assert found == [False, [2], None]


HEARD = [
    ("the first head", "", "1-a.5.h", "same", "same", "1-a.5.h"),
    ("growth", "1-a.5.h", "1-a.7.i", "same", "same", "1-a.7.i"),
    ("an answer that was overtaken", "1-a.7.i", "1-a.6.h", "same", "same", "1-a.7.i"),
    ("an older file", "1-a.7.i", "1-a.5.h", "behind", "restored", "1-a.7.i"),
    ("another file", "1-a.7.i", "1-a.9.x", "fork", "restored", "1-a.7.i"),
    ("a restored file", "1-a.7.i", "2-b.4.h", "new", "restored", "1-a.7.i"),
    ("a backup on another machine", "3-b.9.h", "2-c.5.h", "new", "restored", "3-b.9.h"),
    ("a server without heads", "1-a.7.i", None, None, "same", "1-a.7.i"),
]


@pytest.mark.parametrize(
    ("before", "head", "state", "told", "last"), [h[1:] for h in HEARD], ids=[h[0] for h in HEARD]
)
def test_the_tablet_is_a_witness(
    run: Callable[..., Any], before: str, head: str | None, state: str | None, told: str, last: str
):
    """It moves only forward, and what it last saw is in its storage."""
    code = f"""(([before, head, state]) => {{
      const {{store}} = {MODEL};
      const witness = pad.makeWitness(store);
      if (before) witness.settle(before);
      const told = witness.isRestored(head, state) ? 'restored' : 'same';
      return [told, witness.last, store.noted('head')];
    }})(argument)"""
    assert run(code, [before, head, state]) == [told, last, last]


def test_a_change_at_which_the_server_fails_holds_up_no_other(run: Callable[..., Any]):
    """It waits with what follows on the same mark and the sheet's submit; all others go."""
    found = run(f"""(() => {{
      const {{store}} = {MODEL};
      const outbox = pad.makeOutbox(store, {{event: 'event', seat: 'seat'}});
      const mark = (name, entrant, criterion) =>
        store.add({{kind: 'mark', round: 'r', entrant, criterion, name}});
      mark('a', 'e', 'c');
      mark('b', 'e', 'd');
      mark('a2', 'e', 'c');
      store.add({{kind: 'submit', round: 'r', entrant: 'e', name: 's'}});
      mark('x', 'f', 'c');
      const names = () => outbox.next().map((one) => one.name);
      const seen = [names()];
      outbox.setAside(outbox.next());
      seen.push(names());
      outbox.setAside(outbox.next());
      while (outbox.next().length) {{
        seen.push(names());
        outbox.next().forEach((one) => store.remove(one));
      }}
      return [seen, store.all().map((one) => one.name), outbox.pause() > 0];
    }})()""")
    assert found == [
        [["a", "b", "a2"], ["a"], ["b"], ["x"]],
        ["a", "a2", "s"],
        True,
    ]


RESTORED = """(async (outcomes) => {
  const {store, model} = MODEL;
  model.witness.settle('1-a.9.h');
  const names = Object.keys(outcomes);
  names.forEach((name) => store.acknowledge(
    store.add({kind: 'mark', round: 'r', entrant: 'e', criterion: name, value: 1, after: ''}),
    '1-a.9.h'));
  const asked = [];
  const write = async (method, path, body) => {
    asked.push(body.kept.map((one) => one.criterion).join(''));
    const results = body.kept.map(({id, criterion}) => ({id, outcome: outcomes[criterion]}));
    return {echo: {results, sheets: [], head: '2-b.5.h'}};
  };
  model.isRestoring = true;
  await pad.giveBack(model, write);
  const first = [model.isRestoring, model.waiting.length, model.witness.last];
  outcomes.w = 'done';
  await pad.giveBack(model, write);
  return [asked, first, model.waiting.length, store.troubles, store.kept().length,
          store.all().map((one) => [one.criterion, one.trouble.outcome])];
})(argument)""".replace("MODEL", MODEL)


def test_a_lower_generation_is_followed_once_all_is_given_back(run: Callable[..., Any]):
    """A tablet that refused it would be of no use to a judge, and its marks to nobody."""
    found = run(f"""(() => {{
      const {{store}} = {MODEL};
      const witness = pad.makeWitness(store);
      witness.settle('3-b.9.h');
      const told = witness.isRestored('2-c.5.h', 'new');
      witness.settle('2-c.6.i');
      return [told, witness.isRestored('2-c.7.j', 'same'), witness.last];
    }})()""")
    assert found == [True, False, "2-c.7.j"]


def test_after_a_restore_everything_kept_is_given_again(run: Callable[..., Any]):
    """Oldest first; what waits for another tablet goes again; what is not taken is shown."""
    asked, first, waiting, _, kept, troubles = run(
        RESTORED, {"a": "known", "b": "done", "w": "wait", "x": "conflict", "y": "refused"}
    )
    assert asked == ["abwxy", "w"]
    assert first == [False, 1, "2-b.5.h"]
    assert (waiting, kept) == (0, 5)
    assert troubles == [["x", "conflict"], ["y", "refused"]]


def test_what_found_no_room_is_kept_while_the_page_lives_and_moves_in_later(
    run: Callable[..., Any],
):
    """A pad mounted again on the same page has it still; notes are never taken for changes."""
    found = run("""(() => {
      localStorage.clear();
      const write = Storage.prototype.setItem;
      Storage.prototype.setItem = () => { throw new Error('full'); };
      const first = pad.makeStore('event', 'roomless', localStorage);
      first.note('open', {entrant: 'e'});
      first.add({kind: 'mark', value: 19000});
      const again = pad.makeStore('event', 'roomless', localStorage);
      const before = [again.all().map((one) => one.value), localStorage.length];
      Storage.prototype.setItem = write;
      again.retry();
      return [before, again.fails, localStorage.length, again.all().length];
    })()""")
    assert found == [[[19000], 0], False, 3, 1]


def test_a_file_holds_what_was_acknowledged_and_what_was_not_sent(run: Callable[..., Any]):
    """Oldest first, as `arena.py recover` reads it; words stay on the tablet."""
    found = run(f"""(() => {{
      const {{store, model}} = {MODEL};
      const mark = (value) => store.add({{kind: 'mark', round: 'r', entrant: 'e', value}});
      store.acknowledge(mark(1), '1-a.5.h');
      store.acknowledge(store.add({{kind: 'submit', round: 'r', entrant: 'e'}}), '1-a.6.h');
      mark(2);
      store.add({{kind: 'note', round: 'r', entrant: 'e', text: 'private'}});
      return pad.fileOf(model);
    }})()""")
    assert (found["format"], found["event"], found["seat"]) == ("arena-kept-marks", "event", "seat")
    kinds = [(one["kind"], one.get("value"), one.get("head")) for one in found["entries"]]
    assert kinds == [("mark", 1, "1-a.5.h"), ("submit", None, "1-a.6.h"), ("mark", 2, None)]
