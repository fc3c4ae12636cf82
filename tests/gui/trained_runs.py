"""Runs that are trained through the real thread, and the same ones without it."""

from __future__ import annotations

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.run import Run


def train(run, qtbot, config):
    """Train a new run to its end."""
    with qtbot.waitSignal(run.prepared):
        run.start(config)
    go_to_the_end(run, qtbot)


def go_to_the_end(run, qtbot):
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)


def at_step(config, steps):
    """Return a run that has done so many steps, made by itself."""
    run = Run(config)
    for _ in range(steps):
        run.step()
    return run
