"""What machine code is made for."""

from __future__ import annotations

from dataclasses import dataclass

from llvmlite import binding as llvm


@dataclass(frozen=True, slots=True)
class Processor:
    """A processor as LLVM calls it.

    Attributes:
        system: The "triple": architecture, vendor and operating system.
        name: Its model, or a level such as ``x86-64-v3``.
        features: What it has beyond or lacks of that, as ``+avx2,-avx512f``.
    """

    system: str
    name: str
    features: str


def this_processor() -> Processor:
    """Return the one this program runs on."""
    try:
        features = llvm.get_host_cpu_features().flatten()
    except RuntimeError:  # not every system says
        features = ""
    return Processor(llvm.get_process_triple(), llvm.get_host_cpu_name(), features)


def level(name: str) -> Processor:
    """Return a processor of this system that has what the level's name says alone."""
    return Processor(llvm.get_process_triple(), name, "")
