"""Let `python -m components.command` be the command where it is not installed."""

import sys

from components.command import main

if __name__ == "__main__":
    sys.exit(main())
