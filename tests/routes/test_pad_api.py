"""The tablet's routes: who may ask, what is refused with which words, what an echo says."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import db
from competition.people import links
from tests.competition import event as events
from tests.competition.event import AT, Event
from tests.routes.asking import Asker
from ui import access, answering


@pytest.fixture
def open_event(store: db.Store, monkeypatch: pytest.MonkeyPatch) -> Event:
    """The small event, open, in the database that the routes ask."""
    for module in (access, answering):
        monkeypatch.setattr(module, "the_store", lambda: store)
    monkeypatch.setattr("judges.routes.the_store", lambda: store)
    monkeypatch.setattr("judges.pad_alone.the_store", lambda: store)
    return events.opened(store)


@pytest.fixture
def sign_in(open_event: Event) -> Callable[[int], Asker]:
    """``sign_in(number)`` is the browser of a judge."""

    def enter(judge: int) -> Asker:
        who = open_event.organizer
        token = links.make_link(open_event.store, who, open_event.judges[judge], at=AT)
        return Asker(links.open_link(open_event.store, token, at=AT, address=str(judge)))

    return enter


def change(event: Event, value: int | None = 50000, **more: Any) -> dict[str, Any]:
    return {"id": "t1", "criterion": event.criteria[0], "value": value, "rev": 0, **more}


def body(event: Event, judge: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "event": event.organizer.competition_id,
        "seat": event.judges[judge],
        "round": event.round_id,
        "entrant": event.entrants[1],
        **more,
    }


def marks(event: Event) -> int:
    with event.store.reading() as tx:
        return int(tx.value("SELECT count(*) FROM marks"))


def test_the_work_is_the_judges_own_and_whole(open_event: Event, sign_in):
    """One request, and the tablet can go on alone."""
    answer = sign_in(1).get("/api/work")
    assert answer.status == 200
    assert answer.json["seat"] == open_event.judges[1]
    assert len(answer.json["sheets"]) == 3
    assert answer.headers["content-type"] == "application/json"


def test_an_echo_names_event_seat_and_changes(open_event: Event, sign_in):
    """So that no stranger's answer can be taken for one."""
    answer = sign_in(1).ask("PUT", "/api/marks", body(open_event, changes=[change(open_event)]))
    echo = answer.json
    assert answer.status == 200
    assert (echo["event"], echo["seat"]) == (
        open_event.organizer.competition_id,
        open_event.judges[1],
    )
    assert echo["results"] == [{"id": "t1", "outcome": "done"}]
    assert (echo["saved"], echo["of"]) == (1, 2)
    assert echo["time"]


def test_a_refused_change_says_why_in_both_languages(open_event: Event, sign_in):
    """The tablet switches languages without asking again."""
    answer = sign_in(1).ask(
        "PUT", "/api/marks", body(open_event, changes=[change(open_event, 61000)])
    )
    (result,) = answer.json["results"]
    assert result["outcome"] == "refused"
    assert "61" in result["says"]["zh"]
    assert "61" in result["says"]["en"]
    assert marks(open_event) == 0


def test_a_page_made_for_another_seat_is_told_who_is_signed_in(open_event: Event, sign_in):
    """409, and nothing is written as the wrong judge."""
    wrong = body(open_event, judge=1, changes=[change(open_event)])
    answer = sign_in(2).ask("PUT", "/api/marks", wrong)
    assert (answer.status, answer.json["error"]) == (409, "wrong_seat")
    assert "评委·赵2" in answer.json["says"]["zh"]
    assert marks(open_event) == 0


def test_marks_of_another_event_are_refused(open_event: Event, sign_in):
    """A rehearsal's tablet in the real hall."""
    foreign = body(open_event, changes=[change(open_event)]) | {"event": "rehearsal"}
    answer = sign_in(1).ask("PUT", "/api/marks", foreign)
    assert (answer.status, answer.json["error"]) == (409, "wrong_event")
    assert marks(open_event) == 0


