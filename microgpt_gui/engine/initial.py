"""The weights a model starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    from microgpt_gui.engine.base import CancelToken, Parameters
    from microgpt_gui.engine.config import ModelConfig

#: Standard deviation of the normal distribution that initial weights are drawn from.
INITIAL_STD = 0.08


def initial_parameters(
    config: ModelConfig, stream: random.Random, cancel: CancelToken
) -> Parameters:
    """Draw every matrix from a normal distribution, row by row, in creation order.

    Args:
        config: The model's sizes.
        stream: Advanced by one ``gauss`` a parameter.
        cancel: Looked at once a row.

    Raises:
        Cancelled: ``cancel`` was cancelled.
    """
    gauss = stream.gauss
    parameters: Parameters = {}
    for name, (rows, columns) in config.shapes().items():
        matrix = parameters[name] = []
        for _ in range(rows):
            cancel.check()
            matrix.append([gauss(0, INITIAL_STD) for _ in range(columns)])
    return parameters
