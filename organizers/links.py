"""Page."""

from ui.access import enter_page
from ui.frame import page_title
from words import t

now = enter_page("people", of_round=False)
page_title(t("organizers.links.title", now.lang))
