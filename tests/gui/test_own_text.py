"""How a text of the person's is read, in the Run panel."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from tests.gui.run_panel_reading import (
    button,
    choose,
    is_offered,
    named,
    press,
    words,
)


def apply(panel, qtbot):
    qtbot.waitUntil(button(panel, "Apply and reset").isEnabled)
    with qtbot.waitSignal(panel.run.prepared):
        press(panel, "Apply and reset")


def test_a_text_is_described_and_can_be_read_in_another_way(run_panel, qtbot, tmp_path):
    run = run_panel.run
    poem = tmp_path / "poem.txt"
    poem.write_bytes("\ufeffso much depends upon\r\n \r\na red\r\nwheel\r\n".encode())
    assert "Byte order mark" not in words(run_panel)
    with qtbot.waitSignal(run.prepared):
        run_panel.open_text_file(str(poem))
    said = words(run_panel)
    assert "3 documents of 5 to 21 characters (median 5); 16 different ch" in said
    cut = "1 of 3 documents is longer than the context (block_size 16) holds, and cut."
    assert cut in said
    assert "The text begins with U+FEFF" in said
    choose(run_panel, "Documents", "Paragraphs")
    qtbot.waitUntil(lambda: "2 documents of 11 to 21 characters" in words(run_panel))
    assert "Needs a new model: documents lines → paragraphs." in words(run_panel)
    choose(run_panel, "Byte order mark", "Left out")
    apply(run_panel, qtbot)
    assert set(run.info.docs) == {"so much depends upon", "a red\nwheel"}
    assert (run.config.documents, run.config.leave_out_mark) == ("paragraphs", True)
    run.reset()
    qtbot.waitUntil(lambda: run.info is not None)
    assert set(run.info.docs) == {"so much depends upon", "a red\nwheel"}
    # What cannot be read so costs nobody the run.
    poem.write_text("so much\n" * 2000)
    choose(run_panel, "Dataset", "Elements")
    apply(run_panel, qtbot)
    assert run.config.documents == "lines"
    assert "Documents" not in words(run_panel).splitlines()
    with qtbot.waitSignal(run.prepared):
        run_panel.open_text_file(str(poem))
    info = run.info
    choose(run_panel, "Documents", "Paragraphs")
    qtbot.waitUntil(lambda: "only a blank line ends a paragraph" in words(run_panel))
    assert not is_offered(run_panel, "Apply and reset")
    assert run.info is info


def test_what_is_probably_not_meant_is_said(run_panel, qtbot, tmp_path):
    table = tmp_path / "names.csv"
    table.write_text("name,count\nEmma,3\nAva,4\n")
    with qtbot.waitSignal(run_panel.run.prepared):
        run_panel.open_text_file(str(table))
    assert "a table of 2 columns with a header" in words(run_panel)


def test_the_context_length_that_holds_all_documents_is_offered(playground, qtbot):
    run, window = playground.run, playground.window
    sampling = next(p for p in window.docks.panels if p.title == "Sampling")
    settings = next(p for p in window.docks.panels if p.title == "Run")
    assert "longer than" not in words(sampling)
    with qtbot.waitSignal(run.prepared):
        run.start(replace(run.config, block_size=4))
    said = "117 of 118 documents are longer than the context (block_size 4) holds"
    qtbot.waitUntil(lambda: f"{said}, and cut." in words(sampling))
    window.docks.toggle_filling(
        next(d for d in window.docks.docks if d.windowTitle() == "Sampling")
    )
    use = named(sampling, QPushButton, "Use a context length of 14")
    use.click()
    qtbot.waitUntil(settings.isVisible)  # it shows where that went
    assert "context length (block_size) 4 → 14" in words(settings)
    assert run.config.block_size == 4
    apply(settings, qtbot)
    assert run.config.block_size == 14
    assert "longer than" not in words(sampling)
