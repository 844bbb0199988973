"""Measures the time from a command to its first page, in a process beside the server.

``python -m commands.first_page HOST PORT BEGUN`` requests the server's first page until it
answers, prints the seconds since ``BEGUN`` (seconds since the epoch) and ends.
"""

import sys
import time
from http.client import HTTPConnection, HTTPException

from commands import say

BEGUN = "ARENA_BEGUN"
"""The variable that holds when the command line began, through every change of process."""
PATIENCE_SECONDS = 180
PAUSE_SECONDS = 0.1


def answers(host: str, port: int) -> bool:
    """Whether the server gives its first page."""
    connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def main(host: str, port: int, begun: float) -> None:
    """Wait for the first page and print how long it took."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not answers(host, port):
        if time.monotonic() > until:
            return
        time.sleep(PAUSE_SECONDS)
    print(say("demo.first_page", seconds=f"{time.time() - begun:.0f}"), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
