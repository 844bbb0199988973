"""The hall's routes while scores are announced: page, part, whether it changed, announcing."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from competition.stage import moves, releasing, screens
from competition.stage.clock_now import Ticking
from competition.stage.hall import Hall
from organizers.live.hall.pulse import FRESH_SECONDS, PULSE, Seen
from tests.competition import event as events
from tests.competition.event import QUICK, STAFF, Event
from tests.routes.client import Client

LOOKS = ("organizer", "scorekeeper", "supervisor", "host")
OTHERS = sorted({*STAFF} - {*LOOKS})


@pytest.fixture(scope="module")
def told(event: Event) -> Event:
    """A round whose scores are announced: all sheets in, entrants 1 and 2 announced."""
    made = events.opened(event.store, rules=replace(QUICK, hall="scores"), title="<b>擂台</b>赛")
    made.fill_all()
    for number in (1, 2):
        release(made, number)
    return made


def release(event: Event, number: int) -> None:
    releasing.release_score(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[number],
        at=datetime.now(UTC),
    )


def page(client: Client, event: Event, who: int | str, query: str = "") -> str:
    answer = client.entered(event, who).ask("GET", f"/hall/{event.round_id}{query}")
    assert answer.status == 200
    return answer.body.decode()


def test_the_page_is_one_document_in_the_language_asked_for(client: Client, told: Event):
    """Chinese unless asked for in English; nothing is fetched from anywhere."""
    text = page(client, told, "host")
    assert '<html lang="zh-Hans">' in text
    assert "有效评委" in text
    assert "Judges counted" in page(client, told, "host", "?lang=en")
    assert "有效评委" in page(client, told, "host", "?lang=xx")
    for outside in ("http://", "https://", "src=", "@import", "url("):
        assert outside not in text


def test_a_part_is_only_what_is_replaced(client: Client, told: Event):
    """The same markup as in the whole page."""
    part = page(client, told, "host", "?part=1")
    assert part.startswith("<main")
    assert part in page(client, told, "host")


def test_titles_are_text(client: Client, told: Event):
    """Markup in a title is shown, not obeyed."""
    screens.set_screen(told.store, told.organizer, told.round_id, "waiting", at=datetime.now(UTC))
    text = page(client, told, "host")
    assert "&lt;b&gt;擂台&lt;/b&gt;赛" in text
    assert "<b>擂台" not in text
    screens.set_screen(told.store, told.organizer, told.round_id, "auto", at=datetime.now(UTC))


def test_what_is_not_announced_is_in_no_answer(client: Client, told: Event):
    """Every sheet is in and the standing known: entrants 3 to 5 have no figure anywhere."""
    screens.set_screen(told.store, told.organizer, told.round_id, "list", at=datetime.now(UTC))
    text = page(client, told, "host") + page(client, told, "host", "?part=1")
    figures = {str(line.number): str(line.announced) for line in told.standing().lines}
    assert figures["1"] in text
    assert figures["2"] in text
    for number in ("3", "4", "5"):
        assert figures[number] not in text
    assert "评委·" not in text


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("path", ["/hall/{}", "/hall/{}?part=1", "/api/hall/{}"])
def test_every_role_looks_or_is_refused(client: Client, told: Event, path: str, frozen: bool):
    """Paused or not, of page, part and pulse alike."""
    change = releasing.freeze if frozen else releasing.unfreeze
    change(told.store, told.organizer, told.round_id, at=datetime.now(UTC))
    where = path.format(told.round_id)
    for role in LOOKS:
        assert client.entered(told, role).ask("GET", where).status == 200, role
    for who in (*OTHERS, 1, 5):
        assert client.entered(told, who).ask("GET", where).status == 403, who
    assert client.ask("GET", where).status == 401
    releasing.unfreeze(told.store, told.organizer, told.round_id, at=datetime.now(UTC))


def test_a_role_in_another_event_sees_nothing(client: Client, told: Event, event: Event):
    """Not even whether the round exists under that id."""
    for path in (f"/hall/{told.round_id}", f"/api/hall/{told.round_id}"):
        assert client.entered(event, "organizer").ask("GET", path).status == 404


def test_the_pulse_says_a_number_and_nothing_else(client: Client, told: Event):
    browser = client.entered(told, "host")
    answer = browser.ask("GET", f"/api/hall/{told.round_id}")
    assert answer.json.keys() == {"version", "bell", "clock", "second", "mark"}
    assert answer.json["second"] is None
    part = browser.ask("GET", f"/hall/{told.round_id}?part=1").body.decode()
    assert f'data-version="{answer.json["version"]}"' in part
    assert answer.headers["cache-control"] == "no-store"


def test_the_pulse_changes_after_an_announcement(client: Client, told: Event):
    """At the latest when the answer in memory is too old to be given."""
    browser = client.entered(told, "host")
    where = f"/api/hall/{told.round_id}"
    before = browser.ask("GET", where).json["version"]
    release(told, 3)
    PULSE._seen.clear()
    assert FRESH_SECONDS <= 0.5
    assert browser.ask("GET", where).json["version"] != before


def test_screens_that_wait_are_answered_by_the_commit_of_a_change(
    client: Client, told: Event, monkeypatch: pytest.MonkeyPatch
):
    """Neither the age of the memory nor the end of the wait: both are an hour off."""
    for name in ("FRESH_SECONDS", "WAIT_SECONDS"):
        monkeypatch.setattr(f"organizers.live.hall.pulse.{name}", 3600.0)
    where, answers = f"/api/hall/{told.round_id}", []
    browsers = [client.entered(told, role) for role in ("host", "organizer", "host")]
    PULSE._seen.clear()
    before = browsers[0].ask("GET", where).json
    waiting = [
        threading.Thread(
            target=lambda one=one: answers.append(
                one.ask("GET", f"{where}?mark={before['mark']}").json
            )
        )
        for one in browsers
    ]
    for thread in waiting:
        thread.start()
    while not PULSE._due:
        assert all(thread.is_alive() for thread in waiting)
    screens.set_screen(told.store, told.organizer, told.round_id, "break", at=datetime.now(UTC))
    for thread in waiting:
        thread.join()
    assert len({answer["version"] for answer in answers}) == 1
    assert answers[0]["version"] != before["version"]
    assert {answer["mark"] for answer in answers} != {before["mark"]}
    screens.set_screen(told.store, told.organizer, told.round_id, "auto", at=datetime.now(UTC))


def test_a_browser_without_a_right_waits_for_nothing(client: Client, told: Event):
    """Whatever mark it names, it is refused at once."""
    where = f"/api/hall/{told.round_id}"
    mark = client.entered(told, "host").ask("GET", where).json["mark"]
    assert client.ask("GET", f"{where}?mark={mark}").status == 401
    assert client.entered(told, 2).ask("GET", f"{where}?mark={mark}").status == 403


def test_a_part_from_memory_is_for_who_was_let_in(client: Client, told: Event):
    """With the version that the pulse has just said; another browser is refused all the same."""
    browser = client.entered(told, "host")
    version = browser.ask("GET", f"/api/hall/{told.round_id}").json["version"]
    where = f"/hall/{told.round_id}?part=1&version={version}"
    answer = browser.ask("GET", where)
    assert f'data-version="{version}"' in answer.body.decode()
    assert answer.body == browser.ask("GET", f"/hall/{told.round_id}?part=1").body
    assert client.ask("GET", where).status == 401
    assert client.entered(told, 2).ask("GET", where).status == 403


def test_the_time_on_a_running_clock_is_no_change(told: Event):
    """Screens count it on by themselves; that it runs, stops or is set is one."""
    clock: Ticking = {
        "number": 1,
        "phase": "present",
        "take": 1,
        "state": "running",
        "rev": 1,
        "elapsed": 500,
        "limit": 480,
        "warning": 30,
    }
    now, bell, later = Hall(1, "v", {}), Hall(1, "v", {}, 7), Hall(2, "w", {})
    mark = Seen(now, clock, 0).mark
    assert Seen(now, {**clock, "elapsed": 900}, 400).mark == mark
    others = [
        Seen(now, {**clock, "state": "paused"}, 0),
        Seen(now, {**clock, "rev": 2}, 0),
        Seen(bell, clock, 0),
        Seen(later, clock, 0),
        Seen(now, None, 0),
    ]
    assert len({mark, *(one.mark for one in others)}) == 6


def test_an_answer_from_memory_is_for_who_was_let_in(client: Client, told: Event):
    """The version is known and fresh: a browser without a right is refused all the same."""
    where = f"/api/hall/{told.round_id}"
    assert client.entered(told, "host").ask("GET", where).status == 200
    assert client.ask("GET", where).status == 401
    assert client.entered(told, 2).ask("GET", where).status == 403


def test_the_host_announces_through_a_route(client: Client, told: Event):
    """With the seat its page was made for; a judge, the public and a foreign page do not."""
    body = {
        "seat": told.people["host"],
        "round": told.round_id,
        "entrant": told.entrants[4],
    }
    where = "/api/release"
    assert client.ask("POST", where, body).status == 401
    judge = client.entered(told, 2)
    assert judge.ask("POST", where, body).status == 409
    assert judge.ask("POST", where, body | {"seat": told.judges[2]}).status == 403
    host = client.entered(told, "host")
    foreign = {"origin": "http://elsewhere.test"}
    assert host.ask("POST", where, body, headers=foreign).status == 403
    answer = host.ask("POST", where, body)
    assert (answer.status, answer.json["released"]) == (200, [told.entrants[4]])
    assert host.ask("POST", where, body).status == 409


def test_the_host_turns_the_list_through_a_route(client: Client, told: Event):
    """With the seat its page was made for; a page that is none is refused, and which there are."""
    screens.set_screen(told.store, told.organizer, told.round_id, "list", at=datetime.now(UTC))
    where, body = "/api/page", {"seat": told.people["host"], "round": told.round_id, "page": 1}
    assert client.ask("POST", where, body).status == 401
    judge = client.entered(told, 2)
    assert judge.ask("POST", where, body).status == 409
    assert judge.ask("POST", where, body | {"seat": told.judges[2]}).status == 403
    host = client.entered(told, "host")
    answer = host.ask("POST", where, body)
    assert (answer.status, answer.json["page"]) == (200, 1)
    for page_no, code in ((2, "bad_whole"), ("2", "bad_input"), (True, "bad_input")):
        answer = host.ask("POST", where, body | {"page": page_no})
        assert (answer.status, answer.json["error"]) == (422, code)


def test_only_who_may_turn_gets_keys(client: Client, told: Event):
    """The page of an organizer or the host knows whose it is; a supervisor's has no keys."""
    assert f'SEAT = "{told.people["host"]}"' in page(client, told, "host")
    assert 'SEAT = ""' in page(client, told, "supervisor")


def test_the_bare_address_leads_to_the_open_round(client: Client, told: Event):
    answer = client.entered(told, "host").ask("GET", "/hall?lang=en")
    assert answer.status == 303
    assert answer.headers["location"] == f"/hall/{told.round_id}?lang=en"


def test_who_is_on_stage_is_shown_without_a_mark(client: Client, told: Event):
    """The next one presents: name and county, and how many sheets are in."""
    moves.move_stage(
        told.store, told.organizer, told.round_id, told.entrants[5], "called", at=datetime.now(UTC)
    )
    moves.move_stage(
        told.store,
        told.organizer,
        told.round_id,
        told.entrants[5],
        "presenting",
        at=datetime.now(UTC),
    )
    screens.set_screen(told.store, told.organizer, told.round_id, "auto", at=datetime.now(UTC))
    part = page(client, told, "host", "?part=1")
    assert 'data-scene="progress 5"' in part
    assert "龙潭村" in part
    assert "元阳县" in part
