"""Files that a county or the office adds: checked by their content, kept once, handed out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from competition.documents.document_kinds import ENDINGS, kind_of
from competition.documents.documents import MOST_FILES, MOST_MEGABYTES, plain_name
from competition.documents.errors import BadDocument, DocumentGone, TooManyDocuments
from competition.documents.materials import DocumentFile
from competition.errors import Duplicate
from db import Store, Transaction, document_files


class Kept(TypedDict):
    """Columns of a file that is kept."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Checked:
    """A content whose kind is known by what is in it."""

    name: str
    media_type: str
    content: bytes


def checked(name: str, content: bytes, *, megabytes: int = MOST_MEGABYTES) -> Checked:
    """A PDF, JPEG, PNG or Word file by what is in it.

    Raises
    ------
    BadDocument
        If it is none of these, empty, or too large.
    """
    media_type = kind_of(content)
    if media_type is None or len(content) > megabytes * 10**6:
        raise BadDocument(field="document", name=plain_name(name), megabytes=megabytes)
    return Checked(plain_name(name), media_type, content)


def keep(tx: Transaction, store: Store, one: Checked, there: Sequence[Mapping[str, Any]]) -> Kept:
    """Inside an act: keep a content, beside those that are there already.

    Raises
    ------
    TooManyDocuments, Duplicate
    """
    if len(there) >= MOST_FILES:
        raise TooManyDocuments(field="document", count=MOST_FILES)
    sha256 = document_files.keep(tx, store, one.content)
    if sha256 in [row["sha256"] for row in there]:
        raise Duplicate(field="document", what=one.name)
    return {
        "name": one.name,
        "media_type": one.media_type,
        "size": len(one.content),
        "sha256": sha256,
    }


def handed_out(store: Store, sha256: str, media_type: str, name: str) -> DocumentFile:
    """A kept file under a generated name.

    Raises
    ------
    DocumentGone
        If its file is missing.
    """
    with store.reading() as tx:
        path = document_files.there(tx, store, sha256)
    if path is None:
        raise DocumentGone
    return DocumentFile(path, media_type, f"{name}-{sha256[:8]}.{ENDINGS[media_type]}")
