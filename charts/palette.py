"""The table of colours, light and dark: the only place that defines a colour.

Screens read it through ``ui.tokens``; charts and exports read it here. Exports are always light.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one theme; tests hold their contrast."""

    bg: str
    soft: str
    ink: str
    mute: str
    faint: str
    line: str
    edge: str
    pri: str
    pritint: str
    ok: str
    oktint: str
    wait: str
    waittint: str
    alert: str
    alerttint: str
    off: str
    offtint: str


LIGHT = Palette(
    bg="#FFFFFF",
    soft="#F2F5F7",
    ink="#16212B",
    mute="#475563",
    faint="#5F6D79",
    line="#D3DAE0",
    edge="#7A8894",
    pri="#17567A",
    pritint="#E2EEF5",
    ok="#1C6847",
    oktint="#E0F1E8",
    wait="#7D5200",
    waittint="#FBF0D6",
    alert="#AE2419",
    alerttint="#FBE6E3",
    off="#33404C",
    offtint="#E4E9ED",
)

DARK = Palette(
    bg="#10181F",
    soft="#19242D",
    ink="#E9EEF2",
    mute="#B0BCC6",
    faint="#93A1AD",
    line="#303E4A",
    edge="#74838F",
    pri="#74B9E0",
    pritint="#17364A",
    ok="#72CB9F",
    oktint="#15382A",
    wait="#EBBD62",
    waittint="#3B2E12",
    alert="#FF9384",
    alerttint="#471F1B",
    off="#C3CED7",
    offtint="#2B3843",
)

QUOTES = "Arena Quotes"
"""Latin quotes and dots, defined on English pages only: in a Chinese font they are full-width."""

SANS = (
    QUOTES,
    "PingFang SC",
    "HarmonyOS Sans SC",
    "MiSans",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "system-ui",
    "sans-serif",
)
SONG = (
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Songti SC",
    "STZhongsong",
    "Microsoft YaHei",
    "serif",
)


def font_stack(families: tuple[str, ...]) -> str:
    """Return a CSS font stack; generic names stay unquoted, as CSS wants them."""
    generic = {"system-ui", "sans-serif", "serif"}
    return ", ".join(name if name in generic else f"'{name}'" for name in families)
