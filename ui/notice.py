"""A plain page outside Streamlit: one thing to say, no script, readable on a phone."""

from markupsafe import Markup, escape

from ui.html import brand
from ui.icons import icon_css
from ui.theme import read
from ui.tokens import standalone_css


def notice_page(title: str, text: str, lang: str, *, below: Markup | None = None) -> str:
    """A whole HTML page that says one thing; title and text are escaped.

    ``below`` is what can be done about it, e.g. a form.
    """
    tag = {"zh": "zh-Hans"}.get(lang, lang)
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>{}</title><style>{}{}{}</style>"
        '<main class="a-notice">{}<h1>{}</h1><p>{}</p>{}</main></html>'
    ).format(
        tag,
        title,
        Markup(standalone_css()),
        Markup(icon_css() + read("base")),
        Markup(NOTICE_CSS),
        brand(lang),
        escape(title),
        escape(text),
        below or "",
    )


NOTICE_CSS = """
body { margin: 0; background: var(--bg); color: var(--ink); font-family: var(--sans); }
.a-notice { max-width: 520px; margin: 12vh auto 0; padding: 0 20px; font-size: 20px;
  line-height: 1.6; }
.a-notice h1 { font-size: 28px; line-height: 1.3; margin: 32px 0 8px; }
.a-notice p { margin: 0; color: var(--mute); }
.a-choice { display: grid; gap: 16px; margin-top: 24px; }
.a-choice > * { display: grid; place-items: center; min-height: 64px; padding: 8px 12px;
  border: 1px solid var(--edge); border-radius: var(--r-key); font: inherit; cursor: pointer;
  color: var(--pri); background: var(--bg); text-decoration: none; }
.a-choice > button { background: var(--pri); border-color: var(--pri); color: var(--bg);
  font-weight: 700; }
"""
