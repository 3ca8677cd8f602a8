"""`python -m woundtrack`, and the frozen program's command line."""

import sys
from multiprocessing import freeze_support

from woundtrack.cli import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the children that decode photos start this very program
        freeze_support()
    sys.exit(main())
