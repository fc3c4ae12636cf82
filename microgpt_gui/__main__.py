"""`python -m microgpt_gui` is the command `microgpt-gui`."""

import sys

from microgpt_gui.cli import main

if __name__ == "__main__":
    sys.exit(main())
