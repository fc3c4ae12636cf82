"""Which tensors a run file has: all follows from the settings and four counts.

=============================  =====  ===============================================
``wte``, ``layer0.attn_wq`` …  F64    weights by the script's names, [row][column]
``adam.m.NAME``                F64    Adam's mean of the gradients of each
``adam.v.NAME``                F64    Adam's mean of their squares
``keyframes.steps``            I64    [keyframe]: steps done then
``keyframes.parameters``       F64    [keyframe][number]: all weights, row by row, in
                                      the order above
``keyframes.m``, ``.v``        F64    likewise
``figures.losses``             F64    [step], in nats
``figures.learning_rates``     F64    [step]
``figures.gradient_norms``     F64    [step]
``text.0``, ``text.1`` …       U8     documents in UTF-8, behind each a line feed, or
                                      two where they are paragraphs
=============================  =====  ===============================================

They stand in this order; those without a number are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.run_files.container import Tensor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microgpt_gui.engine.config import ModelConfig

#: A file's keyframes take no more; what is more is thinned out when it is written.
MAX_KEYFRAME_BYTES = 4 * 2**30

KEYFRAME_STEPS = "keyframes.steps"

#: Read and written at a time: checking the numbers of so much holds the interpreter
#: lock for about a millisecond.
PIECE_BYTES = 2**18

#: What precedes a matrix's name, by the attribute of `EngineState`.
STATE_PREFIXES = {"parameters": "", "m": "adam.m.", "v": "adam.v."}

FIGURES = ("losses", "learning_rates", "gradient_norms")


def text_name(number: int) -> str:
    """Return the name of the tensor of the text with this number."""
    return f"text.{number}"


def tensors_of(
    model: ModelConfig, steps: int, keyframes: int, text_bytes: Mapping[int, int]
) -> tuple[Tensor, ...]:
    """Return the tensors of a run, in their order.

    Args:
        model: Its model's sizes.
        steps: Done.
        keyframes: How many there are.
        text_bytes: The size of each text that is inside, by its number.
    """
    shapes = model.shapes()
    num_params = model.num_params
    tensors = [
        Tensor(prefix + name, "F64", shape)
        for prefix in STATE_PREFIXES.values()
        for name, shape in shapes.items()
    ]
    tensors.append(Tensor(KEYFRAME_STEPS, "I64", (keyframes,)))
    tensors += [
        Tensor(f"keyframes.{part}", "F64", (keyframes, num_params))
        for part in STATE_PREFIXES
    ]
    tensors += [Tensor(f"figures.{name}", "F64", (steps,)) for name in FIGURES]
    tensors += [
        Tensor(text_name(number), "U8", (size,)) for number, size in text_bytes.items()
    ]
    return tuple(tensor for tensor in tensors if tensor.size_bytes)
