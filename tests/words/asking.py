"""Which keys the product's code can ask for, read from its source without running it.

A key is asked for by a literal ("error.blank"), by a text put together of parts (f"role.{role}", in
the pad's JavaScript `cell_${state}`), or by a class whose name makes the code (MarkOffStep is
error.mark_off_step). A key that no such text can become is never shown.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commands import ROOT

SHORT, LONG = r"([A-Za-z0-9_.]+?)", r"([A-Za-z0-9_.]+)"
OUTSIDE = (".venv", "tests")
LETTERS = 5
SNAKE = re.compile(r"(?<!^)(?=[A-Z])")
JS_TEXT = re.compile(r"""["'`]([A-Za-z0-9_.]+)["'`]|words\[lang\]\.(\w+)""")
JS_MADE = re.compile(r"`([^`\n]*\$\{[^`\n]*)`")
JS_VALUE = re.compile(r"\$\{.*?\}")

Parts = tuple[str | None, ...]
"""A text put together: its literal parts, None for a value between them."""
Made = tuple[str, re.Pattern[str]]
"""What such a text can become, after the literal part with which it begins."""


def sources(ending: str) -> Iterator[str]:
    """The texts of the product's files with an ending."""
    for path in sorted(Path(ROOT).rglob(f"*.{ending}")):
        if path.relative_to(ROOT).parts[0] not in OUTSIDE:
            yield path.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Said:
    """What the product's Python files say: names, texts put together, keys as they stand."""

    names: frozenset[str]
    texts: frozenset[Parts]
    keys: frozenset[str]


@cache
def said() -> Said:
    """Read each file once; its nodes are not kept, which would cost more than to read them."""
    names: set[str] = set()
    texts: set[Parts] = set()
    keys: set[str] = set()
    for source in sources("py"):
        for node in nodes(source):
            names.update(_named(node))
            if isinstance(node, ast.JoinedStr):
                texts.add(_parts(node))
            elif isinstance(node, ast.Call):
                keys.update(_key(node))
    return Said(frozenset(names), frozenset(texts), frozenset(keys))


def nodes(source: str) -> Iterator[ast.AST]:
    """Every node of a file but those that hold nothing, as whether a name is read or set."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        yield node
        for name in node._fields:  # what measures coverage hangs other nodes on them besides
            held = getattr(node, name, None)
            if isinstance(held, list):
                waiting += [one for one in held if isinstance(one, ast.AST)]
            elif isinstance(held, ast.AST) and held._fields:
                waiting.append(held)


def _parts(text: ast.JoinedStr) -> Parts:
    return tuple(
        str(part.value) if isinstance(part, ast.Constant) else None for part in text.values
    )


@cache
def literals() -> frozenset[str]:
    """Every text, and every name that can become one: keyword, field, function, class."""
    return said().names | script_literals()


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
def made() -> tuple[Made, ...]:
    """What the texts put together in Python can become."""
    return patterns(said().texts)


@cache
def dotted() -> tuple[Made, ...]:
    """Those of ``made`` that have a dot, as a whole key has."""
    return tuple((start, pattern) for start, pattern in made() if r"\." in pattern.pattern)


@cache
def script_made() -> tuple[Made, ...]:
    """What the texts put together in JavaScript can become."""
    texts = (JS_VALUE.split(text) for js in sources("js") for text in JS_MADE.findall(js))
    return patterns(tuple(p for part in text for p in (None, part))[1:] for text in texts)


def patterns(texts: Iterable[Parts]) -> tuple[Made, ...]:
    """One pattern for each text, two where several values leave a choice where they end."""
    wanted = {text for text in texts if re.search(r"[a-z]{2}|[._]", "".join(filter(None, text)))}
    return tuple(
        (
            text[0] or "",
            re.compile("".join(value if part is None else re.escape(part) for part in text)),
        )
        for text in sorted(wanted, key=repr)
        for value in ((SHORT, LONG) if text.count(None) > 1 else (LONG,))
    )


@cache
def near(of: Callable[[], tuple[Made, ...]], letters: str) -> tuple[re.Pattern[str], ...]:
    """The patterns that a text with these first letters may fit."""
    return tuple(pattern for start, pattern in of() if letters.startswith(start[:LETTERS]))


def is_made(text: str, of: Callable[[], tuple[Made, ...]], depth: int = 0) -> bool:
    """Whether a pattern fits and what it leaves open is a literal, or made in turn.

    A value at the very beginning, as in f"{room}.{key}", must be a literal; figures, as of a
    month, may be computed.
    """
    fitting = near(of, text[:LETTERS])
    for match in filter(None, (pattern.fullmatch(text) for pattern in fitting)):
        values = [(match.start(at), value) for at, value in enumerate(match.groups(), start=1)]
        if all(
            value in literals()
            or value.isdecimal()
            or (start > 0 and depth > 0 and is_made(value, made, depth - 1))
            for start, value in values
        ):
            return True
    return False


def is_asked_for(key: str) -> bool:
    """Whether a text of the product's code can become the key."""
    if key.startswith("pad."):
        return is_asked_for_by_the_pad(key)
    return key in literals() or is_made(key, dotted, depth=1)


def is_asked_for_by_the_pad(key: str) -> bool:
    """Whether the pad's JavaScript, which has all of its words, or a page in Python asks for it."""
    name = key.removeprefix("pad.")
    return key in literals() or name in script_literals() or is_made(name, script_made)


def literal_keys() -> frozenset[str]:
    """The keys given to ``t`` and ``has`` as they stand."""
    return said().keys


def _key(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in ("t", "has") and len(call.args) > 1 and isinstance(call.args[0], ast.Constant):
        yield str(call.args[0].value)
