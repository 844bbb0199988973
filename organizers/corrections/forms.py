"""The signed paper form of a correction: its photograph taken in, and shown to staff."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.corrections.listing import Correction
from competition.corrections.signed_forms import confirm_by_form, photograph
from competition.people.confirming import seconds
from organizers import naming, second
from organizers.asking import Dialog, ask, close_when_done, done
from organizers.offers import can
from ui.access import Visit, acting, saying
from ui.forms import Form, Values
from ui.html import element
from ui.uploads import upload
from words import t

_say = saying("organizers.corrections")
KINDS = ("jpg", "jpeg", "png")


def offer(now: Visit, one: Correction, about: str) -> None:
    """The button, for those who may take a photograph in."""
    if not can(now, "confirm_by_form"):
        return
    st.button(
        _say(now, "form"),
        key=f"form-{one.id}",
        on_click=ask,
        args=("confirm_by_form",),
        kwargs={"key": one.id, "act": one.answers, "by": one.asked_by_id, "about": about},
    )


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog that asks who signed, and for the photograph."""
    return {"confirm_by_form": (_say(now, "form_title"), partial(_take, now))}


def _take(now: Visit, *, key: str, act: str, by: str, about: str) -> None:
    close_when_done("confirm_by_form")
    st.html(element("p", element("b", about)))
    st.html(element("p", _say(now, "form_text"), cls="a-reason"))
    people = seconds(now.store, now.who, act, now.round_id, without=by, at=now.at)
    names = {one.person_id: second.name_of(now, one, "ready") for one in people}
    form = Form(now, f"form-{key}", watch=False)
    form.pick(
        "signer",
        _say(now, "form_signer"),
        list(names),
        None,
        names.__getitem__,
        placeholder=t("organizers.second.choose", now.lang),
    )
    file = upload(_say(now, "form_photo"), KINDS, form.key("photo"), now.lang)

    def send(values: Values, at: datetime) -> None:
        name, content = file or ("", b"")
        confirm_by_form(now.store, now.who, key, str(values["signer"]), name, content, at=at)

    form.send(_say(now, "form_confirm"), send, after=done)


def show(now: Visit, one: Correction) -> None:
    """Who signed on paper and who photographed it; the photograph for those who open it."""
    if one.form is None or not can(now, "signed_forms"):
        return
    form = one.form
    at = naming.clock(now, form.at)
    said = _say(now, "form_signed", signer=form.signed_by, taken=form.taken_by, at=at)
    st.html(element("p", said, cls="a-reason"))
    with st.expander(_say(now, "form_show")), acting(now.lang):
        st.image(photograph(now.store, now.who, one.id))
