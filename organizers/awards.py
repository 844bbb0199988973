"""Page."""

from ui.access import enter_page
from ui.frame import page_title
from words import t

now = enter_page("award_list")
page_title(t("organizers.awards.title", now.lang))
