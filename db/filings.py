"""Filings: what each county files, its documents and its workbook, and each version filed.

Documents and workbooks are files beside the database, see ``db.document_files``.
"""

import json
from typing import Any

from db.filing_shapes import FiledDocument, FiledEntrant, Filing, FilingTerms, FilingUpload
from db.store import Row, Transaction


def terms(tx: Transaction, competition_id: str) -> FilingTerms | None:
    """Deadline and wanted documents of a competition."""
    return tx.stored_one(FilingTerms, "filing_terms", competition_id=competition_id)


def find(tx: Transaction, filing_id: str) -> Filing | None:
    """One filing."""
    return tx.stored_one(Filing, "filings", id=filing_id)


def of_competition(tx: Transaction, competition_id: str) -> list[Filing]:
    """The filings of a competition, by the county's code."""
    return tx.stored(Filing, "filings", order="county_code", competition_id=competition_id)


def of_import(tx: Transaction, import_id: str) -> list[Filing]:
    """The filings that an import entered."""
    return tx.stored(Filing, "filings", order="county_code", import_id=import_id)


def entrants(tx: Transaction, filing_id: str) -> list[FiledEntrant]:
    """The county's present list in its order, which may differ from what was filed."""
    return tx.stored(FiledEntrant, "filed_entrants", order="position, id", filing_id=filing_id)


def entrant(tx: Transaction, entrant_id: str) -> FiledEntrant | None:
    """One entrant of a county's present list."""
    return tx.stored_one(FiledEntrant, "filed_entrants", id=entrant_id)


def documents(tx: Transaction, filing_id: str) -> list[FiledDocument]:
    """The documents of a county's present list, oldest first."""
    return tx.rows_of(
        FiledDocument,
        """SELECT d.* FROM filed_documents d JOIN filed_entrants e ON e.id = d.entrant_id
        WHERE e.filing_id = :f ORDER BY d.added_at, d.id""",
        f=filing_id,
    )


def document(tx: Transaction, document_id: str) -> FiledDocument | None:
    """One document of a county's present list."""
    return tx.stored_one(FiledDocument, "filed_documents", id=document_id)


def upload(tx: Transaction, filing_id: str) -> FilingUpload | None:
    """The workbook a county is putting right."""
    return tx.stored_one(FilingUpload, "filing_uploads", filing_id=filing_id)


def version(tx: Transaction, filing_id: str, number: int) -> Row | None:
    """One version as it was filed."""
    return tx.one(
        "SELECT * FROM filing_versions WHERE filing_id = :f AND version = :v",
        f=filing_id,
        v=number,
    )


def content(row: Row) -> list[dict[str, Any]]:
    """The entrants of a version, each with its documents."""
    listed: list[dict[str, Any]] = json.loads(row["content"])
    return listed


def contents_kept(tx: Transaction) -> dict[str, str]:
    """Hashes of all files that filings need, each with the name of one that has it."""
    kept = {row["sha256"]: row["name"] for row in tx.rows("SELECT * FROM filing_uploads")}
    for row in tx.rows("SELECT * FROM filing_versions"):
        for listed in content(row):
            kept |= {one["sha256"]: one["name"] for one in listed["documents"]}
    return kept | {row["sha256"]: row["name"] for row in tx.rows("SELECT * FROM filed_documents")}


def versions(tx: Transaction, filing_id: str) -> list[Row]:
    """Every version that was filed, the last first."""
    return tx.rows(
        "SELECT * FROM filing_versions WHERE filing_id = :f ORDER BY version DESC", f=filing_id
    )


def events_of(tx: Transaction, filing_id: str, kinds: tuple[str, ...]) -> list[Row]:
    """Events of some kinds about a filing, newest first."""
    names = {f"kind{at}": kind for at, kind in enumerate(kinds)}
    listed = ", ".join(f":{name}" for name in names)
    return tx.rows(
        f"SELECT * FROM events WHERE subject = :f AND kind IN ({listed}) ORDER BY seq DESC",
        f=filing_id,
        **names,
    )
