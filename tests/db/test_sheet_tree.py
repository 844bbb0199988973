"""The tree over counted sheets: its root is in the certificate, each sheet proves itself."""

import hashlib
import json

import pytest

from commands.verify import everything
from db import sheet_tree, sheets
from db.looking import looking
from tests.competition.event import Event
from tests.db.forging import forge_certificate

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ONE = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
TWO = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
THREE = "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
DATA = (b"", b"\x00", b"\x10")
"""The first entries of the test data of RFC 6962's first implementation, with its roots."""


def test_the_roots_are_those_of_rfc_6962():
    """Published values for no leaf, one, two and three."""
    leaves = [hashlib.sha256(b"\x00" + one).digest() for one in DATA]
    roots = [sheet_tree.root(leaves[:n]).hex() for n in range(4)]
    assert roots == [EMPTY, ONE, TWO, THREE]


@pytest.mark.parametrize("length", [1, 2, 3, 5, 8, 13, 401])
def test_each_leaf_is_proved_and_no_other(length: int):
    """Of 401 by nine hashes; a changed leaf, a step left out or another root proves nothing."""
    leaves = [hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(length)]
    root = sheet_tree.root(leaves)
    for at in {0, length // 2, length - 1}:
        steps = sheet_tree.proof(leaves, at)
        assert len(steps) <= 9
        assert sheet_tree.holds(leaves[at], steps, root)
        assert not sheet_tree.holds(b"\x01" * 32, steps, root)
        assert not steps or not sheet_tree.holds(leaves[at], steps[1:], root)


def test_a_leaf_is_not_guessed_from_its_marks(certified: Event):
    """Two sheets with the same marks have two leaves: the ids of the marks are in them."""
    with certified.store.reading() as tx:
        marks = sheets.marks_with_ids(tx, certified.round_id)
        content = json.loads(tx.value("SELECT content FROM snapshots WHERE kind = 'certify'"))
    same = [{**mark, "value": 50000, "entrant": "e", "judge": "j"} for mark in marks]
    assert sheet_tree.leaves(same[:1]) != sheet_tree.leaves(same[1:2])
    assert content["sheets_root"] == sheet_tree.root(sheet_tree.leaves(marks)).hex()
    assert not any(mark["id"] in json.dumps(content) for mark in marks)


def test_another_root_in_a_certificate_is_named(certified: Event):
    """Though its hash and the chain were computed again."""
    path = certified.store.path
    certified.store.close()
    forge_certificate(path, lambda content: content.update(sheets_root="a" * 64))
    with looking(path) as looked:
        found = everything(looked.store)
    assert any("sheets_root" in one.subject for one in found)
