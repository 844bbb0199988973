"""Which keys the product's code can ask for, read from its source without running it.

A key is asked for by a literal ("error.blank"), by a text put together of parts (f"role.{role}", in
the pad's JavaScript `cell_${state}`), or by a class whose name makes the code (MarkOffStep is
error.mark_off_step). A key that no such text can become is never shown.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from commands import ROOT

SHORT, LONG = r"([A-Za-z0-9_.]+?)", r"([A-Za-z0-9_.]+)"
OUTSIDE = (".venv", "tests")
SNAKE = re.compile(r"(?<!^)(?=[A-Z])")
JS_TEXT = re.compile(r"""["'`]([A-Za-z0-9_.]+)["'`]|words\[lang\]\.(\w+)""")
JS_MADE = re.compile(r"`([^`\n]*\$\{[^`\n]*)`")
JS_VALUE = re.compile(r"\$\{.*?\}")

Parts = tuple[str | None, ...]
"""A text put together: its literal parts, None for a value between them."""


def sources(ending: str) -> Iterator[str]:
    """The texts of the product's files with an ending."""
    for path in sorted(Path(ROOT).rglob(f"*.{ending}")):
        if path.relative_to(ROOT).parts[0] not in OUTSIDE:
            yield path.read_text(encoding="utf-8")


@cache
def nodes() -> tuple[ast.AST, ...]:
    """Every node of the product's Python files."""
    return tuple(node for text in sources("py") for node in ast.walk(ast.parse(text)))


@cache
def literals() -> frozenset[str]:
    """Every text, and every name that can become one: keyword, field, function, class."""
    return frozenset(name for node in nodes() for name in _named(node)) | script_literals()


def _named(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.keyword(arg=str(name)) | ast.arg(arg=name) | ast.FunctionDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.ClassDef(name=name):
            yield from _codes(SNAKE.sub("_", name).lower())


def _codes(name: str) -> Iterator[str]:
    """The codes that the trees of errors derive from a class's name."""
    yield name
    yield name.removesuffix("_error")
    yield "database_" + name.removesuffix("_file").removesuffix("_change")


@cache
def script_literals() -> frozenset[str]:
    """Every text of the product's JavaScript."""
    pairs = (pair for text in sources("js") for pair in JS_TEXT.findall(text))
    return frozenset(name for pair in pairs for name in pair if name)


@cache
def made() -> tuple[re.Pattern[str], ...]:
    """What the texts put together in Python can become."""
    return patterns(
        tuple(str(part.value) if isinstance(part, ast.Constant) else None for part in node.values)
        for node in nodes()
        if isinstance(node, ast.JoinedStr)
    )


@cache
def dotted() -> tuple[re.Pattern[str], ...]:
    """Those of ``made`` that have a dot, as a whole key has."""
    return tuple(pattern for pattern in made() if r"\." in pattern.pattern)


@cache
def script_made() -> tuple[re.Pattern[str], ...]:
    """What the texts put together in JavaScript can become."""
    texts = (JS_VALUE.split(text) for js in sources("js") for text in JS_MADE.findall(js))
    return patterns(tuple(p for part in text for p in (None, part))[1:] for text in texts)


def patterns(texts: Iterable[Parts]) -> tuple[re.Pattern[str], ...]:
    """One pattern for each text, two where several values leave a choice where they end."""
    wanted = {text for text in texts if re.search(r"[a-z]{2}|[._]", "".join(filter(None, text)))}
    return tuple(
        re.compile("".join(value if part is None else re.escape(part) for part in text))
        for text in sorted(wanted, key=repr)
        for value in ((SHORT, LONG) if text.count(None) > 1 else (LONG,))
    )


def is_made(text: str, of: Iterable[re.Pattern[str]], depth: int = 0) -> bool:
    """Whether a pattern fits and what it leaves open is a literal, or made in turn.

    A value at the very beginning, as in f"{room}.{key}", must be a literal; figures, as of a
    month, may be computed.
    """
    for match in filter(None, (pattern.fullmatch(text) for pattern in of)):
        values = [(match.start(at), value) for at, value in enumerate(match.groups(), start=1)]
        if all(
            value in literals()
            or value.isdecimal()
            or (start > 0 and depth > 0 and is_made(value, made(), depth - 1))
            for start, value in values
        ):
            return True
    return False


def is_asked_for(key: str) -> bool:
    """Whether a text of the product's code can become the key."""
    if key.startswith("pad."):
        return is_asked_for_by_the_pad(key)
    return key in literals() or is_made(key, dotted(), depth=1)


def is_asked_for_by_the_pad(key: str) -> bool:
    """Whether the pad's JavaScript, which has all of its words, or a page in Python asks for it."""
    name = key.removeprefix("pad.")
    return key in literals() or name in script_literals() or is_made(name, script_made())


def literal_keys() -> Iterator[str]:
    """The keys given to ``t`` and ``has`` as they stand."""
    for node in nodes():
        if isinstance(node, ast.Call) and len(node.args) > 1:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("t", "has") and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
