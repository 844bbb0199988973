"""How places are written on pages: one short name for one place, wherever it was entered."""

import pytest

from organizers import naming


@pytest.mark.parametrize("village", ["黑尼村", "黑尼村委会", "黑尼村民委员会"])
def test_a_village_has_one_name_however_it_was_entered(village: str):
    """The directory says 黑尼村委会, a workbook 黑尼村: the page shows one name."""
    place = {"village": village, "township": "坝心镇", "county": "石屏县"}
    assert naming.title(place) == "黑尼村"


@pytest.mark.parametrize("county", ["河口瑶族自治县", "河口县"])
def test_a_county_has_one_name_on_a_screen(county: str):
    """河口县 and 河口瑶族自治县 stood on one screen."""
    place = {"village": "八角村", "township": "瑶山乡", "county": county}
    assert naming.around(place) == "河口县瑶山乡"


def test_a_community_keeps_that_it_is_one():
    """Its committee is left out, not the word that tells it from a village."""
    place = {"village": "金垦一社区居民委员会", "township": "金平镇", "county": "蒙自市"}
    assert naming.title(place) == "金垦一社区"


def test_a_township_takes_part_by_its_own_name():
    """Without a village the township is the entrant, and its county stands around it."""
    place = {"village": "", "township": "碑格乡", "county": "开远市"}
    assert (naming.title(place), naming.around(place)) == ("碑格乡", "开远市")
