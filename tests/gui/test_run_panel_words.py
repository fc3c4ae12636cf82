"""What the rows of the Run panel say of their numbers."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.run_panel_reading import box, type_number, words


def test_the_rates_row_says_what_its_number_is_the_rate_of(run_panel, qtbot):
    run = run_panel.run
    assert "learning_rate\n" in words(run_panel)
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
