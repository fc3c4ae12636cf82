"""What the demo photographs has come to rest."""

from __future__ import annotations

from PySide6.QtGui import QImage

from microgpt_gui.gui import demo
from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.session.config import RunConfig


def test_the_picture_has_the_range_of_all_losses(
    playground, qtbot, tmp_path, monkeypatch
):
    """However soon after the last step it is taken."""
    text = tmp_path / "ten.txt"
    text.write_text("\n".join("abcdefghij"), encoding="utf-8")
    monkeypatch.setattr(demo, "SETTLE_MS", 0)
    picture = tmp_path / "window.png"
    config = RunConfig(dataset=str(text), steps=200, n_embd=8, n_head=2)
    performance = demo.Demo(playground.window, playground.workshop, config, picture)
    panel = next(p for p in playground.window.docks.panels if isinstance(p, LossPanel))
    ranges = []

    def note(problem):
        assert problem == ""
        ranges.append((panel._plot.x_range, panel._plot.y_range))

    performance.done.connect(note)
    performance.play()
    qtbot.waitUntil(lambda: ranges != [])
    panel.settle()
    assert ranges == [(panel._plot.x_range, panel._plot.y_range)]
    assert ranges[0][0][1] > 200
    assert not QImage(str(picture)).isNull()


def test_a_run_that_diverges_ends_it_with_the_reason(playground, qtbot, tmp_path):
    wild = RunConfig(dataset="elements", learning_rate=1, n_embd=8, n_head=2)
    picture = tmp_path / "window.png"
    performance = demo.Demo(playground.window, playground.workshop, wild, picture)
    with qtbot.waitSignal(performance.done) as told:
        performance.play()
    assert "diverged at step " in told.args[0]
    assert not picture.exists()
