"""Pinyin by which a place is found: the initials of its name, and its full spelling."""

from functools import lru_cache

from competition.programme.tiles import tiles

COUNTIES = 512
"""As many counties' spellings are kept: a province has fewer."""


def initials(name: str) -> str:
    """Initials and spelling without tones: ``hnc heinicun`` for 黑尼村."""
    from pypinyin import lazy_pinyin  # reads its 47,000 phrases when imported

    spelt = [part.lower() for part in lazy_pinyin(name)]
    return f"{''.join(part[:1] for part in spelt)} {''.join(spelt)}"


@lru_cache(maxsize=COUNTIES)
def county_initials(county: str) -> str:
    """As `initials`, of a county's name: those of Honghe without reading all phrases first."""
    known = {name: tile.initials for tile in tiles() for name in (tile.short, tile.county)}
    return known.get(county) or initials(county)
