"""Page."""

from ui.access import enter_page
from ui.frame import page_title
from words import t

now = enter_page("own_sheets", density="judge")
page_title(t("judges.sheet.title", now.lang))
