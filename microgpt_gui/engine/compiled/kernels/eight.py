"""Eight doubles side by side: a type of our own for numba, and memory by address.

Eight sums that know nothing of each other run side by side, each in its own order. LLVM
makes of an `Eight` what the processor has: one register of AVX-512, two of AVX2, four
of SSE2 or NEON. Its operations are plain, without fast-math: nothing is reordered, and
no product is fused with a sum but where `excess` asks for it.

Numbers lie at addresses, counted in bytes: arrays, handed to functions that are not
inlined, would take two thirds of the speed.

Each function below writes LLVM's instructions; compiled code calls it with the
arguments that follow ``b``, the builder of instructions.
"""

from __future__ import annotations

import inspect
import operator
from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, overload, register_model

if TYPE_CHECKING:
    from collections.abc import Callable

_F64, _I64, _I32, _I8 = ir.DoubleType(), ir.IntType(64), ir.IntType(32), ir.IntType(8)
_F64X8, _I64X8 = ir.VectorType(_F64, 8), ir.VectorType(_I64, 8)
_LANES = ir.VectorType(_I32, 8)


class _EightType(types.Type):  # type: ignore[misc]  # numba has no types for checkers
    def __init__(self) -> None:
        super().__init__("Eight")


@register_model(_EightType)
class _EightModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, numba_type: Any) -> None:
        super().__init__(manager, numba_type, _F64X8)


eight, number, whole, nothing = _EightType(), types.float64, types.int64, types.void


