"""Pressing buttons on a page, and setting the sample in the state a test begins from."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from competition.results import certification, certifying, publishing
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from competition.saying import sentence
from db import rounds as round_rows
from examples.certifying import certify_by_two
from tests.competition.registry.publishing_calls import TYPED
from tests.opening import Sample, html
from ui.pages import KEY_OF
from words import t

REASON = "评委中途离场，主办方同意"


def now() -> datetime:
    """The time of an act that a test does behind the pages' back."""
    return datetime.now(UTC)


def keyed(at: AppTest, key: str) -> str:
    """The key of a button, or of the one whose key goes on with what it is about."""
    keys = [str(button.key) for button in at.button]
    return key if key in keys else next((k for k in keys if k.startswith(f"{key}-")), key)


def press(at: AppTest, key: str) -> AppTest:
    """Press a button by its key and run the page."""
    at.button(key=keyed(at, key)).click().run()
    assert not at.exception, [error.value for error in at.exception]
    return at


def confirm(at: AppTest, act: str, reason: str | None = None) -> AppTest:
    """Open an act's dialog, give a reason if there is one, and press its act."""
    press(at, f"act-{act}")
    if reason is not None:
        at.text_area(key=f"reason-{act}").input(reason)
    return press(at, f"confirm-{act}")


def has(at: AppTest, key: str) -> bool:
    """Whether a button is on the page."""
    return keyed(at, key) in [button.key for button in at.button]


def is_blocked(at: AppTest, sample: Sample, code: str, lang: str = "zh") -> bool:
    """Whether the result waits for one thing, which the page says, and offers no signature."""
    [waits] = certifying.to_sign(sample.store, sample.who("organizer"), sample.round_id).blockers
    shown = (t("organizers.certify.panel.blocked", lang), sentence(waits, lang))
    signs = ("act-sign_certificate", "act-certify", "act-certify_alone")
    return (
        waits.code == code
        and all(one in html(at) for one in shown)
        and not any(has(at, act) for act in signs)
    )


def refused(at: AppTest) -> bool:
    """Whether the page shows a refusal."""
    return "a-refused" in html(at)


def is_refused(at: AppTest, page: str, lang: str = "zh") -> bool:
    """Whether a whole page is refused: a refusal, and not its title."""
    return refused(at) and f">{t(f'{KEY_OF[page]}.title', lang)}</h1>" not in html(at)


def second_person(at: AppTest, act: str) -> list[str]:
    """The keys of the buttons by which one person answers what another has entered."""
    made = [button.key or "" for button in at.button]
    return [key for key in made if re.fullmatch(rf"{act}-[0-9a-f]{{24}}", key)]


def events(sample: Sample) -> list[str]:
    """The kinds of all events, oldest first."""
    with sample.store.reading() as tx:
        return [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq")]


def state(sample: Sample) -> str:
    """The round's state."""
    with sample.store.reading() as tx:
        return str(tx.value("SELECT state FROM rounds WHERE id = :r", r=sample.round_id))


def set_rules(sample: Sample, **changes: object) -> None:
    """Give the open round other rules and their hash, behind the acts."""
    with sample.store.writing() as tx:
        row = tx.one("SELECT * FROM rounds WHERE id = :r", r=sample.round_id)
        rules = replace(RoundRules.from_json(row["rules"]), **changes)
        text = rules.to_json()
        tx.run(
            "UPDATE rounds SET rules = :x, rules_hash = :h WHERE id = :r",
            x=text,
            h=round_rows.rules_hash(tx, sample.round_id, text),
            r=sample.round_id,
        )


def close(sample: Sample) -> None:
    """Close the round, the missing sheets recorded absent."""
    sample.reach(_closed)


def _closed(sample: Sample) -> None:
    rounds.close_round(
        sample.store, sample.who("organizer"), sample.round_id, at=now(), reason=REASON
    )


def certify(sample: Sample) -> dict[str, object]:
    """Close and certify; the certified snapshot."""
    return sample.reach(_certified)


def _certified(sample: Sample) -> dict[str, object]:
    _closed(sample)
    who = sample.who("organizer")
    second = sample.who("supervisor")
    certify_by_two(sample.store, who, second, sample.round_id, at=now())
    return certification.certified(sample.store, who, sample.round_id)


def announce(sample: Sample) -> None:
    """Announce the sample's round as it is certified."""
    where = (sample.store, sample.who("organizer"), sample.round_id)
    code = publishing.course(*where).sha256
    publishing.publish(*where, "announced", TYPED, sha256=code, at=now())
