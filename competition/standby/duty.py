"""The second laptop's one duty while it follows: to take over once, when a person says so."""

import threading
from datetime import datetime
from pathlib import Path

from competition.standby import pairing
from competition.standby.following import Follower
from competition.standby.promoting import Promoted, promote


class Duty:
    """Taking over, from the terminal or from the page: whichever comes first.

    Attributes
    ----------
    done : Promoted or None
        What was put in place.
    """

    def __init__(self, folder: Path, follower: Follower) -> None:
        self.folder, self.follower = folder, follower
        self.done: Promoted | None = None
        self.over = threading.Event()
        self._lock = threading.Lock()

    def take_over(self, typed: str, *, at: datetime) -> Promoted:
        """Stop following and put the newest copy in place; a second call gets the first's result.

        Raises
        ------
        NothingToPromote
            Then it goes on following.
        """
        with self._lock:
            if self.done is None:
                heard = self.follower.first_number()
                paired = pairing.kept(self.folder) or self.follower.paired
                self.done = promote(self.folder, paired, typed=typed, heard=heard, at=at)
                self.follower.stop()
                self.over.set()
            return self.done