def operation(result: Any, *arguments: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function of compiled code of one that writes its instructions."""

    def decorate(write: Callable[..., Any]) -> Any:
        def lower(context: Any, builder: Any, _: Any, values: Any) -> Any:
            value = write(builder, *values)
            return context.get_dummy_value() if value is None else value

        def define(*_: Any) -> Any:
            return result(*arguments), lower

        define.__name__ = write.__name__
        define.__doc__ = write.__doc__
        # numba asks how many arguments there are; its own first one is ``b``'s place.
        define.__signature__ = inspect.signature(write)  # type: ignore[attr-defined]
        return intrinsic(define)

    return decorate


def _pointer(b: Any, at: Any, kind: Any) -> Any:
    return b.inttoptr(at, kind.as_pointer())


def _every(value: Any, kind: Any = _F64X8) -> Any:
    return ir.Constant(kind, [value] * 8)


def _spread(b: Any, x: Any) -> Any:
    first = b.insert_element(_every(0.0), x, _I32(0))
    return b.shuffle_vector(first, _every(0.0), _every(0, _LANES))


def _call(b: Any, name: str, *values: Any) -> Any:
    kind = ir.FunctionType(_F64X8, [value.type for value in values])
    return b.call(cgutils.get_or_insert_function(b.module, kind, name), values)


def _bits(b: Any, lanes: Any) -> Any:
    return b.zext(b.bitcast(lanes, _I8), _I64)


@operation(eight, whole)
def load(b: Any, at: Any) -> Any:
    """Return the eight numbers from ``at`` on."""
    return b.load(_pointer(b, at, _F64X8), align=8)


@operation(nothing, whole, eight)
def store(b: Any, at: Any, x: Any) -> Any:
    """Write eight numbers from ``at`` on."""
    b.store(x, _pointer(b, at, _F64X8), align=8)


@operation(number, whole)
def get(b: Any, at: Any) -> Any:
    """Return the number at ``at``."""
    return b.load(_pointer(b, at, _F64))


@operation(nothing, whole, number)
def put(b: Any, at: Any, x: Any) -> Any:
    """Write a number to ``at``."""
    b.store(x, _pointer(b, at, _F64))


@operation(whole, whole)
def get_whole(b: Any, at: Any) -> Any:
    """Return the whole number at ``at``."""
    return b.load(_pointer(b, at, _I64))


@operation(nothing, whole, whole)
def put_whole(b: Any, at: Any, x: Any) -> Any:
    """Write a whole number to ``at``."""
    b.store(x, _pointer(b, at, _I64))


@operation(eight, number)
def all_of(b: Any, x: Any) -> Any:
    """Return the same number eight times."""
    return _spread(b, x)


@operation(eight, eight)
def root(b: Any, x: Any) -> Any:
    """Return the square roots, rounded to the nearest: not always what pow returns."""
    return _call(b, "llvm.sqrt.v8f64", x)


@operation(eight, eight, eight, eight)
def excess(b: Any, x: Any, y: Any, z: Any) -> Any:
    """Return x y - z, rounded once: exact where z is x y, rounded."""
    return _call(b, "llvm.fma.v8f64", x, y, b.fneg(z))


@operation(eight, eight, eight)
def where_positive(b: Any, x: Any, y: Any) -> Any:
    """Return x where y is above 0, and 0 elsewhere."""
    return b.select(b.fcmp_ordered(">", y, _every(0.0)), x, _every(0.0))


@operation(eight, eight)
def binade(b: Any, x: Any) -> Any:
    """Return the power of two at or below the number before x."""
    before = b.sub(b.bitcast(x, _I64X8), _every(1, _I64X8))
    return b.bitcast(b.and_(before, _every(0x7FF0 << 48, _I64X8)), _F64X8)


@operation(whole, eight, eight)
def differ(b: Any, x: Any, y: Any) -> Any:
    """Return a bit for each lane whose numbers are not equal, or no numbers."""
    return _bits(b, b.fcmp_unordered("!=", x, y))


@operation(whole, eight, eight)
def exceed(b: Any, x: Any, y: Any) -> Any:
    """Return a bit for each lane with x further from 0 than y, or with no numbers."""
    return _bits(b, b.fcmp_unordered(">", _call(b, "llvm.fabs.v8f64", x), y))


@operation(whole, eight, number, number)
def outside(b: Any, x: Any, low: Any, high: Any) -> Any:
    """Return a bit for each lane with x between 0 and ``low``, or above ``high``."""
    is_small = b.fcmp_ordered("<", x, _spread(b, low))
    is_small = b.and_(is_small, b.fcmp_ordered(">", x, _every(0.0)))
    return _bits(b, b.or_(is_small, b.fcmp_ordered(">", x, _spread(b, high))))


@operation(whole, whole)
def lowest_bit(b: Any, bits: Any) -> Any:
    """Return the place of the lowest bit that is set."""
    return b.cttz(bits, ir.IntType(1)(1))


@operation(nothing, whole, whole, whole, whole)
def turn_square(b: Any, to: Any, to_row: Any, x: Any, x_row: Any) -> Any:
    """Store the columns of the 8 by 8 numbers at ``x`` as rows at ``to``."""
    rows = [
        b.load(_pointer(b, b.add(x, b.mul(x_row, _I64(r))), _F64X8), align=8)
        for r in range(8)
    ]
    for s in (1, 2, 4):  # swap the off-diagonal quarters of larger and larger squares
        low = ir.Constant(_LANES, [8 + c - s if c & s else c for c in range(8)])
        high = ir.Constant(_LANES, [8 + c if c & s else c + s for c in range(8)])
        for r in range(8):
            if not r & s:
                upper, lower = rows[r], rows[r + s]
                rows[r] = b.shuffle_vector(upper, lower, low)
                rows[r + s] = b.shuffle_vector(upper, lower, high)
    for r, row in enumerate(rows):
        b.store(row, _pointer(b, b.add(to, b.mul(to_row, _I64(r))), _F64X8), align=8)


def _overload(symbol: Any, name: str) -> None:
    @operation(eight, eight, eight)
    def combined(b: Any, x: Any, y: Any) -> Any:
        return getattr(b, name)(x, y)

    def typed(x: Any, y: Any) -> Any:
        if x is eight and y is eight:
            return lambda x, y: combined(x, y)
        if x is eight and y is number:
            return lambda x, y: combined(x, all_of(y))
        return None

    typed.__annotations__.clear()  # numba wants the lambdas to have the same
    overload(symbol)(typed)


_overload(operator.add, "fadd")
_overload(operator.sub, "fsub")
_overload(operator.mul, "fmul")
_overload(operator.truediv, "fdiv")
