"""Whether this computer's exp, log, powers, sin and cos are those of the recordings.

The last digit of these functions is the C library's affair: glibc takes other code on a
processor without FMA, and musl, macOS, Windows or WebAssembly have code of their own.
microgpt.py computes with them: the script and the engines agree on one computer, and
with the recorded runs where these functions round as where those were recorded.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
import random
import struct
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from microgpt_gui.resources import resource
from microgpt_gui.session.listed import listed

if TYPE_CHECKING:
    from collections.abc import Callable

#: Arguments tried of each function: where two libraries differ at all, it is in one
#: value of 1,500 or more.
PROBES = 20_000

#: The sums of the probes, as they were where the runs were recorded.
TABLE = "golden/functions/probes.json"


def _power(exponent: float) -> Callable[[float], float]:
    return lambda x: x**exponent


#: Each function with the range of its arguments, as a run takes them: softmax and its
#: loss, the norms and their slopes, Adam's root, and what `random.gauss` is made of.
_TRIED: dict[str, tuple[Callable[[float], float], float, float]] = {
    "exp": (math.exp, -30.0, 0.0),
    "log": (math.log, 1e-9, 1.0),
    "sin": (math.sin, 0.0, math.tau),
    "cos": (math.cos, 0.0, math.tau),
    "x ** -1": (_power(-1), 1e-6, 30.0),
    "x ** -2": (_power(-2), 1e-3, 30.0),
    "x ** 2": (_power(2), -30.0, 30.0),
    "x ** 0.5": (_power(0.5), 0.0, 1e-2),
    "x ** -0.5": (_power(-0.5), 1e-5, 30.0),
    "x ** -1.5": (_power(-1.5), 1e-5, 30.0),
}


@dataclass(frozen=True, slots=True)
class Functions:
    """This computer's functions beside those of the recordings.

    Attributes:
        library: What people call the C library, with processor.
        different: The functions whose last digits are others, by name.
    """

    library: str
    different: tuple[str, ...]

    @property
    def are_those_of_the_recording(self) -> bool:
        """Whether every probe gave the same bits."""
        return not self.different

    @property
    def wanted(self) -> str:
        """What every run must be here, as a sentence says it after "are"."""
        if self.are_those_of_the_recording:
            return "as recorded"
        return "as autograd and the recording say"

    @property
    def words(self) -> str:
        """What that means for the numbers, in one or two sentences for people."""
        if self.are_those_of_the_recording:
            return (
                f"The C library here ({self.library}) rounds as the one that the runs "
                "were recorded with: every bit must be the same."
            )
        # All powers are one function of the library, pow.
        names = dict.fromkeys(
            "pow" if "**" in name else name for name in self.different
        )
        return (
            f"The C library here ({self.library}) rounds the last digit of "
            f"{listed([*names])} otherwise than the one that the runs were recorded "
            "with, and microgpt.py has other last digits here too. So the engines are "
            "compared bit for bit with autograd on this computer, and with the "
            "recording within 1e-12."
        )


@cache
def this_computers_functions() -> Functions:
    """Return what the probes say; takes some 50 ms the first time."""
    text = resource(TABLE).read_text(encoding="utf-8")
    recorded: dict[str, str] = json.loads(text)["sha256"]
    here = probe_sums()
    different = tuple(name for name in here if here[name] != recorded.get(name))
    return Functions(_library(), different)


def probe_sums() -> dict[str, str]:
    """Return, for each function, the SHA-256 of its values as little-endian doubles.

    The arguments come from `random.Random(0).random`, which needs none of them.
    """
    sums = {}
    for name, (function, low, high) in _TRIED.items():
        draw = random.Random(0).random
        values = [function(low + (high - low) * draw()) for _ in range(PROBES)]
        sums[name] = hashlib.sha256(struct.pack(f"<{PROBES}d", *values)).hexdigest()
    return sums


def _library() -> str:
    name, version = platform.libc_ver()
    library = f"{name} {version}".strip() or f"of {platform.system() or 'this system'}"
    return f"{library}, {platform.machine() or 'unknown processor'}"
