"""A DOCX whose bytes do not tell when or where it was written."""

import io
import zipfile
from typing import Any, cast

from docx.document import Document
from docx.opc.pkgwriter import PackageWriter

from exports.steady import put


def steady(document: Document) -> bytes:
    """The document as an archive with fixed times: equal content gives equal bytes.

    python-docx's own writer gives the parts, each of which is packed once.
    """
    package, packed = document.part.package, io.BytesIO()
    for part in package.parts:
        part.before_marshal()
    with zipfile.ZipFile(packed, "w") as archive:
        entries, writer = _Entries(archive), cast("Any", PackageWriter)
        writer._write_content_types_stream(entries, package.parts)
        writer._write_pkg_rels(entries, package.rels)
        writer._write_parts(entries, package.parts)
    return packed.getvalue()


class _Entries:
    """What python-docx writes the parts of a package to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def write(self, uri: Any, data: bytes) -> None:
        """Add a part."""
        put(self.archive, uri.membername, data)
