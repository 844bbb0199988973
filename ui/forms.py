"""Forms: rows of fields, each refusal written under its field, and nothing typed is lost.

The act runs in the button's callback with what is in the fields at that moment; widget keys
never depend on the language, so that switching it keeps what was typed. After an act succeeded
the fields are made again and show the stored values.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from competition import DatabaseError, clock
from competition.errors import BadFields, Refused
from competition.saying import sentence, way_out
from ui import drafts
from ui.form_fields import FormFields
from ui.html import element
from ui.icons import state_label
from words import t

Values = dict[str, Any]


class Form(FormFields):
    """One set of fields that is sent whole by one act."""

    _is_outcome_shown = False

    def send(
        self,
        label: str,
        act: Callable[[Values, datetime], object],
        *,
        key: str = "send",
        again: str = "",
        primary: bool = True,
        reason: str = "",
        done: str = "",
        after: Callable[[], object] | None = None,
    ) -> None:
        """Offer the act; what it refuses is written under the fields, what it did beside it.

        Parameters
        ----------
        act
            Called with the values of the fields by name and the time of the press.
        again
            Label of a second button that does the same and leaves a dialog open for the next.
        reason
            Why it cannot be pressed now; disables the button and is shown beside it.
        done
            The message after success; empty for 已保存.
        after
            Called when it is done, e.g. to close a dialog.
        """
        with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
            st.button(
                label,
                key=f"{self.name}-{key}",
                type="primary" if primary else "secondary",
                disabled=self.disabled or bool(reason),
                on_click=self._send,
                args=(act, done or t("ui.form.saved", self.now.lang), after),
            )
            if again:
                st.button(
                    again,
                    key=f"{self.name}-again",
                    disabled=self.disabled,
                    on_click=self._send,
                    args=(act, done or t("ui.form.saved", self.now.lang), None),
                )
            if reason:
                st.html(element("span", reason, cls="a-reason"), width="stretch")
            self._outcome(after)

    def say_outcome(self) -> None:
        """Show what the last press did, where the fields have gone with what was done."""
        self._outcome(None)

    def _outcome(self, after: Callable[[], object] | None) -> None:
        """Show the outcome of the last press once, beside the first button."""
        if self._is_outcome_shown:
            return
        self._is_outcome_shown = True
        done = st.session_state.get(self._about("done"))
        unsaved = self.watch and self.is_changed and not self._problems
        if unsaved and not self.disabled:
            label = state_label("pending", self.now.lang, word=t("ui.form.unsaved", self.now.lang))
            st.html(element("span", label, cls="a-done"), width="content")
            st.button(
                t("ui.form.give_up", self.now.lang),
                key=f"{self.name}-give-up",
                on_click=self._give_up,
                args=(after,),
            )
        elif done:
            label = state_label("saved", self.now.lang, word=done)
            st.html(element("span", label, cls="a-done", role="status"), width="content")
        rest = [error for field, error in self._problems.items() if field not in self._shown]
        if rest or (self._problems and not self._secrets):
            shown = {k: e for k, e in self._problems.items() if isinstance(e, Refused)}
            error = rest[0] if rest else BadFields(shown)
            lines = [sentence(error, self.now.lang), way_out(error, self.now.lang)]
            label = state_label("attention", self.now.lang, word=" ".join(filter(None, lines)))
            st.html(element("span", label, cls="a-wrong", role="alert"), width="stretch")

    def values(self) -> Values:
        """What is in the fields now, by name."""
        return {field: _plain(st.session_state.get(key)) for field, key in self.fields.items()}

    def _send(
        self,
        act: Callable[[Values, datetime], object],
        done: str,
        after: Callable[[], object] | None,
    ) -> None:
        problems: Mapping[str, Refused | DatabaseError] = {}
        try:
            act(self.values(), clock.now(self.now.store))
        except BadFields as error:
            problems = error.problems
        except (Refused, DatabaseError) as error:
            problems = {str(error.values.get("field", "")): error}
        for field in self._secrets if problems else ():
            st.session_state[self.key(field)] = ""
        st.session_state[self._about("problems")] = problems
        st.session_state[self._about("done")] = "" if problems else done
        if not problems:
            drafts.forget(self.now, self.name)
            st.session_state[self._about("generation")] = self._generation + 1
            if after is not None:
                after()

    def forget(self) -> None:
        """Reset: no refusals, no message of the last act, fields as stored."""
        drafts.forget(self.now, self.name)
        for what in ("problems", "done"):
            st.session_state.pop(self._about(what), None)
        st.session_state[self._about("generation")] = self._generation + 1

    def _give_up(self, after: Callable[[], object] | None) -> None:
        """Begin again from what is stored, as if it had just been saved."""
        self.forget()
        if after is not None:
            after()


def _plain(value: Any) -> Any:
    """Nothing picked or typed is an empty text."""
    return "" if value is None else value
