"""Adam (Kingma and Ba, 2015) on lists of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.config import ADAM_EPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.base import Parameters
    from microgpt_gui.engine.config import AdamConfig


class Adam:
    """The moments of every parameter, and how they move it."""

    def __init__(self, config: AdamConfig, parameters: Parameters) -> None:
        self._config = config
        self._steps = 0
        self._m = _zeros(parameters)
        self._v = _zeros(parameters)

    def update(
        self,
        parameters: Parameters,
        gradients: Parameters,
        learning_rate: float,
        check: Callable[[], None],
    ) -> None:
        """Move ``parameters`` against their gradients, by at most ``learning_rate``.

        Args:
            parameters: Changed in place, at the very end.
            gradients: Shaped like them.
            learning_rate: For this step.
            check: Called once a row.
        """
        beta1, beta2 = self._config.beta1, self._config.beta2
        rest1, rest2 = 1 - beta1, 1 - beta2
        correction1 = 1 - beta1 ** (self._steps + 1)
        correction2 = 1 - beta2 ** (self._steps + 1)
        new_m, new_v, new = {}, {}, {}
        for name, matrix in parameters.items():
            ms, vs, rows = [], [], []
            for p, g, m, v in zip(
                matrix, gradients[name], self._m[name], self._v[name], strict=True
            ):
                check()
                m = [beta1 * a + rest1 * b for a, b in zip(m, g, strict=True)]
                v = [beta2 * a + rest2 * b**2 for a, b in zip(v, g, strict=True)]
                ms.append(m)
                vs.append(v)
                rows.append(
                    [
                        a
                        - learning_rate
                        * (b / correction1)
                        / ((c / correction2) ** 0.5 + ADAM_EPS)
                        for a, b, c in zip(p, m, v, strict=True)
                    ]
                )
            new_m[name], new_v[name], new[name] = ms, vs, rows
        self._m, self._v = new_m, new_v
        parameters.update(new)
        self._steps += 1


def _zeros(parameters: Parameters) -> Parameters:
    return {
        name: [[0.0] * len(row) for row in matrix]
        for name, matrix in parameters.items()
    }
