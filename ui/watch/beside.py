"""The processes that serve the same store beside this one, and their memory."""

from collections.abc import Sequence

from competition import Store
from competition.machine import memory
from competition.standby.neighbours import Topic


class Beside:
    """What the other processes said within the last seconds.

    Attributes
    ----------
    most : int
        The most processes that served at one moment since this one began, with it.
    """

    def __init__(self) -> None:
        self._bytes: tuple[int, ...] = ()
        self.most = 1

    @property
    def count(self) -> int:
        """How many processes serve, with this one."""
        return 1 + len(self._bytes)

    @property
    def memory(self) -> int:
        """Bytes of memory that the others use."""
        return sum(self._bytes)

    def tell(self, _: Store) -> int:
        """Bytes of memory that this process uses; 0 where the system does not say."""
        used = memory()
        return used.used if used else 0

    def hear(self, _: Store, others: Sequence[int]) -> None:
        """Take what the others said."""
        self._bytes = tuple(others)
        self.most = max(self.most, self.count)


BESIDE = Beside()
OF_PROCESSES = Topic(BESIDE.tell, BESIDE.hear)
