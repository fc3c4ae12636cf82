"""File > Export: what the panels show, on the ground chosen; everything at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.coverage import has_sign
from microgpt_gui.gui.theme.overlay_look import overlay_look
from microgpt_gui.gui.theme.roles import DARK, LIGHT
from microgpt_gui.gui.window.export_menu import ExportMenu
from microgpt_gui.gui.window.exports import Exporter
from microgpt_gui.session.exports import attention_svg as attention_picture
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import draws_of, look_of, shelf_of, timeline_of
from tests.gui.exporting import (
    accept_film,
    attention_of,
    choose,
    entry,
    export,
    file_dialog,
    wait_for_word,
)


def test_the_picture_of_the_loss_shows_what_the_panel_shows(trained, qtbot, tmp_path):
    run, panel = trained.run, trained.window.findChild(LossPanel)
    losses = run.losses.values.tolist()
    with qtbot.waitSignal(run.prepared):
        run.start(replace(run.config, learning_rate=0.03, steps=40))
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    shelf_of(trained.run).set_overlaid(shelf_of(trained.run).listed[0], True)
    panel.settle()
    number = panel._readout.text.split(" ", 1)[0]
    svg = export(trained, qtbot, tmp_path, "Loss", "SVG…").read_text(encoding="utf-8")
    assert f">Loss after 40 steps: {number} nats on average<" in svg
    assert panel._overlays.wordings(run.recipe)[0][0] in svg
    line = overlay_look(LIGHT, shelf_of(trained.run).overlaid[0].overlay)
    assert svg.count(f'stroke="{line.colour}"') == 2  # in the plot, and in the legend
    assert ">60<" in svg  # it reaches as far as the longer run
    assert len(losses) == 60
    panel.smoothing_box.setCurrentText("Smoothing: off")
    timeline_of(run).show(17)
    panel.settle()
    trained.window.notice.dismiss()
    (tmp_path / "elements-step40-loss.svg").unlink()
    svg = export(trained, qtbot, tmp_path, "Loss", "SVG…").read_text(encoding="utf-8")
    number = panel._readout.text.split(" ", 1)[0]
    assert f">Loss at step 17: {number} nats (of that step alone)<" in svg


def test_the_ground_of_pictures_is_a_choice_for_all_of_them(trained, qtbot, tmp_path):
    trained.appearance.set_mode("dark")
    for ground, theme in (("Light", LIGHT), ("Dark", DARK), ("As the window", DARK)):
        entry(trained, "Ground of pictures", ground).trigger()
        folder = tmp_path / ground
        folder.mkdir()
        loss = QImage(str(export(trained, qtbot, folder, "Loss", "PNG…")))
        assert loss.pixelColor(2, 2).name() == theme.surface
        svg = export(trained, qtbot, folder, "Attention, all heads", "SVG…")
        assert f'fill="{theme.surface}"' in svg.read_text(encoding="utf-8")
        entry(trained, "Attention film", "Animated GIF…").trigger()
        accept_film(trained, qtbot, 1)
        film = choose(trained, qtbot, folder)
        wait_for_word(trained, qtbot, film.name)
        assert QImage(str(film)).pixelColor(2, 2).name() == theme.surface
    preferences = trained.window.findChild(Exporter)._paper._preferences
    assert preferences.paper == "window"


def choose_folder(playground, qtbot, folder):
    dialog = file_dialog(playground, qtbot)
    dialog.setDirectory(str(folder))
    dialog.fileSelected.emit(str(folder))  # as a native dialog would
    dialog.close()


EVERYTHING = {
    "elements-step60-attention.csv",
    "elements-step60-attention.gif",
    "elements-step60-attention.png",
    "elements-step60-attention.svg",
    "elements-step60-embeddings.csv",
    "elements-step60-embeddings.png",
    "elements-step60-embeddings.svg",
    "elements-step60-graph.csv",
    "elements-step60-graph.png",
    "elements-step60-graph.svg",
    "elements-step60-heads.csv",
    "elements-step60-loss.csv",
    "elements-step60-loss.png",
    "elements-step60-inside.csv",
    "elements-step60-inside.png",
    "elements-step60-inside.svg",
    "elements-step60-learning.csv",
    "elements-step60-loss.svg",
    "elements-step60-next-letter.csv",
    "elements-step60-next-letter.png",
    "elements-step60-next-letter.svg",
    "elements-step60-parameters.json",
    "elements-step60-run.py",
    "elements-step60-samples.txt",
    "elements-step60-documents.csv",
    "elements-step60-lengths.csv",
    "elements-step60-lengths.png",
    "elements-step60-lengths.svg",
    "elements-step60-positions.csv",
    "elements-step60-positions.png",
    "elements-step60-positions.svg",
    "elements-step60-pairs.csv",
    "elements-step60-pairs.png",
    "elements-step60-pairs.svg",
    "elements-step60-tokens.csv",
    "elements-step60-tokens.png",
    "elements-step60-tokens.svg",
    "elements-step60-unseen.csv",
    "elements-step60-norms.csv",
    "elements-step60-norms.png",
    "elements-step60-norms.svg",
    "elements-step60-weights-film.csv",
    "elements-step60-weights-film.png",
    "elements-step60-weights-film.svg",
    "elements-step60-weights.csv",
    "elements-step60-weights.png",
    "elements-step60-weights.svg",
}


def test_everything_goes_into_a_new_folder(trained, qtbot, tmp_path, monkeypatch):
    panels = trained.window.docks.panels
    sampling = next(p for p in panels if isinstance(p, SamplingPanel))
    draws_of(trained.run).sample(SampleRequest())
    qtbot.waitUntil(lambda: sampling.table.samples.batch.step == 60)
    for name in ("elements-step60-everything", "elements-step60-everything~2"):
        (tmp_path / name).mkdir()
    mine = tmp_path / "elements-step60-everything" / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    entry(trained, "Everything into a folder…").trigger()
    choose_folder(trained, qtbot, tmp_path)
    said = wait_for_word(trained, qtbot, f"Exported {len(EVERYTHING)} files to")
    made = tmp_path / "elements-step60-everything~3"
    assert str(made) in said
    assert "“Attention, this head” is left out. No head is chosen" in said
    assert {path.name for path in made.iterdir()} == EVERYTHING
    assert all(path.stat().st_size for path in made.iterdir())
    assert mine.read_text(encoding="utf-8") == "mine"
    # What cannot be made is told of, with its name, and keeps nothing else from it.
    monkeypatch.setattr(attention_picture, "MAX_CELLS", 1)
    trained.window.notice.dismiss()
    entry(trained, "Everything into a folder…").trigger()
    choose_folder(trained, qtbot, tmp_path)
    said = wait_for_word(trained, qtbot, f"Exported {len(EVERYTHING) - 3} files to")
    assert "but not elements-step60-attention.svg: this picture would have" in said
    assert "or CSV. “Attention, this head” is left out." in said
    made = tmp_path / "elements-step60-everything~4"
    assert len(list(made.iterdir())) == len(EVERYTHING) - 3
    assert not list(tmp_path.glob(".*"))


def test_what_has_no_font_is_left_out_by_name(playground, qtbot, tmp_path):
    if has_sign("\U00010383"):
        pytest.skip("a font has Ugaritic letters")
    file = tmp_path / "words.txt"
    file.write_text("\U00010383\U00010384\n\U00010384", encoding="utf-8")
    run, heat_map = playground.run, attention_of(playground).heat_map
    with qtbot.waitSignal(run.prepared):
        run.start(replace(run.config, dataset=str(file)))
    qtbot.waitUntil(lambda: heat_map.look == look_of(run) is not None)
    entry(playground, "Everything into a folder…").trigger()
    choose_folder(playground, qtbot, tmp_path)
    said = wait_for_word(playground, qtbot, "Exported")
    left = "“Attention, all heads · PNG”, “Weights · PNG”, “Tokens · PNG”, "
    left += "“Next letter · PNG”, “Data, letters by position · PNG”, "
    left += "“Data, pairs of letters · PNG”, “Embeddings · PNG”, “Inside · PNG”, "
    left += "“Graph · PNG” and “Attention film”"
    assert f"{left} are left out. No" in said
    made = {path.suffix for path in (tmp_path / "words-step0-everything").iterdir()}
    assert ".gif" not in made
    assert ".svg" in made


def test_everything_that_is_cancelled_leaves_nothing(trained, qtbot, tmp_path):
    entry(trained, "Everything into a folder…").trigger()
    choose_folder(trained, qtbot, tmp_path)
    progress = trained.window.findChild(ExportMenu).exporter._progress
    qtbot.waitUntil(lambda: "attention.gif" in progress.labelText())
    progress.canceled.emit()
    qtbot.waitUntil(lambda: not list(tmp_path.iterdir()))
    assert trained.window.notice.text == ""
