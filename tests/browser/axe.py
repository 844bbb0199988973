"""What axe holds against a page; its script is read by a page once, not at each question."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ASK = """([context, options]) =>
  axe.run(context || document, options).then((found) => found.violations)"""


def violations(
    page: Page, *, within: str = "", rules: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Every violation on a page, or within what a selector finds, of all rules or of some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    context = {"include": [[within]]} if within else None
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found: list[dict[str, Any]] = page.evaluate(ASK, [context, options])
    return found


def serious(page: Page, *, within: str = "", rules: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Violations that axe calls serious or worse."""
    found = violations(page, within=within, rules=rules)
    return [one for one in found if one["impact"] in ("serious", "critical")]
