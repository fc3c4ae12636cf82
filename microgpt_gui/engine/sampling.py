"""Spelling a new document, one token at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import RUNAWAY_ERRORS

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.base import Model
    from microgpt_gui.engine.config import ModelConfig


class Unpredictable(ArithmeticError):
    """The model's predictions are no numbers. The message is for people."""

    def __init__(self) -> None:
        super().__init__(
            "The model predicts nothing here: its weights have grown so large that "
            "its predictions are no numbers."
        )


@dataclass(frozen=True, slots=True)
class SampledTokens:
    """One sample, BOS at neither end.

    ``probabilities[i]`` is what the model gave ``tokens[i]`` before it was chosen; the
    prompt's tokens count too. ``end`` is what it gave the closing BOS, or None where
    the block was full before it came.
    """

    tokens: tuple[int, ...]
    probabilities: tuple[float, ...]  # each from 0 to 1, at the sampling temperature
    end: float | None


def softmax(logits: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Return probabilities from logits divided by ``temperature``.

    Divisions are products with a power, as in the script: it rounds differently.
    """
    scale = temperature**-1
    scaled = [x * scale for x in logits]
    top = max(scaled)
    exps = [math.exp(x - top) for x in scaled]
    total = 0.0
    for e in exps:
        total += e
    inverse = total**-1
    return [e * inverse for e in exps]


def sample_tokens(
    model: Model,
    stream: random.Random,
    temperature: float,
    prompt: Sequence[int] = (),
) -> SampledTokens:
    """Draw one document.

    Args:
        model: Only read.
        stream: Advanced by one draw a token that is not the prompt's.
        temperature: Above 0; below 1 prefers the likely.
        prompt: Ids of its first characters, at most ``block_size - 1``.

    Raises:
        ValueError: ``temperature`` is not above 0, or the prompt is too long.
        Unpredictable: The weights are too large to say anything.
    """
    block_size, bos = model.config.block_size, model.config.vocab_size - 1
    check_temperature(temperature)
    check_prompt(model.config, prompt)
    read = model.start_sequence()
    vocabulary = range(model.config.vocab_size)
    tokens: list[int] = []
    chances: list[float] = []
    token = bos
    for position in range(block_size):
        _, probabilities = predicted(read, (token,), temperature)
        if position < len(prompt):
            token = prompt[position]
        else:
            token = stream.choices(vocabulary, weights=probabilities)[0]
            if token == bos:
                return SampledTokens(tuple(tokens), tuple(chances), probabilities[bos])
        tokens.append(token)
        chances.append(probabilities[token])
    return SampledTokens(tuple(tokens), tuple(chances), None)


def check_temperature(temperature: float) -> None:
    """Refuse a temperature that nothing can be drawn at.

    Raises:
        ValueError: It is not above 0.
    """
    if not temperature > 0:
        raise ValueError(f"temperature must be above 0, not {temperature}")


def check_prompt(config: ModelConfig, prompt: Sequence[int]) -> None:
    """Refuse a prompt that leaves no room for a token after it.

    Raises:
        ValueError: It is too long.
    """
    block_size = config.block_size
    if len(prompt) >= block_size:
        raise ValueError(
            f"a prompt can have at most {block_size - 1} characters "
            f"(block_size {block_size} less BOS), not {len(prompt)}"
        )


def predicted(
    read: Callable[[int], list[float]], tokens: Sequence[int], temperature: float
) -> tuple[list[float], list[float]]:
    """Read some tokens; return the logits of the one after, and its probabilities.

    Args:
        read: See `Model.start_sequence`.
        tokens: At least one.
        temperature: Of the probabilities.

    Raises:
        Unpredictable: They are no numbers.
    """
    try:
        for token in tokens:
            logits = read(token)
        probabilities = softmax(logits, temperature)
    except RUNAWAY_ERRORS:
        raise Unpredictable from None
    if not math.isfinite(sum(probabilities)):
        raise Unpredictable
    return logits, probabilities
