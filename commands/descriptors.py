"""The limit of open files and sockets of this process."""

import sys

FEWEST = 4096
"""Below this, 249 idle tablets and their pages can use all of them."""


def raise_descriptors() -> int | None:
    """Raise the soft limit to the hard one; return the limit, or None where there is none."""
    if sys.platform == "win32":
        return None
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(soft, FEWEST * 4) if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):  # some systems set a lower limit than they report
            return soft
        return wanted
    return soft
