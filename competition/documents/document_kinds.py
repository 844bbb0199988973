"""The kind of a document, from its content: its name and the browser's type are not trusted."""

import io
import zipfile

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png", DOCX: "docx"}
"""The kinds there are, each with the ending its file is given when it is handed out."""

TYPES, MAIN = "[Content_Types].xml", "word/document.xml"
MOST_TYPES = 256 * 1024


def kind_of(content: bytes) -> str | None:
    """The media type of a content that may be a document; None for anything else.

    A Word file with macros is none.
    """
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    return DOCX if content.startswith(b"PK\x03\x04") and _is_docx(content) else None


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if MAIN not in names or packed.getinfo(TYPES).file_size > MOST_TYPES:
                return False
            types = packed.read(TYPES)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError):
        return False
    has_macros = any(name.endswith("vbaProject.bin") for name in names)
    return b"wordprocessingml.document.main+xml" in types and not has_macros
