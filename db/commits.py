"""Counts of the commits that a process made in a file."""

from bisect import bisect_left


class Commits:
    """How many commits a file had from this process, and how many acts each of them kept."""

    EDGES = (1, 2, 5, 10, 20, 50)
    """Upper edges of the acts that one commit kept."""

    def __init__(self) -> None:
        self.counts = [0] * (len(self.EDGES) + 1)
        self.acts = 0
        self.seconds = 0.0

    def add(self, acts: int, seconds: float) -> None:
        """Count a commit of so many acts, which took so many seconds."""
        self.counts[bisect_left(self.EDGES, acts)] += 1
        self.acts += acts
        self.seconds += seconds
