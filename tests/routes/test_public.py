"""The public page and its JSON: empty before each act, at once after it, nobody signed in."""

import pytest

from competition.results import certifying, publishing, versions
from competition.rounds.competitions import update_competition
from tests.competition.event import Event, later
from tests.competition.registry.publishing_calls import TYPED
from tests.routes.client import Answer, Client
from words import t

JSON, PAGE = "/api/results.json", "/results"
HOSTILE = "</script><script>x()</script>&{{x}}`{x}<img src=x onerror=x()>"


def fetch(client: Client, path: str = JSON, **headers: str) -> Answer:
    """A request without a cookie."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(client.port).ask("GET", path, headers=sent)


def shown(client: Client) -> list[dict]:
    """The versions in the JSON."""
    return [one for each in fetch(client).json["competitions"] for one in each["results"]]


def publish(event: Event, *kinds: str, **typed: str) -> None:
    """Some facts."""
    where = (event.store, event.organizer, event.round_id)
    for kind in kinds:
        code = publishing.course(*where).sha256
        publishing.publish(*where, kind, {**TYPED, **typed}, sha256=code, at=later(60))


def test_the_whole_way_from_nothing_to_a_second_version(client: Client, event: Event):
    """What is public is asked for after every act: it never shows more, nor anything older."""
    nothing = fetch(client)
    assert (nothing.status, nothing.json) == (200, {"competitions": []})
    assert t("public.none", "zh") in fetch(client, f"{PAGE}?lang=zh").body.decode()
    event.fill_all()
    assert shown(client) == []
    event.close()
    code = certifying.to_sign(event.store, event.organizer, event.round_id).sha256
    where = (event.store, event.organizer, event.round_id)
    certifying.sign_certificate(*where, sha256=code, at=later(1))
    assert shown(client) == []
    who = event.visitor("supervisor")
    first = certifying.certify(event.store, who, event.round_id, sha256=code, at=later(2))
    assert shown(client) == []
    assert first["sha256"][:12] not in fetch(client, PAGE).body.decode()

    publish(event, "announced")
    (result,) = shown(client)
    assert (result["sha256"], result["state"]) == (first["sha256"], "current")
    page = fetch(client, f"{PAGE}?lang=zh").body.decode()
    assert first["sha256"][:12] in page
    one = fetch(client)
    assert one.headers["etag"] != nothing.headers["etag"]
    again = fetch(client, if_none_match=one.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert one.headers["cache-control"] == "no-cache"

    publish(event, "noticed", contact=HOSTILE)
    noticed = fetch(client, f"{PAGE}?lang=zh").body.decode()
    assert HOSTILE not in noticed
    assert "&lt;script&gt;x()" in noticed
    assert fetch(client, if_none_match=one.headers["etag"]).status == 200

    asked = versions.ask_version(*where, reason="漏记扣分", at=later(70))
    versions.confirm_version(event.store, who, asked, at=later(71))
    assert shown(client)[0]["state"] == "correcting"
    event.certify(at=later(72))
    assert [(one["version"], one["replaced_by"]) for one in shown(client)] == [(1, 2)]
    publish(event, "announced")
    assert [one["version"] for one in shown(client)] == [2, 1]
    looked = fetch(client, f"{PAGE}?lang=zh&code={first['sha256'][:12]}").body.decode()
    assert t("public.stamp.replaced", "zh", round="村级决赛", version=1, by=2) in looked
    strange = fetch(client, f"{PAGE}?lang=zh&code=%3Cimg%3E").body.decode()
    assert t("public.unknown", "zh") in strange
    assert "<img" not in strange


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_is_asked_again_by_its_version_and_language(client: Client, event: Event, lang: str):
    """304 in the same language only; another title is another version."""
    one = fetch(client, f"{PAGE}?lang={lang}")
    assert one.headers["content-type"].startswith("text/html")
    etag = one.headers["etag"]
    assert fetch(client, f"{PAGE}?lang={lang}", if_none_match=etag).status == 304
    other = {"zh": "en", "en": "zh"}[lang]
    assert fetch(client, f"{PAGE}?lang={other}", if_none_match=etag).status == 200
    update_competition(event.store, event.organizer, title=f"擂台赛{HOSTILE}{lang}", at=later(90))
    changed = fetch(client, f"{PAGE}?lang={lang}", if_none_match=etag)
    assert changed.status == 200
    assert "<script>x()" not in changed.body.decode()


def test_nothing_is_written_and_nothing_else_is_there(client: Client):
    """Only GET and HEAD; a path below it is no page of the app."""
    assert Client(client.port).ask("POST", JSON, {"x": 1}).status == 405
    assert fetch(client, f"{PAGE}/x").status == 404
