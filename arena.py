#!/usr/bin/env python3
"""The one command of the project: ``python3 arena.py`` lists what it can do.

Standard library only. It makes ``.venv`` and what belongs in it, when that is missing or out
of date, and goes on inside it. The syntax of this file is old on purpose, so that an old Python
can still say which one is needed.
"""

import sys

OLDEST = (3, 11)


def main():
    """Run the command line given to this process."""
    if sys.version_info < OLDEST:
        wanted, versions = "%d.%d" % OLDEST, "%d.%d" % sys.version_info[:2]
        return "Python %s or newer is needed, this is %s: python%s arena.py" % (
            wanted,
            versions,
            wanted,
        )
    from commands import start

    return start.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
