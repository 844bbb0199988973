"""Page."""

from ui.access import enter_page
from ui.frame import page_title
from words import t

now = enter_page("standings")
page_title(t("organizers.standings.title", now.lang))
