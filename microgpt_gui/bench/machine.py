"""The machine that figures come from: without it they say nothing."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from microgpt_gui import __version__

#: What numbers and drawing come from, besides the C library; as it is installed.
_LIBRARIES = {
    "NumPy": "numpy",
    "numba": "numba",
    "llvmlite": "llvmlite",
    "PySide6": "PySide6_Essentials",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """What the speed of Python depends on."""

    cpu: str
    cores: int  # that the system shows, not those that are free
    system: str
    python: str
    libraries: dict[str, str]  # of what engines and window use: name, version
    version: str  # this program's

    def words(self) -> str:
        """Return it in one line."""
        libraries = "".join(f"{name} {v}, " for name, v in self.libraries.items())
        return (
            f"{self.cpu}, {self.cores} cores, {self.system}, {self.python}, "
            f"{libraries}microgpt-gui {self.version}"
        )


def this_machine() -> Machine:
    """Return the one this runs on."""
    return Machine(
        cpu=_cpu() or platform.processor() or platform.machine(),
        cores=os.cpu_count() or 1,
        system=_system(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        libraries=_libraries(),
        version=__version__,
    )


def _libraries() -> dict[str, str]:
    c_library, c_version = platform.libc_ver()
    found = {c_library: c_version} if c_version else {}
    for name, package in _LIBRARIES.items():
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(package)
    return found


def _cpu() -> str:
    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            command = ["sysctl", "-n", "machdep.cpu.brand_string"]
            asked = subprocess.run(command, capture_output=True, text=True, check=True)
            return asked.stdout.strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return ""


def _system() -> str:
    with suppress(OSError):
        release = platform.freedesktop_os_release()
        return release.get("PRETTY_NAME", platform.platform())
    return platform.platform()
