"""What may not be in the tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from commands import ROOT
from tests.tooling.tree import code, tracked

FOREIGN = (
    "/wor" + "k/",
    "/ro" + "ot/",
    "../sha" + "red",
    "../.lib" + "rary",
    ".pye" + "nv",
    "/opt/whe" + "els",
    "pypi." + "org",
    "pythonhosted." + "org",
    "index" + "-url",
    "registry." + "npmjs",
)
"""Names of one machine or of one registry; each in two parts, so that this file has none."""

TEXT = frozenset({".py", ".md", ".toml", ".txt", ".css", ".js", ".html", ".bat", ".json", ""})


def test_there_is_no_folder_named_pages():
    """Streamlit would serve its files without the entry script, and so without sign-in."""
    assert [path for path in tracked() if "pages" in path.relative_to(ROOT).parts] == []


def test_no_file_names_a_machine_or_a_registry():
    """The project installs from wherever pip is set to look, and runs from any folder."""
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in tracked()
        if path.suffix in TEXT
        for text in [path.read_bytes()]
        for name in FOREIGN
        if name.encode() in text
    ]
    assert found == []


def test_words_a_person_reads_are_in_the_word_files():
    """No Chinese literal in code: else it has no English, and no translator finds it."""
    offending = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in code()
        if "examples" not in path.relative_to(ROOT).parts
        for text in literals(path)
        if CHINESE.search(text)
    ]
    assert offending == []


CHINESE = re.compile("[\u4e00-\u9fff]")
"""A Han character; a punctuation mark may be something typed that code must understand."""
ESCAPE = re.compile(r"\\[uUN]")
"""A character that is written by its number or its name."""


def literals(path: Path) -> Iterator[str]:
    """The texts in a file that are not docstrings; of one without a Chinese character, none."""
    text = path.read_text("utf-8")
    if not CHINESE.search(text) and not ESCAPE.search(text):
        return  # parsing every file is dear, and most have none
    tree = ast.parse(text)
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in loose:
            yield node.value
