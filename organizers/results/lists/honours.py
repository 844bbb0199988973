"""奖状与证书 / Award certificates: their texts to edit, a picture of a page, the files."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.results.award_texts import FRAMES, KINDS, PARTS, PLACEHOLDERS, set_award_texts
from competition.results.award_texts import award_texts as texts_of
from competition.rights import refusal
from exports.formats import safe_name
from exports.papers import honours as papers
from exports.papers import pdf
from organizers.offers import can
from organizers.paper_facts import rules_code
from organizers.results.lists.honouring import honours_file, honours_of, sample_of
from ui.access import Visit, enter_page, saying
from ui.downloads import download
from ui.forms import Form, Values
from ui.frame import page_title
from ui.html import element
from words import t

_say = saying("organizers.honours")


def page(now: Visit) -> None:
    """One kind at a time: the text on the left, how it looks on the right."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    kind = st.segmented_control(
        _say(now, "kind"),
        list(KINDS),
        default=KINDS[0],
        required=True,
        format_func=lambda key: _say(now, f"kinds.{key}"),
        label_visibility="collapsed",
        key="honours-kind",
    )
    left, right = st.columns([2, 3], gap="medium")
    with left:
        typed = _text(now, str(kind))
    with right:
        _looks(now, str(kind), typed)


def _text(now: Visit, kind: str) -> dict[str, str]:
    """The fields; return the text as it is typed now."""
    texts = texts_of(now.store, now.who, now.round_id, now.lang)[kind]
    form = Form(now, f"honours-{kind}", disabled=not can(now, "set_award_texts"))
    for part in PARTS:
        field = form.area if part == "body" else form.text
        field(part, _say(now, f"part.{part}"), texts[part], hint=_say(now, f"hint.{part}"))
    form.choose("frame", _say(now, "part.frame"), FRAMES, texts["frame"], partial(_frame, now))
    names = _say(now, "between").join(
        f"{{{name}}} {_say(now, f'named.{name}')}" for name in PLACEHOLDERS.names
    )
    st.html(element("p", _say(now, "names", names=names), cls="a-reason"))

    def save(values: Values, at: datetime) -> None:
        changed = {part: values[part] for part in texts if values[part] != texts[part]}
        set_award_texts(now.store, now.who, now.round_id, kind, changed, at=at)

    form.send(_say(now, "save"), save)
    return {part: str(form.values().get(part) or text) for part, text in texts.items()}


def _frame(now: Visit, frame: str) -> str:
    return _say(now, f"frame.{frame}")


def _looks(now: Visit, kind: str, typed: dict[str, str]) -> None:
    """A picture of the first page with the text as it is typed, and the file of all pages."""
    reason = refusal(now.store, now.who, "award_list", now.round_id)
    shown = sample_of(now, typed) if reason else honours_of(now, kind, typed)
    if not shown.pages:
        st.html(element("p", _say(now, f"none.{kind}"), cls="a-reason"))
        return
    st.html(element("p", _say(now, "sample" if reason else "first"), cls="a-reason"))
    st.image(papers.preview(shown))
    if reason is not None:
        st.html(element("p", t("organizers.official.later.award_list", now.lang), cls="a-reason"))
        return
    st.html(element("p", _say(now, "pages", count=len(shown.pages)), cls="a-reason"))
    name = t(f"organizers.official.paper.{kind}", now.lang)
    download(
        now,
        t("exports.format.pdf", now.lang),
        key=f"honours-{kind}",
        read="award_list",
        name=safe_name([name, rules_code(now)], ".pdf"),
        media_type=pdf.MIME,
        build=partial(honours_file, kind, now),
        primary=True,
    )


page(enter_page("award_texts", page="organizers.honours"))
