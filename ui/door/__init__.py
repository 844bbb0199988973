"""The door: what every request and every socket passes before the app is asked."""

from ui.door.door import Door
from ui.door.hosted import Hosted
from ui.door.ours import Ours
from ui.door.watched import Watched

__all__ = ["Door", "Hosted", "Ours", "Watched"]
