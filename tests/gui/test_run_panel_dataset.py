from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QProgressBar

from tests.gui.beside import shelf_of, timeline_of
from tests.gui.run_panel_reading import (
    button,
    choose,
    chosen,
    enter_number,
    is_offered,
    named,
    press,
    shown,
    words,
)


@pytest.fixture
def poem(tmp_path):
    path = tmp_path / "poem.txt"
    path.write_text("one\ntwo\nthree\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\0\1\2" * 1000)
    return str(path)


def train_a_little(run, qtbot):
    run.step_once()
    qtbot.waitUntil(lambda: run.step == 1)


def wait_until_applicable(panel, qtbot):
    qtbot.waitUntil(button(panel, "Apply and reset").isEnabled)


def test_a_dataset_waits_until_it_is_applied(run_panel, qtbot):
    before = run_panel.run.info
    choose(run_panel, "Dataset", "Roman numerals")
    wait_until_applicable(run_panel, qtbot)
    text = words(run_panel)
    assert "Needs a new model: dataset Elements → Roman numerals." in text
    assert "I to MMMCMXCIX" in text
    assert f"{before.num_params:,} → " in text  # the vocabulary is known already
    assert run_panel.run.info is before
    with qtbot.waitSignal(run_panel.run.prepared):
        press(run_panel, "Apply and reset")
    assert run_panel.run.info.title == "Roman numerals"
    assert f"{run_panel.run.info.num_params:,} parameters" in words(run_panel)


def test_a_text_file_starts_at_once_where_nothing_is_lost(run_panel, qtbot, poem):
    enter_number(run_panel, "n_embd", "12")
    with qtbot.waitSignal(run_panel.run.prepared):
        run_panel.open_text_file(poem)
    assert set(run_panel.run.info.docs) == {"one", "two", "three"}
    assert chosen(run_panel, "Dataset") == "poem.txt"
    assert run_panel.run.config.n_embd == 8
    assert "Needs a new model: embedding size (n_embd) 8 → 12." in words(run_panel)


def test_a_text_file_waits_where_a_model_would_be_lost(run_panel, qtbot, poem):
    train_a_little(run_panel.run, qtbot)
    before = run_panel.run.info
    run_panel.open_text_file(poem)
    wait_until_applicable(run_panel, qtbot)
    assert "dataset Elements → poem.txt" in words(run_panel)
    assert run_panel.run.info is before
    press(run_panel, "Undo")
    assert chosen(run_panel, "Dataset") == "Elements"
    choose(run_panel, "Dataset", "poem.txt")  # it stays on offer
    wait_until_applicable(run_panel, qtbot)
    with qtbot.waitSignal(run_panel.run.prepared):
        press(run_panel, "Apply and reset")
    assert run_panel.run.info.title == "poem.txt"


@pytest.mark.parametrize("trained", [False, True])
def test_a_bad_file_costs_nobody_their_run(run_panel, qtbot, bad, trained):
    run = run_panel.run
    if trained:
        train_a_little(run, qtbot)
    info, step = run.info, run.step
    run_panel.open_text_file(bad)
    qtbot.waitUntil(lambda: "this is a binary file" in words(run_panel))
    assert bad in words(run_panel)
    assert "The run on Elements stays." in words(run_panel)
    assert (run.info, run.step) == (info, step)
    assert chosen(run_panel, "Dataset") == "Elements"
    assert named(run_panel, QComboBox, "Dataset").findText("picture.png") < 0
    assert not is_offered(run_panel, "Apply and reset")
    assert QApplication.activeModalWidget() is None
    run.train()
    qtbot.waitUntil(lambda: run.step > step)
    with qtbot.waitSignal(run.prepared):
        run.reset()
    assert "binary" not in words(run_panel)


def test_a_better_choice_ends_the_complaint(run_panel, qtbot, bad):
    run_panel.open_text_file(bad)
    qtbot.waitUntil(lambda: "this is a binary file" in words(run_panel))
    choose(run_panel, "Dataset", "Roman numerals")
    assert "binary" not in words(run_panel)


