"""The fields of a form: each has its refusal below it, and what is typed in it is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from competition import DatabaseError
from competition.errors import Refused
from competition.saying import sentence
from ui import drafts
from ui.access import Visit
from ui.html import element
from ui.icons import state_label
from ui.plain import plain
from words import t

Width = int | Literal["stretch", "content"]


AREA = 160
"""Height of a field of several lines."""
IN_SIGHT = 20
"""So many options of `FormFields.several` are all shown; more are a list to search."""


class FormFields:
    """The fields of one form.

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

    def now_in(self, field: str, value: Any) -> Any:
        """What a field that is drawn later holds now; the value where nothing was typed."""
        return st.session_state.get(self.key(field), self._kept.get(field, value))

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

    def area(
        self, field: str, label: str, value: str = "", *, hint: str = "", placeholder: str = ""
    ) -> str:
        """Several lines of text."""
        with self._row(field, "stretch"):
            typed = st.text_area(
                label,
                value=self._begun(field, value),
                key=self.key(field),
                placeholder=placeholder,
                disabled=self.disabled,
                height=AREA,
            )
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
        value: str | None,
        names: Callable[[str], str],
        *,
        hint: str = "",
        width: Width = "stretch",
    ) -> str:
        """One of a few, all of them in sight; with the value None it begins with none of them."""
        begun = value if value in options or value is None else options[0]
        with self._row(field, width):
            chosen = st.segmented_control(
                label,
                options,
                default=self._begun(field, begun, options),
                format_func=lambda one: plain(names(one)),
                key=self.key(field),
                required=begun is not None,
                disabled=self.disabled,
            )
            self._below(field, hint)
        self._note(field, chosen, begun)
        return str(chosen or "")

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
        """Any of several, all of them in sight; from a list to search where they are many."""
        begun = [one for one in value if one in options]
        common: dict[str, Any] = {
            "format_func": lambda one: plain(names(one)),
            "default": [one for one in self._begun(field, begun) if one in options],
            "key": self.key(field),
            "disabled": self.disabled,
        }
        with self._row(field, "stretch"):
            if len(options) > IN_SIGHT:
                pick = t("ui.form.pick", self.now.lang)
                chosen = st.multiselect(label, options, placeholder=pick, **common)
            else:
                chosen = st.pills(label, options, selection_mode="multi", **common)
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
