"""What was typed and not saved: kept in this process by person and form.

A page that is left, a reload and a lost connection end a browser's memory of its fields;
here they outlast all three. A restart of the server forgets them.
"""

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from ui.access import Visit

MOST = 500
"""Forms of a competition kept at once; the longest untouched goes first."""

Key = tuple[str, str]
Forms = OrderedDict[Key, dict[str, Any]]

_kept: dict[Path, Forms] = {}
_lock = threading.Lock()


def _key(now: Visit, form: str) -> Key:
    return now.who.person_id or "", form


def _forms(now: Visit) -> Forms:
    return _kept.setdefault(now.store.path, OrderedDict())


def kept(now: Visit, form: str) -> dict[str, Any]:
    """Fields of a form to what this person typed into them and has not saved."""
    with _lock:
        return dict(_forms(now).get(_key(now, form), {}))


def keep(now: Visit, form: str, field: str, value: Any) -> None:
    """Keep what a field holds."""
    with _lock:
        forms = _forms(now)
        forms.setdefault(_key(now, form), {})[field] = value
        forms.move_to_end(_key(now, form))
        while len(forms) > MOST:
            forms.popitem(last=False)


def drop(now: Visit, form: str, field: str) -> None:
    """Forget a field: it holds again what is stored."""
    with _lock:
        forms = _forms(now)
        fields = forms.get(_key(now, form), {})
        fields.pop(field, None)
        if not fields:
            forms.pop(_key(now, form), None)


def forget(now: Visit, form: str) -> None:
    """Forget a whole form: it was saved, or given up."""
    with _lock:
        _forms(now).pop(_key(now, form), None)
