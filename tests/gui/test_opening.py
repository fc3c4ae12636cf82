"""A text named on the command line, with settings, in the window."""

from __future__ import annotations

from microgpt_gui.app import Opening
from microgpt_gui.cli.options import parse
from microgpt_gui.cli.settings import run_config


def test_the_window_opens_on_a_text_and_keeps_the_settings_where_it_cannot(
    playground, qtbot, tmp_path
):
    run, window = playground.run, playground.window
    text = tmp_path / "train"  # as a command, which does not matter here
    text.write_text("emma\nava\n")
    for path, dataset in ((text, str(text)), (tmp_path / "none.txt", "names")):
        settings = ["--n-layer", "2", "--n-embd", "8", "--documents", "paragraphs"]
        options = parse([str(path), *settings])
        opening = Opening(playground, run_config(options), options.file)
        with qtbot.waitSignal(run.prepared):
            playground.painted.done.emit()
        assert (run.config.dataset, run.config.n_layer) == (dataset, 2)
        is_there = path is text
        assert run.config.documents == ("paragraphs" if is_there else "lines")
        opening.deleteLater()
    assert "none.txt: there is no such file" in window.notice.text
    window.files.recent.refill()
    listed = [action.toolTip() for action in window.files.recent.actions()]
    assert listed[0] == f"<p>{text}</p>"
    run.reset()
    assert not window.isWindowModified()
