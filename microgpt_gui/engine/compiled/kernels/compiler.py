"""How functions of this package become machine code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

#: Divisions by zero are infinite, as nothing here can raise. Nothing but other compiled
#: functions calls these: what Python would need for it takes time to compile.
_OPTIONS = {
    "error_model": "numpy",
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}

F = TypeVar("F", bound="Callable[..., Any]")
T = TypeVar("T")


def compiled(function: F) -> F:
    """Make machine code of a function, which others call."""
    return cast("F", njit(**_OPTIONS)(function))


def inlined(function: F) -> F:
    """Make a function that becomes part of whatever calls it."""
    return cast("F", njit(**_OPTIONS, forceinline=True)(function))


def reader_of(kind: type[T], number: Any) -> Callable[[int], T]:
    """Return a function of compiled code that reads a NamedTuple from an address.

    Args:
        kind: The class of the tuple.
        number: numba's type of all its fields, one after another at the address.
    """
    count = len(kind._fields)  # type: ignore[attr-defined]  # of any NamedTuple
    made = types.NamedUniTuple(number, count, kind)
    element = ir.DoubleType() if number is types.float64 else ir.IntType(64)

    def lower(context: Any, b: Any, _: Any, values: Any) -> Any:
        start = b.inttoptr(values[0], element.as_pointer())
        fields = [b.load(b.gep(start, [ir.IntType(64)(i)])) for i in range(count)]
        return context.make_tuple(b, made, fields)

    def read(_: Any, address: Any) -> Any:
        return made(types.int64), lower

    return cast("Callable[[int], T]", intrinsic(read))
