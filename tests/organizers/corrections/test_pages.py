"""The pages of corrections: what each role is offered, and what a chair still marking sees."""

import time
from datetime import UTC, datetime

import pytest

from competition.corrections import requests
from competition.corrections.facts import What
from competition.corrections.signed_forms import confirm_by_form
from competition.people import links, people, pins
from competition.standby import codes, lag
from competition.standby.saying import problem_words
from db import heads, standbys
from tests.competition.registry.standby_rows import request
from tests.opening import ANY_LANG, BOTH, Open, Sample, html
from tests.organizers.acting import close, events, now, press
from words import t

WAITING = "organizers/corrections/waiting.py"
CORRECTIONS = "organizers/corrections/page.py"
REVIEWS = "organizers/corrections/review_page.py"
RULES = "organizers/prepare/rules/page.py"
CHAIR = "judges/chair.py"
PIN = "506172"
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
"""One grey point, as a PNG."""


def a_sheet(sample: Sample) -> What:
    """A submitted sheet of the sample's round."""
    with sample.store.reading() as tx:
        row = tx.one(
            """SELECT s.entrant_id, s.person_id FROM sheets s JOIN assignments a
            ON a.round_id = s.round_id AND a.entrant_id = s.entrant_id
            AND a.person_id = s.person_id
            WHERE s.round_id = :r AND s.state = 'submitted' AND a.state = 'expected'
            ORDER BY s.id LIMIT 1""",
            r=sample.round_id,
        )
    assert row is not None
    return {"entrant": row["entrant_id"], "judge": row["person_id"]}


def asked(sample: Sample, kind: str = "recusal", role: str = "organizer") -> str:
    """A correction that waits."""
    return requests.request_correction(
        sample.store,
        sample.who(role),
        sample.round_id,
        kind,
        a_sheet(sample),
        reason="亲属参与编制",
        at=now(),
    )


@pytest.mark.parametrize("lang", BOTH)
def test_the_supervisor_reads_old_new_reason_and_effect(open_page: Open, sample: Sample, lang: str):
    """And signs with the own PIN; a wrong one changes nothing."""
    key = asked(sample)
    sample.cookie("supervisor")
    pins.set_pin(sample.store, sample.who_is("supervisor"), PIN, PIN, at=now())
    at = open_page("supervisor", lang, WAITING)
    page = html(at)
    for text in ("亲属参与编制", "<s>", t("correction.assignment.recused", lang)):
        assert text in page
    assert t("correction.kind.recusal", lang) in page
    at.text_input(key=f"sign-{key}-0-pin").set_value("918273")
    press(at, f"sign-{key}-send")
    assert t("error.pin_wrong", lang, left=4) in html(at)
    assert "correction_confirmed" not in events(sample)
    at.text_input(key=f"sign-{key}-0-pin").set_value(PIN)
    press(at, f"sign-{key}-send")
    assert events(sample)[-1] == "correction_confirmed"
    assert t("organizers.waiting.nothing", lang) in html(at)


def test_marks_are_asked_for_with_who_would_move(open_page: Open, sample: Sample):
    """Entrant, judge and one mark: the effect stands below; without a reason nothing is sent."""
    close(sample)
    refused = t("correction.effect.refused", "zh", why="{why}").partition("{why}")[0]
    at = open_page("organizer", "zh", CORRECTIONS)
    for field in ("entrant", "judge"):
        label = t(f"organizers.corrections.field.{field}", "zh")
        next(box for box in at.selectbox if box.label == label).select_index(0).run()
    assert refused in html(at)
    next(box for box in at.text_input if "-mark-" in str(box.key)).set_value("1").run()
    assert t("correction.effect.title", "zh") in html(at)
    assert refused not in html(at)
    send = t("organizers.corrections.send", "zh")
    for reason, last in (("", False), ("纸质底稿为准", True)):
        box = next(one for one in at.text_input if str(one.key).endswith("-reason"))
        box.set_value(reason)
        next(button for button in at.button if button.label == send).click().run()
        assert (events(sample)[-1] == "correction_asked") == last
    assert t("correction.state.asked", "zh") in html(at)


def test_refusing_wants_a_reason(open_page: Open, sample: Sample):
    """It stays on the page until there is one; then it is on the organizer's with it."""
    key = asked(sample)
    at = open_page("supervisor", "zh", WAITING)
    press(at, f"refuse-{key}")
    press(at, f"confirm-refuse-{key}")
    assert events(sample)[-1] == "correction_asked"
    at.text_area(key=f"why-{key}").input("底稿不符")
    press(at, f"confirm-refuse-{key}")
    assert events(sample)[-1] == "correction_refused"
    assert "底稿不符" in html(open_page("organizer", "zh", CORRECTIONS))


def test_nothing_to_sign_and_the_three_boxes_move_up(open_page: Open, sample: Sample):
    """The page says so; who looked is for the supervisor."""
    page = html(open_page("supervisor", "zh", WAITING))
    assert t("organizers.waiting.nothing", "zh") in page
    for box in ("record", "witnesses", "looked"):
        assert t(f"organizers.waiting.{box}", "zh") in page
    assert t("organizers.waiting.looked", "zh") not in html(open_page("organizer", "zh", WAITING))