def test_submitting_compares_with_what_was_seen(open_event: Event, sign_in):
    """And is done once, however often it is sent."""
    judge = sign_in(1)
    changes = [
        change(open_event),
        {"id": "t2", "criterion": open_event.criteria[1], "value": 30000, "rev": 0},
    ]
    judge.ask("PUT", "/api/marks", body(open_event, changes=changes))
    seen = dict(zip(open_event.criteria, (50000, 29000), strict=True))
    stale = judge.ask("POST", "/api/submit", body(open_event, id="s", seen=seen))
    assert (stale.status, stale.json["error"]) == (409, "stale_mark")
    seen[open_event.criteria[1]] = 30000
    for _ in range(2):
        done = judge.ask("POST", "/api/submit", body(open_event, id="s", seen=seen))
        assert (done.status, done.json["state"]) == (200, "submitted")


def test_words_call_seat_and_recusal(open_event: Event, sign_in):
    """Each answers with what the server now holds."""
    judge = sign_in(1)
    words = judge.ask("PUT", "/api/remarks", body(open_event, id="w", kind="remark", text="好"))
    assert words.json["text"] == "好"
    call = judge.ask("POST", "/api/call", body(open_event, id="c"))
    assert call.json["at"]
    seat = judge.ask("POST", "/api/seat", body(open_event, device="d", takes=False))
    assert seat.json["holder"] == "d"
    for _ in range(2):
        recusal = judge.ask("POST", "/api/recusal", body(open_event, reason="亲属"))
        assert recusal.json["sheets"][0]["state"] == "recused"
    now = judge.get(f"/api/now?round={open_event.round_id}")
    assert (now.json["holder"], now.json["call"]) == ("d", call.json["at"])


def test_nobody_recuses_somebody_else(open_event: Event, sign_in):
    """The seat named is the cookie's."""
    answer = sign_in(1).ask("POST", "/api/recusal", body(open_event, judge=2, reason="亲属"))
    assert (answer.status, answer.json["error"]) == (409, "wrong_seat")


PATHS = [
    ("GET", "/api/work"),
    ("GET", "/api/now?round=x"),
    ("PUT", "/api/marks"),
    ("POST", "/api/submit"),
    ("PUT", "/api/remarks"),
    ("POST", "/api/seat"),
    ("POST", "/api/call"),
    ("POST", "/api/recusal"),
    ("POST", "/api/language"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_without_a_sign_in_nothing_is_told_or_taken(open_event: Event, method: str, path: str):
    """401 with the way out, whatever is sent."""
    answer = Asker().ask(method, path, {"lang": "en"} if method != "GET" else None)
    assert answer.status == 401
    assert answer.json["error"] == "sign_in_needed"
    assert set(answer.json["says"]) == {"zh", "en"}


BAD = {
    "no body": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "no seat": json.dumps({"round": "r", "entrant": "x", "changes": []}).encode(),
    "too large": b'"' + b"x" * 70_000 + b'"',
}


@pytest.mark.parametrize("sent", BAD.values(), ids=BAD.keys())
def test_a_body_that_cannot_be_used_is_refused(open_event: Event, sign_in, sent: bytes):
    """422 and words; never a traceback."""
    answer = sign_in(1).ask("PUT", "/api/marks", sent)
    assert answer.status == 422
    assert answer.json["error"] == "bad_input"


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "50"},
        {"value": 50.5},
        {"value": -1},
        {"rev": -1},
        {"rev": True},
        {"id": ""},
        {"id": "x" * 65},
        {"criterion": None},
    ],
    ids=str,
)
def test_a_change_of_another_shape_is_refused(open_event: Event, sign_in, wrong: dict):
    """Types and lengths are checked before anything is asked of the database."""
    answer = sign_in(1).ask(
        "PUT", "/api/marks", body(open_event, changes=[change(open_event) | wrong])
    )
    assert answer.status == 422
    assert marks(open_event) == 0


def test_the_plain_page_is_the_signed_in_judges(open_event: Event, sign_in):
    """It carries module, words and seat; without a sign-in it leads to the front door."""
    page = sign_in(1).get("/pad")
    assert page.status == 200
    assert open_event.judges[1] in page.body.decode()
    assert Asker().get("/pad").status == 303


def test_a_name_cannot_break_out_of_the_plain_page(
    open_event: Event, sign_in, monkeypatch: pytest.MonkeyPatch
):
    """A script's end in a name stays text."""
    with open_event.store.writing() as tx:
        tx.run("UPDATE people SET name = '</script><b>' WHERE id = :p", p=open_event.judges[1])
    assert "</script><b>" not in sign_in(1).get("/pad").body.decode()
