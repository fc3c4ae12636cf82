"""Models and texts of any shape, and what tells two engines' numbers on them apart.

    python -m tests.engine.compiled.shapes CODE PROCESSOR SEED COUNT [large]

compares that many shapes in machine code of a file, which is for a processor's level.
"""

from __future__ import annotations

import math
import random
import sys
from array import array
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from microgpt_gui.engine.base import CancelToken, Diverged
from microgpt_gui.engine.compiled import loaded
from microgpt_gui.engine.compiled.engine import CompiledEngine
from microgpt_gui.engine.compiled.machine_code.loading import load
from microgpt_gui.engine.compiled.machine_code.processor import level
from microgpt_gui.engine.compiled.model import CompiledModel
from microgpt_gui.engine.config import AdamConfig, ModelConfig, divisors
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.engine.python import PythonEngine
from microgpt_gui.engine.steps import StepsAhead

SMALL = {
    "n_embd": [*range(1, 18), 20, 24, 32, 33, 40],
    "n_layer": [1, 1, 1, 2, 3, 4, 8],
    "block_size": [*range(1, 19), 24, 31, 33, 64],
    "letters": [1, 2, 3, 7, 8, 9, 26, 27, 40, 65, 130, 400],
}
LARGE = {
    "n_embd": [32, 33, 48, 64, 65, 72, 96, 100, 127, 128],
    "n_layer": [1, 2, 4, 8],
    "block_size": [8, 16, 17, 40, 64, 100, 256],
    "letters": [2, 27, 100, 500, 2000],
}
BETAS = [(0.85, 0.99)] * 4 + [(0.0, 0.0), (0.9, 0.999), (0.3, 0.2), (0.99, 0.0)]
RATES = [0.01, 0.01, 0.01, 0.05, 0.2, 1e-4, 0.0, 1.0, 10.0, 1e6]
SIZES = [1.0] * 8 + [1e-30, 1e-3, 30.0, 1e4, 0.0]  # what the first weights are times


@dataclass(frozen=True, slots=True)
class Case:
    """What two engines learn from."""

    config: ModelConfig
    adam: AdamConfig
    seed: int
    size: float
    documents: list[list[int]]
    rates: list[float]
    batches: list[int]  # how many steps each call makes; 0 is one without a batch


def draw_case(stream: random.Random, sizes=SMALL, budget=6e6):
    """Draw a model and documents that take ``budget`` multiplications to learn."""
    n_embd, n_layer, block_size, letters = map(stream.choice, sizes.values())
    config = ModelConfig(
        letters + 1, n_layer, n_embd, stream.choice(divisors(n_embd)), block_size
    )
    longest = block_size + 3
    if stream.random() < 0.5:
        longest = min(longest, 12)
    documents = [
        [letters, *(stream.randrange(letters) for _ in range(length)), letters]
        for length in (stream.randint(1, longest) for _ in range(stream.randint(1, 9)))
    ]
    n = sum(min(block_size, len(d) - 1) for d in documents) / len(documents)
    cost = 3 * n * (config.num_params + n * n_embd * n_layer) + config.num_params
    count = max(2, min(60, int(budget / cost)))
    rate = stream.choice(RATES)
    batches = []
    while sum(max(1, b) for b in batches) < count:
        batches.append(stream.choice([0, stream.randint(1, count)]))
    return Case(
        config,
        AdamConfig(*stream.choice(BETAS)),
        stream.randrange(1 << 30),
        stream.choice(SIZES),
        [documents[i % len(documents)] for i in range(count)],
        [rate * (1 - i / count) for i in range(count)],
        batches,
    )


def weights_of(case):
    stream = random.Random(case.seed)
    drawn = initial_parameters(case.config, stream, CancelToken())
    return {k: [[x * case.size for x in row] for row in m] for k, m in drawn.items()}


def learn(engine, case, batches):
    """Return the losses, the gradients' lengths, and the step that ended it, if any."""
    losses, norms = array("d"), array("d")
    try:
        for batch in batches:
            done = len(losses)
            end = min(done + batch, len(case.documents))
            if done == len(case.documents):
                break
            if batch:
                ahead = StepsAhead.of(case.documents[done:end], case.rates[done:end])
                found = engine.train_steps(ahead)
                losses.extend(found.losses)
                norms.extend(found.gradient_norms)
            else:
                losses.append(engine.train_step(case.documents[done], case.rates[done]))
                norms.append(engine.gradient_norm)
    except Diverged as error:
        return losses, norms, error.step
    return losses, norms, None


def found_by(engine, tokens, document):
    """Return what an engine says of a text, and of a document's gradient."""
    model = engine
    if isinstance(engine, CompiledEngine):
        model = CompiledModel(engine.config, engine.weights(), lambda: None)
    sequence = model.start_sequence()
    said = repr(engine.forward(tokens)), repr([sequence(token) for token in tokens])
    try:
        gradient = engine.gradient(document)
    except Diverged as error:
        return *said, error.step
    return *said, (gradient.loss, gradient.numbers.tobytes())


def differences(case):
    """Return what the `compiled` engine has otherwise than the `python` engine.

    To the last bit and the sign of a zero, but for lengths of gradients.
    """
    engines = [
        kind(case.config, weights_of(case), case.adam, CancelToken())
        for kind in (PythonEngine, CompiledEngine)
    ]
    plain, compiled = (
        learn(engine, case, batches)
        for engine, batches in zip(
            engines, ([0] * len(case.documents), case.batches * 60), strict=True
        )
    )
    a, b = (engine.state() for engine in engines)
    stream = random.Random(case.seed)
    bos = case.config.vocab_size - 1
    length = stream.randint(1, min(case.config.block_size, 40))
    tokens = [bos, *(stream.randint(0, bos) for _ in range(length - 1))]
    said = [found_by(engine, tokens, case.documents[0]) for engine in engines]
    equal = {
        "losses": plain[0].tobytes() == compiled[0].tobytes(),
        "lengths of gradients": len(plain[1]) == len(compiled[1])
        and all(map(_is_close, plain[1], compiled[1])),
        "end": plain[2] == compiled[2],
        "steps done": a.steps_done == b.steps_done,
        "parameters": a.parameters.tobytes() == b.parameters.tobytes(),
        "m": a.m.tobytes() == b.m.tobytes(),
        "v": a.v.tobytes() == b.v.tobytes(),
        "forward": said[0][0] == said[1][0],
        "token by token": said[0][1] == said[1][1],
        "gradient": said[0][2] == said[1][2],
    }
    steps = Counter(steps=len(plain[0]), diverged=plain[2] is not None)
    return [name for name, is_equal in equal.items() if not is_equal], steps


def _is_close(a, b):
    return math.isclose(a, b, rel_tol=1e-12)


def main(code, processor, seed, count, sizes="small"):
    loaded.take_up(load(Path(code), level(processor) if processor else None))
    stream = random.Random(int(seed))
    told: Counter[str] = Counter()
    differ = 0
    for _ in range(int(count)):
        case = draw_case(stream, LARGE, 3e7) if sizes == "large" else draw_case(stream)
        wrong, steps = differences(case)
        told += steps
        differ += bool(wrong)
        if wrong:
            print("differs:", wrong, case, flush=True)
    print(f"{count} shapes, {dict(told)}, {differ} differ")
    sys.exit(differ > 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
