"""Records altered as a forger with the file would alter them: hashes and links made to fit."""

import json

from competition.results import second_verifier
from db.canonical import canonical, sha256


def relinked(events: list[dict]) -> list[dict]:
    """The chain made to fit again, as a forger with the file would."""
    before = "0" * 64
    for event in events:
        said = {name: event.get(name) for name in second_verifier.HASHED}
        event["prev"] = before
        event["entry"] = sha256(canonical(said)) if "payload" in event else event["entry"]
        before = event["hash"] = sha256(before + event["entry"])
    return events


def certificate_of(events: list[dict], *, of_last: bool = False) -> dict:
    """The first event that certified, or the last."""
    made = [event for event in events if event.get("kind") == "round_certified"]
    return made[-1 if of_last else 0]


def rewrite(event: dict, table: str, change) -> None:
    """Alter the last row of a table that an event wrote."""
    payload = json.loads(event["payload"])
    row = [one["row"] for one in payload["changes"] if one["table"] == table][-1]
    change(row)
    event["payload"] = canonical(payload)


def recertified(events: list[dict], change, *, of_last: bool = False) -> list[dict]:
    """A certificate that says something else, hashed and chained as a forger would."""

    def rewritten(row: dict) -> None:
        content = json.loads(row["content"])
        change(content)
        row["content"] = canonical(content)
        row["sha256"] = sha256(row["content"])

    rewrite(certificate_of(events, of_last=of_last), "snapshots", rewritten)
    return relinked(events)


def set_line(name: str, value: object):
    def change(content: dict) -> None:
        content["entrants"][0][name] = value

    return change


def raise_mark(content: dict) -> None:
    content["marks"][0][3] += 500


def raise_top(content: dict) -> None:
    content["rules"]["scoring"]["top"] += 1


def swap(content: dict) -> None:
    for line in content["entrants"]:
        line["selected"] = not line["selected"]


def moved_mark(events: list[dict]) -> list[dict]:
    """A mark rewritten, every link, and the event's hash in the certificate."""
    marked = next(event for event in events if event["kind"] == "marks_recorded")
    rewrite(marked, "marks", lambda row: row.update(value=row["value"] + 500))
    hashes = {event["n"]: event["hash"] for event in relinked(events)}

    def change(content: dict) -> None:
        content["event"]["hash"] = hashes[content["event"]["n"]]

    return recertified(events, change)


def swap_places(content: dict) -> None:
    """The first two entrants change places, and with them perhaps a prize."""
    first, second = sorted(content["entrants"], key=lambda line: line["place"] or 99)[:2]
    first["place"], second["place"] = second["place"], first["place"]


def invent_prizes(content: dict) -> None:
    """Prizes that the round did not declare."""
    content["prizes"] = {"groups": []}
