"""The process that compiles: ``python -m ...machine_code FILE [OPTIONS]``.

It prints the name of each entry that is compiled; the file appears when all are, and
have been loaded once in another process. What goes wrong is the last line of stderr.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import threading
from pathlib import Path

from microgpt_gui.atomic_file import replacing
from microgpt_gui.engine.compiled.machine_code.code_file import CodeFile, Signature
from microgpt_gui.engine.compiled.machine_code.key import key_for
from microgpt_gui.engine.compiled.machine_code.process import (
    CANNOT_WRITE,
    MODULE,
    WITH_STDIN,
)
from microgpt_gui.engine.compiled.machine_code.processor import (
    Processor,
    level,
    this_processor,
)

_ENTRIES = "microgpt_gui.engine.compiled.kernels.entries"


def main() -> None:
    """Compile, or see whether something compiled can be loaded."""
    parser = argparse.ArgumentParser(description="Compile the kernels.")
    parser.add_argument("file", type=Path, help="where the machine code goes")
    parser.add_argument("--processor", help="a level such as x86-64-v3, not this one")
    parser.add_argument("--entries", default=_ENTRIES, help="module of the entries")
    parser.add_argument("--load", action="store_true", help="load it and do no more")
    parser.add_argument(WITH_STDIN, action="store_true", help="end when stdin does")
    asked = parser.parse_args()
    if asked.with_stdin:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    processor = level(asked.processor) if asked.processor else this_processor()
    if asked.load:
        _load(asked.file, processor, asked.entries)
    else:
        _compile(asked.file.resolve(), processor, asked)


def _end_with_stdin() -> None:
    """Go when whoever holds the other end goes, however that is."""
    # Not sys.stdin, whose lock this thread would hold when Python ends, which aborts.
    while os.read(0, 1):
        pass
    os._exit(1)


def _load(path: Path, processor: Processor, module: str) -> None:
    from microgpt_gui.engine.compiled.machine_code.loading import load

    load(path, processor, _folder_of(module))


def _compile(path: Path, processor: Processor, asked: argparse.Namespace) -> None:
    _set_up_numba(processor, path.parent)
    from microgpt_gui.engine.compiled.machine_code.compiling import compiled

    entries = importlib.import_module(asked.entries).ENTRIES
    code = compiled(entries, processor, lambda name: print(name, flush=True))
    signatures = {name: Signature(*types) for name, (_, *types) in entries.items()}
    key = key_for(processor, _folder_of(asked.entries))
    options = ["--entries", asked.entries]
    if asked.processor:
        options += ["--processor", asked.processor]
    try:
        _write(path, CodeFile(key, signatures, code), options)
    except OSError as error:
        print(error.strerror or error, file=sys.stderr)
        sys.exit(CANNOT_WRITE)


def _write(path: Path, file: CodeFile, options: list[str]) -> None:
    with replacing(path) as target:
        target.write(file.to_bytes())
        target.flush()
        # A function that this system lacks would end the process that loads it.
        trial = [sys.executable, "-m", MODULE, target.name, "--load", *options]
        if subprocess.run(trial, stdin=subprocess.DEVNULL).returncode:
            sys.exit("what was compiled cannot be loaded on this system")


def _folder_of(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


def _set_up_numba(processor: Processor, folder: Path) -> None:
    """Let what a person set for their own work with numba change nothing here."""
    for name in [name for name in os.environ if name.startswith("NUMBA_")]:
        del os.environ[name]
    os.chdir(folder)  # it reads a file of settings in the folder where it is started
    os.environ["NUMBA_CPU_NAME"] = processor.name
    os.environ["NUMBA_CPU_FEATURES"] = processor.features
    # Intel's exp, where it is installed, has other last bits than the C library's.
    os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"


if __name__ == "__main__":
    main()
