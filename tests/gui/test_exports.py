"""File > Export, from the menu to the files, over a real run."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QDialog, QMessageBox

from microgpt_gui.gui.panel.export_offer import ink_of
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.roles import DARK, LIGHT
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.threads.painting import painted
from microgpt_gui.gui.widgets.colour_map import colour_table
from microgpt_gui.gui.window.export_menu import ExportMenu
from microgpt_gui.gui.window.film_dialog import FilmDialog
from microgpt_gui.session.exports.attention_svg import attention_svg
from microgpt_gui.session.exports.ink import colours
from microgpt_gui.session.run import Run
from tests.gui.beside import subject_of, timeline_of
from tests.gui.exporting import (
    accept_film,
    attention_of,
    choose,
    entry,
    export,
    file_dialog,
    is_shown,
    wait_for_word,
)


def test_the_loss_goes_into_a_table_and_pictures(trained, qtbot, tmp_path):
    losses = list(trained.run.losses.values)
    table = export(trained, qtbot, tmp_path, "Loss", "CSV…")
    assert table.name == "elements-step60-loss.csv"
    with table.open(encoding="utf-8", newline="") as file:
        assert [float(row["loss"]) for row in csv.DictReader(file)] == losses
    svg = export(trained, qtbot, tmp_path, "Loss", "SVG…").read_bytes()
    assert b"Elements \xc2\xb7 seed 42" in svg
    assert QSvgRenderer(QByteArray(svg)).isValid()
    image = QImage(str(export(trained, qtbot, tmp_path, "Loss", "PNG…")))
    assert (image.width(), image.height()) == (1920, 1080)
    assert LIGHT.series[0] in colours_in(image)
    assert LIGHT.reference in colours_in(image)


def pixels(image):
    """Return [y][x] as 0xRRGGBB."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    lines = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return lines[:, : image.width()] & 0xFFFFFF


def colours_in(image):
    return {f"#{colour:06x}" for colour in np.unique(pixels(image)).tolist()}


def test_attention_is_exported_as_it_is_shown(trained, qtbot, tmp_path):
    attention = attention_of(trained)
    subject_of(trained.run).watch("tin")
    qtbot.waitUntil(lambda: attention.heat_map.look.text == "tin")
    table = export(trained, qtbot, tmp_path, "Attention, all heads", "CSV…")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    look = attention.heat_map.look
    assert len(rows) == len(look.attention[0]) * 4 * 5 // 2
    assert float(rows[-1]["weight"]) == look.attention[-1][-1][-1][-1]
    svg = export(trained, qtbot, tmp_path, "Attention, all heads", "SVG…")
    assert svg.name == "elements-step60-attention.svg"
    assert "read: “tin”" in "".join(ET.parse(svg).getroot().itertext())
    head = entry(trained, "Attention, this head", "PNG…")
    assert not head.isEnabled()
    assert "click one in the Attention panel" in head.toolTip()
    attention.heat_map.enlarge(1)
    picture = export(trained, qtbot, tmp_path, "Attention, this head", "PNG…")
    assert picture.name == "elements-step60-head.png"
    assert not QImage(str(picture)).isNull()
    svg = export(trained, qtbot, tmp_path, "Attention, this head", "SVG…")
    assert "Attention of head 2" in svg.read_text(encoding="utf-8")


def test_a_head_that_the_new_model_lacks_is_not_offered(playground, qtbot):
    attention = attention_of(playground)
    qtbot.waitUntil(lambda: attention.heat_map.look is not None)
    attention.heat_map.enlarge(1)
    one = "Attention, this head"
    assert entry(playground, one, "CSV…").isEnabled()
    docks = {d.windowTitle(): d for d in playground.window.docks.docks}
    docks["Weights"].raise_()
    qtbot.waitUntil(lambda: not attention.isVisible())
    smaller = replace(playground.run.config, n_head=1)
    with qtbot.waitSignal(playground.run.prepared):
        playground.run.start(smaller)
    timeline = playground.workshop.timeline
    qtbot.waitUntil(lambda: timeline.place is not None)
    offer = entry(playground, one, "CSV…")
    assert not offer.isEnabled()
    assert "click one in the Attention panel" in offer.toolTip()
    assert "all heads" in attention.copy_offers()[0].what


