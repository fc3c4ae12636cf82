"""The sizes of a model and the constants of its optimizer, checked on creation."""

from __future__ import annotations

import math
from dataclasses import dataclass


class ConfigError(ValueError):
    """A setting has a value that is not allowed.

    Attributes:
        field: Name of the setting, so that a window can point at its box.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


#: Allowed whole numbers, both ends included.
INTEGER_RANGES: dict[str, tuple[int, int]] = {
    "n_layer": (1, 8),
    "n_embd": (1, 128),
    "n_head": (1, 128),
    "block_size": (1, 256),
}


def check_integer(field: str, value: object, low: int, high: int) -> None:
    """Refuse ``value`` unless it is a whole number from ``low`` to ``high``.

    Raises:
        ConfigError: It is not; the message says what is allowed and what came.
    """
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not low <= value <= high
    ):
        raise ConfigError(
            field, f"{field} must be a whole number from {low} to {high}, not {value!r}"
        )


def divisors(number: int) -> tuple[int, ...]:
    """Return the divisors of ``number``, smallest first: the n_head that it allows."""
    return tuple(d for d in range(1, number + 1) if number % d == 0)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Size of a model. Defaults are microgpt's.

    Raises:
        ConfigError: A value is out of range, or n_head does not divide n_embd.
    """

    vocab_size: int  # characters + 1 for BOS
    n_layer: int = 1
    n_embd: int = 16  # width of the residual stream
    n_head: int = 4
    block_size: int = 16  # longest context, in tokens

    def __post_init__(self) -> None:
        check_integer("vocab_size", self.vocab_size, 2, 1_114_112)
        for field, (low, high) in INTEGER_RANGES.items():
            check_integer(field, getattr(self, field), low, high)
        if self.n_embd % self.n_head:
            allowed = ", ".join(map(str, divisors(self.n_embd)))
            raise ConfigError(
                "n_head",
                f"n_head must divide n_embd: {self.n_embd} allows {allowed}, "
                f"not {self.n_head}",
            )

    @property
    def head_dim(self) -> int:
        """Width of one head's slice of the residual stream."""
        return self.n_embd // self.n_head

    def shapes(self) -> dict[str, tuple[int, int]]:
        """Return (rows, columns) of every matrix, in the script's creation order.

        Rows are outputs, columns are inputs. A layer's matrices are named as in the
        script: ``layer0.attn_wq`` and so on.
        """
        c = self.n_embd
        shapes = {
            "wte": (self.vocab_size, c),
            "wpe": (self.block_size, c),
            "lm_head": (self.vocab_size, c),
        }
        for layer in range(self.n_layer):
            for name in ("attn_wq", "attn_wk", "attn_wv", "attn_wo"):
                shapes[f"layer{layer}.{name}"] = (c, c)
            shapes[f"layer{layer}.mlp_fc1"] = (4 * c, c)
            shapes[f"layer{layer}.mlp_fc2"] = (c, 4 * c)
        return shapes

    @property
    def num_params(self) -> int:
        """Number of parameters."""
        return sum(rows * columns for rows, columns in self.shapes().values())


@dataclass(frozen=True, slots=True)
class AdamConfig:
    """The decay rates of Adam (Kingma and Ba, 2015). Defaults are microgpt's.

    Raises:
        ConfigError: A rate is not in [0, 1).
    """

    beta1: float = 0.85
    beta2: float = 0.99

    def __post_init__(self) -> None:
        for field in ("beta1", "beta2"):
            value = getattr(self, field)
            if not (math.isfinite(value) and 0 <= value < 1):
                raise ConfigError(
                    field, f"{field} must be at least 0 and below 1, not {value!r}"
                )


#: Adam's guard against division by zero.
ADAM_EPS = 1e-8
