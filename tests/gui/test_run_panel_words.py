"""What the rows of the Run panel say of their numbers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from microgpt_gui.data.pasted import keep_pasted
from microgpt_gui.gui.panels.run_settings.fields import FIELDS
from microgpt_gui.gui.theme.scale import Scale
from tests.gui.run_panel_reading import (
    box,
    button,
    choose,
    enter_number,
    press,
    type_number,
    words,
)


def test_the_rates_row_says_what_its_number_is_the_rate_of(run_panel, qtbot):
    run = run_panel.run
    assert "learning_rate of step 0\n" in words(run_panel)
    for _ in range(100):
        run.step_once()
    qtbot.waitUntil(lambda: "learning_rate of step 0, now 0.005\n" in words(run_panel))
    type_number(run_panel, "learning_rate", "0.04")
    told = "learning_rate of step 0, then 0.02  0.01 → 0.04, Enter applies\n"
    qtbot.waitUntil(lambda: told in words(run_panel))
    with qtbot.waitSignal(run.noticed) as notice:
        QTest.keyClick(box(run_panel, "learning_rate"), Qt.Key.Key_Return)
    assert "it is 0.02 from step 100 on" in notice.args[0]
    assert notice.args[0].endswith(" 0.04 is that of step 0.")
    assert run.config.learning_rate_at(100) == 0.02
    assert "learning_rate of step 0, now 0.02\n" in words(run_panel)
    run.step_once()
    qtbot.waitUntil(lambda: "now 0.0198\n" in words(run_panel))
    run.train()
    qtbot.waitUntil(lambda: "learning_rate of step 0\n" in words(run_panel))


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("n_head", "3", "n_head must divide n_embd: 8 allows 1, 2, 4, 8"),
        ("n_layer", "0", "n_layer must be a whole number from 1 to 8, not 0"),
        ("n_embd", "1.5", "n_embd must be a whole number from 1 to 128, not '1.5'"),
        ("block_size", "", "block_size must be a whole number from 1 to 256"),
        ("seed", "-1", "seed must be a whole number from 0 to 2147483647, not -1"),
        ("beta1", "1", "beta1 must be at least 0 and below 1"),
        ("beta2", "much", "beta2 must be a number, not 'much'"),
        ("learning_rate", "0", "learning_rate must be above 0 and at most 1"),
        ("steps", "many", "steps must be a whole number from 1 to 1000000"),
    ],
)
def test_a_wrong_value_is_explained_under_its_box(run_panel, name, typed, told):
    before = run_panel.run.info, run_panel.run.config
    enter_number(run_panel, "n_embd", "8")
    choose(run_panel, "Engine", "Autograd")
    enter_number(run_panel, name, typed)
    assert told in words(run_panel)
    assert box(run_panel, name).property("state") == "wrong"
    assert told in box(run_panel, name).accessibleDescription().replace("\u200b", "")
    assert not button(run_panel, "Apply and reset").isEnabled()
    label = FIELDS[name].label
    beside = f" ({name})" if name.startswith(("n_", "block")) else ""
    assert f"{label}{beside} needs another value first." in words(run_panel)
    QTest.keyClick(box(run_panel, name), Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    assert (run_panel.run.info, run_panel.run.config) == before
    press(run_panel, "Undo")
    assert told not in words(run_panel)
    assert not box(run_panel, name).property("state")


def cut_off(panel):
    """Return the texts that have more lines, or wider ones, than there is room for."""
    cut = []
    for label in panel.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            width, text = label.width(), label.text()
            needed = label.fontMetrics().boundingRect(
                0, 0, width, 10_000, Qt.TextFlag.TextWordWrap, text
            )
            if needed.width() > width or needed.height() > label.height():
                cut.append(text)
    return cut


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_word_of_a_waiting_text_is_cut_off(run_panel, qtbot, tmp_path, percent):
    """Long names and long words break; what a list cannot show, its end says."""
    for _ in range(2):
        run_panel.run.step_once()
    run_panel.appearance.set_scale(Scale(percent))
    path = tmp_path / ("Donaudampfschifffahrtsgesellschaft" * 3 + "_liste.txt")
    path.write_text("anna\nmia\n" * 30)
    run_panel.open_text_file(str(path))
    qtbot.waitUntil(lambda: "60 documents" in words(run_panel))
    choose(run_panel, "Documents", "Paragraphs")
    qtbot.waitUntil(lambda: "lines → paragraphs" in words(run_panel))
    qtbot.waitUntil(lambda: "Reading" not in words(run_panel))
    qtbot.waitUntil(lambda: cut_off(run_panel) == [])


def test_a_name_that_ends_in_dots_ends_its_sentence(run_panel, qtbot):
    run_panel.run.step_once()
    name = keep_pasted(b"anna\nmia\nlea\nemma\n" * 10)
    run_panel.open_text_file(name)
    qtbot.waitUntil(lambda: "Needs a new model" in words(run_panel))
    assert "…" in words(run_panel)
    assert "….\n" not in words(run_panel).replace("\N{POP DIRECTIONAL ISOLATE}", "")
