"""A text named on the command line, with settings, in the window."""

from __future__ import annotations

from microgpt_gui.app import Opening
from microgpt_gui.session.config import RunConfig


def test_the_window_opens_on_a_text_and_keeps_the_settings_where_it_cannot(
    playground, qtbot, tmp_path
):
    run, window = playground.run, playground.window
    text = tmp_path / "train"  # as a command, which does not matter here
    text.write_text("emma\nava\n")
    for path, dataset in ((text, str(text)), (tmp_path / "none.txt", "elements")):
        config = RunConfig(dataset="elements", n_layer=2)
        opening = Opening(playground, config, path)
        with qtbot.waitSignal(run.prepared):
            playground.painted.done.emit()
        assert (run.config.dataset, run.config.n_layer) == (dataset, 2)
        opening.deleteLater()
    assert "none.txt: there is no such file" in window.notice.text
    window.files.recent.refill()
    listed = [action.toolTip() for action in window.files.recent.actions()]
    assert listed[0] == str(text)
    run.reset()
    assert not window.isWindowModified()
