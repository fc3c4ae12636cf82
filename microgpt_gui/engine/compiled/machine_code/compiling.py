"""Compiling the kernels. Numba is imported here: see the package for when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numba
from llvmlite import binding as llvm
from llvmlite import ir
from numba.core.codegen import JITCodeLibrary, JITCPUCodegen
from numba.core.registry import cpu_target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from microgpt_gui.engine.compiled.machine_code.processor import Processor

    Entry = tuple[Callable[..., Any], str, tuple[str, ...]]

#: What an entry that raises returns; none of ours does.
_RAISED = {"int64": -(1 << 63), "float64": float("nan")}

_IR_TYPES = {"int64": ir.IntType(64), "float64": ir.DoubleType()}


def compiled(
    entries: Mapping[str, Entry], processor: Processor, tell: Callable[[str], None]
) -> bytes:
    """Return an object file in which each entry is a C function of its name.

    Args:
        entries: See `kernels.entries`.
        processor: What the code is for. Numba must have been told by its environment,
            before it was imported: it optimises for what that says.
        tell: Called with the name of each entry that is compiled.
    """
    context = cpu_target.target_context
    context._internal_codegen = _Unhurried("kernels")  # noqa: SLF001  # no other way
    whole = llvm.parse_assembly("")
    whole.triple = processor.system
    for name, entry in entries.items():
        whole.link_in(_module_of(name, *entry))
        tell(name)
    machine = llvm.Target.from_triple(processor.system).create_target_machine(
        cpu=processor.name,
        features=processor.features,
        opt=3,
        # As numba does for code that is loaded where there is room.
        reloc="static" if processor.system.startswith("x86") else "default",
        codemodel="jitdefault",
        jit=True,
    )
    # A function that is missing would be called at address 0.
    if missing := [
        f.name for f in whole.functions if f.is_declaration and f.name.startswith("_Z")
    ]:
        raise RuntimeError(f"{missing[0]} was not linked")
    whole.verify()
    code: bytes = machine.emit_object(whole)
    return code


class _Collected(JITCodeLibrary):  # type: ignore[misc]  # numba has no types
    """A function's code with all that it calls, as numba first writes it down.

    Left to itself, numba optimises each function, emits it, and links it into each that
    calls it, where all is optimised again. Three quarters of the time went there.
    """

    def optimise(self) -> None:
        """Optimise it, and what it calls with it."""
        super()._optimize_final_module()

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_specific(self) -> None:
        pass

    def get_pointer_to_function(self, name: str) -> int:
        """Return 0, there being none; but link what it calls, which happens here."""
        self._ensure_finalized()
        return 0


class _Unhurried(JITCPUCodegen):  # type: ignore[misc]  # numba has no types
    """Makes code that is not run in this process, so it need not be emitted here."""

    _library_class = _Collected

    def _add_module(self, module: llvm.ModuleRef) -> None:
        pass

    def set_env(self, env_name: str, env: object) -> None:
        """Do nothing: the code asks Python for nothing."""


def _module_of(
    name: str, function: Callable[..., Any], result: str, arguments: tuple[str, ...]
) -> llvm.ModuleRef:
    """Return the optimised code of an entry, and what makes a C function of it."""
    signature = getattr(numba.types, result)(
        *(getattr(numba.types, kind) for kind in arguments)
    )
    dispatcher = numba.njit(
        signature,
        error_model="numpy",
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
    )(getattr(function, "py_func", function))
    (made,) = dispatcher.overloads.values()
    if isinstance(made.library, _Collected):  # another numba may pass it by
        made.library.optimise()
    module = llvm.parse_assembly(made.library.get_llvm_str())
    symbol = made.fndesc.llvm_func_name
    module.link_in(llvm.parse_assembly(_c_function(name, symbol, result, arguments)))
    return module


def _c_function(name: str, symbol: str, result: str, arguments: tuple[str, ...]) -> str:
    """Return the source of a function that calls one of numba's.

    Numba's own return whether they have raised, and write results where they are told.
    """
    module = ir.Module()
    value, kinds = _IR_TYPES[result], [_IR_TYPES[kind] for kind in arguments]
    error = ir.IntType(8).as_pointer()
    inner = ir.Function(
        module,
        ir.FunctionType(
            ir.IntType(32), [value.as_pointer(), error.as_pointer(), *kinds]
        ),
        symbol,
    )
    outer = ir.Function(module, ir.FunctionType(value, kinds), name)
    builder = ir.IRBuilder(outer.append_basic_block())
    place, raised = builder.alloca(value), builder.alloca(error)
    builder.store(ir.Constant(value, _RAISED[result]), place)
    builder.call(inner, [place, raised, *outer.args])
    builder.ret(builder.load(place))
    # Of the process's own system and layout, whatever those are.
    return re.sub(r"^target .*\n", "", str(module), flags=re.MULTILINE)
