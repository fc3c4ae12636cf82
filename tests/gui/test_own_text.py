"""How a text of the person's is read, in the Run panel."""

from __future__ import annotations

from tests.gui.run_panel_reading import button, choose, is_offered, press, words


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
    assert "1 document of 3 is longer than block_size 16 has room for, and cut." in said
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
