"""Pinyin by which a village is found: the initials of its name, and its full spelling."""


def initials(name: str) -> str:
    """Initials and spelling without tones: ``hnc heinicun`` for 黑尼村."""
    from pypinyin import lazy_pinyin  # reads its 47,000 phrases when imported

    spelt = [part.lower() for part in lazy_pinyin(name)]
    return f"{''.join(part[:1] for part in spelt)} {''.join(spelt)}"