def test_the_second_laptops_word_stands_beside_the_head(open_page: Open, sample: Sample):
    """Nothing before one is paired; then whether it agrees, or what is wrong with its copy."""
    beginning = t("organizers.waiting.standby", ANY_LANG, text="{x}").partition("{x}")[0]
    assert beginning not in html(open_page("supervisor", ANY_LANG, WAITING))
    who = sample.who("organizer")
    code = codes.make_code(sample.store, who, at=now())
    codes.pair(sample.store, request(code), b"", at=now())
    with sample.store.reading() as tx:
        (row,) = standbys.in_state(tx, str(who.competition_id), "paired")
        head = str(heads.last(tx, str(who.competition_id)))
    for problem, key in (("", "standby_same"), ("findings", "standby_problem")):
        lag.note_beat(sample.store, row["id"], head, 0, problem, now=time.monotonic())
        said = t(f"organizers.safety.{key}", ANY_LANG, problem=problem_words(problem, ANY_LANG))
        text = t("organizers.waiting.standby", ANY_LANG, text=said)
        assert text in html(open_page("supervisor", ANY_LANG, WAITING))


def test_a_change_of_rules_is_asked_for_on_the_page_of_the_rules(open_page: Open, sample: Sample):
    """After opening the fields are free only for that, and who would move stands below."""
    close(sample)
    at = open_page("organizer", "zh", RULES)
    at.toggle(key=f"changes-{sample.round_id}").set_value(True).run()
    top = next(box for box in at.text_input if str(box.key).endswith("-top"))
    top.set_value("12").run()
    assert t("correction.effect.title", "zh") in html(at)
    reason = next(box for box in at.text_input if str(box.key).endswith("-change_reason"))
    reason.set_value("名额减一").run()
    send = next(b for b in at.button if b.label == t("organizers.changing.send", "zh"))
    send.click().run()
    assert events(sample)[-1] == "correction_asked"


def test_the_chair_signs_on_an_own_page_and_sees_no_standing(open_page: Open, sample: Sample):
    """With a seat and sheets to submit: the sentence says so, and no score is there."""
    key = asked(sample, "set_aside", "supervisor")
    organizer = sample.entered.organizer
    chair = people.add_person(sample.store, organizer, name="组长甲", at=now())
    people.grant_role(sample.store, organizer, chair, "chair", at=now(), round_id=sample.round_id)
    at_ = datetime.now(UTC)
    secret = links.make_link(sample.store, organizer, chair, at=at_)
    sample.cookies["chair"] = links.open_link(sample.store, secret, at=at_, address="chair")
    at = open_page("chair", "zh", CHAIR)
    assert t("correction.effect.unseen", "zh") in html(at)
    press(at, f"aside-{key}-confirm")
    assert events(sample)[-1] == "correction_confirmed"


def test_a_review_is_entered_and_answered(open_page: Open, sample: Sample):
    """The organizer enters it, the supervisor answers."""
    close(sample)
    at = open_page("organizer", "zh", REVIEWS)
    with sample.store.reading() as tx:
        entrant = tx.value(
            "SELECT entrant_id FROM round_entrants WHERE round_id = :r AND number = 1",
            r=sample.round_id,
        )
    name = f"review-{sample.round_id}-0"
    at.selectbox(key=f"{name}-entrant").set_value(entrant)
    at.text_input(key=f"{name}-asked_by").set_value("某村书记")
    at.text_input(key=f"{name}-claim").set_value("总分与分项之和不符")
    press(at, f"review-{sample.round_id}-send")
    assert events(sample)[-1] == "review_entered"
    at = open_page("supervisor", "zh", REVIEWS)
    box = next(one for one in at.text_input if str(one.key).endswith("-answer"))
    box.set_value("算术无误")
    button = next(one for one in at.button if one.label == t("organizers.reviews.answer", "zh"))
    button.click().run()
    assert events(sample)[-1] == "review_answered"


@pytest.mark.parametrize("lang", BOTH)
def test_a_photographed_form_is_taken_in_and_shown(open_page: Open, sample: Sample, lang: str):
    """Without signer and photograph nothing happens; the supervisor then sees who signed."""
    key = asked(sample)
    at = press(open_page("organizer", lang, CORRECTIONS), f"form-{key}")
    assert t("organizers.corrections.form_text", lang) in html(at)
    press(at, next(str(one.key) for one in at.button if str(one.key).endswith("-send")))
    assert "correction_confirmed_by_form" not in events(sample)
    signer = sample.person("supervisor")
    confirm_by_form(sample.store, sample.who("organizer"), key, signer, "表.png", PICTURE, at=now())
    for role, page in (("supervisor", WAITING), ("organizer", CORRECTIONS)):
        said = html(open_page(role, lang, page))
        assert sample.who("supervisor").name in said
