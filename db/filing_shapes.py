"""Rows of filings that cross from the database to the acts and reads."""

from typing import TypedDict


class FilingTerms(TypedDict):
    """When counties' filing ends, and the documents wanted of each entrant, as JSON."""

    competition_id: str
    closes_at: str
    wanted: str


class Filing(TypedDict):
    """What one county files; ``closes_at`` is None while the common deadline holds.

    ``changed_at`` is when its list was last changed, ``version`` how often it was filed.
    """

    id: str
    competition_id: str
    county_code: str
    county: str
    state: str
    version: int
    filed_at: str | None
    changed_at: str | None
    returned_at: str | None
    returned_reason: str | None
    closes_at: str | None
    nudged_at: str | None
    nudges: int
    import_id: str | None


class FiledEntrant(TypedDict):
    """One entrant of a county's list; ``returned`` is 1 until the county has changed it."""

    id: str
    competition_id: str
    filing_id: str
    position: int
    code: str
    township: str
    village: str
    title: str
    presenter: str
    post: str
    unit: str
    returned: int


class FiledDocument(TypedDict):
    """A document of such an entrant; ``kind`` is one of the wanted ones, or empty."""

    id: str
    competition_id: str
    entrant_id: str
    kind: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: str


class FilingUpload(TypedDict):
    """A workbook that a county is putting right; ``edits`` as JSON, ``stops`` as last read."""

    filing_id: str
    competition_id: str
    name: str
    sha256: str
    edits: str
    stops: int
    added_at: str
