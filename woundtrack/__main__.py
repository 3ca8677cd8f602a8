"""`python -m woundtrack`, and the frozen program's command line."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # first: a child process of the frozen program ends in it

    from woundtrack.cli import main

    sys.exit(main())
