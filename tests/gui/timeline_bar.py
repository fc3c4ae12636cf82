"""What the tests of the timeline bar share."""

from PySide6.QtCore import QPoint, Qt

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig

LONG = RunConfig(dataset="elements", steps=100_000, n_embd=8, n_head=2)


def press(qtbot, playground, key, modifier=Qt.KeyboardModifier.NoModifier):
    target = playground.app.focusWidget() or playground.window
    qtbot.keyClick(target, key, modifier)


def train_to_the_end(qtbot, playground):
    run = playground.run
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)


def place_of(track, step):
    """Return where on ``track`` to point for ``step``."""
    return QPoint(round(track.x_of(step)), track.height() * 2 // 3)


def begin(qtbot, playground, config):
    with qtbot.waitSignal(playground.run.prepared):
        playground.run.start(config)


def panel(playground, title):
    return next(p for p in playground.window.docks.panels if p.title == title)
