"""`python -m woundtrack`, and the frozen program's command line."""

import sys

from woundtrack.cli import main

if __name__ == "__main__":
    sys.exit(main())
