"""`tinygan …`, or `python -m tinygan …`: the command line's door.

Here: `main`.
"""

import signal
import sys


def main():
    """Load the command line and run it. A Ctrl-C while it loads just ends it."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from . import cli
    signal.signal(signal.SIGINT, before)
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
