"""`tinygan …`, or `python -m tinygan …`: the command line's door.

Here: `main`.
"""

import signal
import sys


def main():
    """Load the command line and run it. A Ctrl-C while it loads just ends it."""
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if usual:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from . import cli
    if usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
