"""`python -m engine formula.txt x=2`: run a graph in a terminal."""

import sys

from engine.command import main

sys.exit(main())