def test_an_earlier_moment_is_exported_while_it_is_shown(trained, qtbot, tmp_path):
    run = trained.run
    timeline_of(run).show(20)
    qtbot.waitUntil(lambda: is_shown(attention_of(trained), 20))
    svg = export(trained, qtbot, tmp_path, "Attention, all heads", "SVG…")
    assert svg.name == "elements-step20-attention.svg"
    file = export(trained, qtbot, tmp_path, "Parameters as JSON…")
    assert file.name == "elements-step20-parameters.json"
    other = Run(run.config)
    for _ in range(20):
        other.step()
    read = json.loads(file.read_text(encoding="utf-8"))
    assert read["steps_done"] == 20
    assert read["parameters"] == other._engine.parameters()


def test_samples_are_written_as_shown(trained, qtbot, tmp_path):
    file = export(trained, qtbot, tmp_path, "Samples as text…")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("20 samples of Elements, ")
    assert lines[3].startswith("sample  1: ")
    assert len(lines) == 23


def test_the_program_trains_to_the_windows_numbers(playground, qtbot, tmp_path):
    """Though a live change is made, and the run is not at its end yet."""
    run = playground.run
    for step in (1, 2, 3):
        run.step_once()
        qtbot.waitUntil(lambda step=step: run.step == step)
    qtbot.waitUntil(lambda: run.state is RunState.PAUSED)
    run.change(learning_rate=0.05)
    qtbot.waitUntil(lambda: len(run.info.segments) == 2)
    file = export(playground, qtbot, tmp_path, "Run as Python program…")
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    done = subprocess.run(
        [sys.executable, "-I", "-S", file, "--exact"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = [line for line in done.stdout.split("\n") if " | loss " in line]
    losses = [float(line.split(" | loss ")[1]) for line in lines]
    assert losses == list(run.losses.values)


def test_the_film_is_an_animation_of_the_runs_moments(trained, qtbot, tmp_path):
    entry(trained, "Attention film", "Animated GIF…").trigger()
    accept_film(trained, qtbot, 5)
    path = choose(trained, qtbot, tmp_path)
    assert wait_for_word(trained, qtbot, "Exported") == f"Exported to {path}"
    reader = QImageReader(str(path))
    assert reader.imageCount() == 5
    assert reader.loopCount() == -1  # for ever
    frames, delays = [], []
    while reader.canRead():
        frames.append(reader.read())
        delays.append(reader.nextImageDelay())
    assert len(frames) == 5
    assert delays[-1] > delays[0]
    assert frames[0] != frames[4]
    assert frames[0].pixelColor(2, 2).name() == LIGHT.surface
    replay = Run(trained.run.config)
    look = replay.look("iron")
    words = (
        "Elements · seed 42 · 1 layer · embedding size 8 · 2 heads · "
        "context length 16 · learning rate 0.01"
    )
    first = painted(attention_svg(look, ink_of(LIGHT), words), 1.0)
    assert first.size() == frames[0].size()
    channels = [
        (pixels(image)[..., None] >> np.array([16, 8, 0]) & 0xFF).astype(int)
        for image in (first, frames[0])
    ]
    apart = abs(channels[0] - channels[1])
    assert apart.mean() < 0.5  # from the smooth edges of letters
    assert (apart.max(axis=2) > 8).mean() < 0.02


def test_the_film_can_be_a_folder_of_pictures(trained, qtbot, tmp_path):
    for name in ("elements-step60-attention", "elements-step60-attention~2"):
        entry(trained, "Attention film", "Folder of PNGs…").trigger()
        accept_film(trained, qtbot, 3)
        dialog = file_dialog(trained, qtbot)
        dialog.setDirectory(str(tmp_path))
        dialog.fileSelected.emit(str(tmp_path))  # as a native dialog would
        dialog.close()
        path = tmp_path / name
        qtbot.waitUntil(
            lambda path=path: trained.window.notice.text == f"Exported to {path}",
        )
        names = [f"frame-000{i}.png" for i in (1, 2, 3)]
        assert sorted(p.name for p in path.iterdir()) == names
        assert not QImage(str(path / names[0])).isNull()
    assert not list(tmp_path.glob(".*"))


def test_a_film_that_is_cancelled_leaves_nothing(trained, qtbot, tmp_path):
    for kind in ("Animated GIF…", "Folder of PNGs…"):
        entry(trained, "Attention film", kind).trigger()
        accept_film(trained, qtbot, 60)
        dialog = file_dialog(trained, qtbot)
        if kind.startswith("Animated"):
            choose(trained, qtbot, tmp_path)
        else:
            dialog.fileSelected.emit(str(tmp_path))
            dialog.close()
        progress = trained.window.findChild(ExportMenu).exporter._progress
        qtbot.waitUntil(lambda p=progress: p.maximum() == 60)
        assert not entry(trained, "Loss", "CSV…").isEnabled()
        assert "is being written" in entry(trained, "Loss", "CSV…").toolTip()
        progress.canceled.emit()
        qtbot.waitUntil(lambda: not list(tmp_path.iterdir()))
        assert trained.window.notice.text == ""
        assert entry(trained, "Loss", "CSV…").isEnabled()


def test_what_cannot_be_exported_yet_says_why(playground, qtbot):
    loss = entry(playground, "Loss", "SVG…")
    assert not loss.isEnabled()
    assert loss.toolTip() == "There is no loss yet: train at least one step."
    assert entry(playground, "Run as Python program…").isEnabled()
    playground.run.reset()
    program = entry(playground, "Run as Python program…")
    assert not program.isEnabled()
    assert "There is no run yet" in program.toolTip()


def test_an_untrained_run_has_a_film_of_one_frame(playground, qtbot, tmp_path):
    entry(playground, "Attention film", "Animated GIF…").trigger()
    accept_film(playground, qtbot, 60, text="")
    path = choose(playground, qtbot, tmp_path)
    wait_for_word(playground, qtbot, "Exported")
    assert QImageReader(str(path)).imageCount() == 1


def test_a_place_that_cannot_be_written_is_told(trained, qtbot, tmp_path):
    entry(trained, "Loss", "CSV…").trigger()
    dialog = file_dialog(trained, qtbot)
    dialog.fileSelected.emit(str(tmp_path / "missing" / "loss.csv"))
    dialog.close()
    said = wait_for_word(trained, qtbot, "Not exported")
    assert "there is no such folder to write in" in said
    assert trained.window.notice.property("kind") != "good"


def test_a_file_that_is_there_is_replaced_only_on_request(trained, qtbot, tmp_path):
    path = tmp_path / "elements-step60-loss.csv"
    path.write_text("mine", encoding="utf-8")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    asked = []

    def answer():
        for box in trained.app.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                asked.append(box.text())
                box.button(answers[len(asked) - 1]).click()
                return
        timer.start(20)

    timer = QTimer(singleShot=True)
    timer.timeout.connect(answer)
    timer.start(20)
    entry(trained, "Loss", "CSV…").trigger()
    choose(trained, qtbot, tmp_path)
    assert len(asked) == 1
    assert path.read_text(encoding="utf-8") == "mine"
    timer.start(20)
    file_dialog(trained, qtbot).accept()
    wait_for_word(trained, qtbot, "Exported")
    assert path.read_text(encoding="utf-8").startswith("step,document")


def test_the_window_can_close_while_a_film_is_made(trained, qtbot, tmp_path):
    entry(trained, "Attention film", "Animated GIF…").trigger()
    accept_film(trained, qtbot, 60)
    choose(trained, qtbot, tmp_path)
    job = trained.window.findChild(ExportMenu).exporter._job
    assert job.is_active
    trained.window.close_without_remembering()
    qtbot.waitUntil(lambda: not job._threads)
    assert not list(tmp_path.iterdir())
    assert not any(d.isVisible() for d in trained.window.findChildren(QDialog))


@pytest.mark.parametrize("percent", [80, 250])
def test_the_films_dialog_fits_at_every_zoom(trained, percent):
    trained.appearance.set_scale(Scale(percent))
    entry(trained, "Attention film", "Animated GIF…").trigger()
    dialog = trained.window.findChild(FilmDialog)
    dialog.layout().activate()
    for child in (dialog.text_box, dialog.frames_field, dialog._what):
        assert dialog.rect().contains(child.geometry())
        assert child.height() >= child.minimumSizeHint().height()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pictures_have_the_colours_of_the_window(theme):
    wanted = [
        f"#{colour & 0xFFFFFF:06x}" for colour in colour_table(theme.map).tolist()
    ]
    assert list(colours(ink_of(theme).map)) == wanted
