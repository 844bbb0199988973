"""The door: what every request and every socket passes before the app is asked."""

from ui.door.door import Door
from ui.door.threads import on_own_threads

__all__ = ["Door", "on_own_threads"]
