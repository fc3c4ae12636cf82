"""Writing the source of a kernel, and compiling it once."""

from __future__ import annotations

from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Kernel = Callable[..., Any]

#: Kernels that are kept; the one that was not used for longest makes room.
KEPT = 256

#: Numbers that a kernel may hold in local variables for the sake of speed: about as
#: many as CPython reaches with one instruction. Twice as many would save the steps of
#: wide models two per cent, and make kernels compile for half as long again.
LOCALS = 256


def names(prefix: str, count: int) -> str:
    """Return a tuple's worth of names: ``w0, w1, w2,``."""
    return "".join(f"{prefix}{i}, " for i in range(count)).rstrip()


def total(terms: Iterable[str]) -> str:
    """Return the sum of ``terms``, which Python adds from left to right."""
    return " + ".join(terms)


def zeros(prefix: str, count: int) -> str:
    """Return an assignment of 0.0 to every name."""
    return "".join(f"{prefix}{i} = " for i in range(count)) + "0.0"


@lru_cache(maxsize=KEPT)
def compiled(generator: Callable[..., str], *sizes: int) -> Kernel:
    """Return the function called ``kernel`` of the source that ``generator`` writes.

    Args:
        generator: Writes source for sizes; the source may use `math.exp` as ``exp``.
        sizes: What it is given.
    """
    title = f"<{generator.__name__} {', '.join(map(str, sizes))}>"
    scope: dict[str, Any] = {"exp": exp}
    exec(compile(generator(*sizes), title, "exec"), scope)
    kernel: Kernel = scope["kernel"]
    return kernel
