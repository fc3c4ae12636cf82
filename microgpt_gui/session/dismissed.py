"""Runs that somebody did not want back after a crash: kept a month, in case they do.

They lie in a folder of their own beside those that are offered, and are called by the
moment when they were dismissed.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from microgpt_gui.session.autosave import (
    begin,
    claim,
    offer_of,
    recovery_folder,
    runs_in,
)
from microgpt_gui.session.run_files.problems import RunFileError

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.session.autosave import Autosave, Offer

#: So long they can be taken back.
KEPT_DAYS = 30

#: So many are listed; who dismissed more finds the others in the folder.
MAX_LISTED = 20

_DAY_S = 24 * 60 * 60


def dismiss(offer: Offer) -> None:
    """Put away what was left behind, unless another window has taken it over.

    Raises:
        OSError: It cannot be put away; it is where it was.
    """
    if claimed := claim(offer):
        folder = offer.path.parent / "dismissed"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            os.replace(offer.path, folder / f"{int(time.time())}-{offer.path.name}")
        finally:
            claimed.let_go()


def dismissed(folder: Path | None = None) -> tuple[Offer, ...]:
    """Return what was dismissed and can be taken back, the newest first.

    Args:
        folder: See `microgpt_gui.session.autosave.begin`.
    """
    found = sorted(_by_time(folder), reverse=True)[:MAX_LISTED]
    offers = []
    for _, path in found:
        with suppress(OSError, RunFileError):  # it went, or it is past reading
            offers.append(offer_of(path))
    return tuple(offers)


def take_back(offer: Offer, folder: Path | None = None) -> Autosave | None:
    """Take up again what was dismissed; None if another window was faster.

    Args:
        offer: One of `dismissed`.
        folder: See there.

    Raises:
        RunFileError: See `microgpt_gui.session.autosave.begin`.
    """
    autosave = begin(folder)
    try:
        os.rename(offer.path, autosave.path)
    except OSError:
        autosave.end()
        return None
    return autosave


def sweep_dismissed(folder: Path | None = None) -> None:
    """Forget what was dismissed more than `KEPT_DAYS` ago."""
    oldest = time.time() - KEPT_DAYS * _DAY_S
    for when, path in _by_time(folder):
        if when < oldest:
            with suppress(OSError):
                os.unlink(path)


def _by_time(folder: Path | None) -> list[tuple[int, Path]]:
    found = []
    for path in runs_in((folder or recovery_folder()) / "dismissed"):
        when, _, _ = path.name.partition("-")
        if when.isascii() and when.isdigit():
            found.append((int(when), path))
    return found
