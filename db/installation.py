"""What an installation remembers beside its databases: columns of workbooks named by hand.

It is a convenience, no record: a file that is missing, broken or read-only only forgets.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

FILE = "column-names.json"
MOST, LONGEST_HEADER, LONGEST_FIELD = 500, 200, 40
MOST_BYTES = 400_000


def column_names(database: Path) -> dict[str, str]:
    """Headers and the fields they were taken for in any database of this folder."""
    path = database.parent / FILE
    try:
        if path.stat().st_size > MOST_BYTES:
            return {}
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {
        header: field
        for header, field in pairs
        if isinstance(field, str) and len(header) <= LONGEST_HEADER and len(field) <= LONGEST_FIELD
    }


def keep_column_names(database: Path, named: Mapping[str, str]) -> None:
    """Remember further headers, the newest ones where there are too many."""
    before = {k: v for k, v in column_names(database).items() if k not in named}
    kept = dict(list({**before, **named}.items())[-MOST:])
    path = database.parent / FILE
    partial = path.with_suffix(".partial")
    with suppress(OSError):
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600, exist_ok=False)
        partial.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        partial.replace(path)
