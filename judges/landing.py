"""Page."""

from ui.access import visit
from ui.frame import page_title, refused
from ui.theme import page_style
from words import t

now = visit()
page_style("judge")
page_title(t("judges.landing.title", now.lang))
if now.ended is not None:
    refused(now.ended, now.lang)
