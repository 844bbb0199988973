"""Files that a form takes, with the words of the drop zone in the reader's language."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from words import t


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