def test_opening_the_file_of_the_run_again_says_what_to_do(run_panel, qtbot, poem):
    with qtbot.waitSignal(run_panel.run.prepared):
        run_panel.open_text_file(poem)
    run_panel.open_text_file(poem)
    assert "This run learns from poem.txt already." in words(run_panel)
    assert not is_offered(run_panel, "Undo")


def test_a_file_that_is_not_there(run_panel, qtbot, tmp_path):
    run_panel.open_text_file(str(tmp_path / "gone.txt"))
    qtbot.waitUntil(lambda: "there is no such file" in words(run_panel))


def test_a_run_that_fails_leaves_a_way_back(run_panel, qtbot, poem, tmp_path):
    run = run_panel.run
    train_a_little(run, qtbot)
    run_panel.open_text_file(poem)
    wait_until_applicable(run_panel, qtbot)
    (tmp_path / "poem.txt").unlink()  # after it was read, before it is used
    enter_number(run_panel, "n_embd", "12")
    with qtbot.waitSignal(run.failed):
        press(run_panel, "Apply and reset")
    assert "there is no such file" in words(run_panel)
    assert chosen(run_panel, "Dataset") == "poem.txt"
    choose(run_panel, "Dataset", "Elements")
    wait_until_applicable(run_panel, qtbot)
    with qtbot.waitSignal(run.prepared):
        press(run_panel, "Apply and reset")
    assert (run.info.title, run.info.config.n_embd) == ("Elements", 12)
    assert "no such file" not in words(run_panel)


def test_undo_after_a_failure_brings_the_former_run_back(run_panel, qtbot, poem):
    run = run_panel.run
    before = run.config
    with qtbot.waitSignal(run.failed):
        run.start(type(before)(dataset=f"{poem}.missing"))
    assert "there is no such file" in words(run_panel)
    with qtbot.waitSignal(run.prepared):
        press(run_panel, "Undo")
    assert run.config == before


def test_the_newest_of_two_files_counts(run_panel, qtbot, poem, tmp_path):
    large = tmp_path / "large.txt"
    large.write_text("some words of no great meaning\n" * 200_000, encoding="utf-8")
    run_panel.open_text_file(str(large))
    with qtbot.waitSignal(run_panel.run.prepared):
        run_panel.open_text_file(poem)
    assert run_panel.run.info.title == "poem.txt"
    qtbot.waitUntil(lambda: not run_panel._text._reader._threads)
    assert run_panel.run.info.title == "poem.txt"
    assert chosen(run_panel, "Dataset") == "poem.txt"


def test_the_window_can_close_while_a_file_is_read(run_panel, tmp_path):
    large = tmp_path / "large.txt"
    large.write_text("some words of no great meaning\n" * 200_000, encoding="utf-8")
    run_panel.open_text_file(str(large))
    run_panel.shut_down()
    assert all(
        thread.isFinished() for thread in run_panel._text._reader._threads.values()
    )


def test_a_file_can_be_chosen_in_a_dialog(run_panel, qtbot, poem):
    press(run_panel, "Open a text file")
    qtbot.waitUntil(lambda: run_panel.findChild(QFileDialog) is not None)
    dialog = run_panel.findChild(QFileDialog)
    dialog.selectFile(poem)
    with qtbot.waitSignal(run_panel.run.prepared):
        dialog.accept()
    assert run_panel.run.info.title == "poem.txt"


def offer_download(run_panel, qtbot):
    choose(run_panel, "Dataset", "Names of microgpt.py")
    qtbot.waitUntil(lambda: "its checksum is checked" in words(run_panel))


def test_names_are_offered_fetched_and_learnt(run_panel, qtbot, names_server):
    offer_download(run_panel, qtbot)
    text = words(run_panel)
    assert "127.0.0.1" in text
    assert "some/where/names.txt, 228 KB" in text
    assert "Names of microgpt.py must be downloaded first." in text
    assert not button(run_panel, "Apply and reset").isEnabled()
    assert not names_server.asked.is_set()
    with qtbot.waitSignal(run_panel.run.prepared):
        press(run_panel, "Download")
    assert run_panel.run.info.title == "Names of microgpt.py"
    assert "checksum" not in words(run_panel)


