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
