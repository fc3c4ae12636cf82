"""What machine code was made of and for: another key, another code."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.machine_code.processor import Processor

#: Where the sources of the kernels are.
KERNELS = Path(__file__).parent.parent / "kernels"


class NotInstalled(Exception):
    """A package that compiling needs is not there.

    Attributes:
        package: Which.
    """

    def __init__(self, package: str) -> None:
        super().__init__(f"{package} is not installed")
        self.package = package


@dataclass(frozen=True, slots=True)
class Key:
    """All that machine code depends on; no version of Python is part of it.

    Attributes:
        sources: The sum over what is compiled, and over what compiles it.
        numba: The version that compiled it.
        llvmlite: The version that emitted it, and loads it.
        system: See `Processor`.
        processor: See `Processor`.
        features: See `Processor`.
    """

    sources: str
    numba: str
    llvmlite: str
    system: str
    processor: str
    features: str

    @property
    def digest(self) -> str:
        """A name for it."""
        parts = "\n".join(asdict(self).values())
        return hashlib.sha256(parts.encode()).hexdigest()[:32]


def key_for(processor: Processor, kernels: Path = KERNELS) -> Key:
    """Return the key of what would be compiled now.

    Args:
        processor: For which.
        kernels: The folder of sources.

    Raises:
        NotInstalled: Without numba, or llvmlite, nothing would be.
    """
    return Key(
        _sum_over(kernels, Path(__file__).parent),
        installed_version("numba"),
        installed_version("llvmlite"),
        processor.system,
        processor.name,
        processor.features,
    )


def installed_version(package: str) -> str:
    """Return the version of a package, without importing it.

    Raises:
        NotInstalled: There is none.
    """
    try:
        return version(package)
    except PackageNotFoundError:
        raise NotInstalled(package) from None


def _sum_over(*folders: Path) -> str:
    total = hashlib.sha256()
    for folder in folders:
        for source in sorted(folder.rglob("*.py")):
            text = source.read_bytes()
            name = source.relative_to(folder).as_posix()
            total.update(f"{name} {len(text)}\n".encode() + text)
    return total.hexdigest()
