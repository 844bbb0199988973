"""The tablet's routes: who may ask, what is refused with which words, what an echo says."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

import db
from competition.people import links
from judges.api_work import short_places
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


def test_a_tablet_shows_short_names_of_places():
    """屏边县 and 黑尼村 on the pad; the directory's names stay in the file and on papers."""
    place = {"county": "屏边苗族自治县", "township": "玉屏镇", "village": "黑尼村委会"}
    sheet = {"entrant": place, "reason": "河口瑶族自治县"}
    (short,) = short_places({"sheets": [sheet]})["sheets"]
    assert short["reason"] == "河口县"
    assert short["entrant"] == {"county": "屏边县", "township": "玉屏镇", "village": "黑尼村"}


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
    ("POST", "/api/reopening"),
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


def test_the_light_page_is_the_signed_in_judges(open_event: Event, sign_in):
    """It carries module, words and seat; without a sign-in it leads to the front door."""
    judge = sign_in(1)
    to = judge.get("/pad")
    assert (to.status, to.headers["cache-control"]) == (303, "no-store")
    page = judge.get(to.headers["location"])
    assert page.status == 200
    assert open_event.judges[1] in page.body.decode()
    assert Asker().get("/pad").headers["location"] == "/"
    assert Asker().get(to.headers["location"]).status == 303


def test_the_light_page_may_be_kept_for_good(open_event: Event, sign_in):
    """Its address has its version: another version, language or seat is another address."""
    judge = sign_in(1)
    address = judge.get("/pad").headers["location"]
    assert "immutable" in judge.get(address).headers["cache-control"]
    english = judge.get("/pad?lang=en").headers["location"]
    assert english != address
    assert 'lang="en"' in judge.get(english).body.decode()
    for other in (address, address[:-5] + "xx-en", sign_in(2).get("/pad").headers["location"]):
        assert judge.get(other).headers["location"] == "/pad", other


def test_the_light_page_is_light(open_event: Event, sign_in):
    """At most 55 kB on the wire: a second at 750 kbit/s."""
    judge = sign_in(1)
    address = judge.get("/pad").headers["location"]
    judge.headers["accept-encoding"] = "gzip, br"
    answer = judge.get(address)
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < 55_000
    assert open_event.judges[1] in gzip.decompress(answer.body).decode()


def test_one_setting_away_a_link_opens_the_full_page(open_event: Event, sign_in):
    """Kept by the device; an old browser still gets the page it can show."""
    answer = sign_in(1).get("/pad?as=full")
    assert answer.headers["location"] == "/judges-pad"
    cookie = answer.headers["set-cookie"].split(";")[0]
    assert "HttpOnly" in answer.headers["set-cookie"]
    token = links.make_link(open_event.store, open_event.organizer, open_event.judges[3], at=AT)
    new, old = "Chrome/126.0.0.0 Safari/537.36", "Chrome/62.0.3202.84 Mobile Safari/537.36"
    for kind, agent, first in ((cookie, new, "/"), ("", new, "/pad"), (cookie, old, "/pad")):
        device = Asker(headers={"cookie": kind, "user-agent": f"Mozilla/5.0 {agent}"})
        assert device.get(f"/j/{token}").headers["location"] == first, (kind, agent)


def test_staff_who_also_mark_go_to_the_app(open_event: Event, sign_in):
    """The light page is all that a judge needs, and not what an organizer needs."""
    open_event.hold(2, "organizer")
    token = links.make_link(open_event.store, open_event.organizer, open_event.judges[2], at=AT)
    assert Asker().get(f"/j/{token}").headers["location"] == "/"


def test_the_keeper_of_the_page_serves_all_of_the_pad(open_event: Event):
    """A worker's own folder would be too small for /pad itself."""
    answer = Asker().get("/pad/worker.js")
    assert answer.headers["service-worker-allowed"] == "/pad"
    assert answer.headers["content-type"].startswith("text/javascript")


def test_a_locked_sheet_is_asked_to_be_reopened(open_event: Event, sign_in):
    """With a reason, by its judge; asked twice it is one request; then the echo says so."""
    open_event.fill(1, 1, ("50", "30"))
    with open_event.store.writing() as tx:
        tx.run("UPDATE sheets SET locked_at = '2022-01-01T00:00:00.000Z'")
    judge = sign_in(1)
    before = judge.get(f"/api/now?round={open_event.round_id}").json["version"]
    blank = judge.ask("POST", "/api/reopening", body(open_event, reason=" "))
    assert (blank.status, blank.json["error"]) == (422, "reason_needed")
    for _ in range(2):
        asked = judge.ask("POST", "/api/reopening", body(open_event, reason="打反了"))
        assert (asked.status, asked.json["asked"]) == (200, True)
    assert judge.get(f"/api/now?round={open_event.round_id}").json["version"] != before
    with open_event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM reopenings") == 1


def test_a_name_cannot_break_out_of_the_light_page(
    open_event: Event, sign_in, monkeypatch: pytest.MonkeyPatch
):
    """A script's end in a name stays text."""
    with open_event.store.writing() as tx:
        tx.run("UPDATE people SET name = '</script><b>' WHERE id = :p", p=open_event.judges[1])
    judge = sign_in(1)
    assert "</script><b>" not in judge.get(judge.get("/pad").headers["location"]).body.decode()
