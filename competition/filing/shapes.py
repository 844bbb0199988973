"""A filing as its county and the organizers see it."""

from dataclasses import dataclass

from db.filing_shapes import Filing


@dataclass(frozen=True)
class Paper:
    """A document of an entrant on a list."""

    id: str
    kind: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Listed:
    """One entrant of a list with its documents.

    Attributes
    ----------
    missing : tuple of str
        The wanted documents that are not there.
    is_returned : bool
        Whether the organizers named it when they returned the list, and it was not changed since.
    """

    id: str
    code: str
    township: str
    village: str
    title: str
    presenter: str
    post: str
    unit: str
    papers: tuple[Paper, ...]
    missing: tuple[str, ...]
    is_returned: bool = False

    @property
    def place(self) -> str:
        """The village, or the township of an entrant that is one."""
        return self.village or self.township


@dataclass(frozen=True)
class Happened:
    """One event of a filing: when, what kind, and the reason given."""

    at: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Upload:
    """The workbook that is being put right; each edit is kind, sheet, cell and value."""

    name: str
    edits: tuple[tuple[str, str, str, str], ...]
    stops: int
    added_at: str


@dataclass(frozen=True)
class FilingView:
    """One county's filing.

    Attributes
    ----------
    closes_at, common_closes_at : str
        The county's deadline and the common one.
    is_open : bool
        Whether the county can still change and file it.
    listed : tuple of Listed
        The present list; ``filed`` is what was filed last.
    wanted : tuple of str
        Names of the documents wanted of every entrant.
    """

    row: Filing
    closes_at: str
    common_closes_at: str
    is_open: bool
    listed: tuple[Listed, ...]
    filed: tuple[Listed, ...]
    wanted: tuple[str, ...]
    upload: Upload | None
    history: tuple[Happened, ...]

    @property
    def is_changed(self) -> bool:
        """Whether the list differs from what was filed last."""
        return self.row["version"] > 0 and self.row["changed_at"] is not None

    @property
    def is_late(self) -> bool:
        """Whether it was filed after the common deadline."""
        return (self.row["filed_at"] or "") >= self.common_closes_at


@dataclass(frozen=True)
class FilingLine:
    """One county in the organizers' list.

    Attributes
    ----------
    state : str
        draft, faulty, filed, returned or accepted; faulty where its workbook has faults and
        nothing was filed yet.
    count : int
        Entrants filed; of a draft, those on its list.
    stops : int
        Faults of the workbook that it is putting right.
    is_overdue : bool
        Whether nothing was filed when its time was over.
    is_late : bool
        Whether it was filed after the common deadline.
    is_changed : bool
        Whether the list was changed after it was filed, and not filed again.
    incomplete : int
        Filed entrants that lack a wanted document.
    """

    row: Filing
    state: str
    count: int
    stops: int
    closes_at: str
    is_overdue: bool
    is_late: bool
    is_changed: bool
    incomplete: int
