"""Print a small kernel of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.kernels.adam import adam_source
from microgpt_gui.engine.kernels.attention import (
    attention_backward_source,
    attention_source,
)
from microgpt_gui.engine.kernels.mlp import mlp_backward_source, mlp_source
from microgpt_gui.engine.kernels.multiply import multiply_source
from microgpt_gui.engine.kernels.norm import norm_backward_source, norm_source
from microgpt_gui.engine.kernels.token import token_source

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL: dict[Callable[..., str], tuple[int, ...]] = {
    multiply_source: (2, 3, False),
    norm_source: (2,),
    norm_backward_source: (2,),
    attention_source: (2, 2),
    attention_backward_source: (2, 2),
    mlp_source: (2, 2),
    mlp_backward_source: (2, 2),
    adam_source: (2, False),
    token_source: (2, 2),
}

if __name__ == "__main__":
    for generator, sizes in SMALL.items():
        print(f"# {generator.__name__}({', '.join(map(str, sizes))})")
        print(generator(*sizes), end="\n\n")
