"""Forms: rows of fields, each refusal written under its field, and nothing typed is lost.

The act runs in the button's callback with what is in the fields at that moment; widget keys
never depend on the language, so that switching it keeps what was typed. After an act succeeded
the fields are made again and show the stored values.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

import streamlit as st

from competition import DatabaseError, clock
from competition.errors import BadFields, Refused
from competition.saying import sentence, way_out
from ui import drafts
from ui.access import Visit
from ui.html import element
from ui.icons import state_label
from ui.plain import plain
from words import t

Values = dict[str, Any]
Width = int | Literal["stretch", "content"]


class Form:
    """One set of fields that is sent whole by one act.

    Parameters
    ----------
    name : str
        Distinguishes its widgets on the page, e.g. ``"rules-<round id>"``.
    disabled : bool
        Whether the fields only show what is stored.
    watch : bool
        Whether to say beside the button that something typed is not saved yet.

    Attributes
    ----------
    is_changed : bool
        Whether a field drawn so far differs from what it began with.
    """

    def __init__(
        self, now: Visit, name: str, *, disabled: bool = False, watch: bool = True
    ) -> None:
        self.now, self.name, self.disabled, self.watch = now, name, disabled, watch
        self.fields: dict[str, str] = {}
        self.is_changed = False
        self._shown: set[str] = set()
        self._secrets: set[str] = set()
        self._is_outcome_shown = False
        self._kept = drafts.kept(now, name) if watch and not disabled else {}
        self._generation = int(st.session_state.get(self._about("generation"), 0))
        self._problems: Mapping[str, Refused | DatabaseError] = st.session_state.get(
            self._about("problems"), {}
        )

    def _about(self, what: str) -> str:
        return f"form-{what}-{self.name}"

    def key(self, field: str) -> str:
        """The widget key of a field."""
        if field not in self.fields:
            self.fields[field] = f"{self.name}-{self._generation}-{field}"
        return self.fields[field]

    def text(
        self,
        field: str,
        label: str,
        value: str = "",
        *,
        hint: str = "",
        placeholder: str = "",
        quiet: bool = False,
        below: bool = True,
        width: Width = "stretch",
    ) -> str:
        """One line of text, with a hint or its refusal below it.

        Parameters
        ----------
        quiet
            Keep the label for screen readers alone.
        below
            Whether the refusal stands below; else the page draws it by `problem`.
        """
        with self._row(field, width):
            typed = st.text_input(
                label,
                value=self._begun(field, value),
                key=self.key(field),
                placeholder=placeholder,
                disabled=self.disabled,
                autocomplete="off",
                label_visibility="collapsed" if quiet else "visible",
            )
            if below:
                self._below(field, hint)
        self._note(field, str(typed or ""), value)
        return str(typed or "")

    def secret(self, field: str, label: str, *, hint: str = "", width: Width = "stretch") -> str:
        """Digits that are not shown; kept in no draft, and cleared by every refusal."""
        self._secrets.add(field)
        with self._row(field, width):
            typed = st.text_input(
                label,
                key=self.key(field),
                type="password",
                max_chars=12,
                disabled=self.disabled,
                autocomplete="one-time-code",  # else a browser offers to keep it
            )
            self._below(field, hint)
        return str(typed or "")

    def choose(
        self,
        field: str,
        label: str,
        options: Sequence[str],
        value: str,
        names: Callable[[str], str],
        *,
        hint: str = "",
        width: Width = "stretch",
    ) -> str:
        """One of a few, all of them in sight."""
        begun = value if value in options else options[0]
        with self._row(field, width):
            chosen = st.segmented_control(
                label,
                options,
                default=self._begun(field, begun, options),
                format_func=lambda one: plain(names(one)),
                key=self.key(field),
                required=True,
                disabled=self.disabled,
            )
            self._below(field, hint)
        self._note(field, chosen, begun)
        return str(chosen)

    def pick(
        self,
        field: str,
        label: str,
        options: Sequence[str],
        value: str | None,
        names: Callable[[str], str],
        *,
        hint: str = "",
        placeholder: str = "",
    ) -> str:
        """One of many, from a list that opens; empty while nothing is picked."""
        with self._row(field, "stretch"):
            begun = self._begun(field, value, options)
            chosen = st.selectbox(
                label,
                options,
                index=options.index(begun) if begun in options else None,
                format_func=names,
                key=self.key(field),
                placeholder=placeholder or t("ui.form.pick", self.now.lang),
                disabled=self.disabled,
            )
            self._below(field, hint)
        self._note(field, chosen or value, value)
        return str(chosen or "")

    def several(
        self,
        field: str,
        label: str,
        options: Sequence[str],
        value: Sequence[str],
        names: Callable[[str], str],
        *,
        hint: str = "",
    ) -> list[str]:
        """Any of several, all of them in sight."""
        begun = [one for one in value if one in options]
        with self._row(field, "stretch"):
            chosen = st.pills(
                label,
                options,
                selection_mode="multi",
                default=[one for one in self._begun(field, begun) if one in options],
                format_func=lambda one: plain(names(one)),
                key=self.key(field),
                disabled=self.disabled,
            )
            self._below(field, hint)
        self._note(field, sorted(chosen), sorted(begun))
        return list(chosen)

    def tick(self, field: str, label: str, *, value: bool = False, hint: str = "") -> bool:
        """Yes or no."""
        with self._row(field, "stretch"):
            ticked = st.checkbox(
                label,
                value=self._begun(field, value),
                key=self.key(field),
                disabled=self.disabled,
            )
            self._below(field, hint)
        self._note(field, bool(ticked), value)
        return bool(ticked)

    def _begun(self, field: str, value: Any, options: Sequence[str] | None = None) -> Any:
        """What a field begins with: what was typed and not saved, else what is stored."""
        begun = self._kept.get(field, value)
        return begun if options is None or begun in options else value

    def _note(self, field: str, typed: Any, value: Any) -> None:
        """Note whether a field differs from what is stored, and keep what it holds if it does."""
        self.is_changed |= typed != value
        if not self.watch or self.disabled:
            return
        if typed != value:
            drafts.keep(self.now, self.name, field, typed)
        elif field in self._kept:
            drafts.drop(self.now, self.name, field)

    def is_wrong(self, beginning: str) -> bool:
        """Whether a field whose name begins so was refused."""
        return any(field.startswith(beginning) for field in self._problems)

    def problem(self, field: str) -> None:
        """Draw the refusal of the form as a whole, or of a group of fields."""
        self._below(field, "")

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

    def _row(self, field: str, width: Width) -> Any:
        wrong = "wrong" if field in self._problems else "field"
        return st.container(key=f"{wrong}-{self.key(field)}", gap=None, width=width)

    def _below(self, field: str, hint: str) -> None:
        self._shown.add(field)
        if field in self._problems:
            error = self._problems[field]
            label = state_label(
                "attention", self.now.lang, word=sentence(error, self.now.lang), size=16
            )
            st.html(element("div", label, cls="a-wrong"))
        elif hint:
            st.html(element("div", hint, cls="a-hint"))


def upload(label: str, kinds: Sequence[str], key: str, lang: str) -> tuple[str, bytes] | None:
    """A file's name and content, once one was chosen; Streamlit's English is written over."""
    with _zone(key, lang):
        file = st.file_uploader(label, type=list(kinds), key=key)
    return None if file is None else (str(file.name), file.getvalue())


def uploads(label: str, kinds: Sequence[str], key: str, lang: str) -> list[tuple[str, bytes]]:
    """Names and contents of the files that were chosen, as many as there are."""
    with _zone(key, lang):
        files = st.file_uploader(label, type=list(kinds), key=key, accept_multiple_files=True)
    return [(str(file.name), file.getvalue()) for file in files]


@contextmanager
def _zone(key: str, lang: str) -> Iterator[None]:
    """Where files are dropped, its words in our own language."""
    zone, hint = "stFileUploaderDropzone", "stFileUploaderDropzoneInstructions"
    said = {
        f'[data-testid="{zone}"] button p': t("ui.form.choose_file", lang),
        f'[data-testid="{hint}"] span': t("ui.form.drop_file", lang),
    }
    rules = [f'{place}::after {{ content: "{text}"; }}' for place, text in said.items()]
    with st.container(key=f"upload-{key}"):
        st.html(f"<style>{' '.join(rules)}</style>")
        yield


def _plain(value: Any) -> Any:
    """Nothing picked or typed is an empty text."""
    return "" if value is None else value
