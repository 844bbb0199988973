"""A later version of a round's rules signed on paper again, or not signed with a reason."""

from datetime import datetime

from competition import fields
from competition.acting import acting
from competition.errors import WrongState
from competition.rounds.errors import RulesUnsigned
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, corrections


def sign_rules(
    store: Store, who: Visitor, round_id: str, *, at: datetime, signed: str = "", waived: str = ""
) -> None:
    """Record who signed the rules in force, or why they are not signed again.

    Raises
    ------
    RulesUnsigned
        If neither is given.
    WrongState
        If these are the rules of the opening, or this version was signed before.
    """
    with acting(store, who, "sign_rules", round_id, at=at) as (act, tx):
        if not (signed.strip() or waived.strip()):
            raise RulesUnsigned
        version = act.round["rules_version"]
        if version == 1 or corrections.signature(tx, round_id, version) is not None:
            raise WrongState(before="signed", after="signed")
        kind, said = ("rules_signed", signed) if signed.strip() else ("rules_waived", waived)
        why = fields.reason(said)
        tx.put(
            "signed_rules",
            {
                "round_id": round_id,
                "version": version,
                "is_signed": int(kind == "rules_signed"),
                "said": why,
                "person_id": who.person_id,
                "at": stamp(act.at),
            },
        )
        act.record(kind, reason=why)
