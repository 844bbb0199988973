"""Place names: codes nest, names repeat."""

from intake import places


def test_every_place_lies_in_the_one_its_code_begins_with():
    """6 digits of a county, 9 of a township, 12 of a village; 蒙自 and 弥勒 have older ones."""
    assert len(places.counties()) == 13
    for county in places.counties():
        townships = places.townships(county.code)
        assert townships
        assert {len(place.code) for place in townships} == {9}
        for township in townships:
            villages = places.villages(township.code)
            assert all(village.code.startswith(township.code) for village in villages)
            assert {len(village.code) for village in villages} == {12}


def test_nothing_chosen_yet_has_nothing_below_it():
    """An empty county has no townships, rather than all of them."""
    assert places.townships("") == ()
    assert places.villages("") == ()


def test_places_of_another_prefecture_come_first_in_every_level():
    """A table imported for the contest at hand: its counties head the list, Honghe's follow."""
    row = ("530102", "五华区", "530102001", "华山街道", "530102001001", "翠湖社区")
    known = places.directory((row,))
    assert [one.name for one in known.counties()][:2] == ["五华区", "个旧市"]
    assert len(known.counties()) == 14
    assert [one.name for one in known.within("530102")] == ["华山街道"]
    assert [one.code for one in known.within("530102001")] == ["530102001001"]
    assert places.directory().counties() == places.counties()
