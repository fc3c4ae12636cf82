"""Steps that take long are told before the first, in the real window."""

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from tests.gui.timeline_bar import begin


def test_a_slow_model_says_so_before_it_trains(playground, qtbot, tmp_path):
    notice = playground.window.notice
    assert not notice.text
    path = tmp_path / "long.txt"
    path.write_text("ab" * 128)
    slow = RunConfig(dataset=str(path), engine="autograd", n_embd=36, block_size=256)
    begin(qtbot, playground, slow)
    qtbot.waitUntil(lambda: "Slow: each step may take about" in notice.text)
    assert playground.run.state is RunState.READY
    assert "1,000 steps about " in notice.text
    begin(qtbot, playground, RunConfig(dataset="elements", steps=60))
    assert not notice.text
