"""A database's files as somebody takes them along: the file, and the documents beside it."""

import shutil
from pathlib import Path

from db.document_files import folder_of


def copied(source: Path, target: Path) -> Path:
    """Copy a closed database under another name; return that."""
    shutil.copy(source, target)
    if folder_of(source).exists():
        shutil.copytree(folder_of(source), folder_of(target))
    return target
