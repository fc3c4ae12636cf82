#!/bin/sh
# tqdm, on a terminal that tells no size.
#
# Expected: a bar of the usual width, as where the size cannot be asked for at all.
# What happens: nothing is drawn from the first step to the last but empty lines. A fresh
# pseudo-terminal says 0 rows and 0 columns (so do serial lines, and containers and
# expect scripts that nobody has told a size), and tqdm takes one from each; a bar at
# place 0 then counts as below the last of -1 rows, and is hidden. `ncols` alone does not
# help: `nrows` must be given, too.
# Source: `_screen_shape_linux` in tqdm/utils.py, and `tqdm.display` in tqdm/std.py of
# https://github.com/tqdm/tqdm/tree/v4.70.1
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet tqdm==4.70.1
"$place/venv/bin/python" - <<'PYTHON'
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

import tqdm

CODE = "from tqdm import tqdm\nfor _ in tqdm(range(9), mininterval=0, **{}): pass"


def drawn(rows: int, columns: int, **options: int) -> bool:
    """Return whether a bar is to be seen on a terminal of that size."""
    person, program = pty.openpty()
    size = struct.pack("HHHH", rows, columns, 0, 0)
    fcntl.ioctl(program, termios.TIOCSWINSZ, size)
    code = CODE.format(options)
    subprocess.run([sys.executable, "-c", code], stderr=program, check=True)
    os.close(program)
    return b"%|" in os.read(person, 65536)


print(f"tqdm {tqdm.__version__}, a bar of nine steps")
sized, unsized = drawn(24, 80), drawn(0, 0)
print("expected: drawn at 24 x 80 and where no size is told")
print(f"seen:     {sized} at 24 x 80, {unsized} where no size is told")
print(f"          {drawn(0, 0, ncols=79)} there with ncols=79 alone,", end=" ")
print(f"{drawn(0, 0, ncols=79, nrows=24)} with nrows=24, too")
sys.exit(not sized or unsized)
PYTHON
