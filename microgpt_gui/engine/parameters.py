"""Copies of a model's matrices, and whether they fit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microgpt_gui.engine.base import Parameters
    from microgpt_gui.engine.config import ModelConfig


def checked_copy(
    config: ModelConfig, parameters: Mapping[str, Sequence[Sequence[float]]]
) -> Parameters:
    """Return a copy in the script's creation order.

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
    return {
        name: [[float(p) for p in row] for row in parameters[name]] for name in shapes
    }


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
