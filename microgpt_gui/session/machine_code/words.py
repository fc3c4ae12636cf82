"""What is the matter with the machine code, and what to do, for people."""

from __future__ import annotations

import signal
from contextlib import suppress

from microgpt_gui.data.text_file import shown_path
from microgpt_gui.session.machine_code.kept import code_folder

#: What brings the engine "compiled", to be typed where Python's packages are.
INSTALL_LINE = "pip install 'microgpt-gui[fast]'"

#: What happens the first time, where it is there.
FIRST_TIME = (
    "The first time it is compiled for this processor: 5 to 15 s, in which "
    "Python trains."
)

_MEANWHILE = "Python goes on with the same numbers"


def compiling(so_far_s: float) -> str:
    """Say that it is under way."""
    return (
        f"Compiling for this processor: {so_far_s:.0f} s so far. Python trains on "
        "meanwhile, with the same numbers."
    )


def comes_next() -> str:
    """Say that it is done, and the run at rest."""
    return "Compiled for this processor: takes over with the next step."


def compiled_since(step: int) -> str:
    """Say that it is in use.

    Args:
        step: The steps that were done before.
    """
    return f"Compiled since step {step:,}, with the same numbers."


def not_installed(package: str) -> str:
    """Say that something is not installed, and what installs it."""
    return f"{package} is not installed: {_MEANWHILE}; for speed: {INSTALL_LINE}"


def offer(package: str) -> str:
    """Say what it would bring; the line that installs it follows."""
    return (
        f"{package} is not installed: Python computes in its place. Compiled, it would "
        "be some 70 times as fast, with the same numbers to the last bit. To install "
        "it, 208 MB, before the next start:"
    )


def broken(last_words: str) -> str:
    """Say that numba has failed, with its own words."""
    return (
        f"numba could not compile ({_cut(last_words)}): {_MEANWHILE}; another version "
        f"may help: {INSTALL_LINE} --upgrade"
    )


def cannot_write(reason: str) -> str:
    """Say that the code could not be kept."""
    folder = shown_path(code_folder())
    return (
        f"Machine code cannot be kept in {folder} ({_cut(reason)}): {_MEANWHILE}; make "
        "room there, or let it be written to, for the next run."
    )


def was_killed(ended_with: int) -> str:
    """Say that the process was ended before it was done."""
    by = ""
    if ended_with < 0:
        by = f" by signal {-ended_with}"
        with suppress(ValueError):
            by = f" by {signal.Signals(-ended_with).name}"
    return f"The compiling was ended{by}: {_MEANWHILE}; the next run tries again."


def cannot_load() -> str:
    """Say that what was compiled is not usable."""
    return (
        f"What was compiled cannot be read back: {_MEANWHILE}; the next run compiles "
        "it anew."
    )


def kept(size_bytes: int) -> str:
    """Say what is kept of all that was compiled, and where."""
    if not size_bytes:
        return "No machine code is kept of the engine Compiled."
    return (
        f"Machine code of the engine Compiled: {size_bytes / 1e6:.1f} MB in "
        f"{shown_path(code_folder())}."
    )


def removed(rest_bytes: int) -> str:
    """Say what came of removing it.

    Args:
        rest_bytes: What is there still.
    """
    if rest_bytes:
        return (
            f"{rest_bytes / 1e6:.1f} MB cannot be removed: another program has it "
            f"open, or nothing can be changed in {shown_path(code_folder())}."
        )
    return "Removed. What runs goes on with it; the next start compiles anew."


def _cut(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:199]}…"
