"""The places are real, and their codes differ."""

from collections import Counter

from examples import counties_geojson, divisions, tiles


def test_codes_are_unique_text_of_twelve_digits_that_nest():
    """A village's code begins with its township's, and that with its county's."""
    rows = divisions()
    assert len({row.village_code for row in rows}) == len(rows) == 1363
    for row in rows:
        assert len(row.village_code) == 12
        assert row.village_code.isdigit()
        assert row.village_code.startswith(row.township_code)
        assert row.township_code.startswith(row.county_code)


def test_the_thirteen_counties_are_the_same_in_all_three_files():
    """Divisions, tiles and outlines name the same counties by the same codes."""
    named = {(row.county_code, row.county) for row in divisions()}
    features = [feature["properties"] for feature in counties_geojson()["features"]]
    assert len(named) == 13
    assert {(tile.county_code, tile.county) for tile in tiles()} == named
    assert {(feature["adcode"], feature["name"]) for feature in features} == named


def test_no_two_tiles_share_a_place():
    """The tile map shows every county once."""
    assert max(Counter((tile.row, tile.column) for tile in tiles()).values()) == 1


def test_a_village_is_called_by_its_name_and_a_community_by_its_own():
    """村委会 and 村民委员会 become 村, once; a community keeps its name."""
    labels = {row.village: row.label for row in divisions()}
    assert labels["团山村委会"] == "团山村"
    assert labels["哈尼田村民委员会"] == "哈尼田村"
    assert labels["青杉里社区"] == "青杉里社区"
    assert not any(label.endswith("村村") for label in labels.values())
