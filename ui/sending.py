"""An uploaded document as an answer: shown or saved by the browser, and none of it runs."""

from starlette.responses import FileResponse

from competition.documents.document_kinds import PDF
from competition.documents.materials import DocumentFile

NOTHING_RUNS = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


def document_answer(document: DocumentFile) -> FileResponse:
    """The file under its generated name; a browser's own PDF viewer does not open in a sandbox."""
    policy = NOTHING_RUNS if document.media_type == PDF else f"{NOTHING_RUNS}; sandbox"
    return FileResponse(
        document.path,
        media_type=document.media_type,
        filename=document.name,
        content_disposition_type="inline" if document.is_shown else "attachment",
        headers={
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )
