"""Which engine computes: the one that is asked for, or who stands in for it.

Machine code is one for the whole program, as its libraries are; what is here may be
called from any thread.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from microgpt_gui.engine import DEFAULT_ENGINE
from microgpt_gui.engine.compiled import loaded
from microgpt_gui.engine.compiled.machine_code.code_file import Unusable
from microgpt_gui.engine.compiled.machine_code.key import (
    NotInstalled,
    installed_version,
    key_for,
)
from microgpt_gui.session.machine_code.kept import (
    ITS_KERNELS,
    Kernels,
    code_path,
    kept_bytes,
)

if TYPE_CHECKING:
    from pathlib import Path

#: The engine that needs machine code.
COMPILED = "compiled"

_one_at_a_time = Lock()


def key_at_hand(engine: str) -> str:
    """Return the engine, or one with the same numbers while it is not at hand.

    Args:
        engine: A key of ENGINES.
    """
    return engine if engine != COMPILED or load_kept() else DEFAULT_ENGINE


def has_come(engine: str) -> bool:
    """Return whether an engine that was not at hand is so now. Takes no time."""
    return engine != COMPILED or loaded.is_loaded()


def load_kept(kernels: Kernels = ITS_KERNELS) -> bool:
    """Load what was compiled before, unless that is done; return whether it is.

    The first time takes 0.1 s at most. A damaged file is removed: it is compiled anew.
    """
    if loaded.is_loaded():
        return True
    with _one_at_a_time:
        if loaded.is_loaded():
            return True
        with suppress(Exception):  # a package that is broken raises what it likes
            _load(wanted_path(kernels), kernels)
        return loaded.is_loaded()


def needs_compiling() -> bool:
    """Return whether nothing is loaded, or kept as far as one sees without loading."""
    return not (loaded.is_loaded() or kept_bytes())


def wanted_path(kernels: Kernels = ITS_KERNELS) -> Path:
    """Return where the code for this program and this processor is, if it is.

    Raises:
        NotInstalled: Nothing could be compiled or loaded.
        Exception: What loads it is there, and broken.
    """
    return code_path(_digest(kernels))


def _load(path: Path, kernels: Kernels) -> None:
    from microgpt_gui.engine.compiled.machine_code.loading import load

    try:
        loaded.take_up(load(path, kernels=kernels.folder))
    except Unusable:
        path.unlink(missing_ok=True)
        raise


def _digest(kernels: Kernels) -> str:
    if missing := missing_package():
        raise NotInstalled(missing)
    return _digest_here(kernels)


@cache
def missing_package() -> str:
    """Return what is not installed and would be needed; empty where all is there.

    It is looked for once: a program that runs would not notice it come.
    """
    try:
        installed_version("numba")
        installed_version("llvmlite")
    except NotInstalled as error:
        return error.package
    return ""


@cache
def _digest_here(kernels: Kernels) -> str:
    from microgpt_gui.engine.compiled.machine_code.processor import this_processor

    return key_for(this_processor(), kernels.folder).digest