def test_names_wait_where_a_model_would_be_lost(run_panel, qtbot, names_server):
    train_a_little(run_panel.run, qtbot)
    before = run_panel.run.info
    offer_download(run_panel, qtbot)
    press(run_panel, "Download")
    wait_until_applicable(run_panel, qtbot)
    assert run_panel.run.info is before
    assert chosen(run_panel, "Dataset") == "Names of microgpt.py"


def test_a_download_shows_how_far_it_is_and_can_be_cancelled(
    run_panel, qtbot, names_server
):
    names_server.way = "dripping"
    offer_download(run_panel, qtbot)
    press(run_panel, "Download")
    qtbot.waitUntil(lambda: "of 224 KB received" in words(run_panel))
    bar = run_panel.findChild(QProgressBar)
    qtbot.waitUntil(lambda: 0 < bar.value() < bar.maximum())
    press(run_panel, "Cancel")
    assert button(run_panel, "Download").isEnabled()
    assert not bar.isVisible()
    assert "its checksum is checked" in words(run_panel)


@pytest.mark.parametrize(
    ("way", "reason"), [("wrong", "not the right file"), ("missing", "404")]
)
def test_a_failed_download_says_why_and_can_be_tried_again(
    run_panel, qtbot, names_server, way, reason
):
    before = run_panel.run.info
    names_server.way = way
    offer_download(run_panel, qtbot)
    press(run_panel, "Download")
    qtbot.waitUntil(lambda: is_offered(run_panel, "Try again"))
    assert reason in words(run_panel)
    assert run_panel.run.info is before
    names_server.way = "good"
    with qtbot.waitSignal(run_panel.run.prepared):
        press(run_panel, "Try again")


def test_another_dataset_gives_up_the_download(run_panel, qtbot, names_server):
    names_server.way = "silent"
    offer_download(run_panel, qtbot)
    press(run_panel, "Download")
    assert names_server.asked.wait(60)
    choose(run_panel, "Dataset", "Elements")
    assert "127.0.0.1" not in words(run_panel)
    assert not is_offered(run_panel, "Undo")


def test_a_run_that_needs_the_download_leads_to_it(run_panel, qtbot, names_server):
    run = run_panel.run
    with qtbot.waitSignal(run.failed):
        run.start(type(run.config)(dataset="makemore"))
    qtbot.waitUntil(lambda: "its checksum is checked" in words(run_panel))
    with qtbot.waitSignal(run.prepared):
        press(run_panel, "Download")
    assert run.info.title == "Names of microgpt.py"
    assert "not on this computer" not in words(run_panel)


def test_a_text_that_waits_does_not_survive_another_run(run_panel, qtbot, tmp_path):
    run, path = run_panel.run, tmp_path / "tunes.txt"
    path.write_text("abc\ncab\n")
    for _ in range(2):
        run.step_once()
        qtbot.waitUntil(lambda: run.step == 1)
        run.new_seed()
        qtbot.waitUntil(lambda: run.info is not None)
    run.step_once()
    qtbot.waitUntil(lambda: run.step == 1)
    run_panel.open_text_file(str(path))
    enter_number(run_panel, "n_embd", "16")
    qtbot.waitUntil(lambda: is_offered(run_panel, "Apply and reset"))
    # A fork goes on with this run, and what waits for it goes on waiting.
    with qtbot.waitSignals([timeline_of(run).forked, run.prepared]):
        timeline_of(run).fork(run.config)
    assert is_offered(run_panel, "Apply and reset")
    with qtbot.waitSignals([run.replaced, run.prepared]):
        shelf_of(run).take_up(shelf_of(run).runs[-1])
    assert not is_offered(run_panel, "Apply and reset")
    assert "tunes" not in words(run_panel)
    assert chosen(run_panel, "Dataset") == "Elements"
    assert shown(run_panel, "n_embd") == "8"
