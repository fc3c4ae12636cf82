"""Trains in the script's way as many steps as each line of its input says.

In a process of its own, with the collector on at Python's thresholds, and without the
libraries of the others: every object that is alive makes a full collection dearer, and
rarer.
"""

from __future__ import annotations

import json
import sys
import time

from microgpt_gui.bench.child import argument_of_child
from microgpt_gui.bench.peak import peak_of_this_process
from microgpt_gui.bench.positions import mean_positions, positions_of
from microgpt_gui.bench.script_way.trainer import ScriptTrainer
from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run


def serve(config: RunConfig) -> None:
    """Answer each number of steps on standard input with a line of JSON.

    The first line says ``mean_positions``, of the run's documents; each other one the
    ``seconds`` of CPU time that the steps took, how many ``positions`` they predicted,
    and their ``losses``. Where the graph is too deep, its ``problem`` is the last line.
    """
    run = Run(config)
    info, model = run.info, config.model(run.info.vocab_size)
    parameters = unflattened(model, run.moment().weights)
    del run
    vocabulary = Vocabulary(info.chars)
    trainer = ScriptTrainer(model, parameters, config.adam())
    _say(mean_positions=mean_positions(info))
    for line in sys.stdin:
        steps = range(trainer.steps_done, trainer.steps_done + int(line))
        losses = []
        started_s = time.process_time()
        try:
            for step in steps:
                tokens = vocabulary.tokens_of(info.document_of(step))
                rate = config.learning_rate_at(step)
                losses.append(trainer.train_step(tokens, rate))
        except RecursionError:
            _say(
                problem="its recursion goes deeper into this model's graph than "
                f"Python allows ({sys.getrecursionlimit():,} calls)"
            )
            return
        _say(
            seconds=time.process_time() - started_s,
            positions=sum(positions_of(info, step) for step in steps),
            losses=losses,
            peak_bytes=peak_of_this_process(),
        )


def _say(**figures: object) -> None:
    print(json.dumps(figures, allow_nan=False), flush=True)


if __name__ == "__main__":
    serve(RunConfig(**argument_of_child()))
