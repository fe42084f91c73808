"""`tinygan …`, or `python -m tinygan …`: the command line's door.

Here: `main`.
"""

import sys


def main():
    """Load the command line and run it."""
    from . import cli
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
