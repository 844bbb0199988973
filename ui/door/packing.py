"""Large answers in text are compressed, on the thread that made them; an echo never is."""

import gzip

from starlette.requests import Request
from starlette.responses import Response

SMALLEST, LEVEL = 4096, 1
"""An answer is compressed from this many bytes on: a judge's work or a page, never an echo."""
TEXTS = ("text/", "application/json", "image/svg")


def packed(request: Request, answer: Response) -> Response:
    """An answer, compressed where it is large, of a kind that shrinks, and the browser takes it."""
    body, is_text = getattr(answer, "body", b""), _kind(answer).startswith(TEXTS)
    if len(body) < SMALLEST or not is_text or "content-encoding" in answer.headers:
        return answer
    answer.headers.add_vary_header("Accept-Encoding")
    if "gzip" in request.headers.get("accept-encoding", ""):
        answer.body = gzip.compress(body, LEVEL, mtime=0)
        answer.headers["content-encoding"] = "gzip"
        answer.headers["content-length"] = str(len(answer.body))
    return answer


def _kind(answer: Response) -> str:
    return answer.headers.get("content-type", "")
