from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Keep settings and caches of a test away from the person's own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


@pytest.fixture(scope="session")
def appearance(qapp):
    """The application's look: light, 100 %."""
    from microgpt_gui.gui.theme.appearance import Appearance

    return Appearance(qapp, mode="light")


@pytest.fixture
def run(qtbot):
    """A live RunController whose thread is stopped whatever the test does."""
    from microgpt_gui.gui.controller import RunController

    controller = RunController()
    yield controller
    controller.shut_down()
    assert controller._thread.isFinished()


@pytest.fixture
def started_run(run, qtbot):
    """A controller with a small run prepared, untrained."""
    from microgpt_gui.session.config import RunConfig

    with qtbot.waitSignal(run.prepared):
        run.start(RunConfig(dataset="elements", steps=200, n_embd=8, n_head=2))
    return run
