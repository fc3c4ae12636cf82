"""A panel that has drawn a run from its start."""

from __future__ import annotations


def begin(qtbot, panel, config):
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(config)
    chars = panel.run.info.chars
    qtbot.waitUntil(lambda: panel.drawn is not None and panel.drawn.chars == chars)
