"""A model's matrices: whether they fit it, and as one array of numbers and back."""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING

from microgpt_gui.engine.state import EngineState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microgpt_gui.engine.base import Parameters
    from microgpt_gui.engine.config import ModelConfig

    Matrices = Mapping[str, Sequence[Sequence[float]]]


def check_shapes(config: ModelConfig, parameters: Matrices) -> None:
    """Refuse matrices that are not the model's.

    Raises:
        ValueError: A name or a shape is not the model's; says which.
    """
    shapes = config.shapes()
    missing = [name for name in shapes if name not in parameters]
    if missing:
        raise ValueError(f"the parameters have no {_listed(missing)}")
    unknown = [name for name in parameters if name not in shapes]
    if unknown:
        raise ValueError(f"the model has no {_listed(unknown)}")
    for name, (rows, columns) in shapes.items():
        matrix = parameters[name]
        if len(matrix) != rows:
            raise ValueError(f"{name} must have {rows} rows, not {len(matrix)}")
        for number, row in enumerate(matrix):
            if len(row) != columns:
                raise ValueError(
                    f"row {number} of {name} must have {columns} numbers, "
                    f"not {len(row)}"
                )


def flattened(config: ModelConfig, matrices: Matrices) -> array[float]:
    """Return all numbers, row by row, in the script's creation order."""
    rows = chain.from_iterable(matrices[name] for name in config.shapes())
    # An array takes a list in half the time that it takes the same numbers one by one.
    return array("d", list(chain.from_iterable(rows)))


def unflattened(config: ModelConfig, numbers: array[float]) -> Parameters:
    """Return the matrices that `flattened` made ``numbers`` of."""
    parameters: Parameters = {}
    start = 0
    for name, (rows, columns) in config.shapes().items():
        stop = start + rows * columns
        parameters[name] = [
            numbers[i : i + columns].tolist() for i in range(start, stop, columns)
        ]
        start = stop
    return parameters


def untrained(config: ModelConfig, parameters: Matrices) -> EngineState:
    """Return the state of a model that has these matrices and has learnt nothing.

    Raises:
        ValueError: See `check_shapes`.
    """
    check_shapes(config, parameters)
    zeros = array("d", bytes(8 * config.num_params))
    return EngineState(0, flattened(config, parameters), zeros, zeros)


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
