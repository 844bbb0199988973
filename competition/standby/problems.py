"""What keeps a second laptop from following, in words."""

from words import has, t


def problem_words(code: str, lang: str) -> str:
    """The sentence of a problem's code; a code not known here is shown as it came."""
    key = f"standby.problem.{code}"
    if has(key, lang):
        return t(key, lang)
    return t("standby.problem.other", lang, code=code[:40])
