"""What is the matter with the machine code, and what to do, for people."""

from __future__ import annotations

import signal

from microgpt_gui.data.text_file import shown_path
from microgpt_gui.letters import ended
from microgpt_gui.session.machine_code.kept import code_folder

#: What brings the engine "compiled", to be typed where Python's packages are.
INSTALL_LINE = "pip install 'microgpt-gui[fast]'"

#: What it brings, where it is not there.
OFFER = (
    "It would train some 70 times as fast as Python, with the same numbers to the last "
    "bit; it needs numba, 208 MB."
)

_MEANWHILE = "Python computes the same numbers in its place."


def not_installed(package: str) -> str:
    """Say that something is not installed."""
    return f"{package} is not installed. {_MEANWHILE} For speed: {INSTALL_LINE}"


def broken(last_words: str) -> str:
    """Say that numba has failed, with its own words."""
    said = ended(_cut(last_words).rstrip("."))
    return (
        f"numba could not compile: {said} {_MEANWHILE} Another "
        f"version may help: {INSTALL_LINE} --upgrade"
    )


def cannot_write(reason: str) -> str:
    """Say that the code could not be kept."""
    folder = shown_path(code_folder())
    return (
        f"Nothing can be kept in {folder} ({_cut(reason)}). {_MEANWHILE} Make room "
        "there, or let it be written to, and reset."
    )


def was_killed(ended_with: int) -> str:
    """Say that the process was ended before it was done."""
    by = ""
    if ended_with < 0:
        try:
            by = f" by {signal.Signals(-ended_with).name}"
        except ValueError:
            by = f" by signal {-ended_with}"
    return f"The compiling was ended{by}. {_MEANWHILE} Reset tries again."


def cannot_load() -> str:
    """Say that what was compiled is not usable."""
    return (
        f"What was compiled cannot be read back. {_MEANWHILE} Reset compiles it anew."
    )


def _cut(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:199]}…"
