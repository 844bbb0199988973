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


def marks(*values: float) -> list[dict[str, int]]:
    return [{"value": int(v * 1000), "maximum": 20000} for v in values]


QUESTIONS = [
    ("nothing before five sheets", marks(10, 10), [80000] * 4, None),
    ("all the same", marks(10, 10, 10), [30000] * 5, "same"),
    ("all at the maximum", marks(20, 20), [40000] * 5, "same"),
    ("far below the own lowest", marks(10, 11), [30000, 40000, 35000, 36000, 37000], "low"),
    ("far above the own highest", marks(19, 18), [20000, 21000, 22000, 23000, 24000], "high"),
    ("within the own record", marks(15, 16), [30000, 31000, 32000, 33000, 34000], None),
    ("a little outside", marks(15, 16), [33000, 34000, 35000, 36000, 37000], None),
]


@pytest.mark.parametrize(
    ("given", "totals", "kind"), [q[1:] for q in QUESTIONS], ids=[q[0] for q in QUESTIONS]
)
def test_a_question_is_asked_only_against_the_own_record(
    run: Callable, given: list, totals: list, kind: str | None
):
    """After five sheets, and one at most."""
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
      const store = pad.makeStore('event', 'seat', full);
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
  const work = (time, rev, value, state) => ({
    event: 'event', seat: 'seat', round: 'r', rounds: [], time, version: time, state: 'open',
    stage: null, holder: null, timezone: 'Asia/Shanghai', sheets: [sheet(rev, value, state)],
    criteria: [{id: 'c', name: 'c', maximum: 25000, step: 500, anchors: []}],
  });
  localStorage.clear();
  const store = pad.makeStore('event', 'seat', localStorage);
  const config = {event: 'event', seat: 'seat', device: 'd', lang: 'zh', words: {zh: {}, en: {}}};
  const model = pad.makeModel(config, store);
  const value = () => model.cell(model.current, model.work.criteria[0]).value;
  return {model, work, sheet, value};
})()"""


def test_a_reading_older_than_an_echo_changes_nothing(run: Callable[..., Any]):
    """It was made before the mark was stored, and arrived after the echo said so."""
    found = run(f"""(() => {{
      const {{model, work, sheet, value}} = {MODEL};
      model.takeWork(work('2022-03-18T01:00:00Z', 1, '18.0', 'marking'));
      model.take({{...sheet(2, '19.0', 'marking').echo, time: '2022-03-18T01:00:02Z'}});
      model.takeWork(work('2022-03-18T01:00:01Z', 1, '18.0', 'marking'));
      const after = value();
      model.takeWork(work('2022-03-18T01:00:03Z', 3, '20.0', 'marking'));
      return [after, value()];
    }})()""")
    assert found == [19000, 20000]


def test_a_sheet_submitted_elsewhere_is_put_aside(run: Callable[..., Any]):
    """What was being typed is dropped: the finger meant another sheet."""
    found = run(f"""(() => {{
      const {{model, work, value}} = {MODEL};
      model.takeWork(work('2022-03-18T01:00:00Z', 1, '18.0', 'marking'));
      const open = model.criterion;
      model.typed = '2';
      model.takeWork(work('2022-03-18T01:00:03Z', 2, '19.0', 'submitted'));
      return [open, model.criterion, model.typed, value()];
    }})()""")
    assert found == ["c", None, "", 19000]


def test_what_found_no_room_is_kept_while_the_page_lives_and_moves_in_later(
    run: Callable[..., Any],
):
    """A pad mounted anew on the same page has it still; notes are never taken for changes."""
    found = run("""(() => {
      localStorage.clear();
      const write = Storage.prototype.setItem;
      Storage.prototype.setItem = () => { throw new Error('full'); };
      const first = pad.makeStore('event', 'roomless', localStorage);
      first.note('open', {entrant: 'e'});
      first.add({kind: 'mark', value: '19'});
      const again = pad.makeStore('event', 'roomless', localStorage);
      const before = [again.all().map((one) => one.value), localStorage.length];
      Storage.prototype.setItem = write;
      again.retry();
      return [before, again.fails, localStorage.length, again.all().length];
    })()""")
    assert found == [[["19"], 0], False, 2, 1]
