"""`tinygan …`, or `python -m tinygan …`: where the command line is entered.

Here: `main`.
"""

import sys


def main():
    """Load the command line and run it."""
    from . import cli
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
