"""What the process that compiles and the program that starts it have agreed on."""

from __future__ import annotations

#: What Python runs as a program.
MODULE = "microgpt_gui.engine.compiled.machine_code"

#: With this the process ends when its standard input does: with who holds that open.
WITH_STDIN = "--with-stdin"

#: How it ends where the file cannot be written; why is the last line of stderr.
CANNOT_WRITE = 3
