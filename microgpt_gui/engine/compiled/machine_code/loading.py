"""Taking machine code out of its file into this process: milliseconds, no compiler."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from llvmlite import binding as llvm

from microgpt_gui.engine.compiled.machine_code.code_file import Damaged, read_code_file
from microgpt_gui.engine.compiled.machine_code.key import KERNELS, key_for
from microgpt_gui.engine.compiled.machine_code.processor import (
    Processor,
    this_processor,
)

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.engine.compiled.loaded import Entries

_C_TYPES: dict[str, type[ctypes.c_int64 | ctypes.c_double]] = {
    "int64": ctypes.c_int64,
    "float64": ctypes.c_double,
}


def load(
    path: Path, processor: Processor | None = None, kernels: Path = KERNELS
) -> Entries:
    """Load what the compiling process wrote.

    Args:
        path: The file.
        processor: What it must be for, if not for this very processor; a level that
            this one has.
        kernels: The folder of sources that it must be made of.

    Raises:
        NotInstalled: There is no numba: nobody knows what it would make.
        OSError: The file cannot be read, or is not there.
        Unusable: It is damaged, or made of or for something else.
    """
    file = read_code_file(path, key_for(processor or this_processor(), kernels))
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(jit=True)
    memory = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    memory.add_object_file(llvm.ObjectFileRef.from_data(file.code))
    memory.finalize_object()
    entries: Entries = {}
    for name, signature in file.entries.items():
        kind = ctypes.CFUNCTYPE(
            _C_TYPES[signature.result], *(_C_TYPES[a] for a in signature.arguments)
        )
        if not (address := memory.get_function_address(name)):
            raise Damaged(f"{path.name} has no {name}")
        entry = kind(address)
        entry.memory = memory  # type: ignore[attr-defined]  # it goes with the last one
        entries[name] = entry
    return entries
