from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QCoreApplication, QThread

from microgpt_gui.gui.jobs.download import DatasetDownload
from microgpt_gui.session.datasets import cache_folder, inspect_dataset


@pytest.fixture
def download(qtbot):
    result = DatasetDownload(timeout_s=5)
    yield result
    result.shut_down()


def threads():
    """The download threads that have not ended."""
    application = QCoreApplication.instance()
    found = application.findChildren(QThread)
    return [t for t in found if t.objectName() == "download" and not t.isFinished()]


def cached():
    return sorted(cache_folder().iterdir()) if cache_folder().exists() else []


def test_a_download_tells_how_far_it_is_and_ends_in_the_cache(
    download, names_server, qtbot
):
    told = []
    download.progressed.connect(lambda *progress: told.append(progress))
    with qtbot.waitSignal(download.succeeded) as success:
        download.start("makemore")
    size = len(names_server.content)
    assert success.args == ["makemore"]
    assert told[-1] == (size, size)
    assert [received for received, _ in told] == sorted(r for r, _ in told)
    assert inspect_dataset("makemore", lambda: None).num_docs == 42_000
    assert download.key == ""
    qtbot.waitUntil(lambda: not threads())


@pytest.mark.parametrize(
    ("way", "reason"), [("wrong", "not the right file"), ("missing", "404")]
)
def test_a_failure_says_why_and_leaves_nothing(
    download, names_server, qtbot, way, reason
):
    names_server.way = way
    with qtbot.waitSignal(download.failed) as failure:
        download.start("makemore")
    key, message = failure.args
    assert key == "makemore"
    assert reason in message
    assert "127.0.0.1" in message
    assert not cached()


def test_nobody_at_the_other_end(download, names_server, qtbot, monkeypatch):
    monkeypatch.setenv("MICROGPT_GUI_NAMES_URL", "http://127.0.0.1:1/names.txt")
    with qtbot.waitSignal(download.failed) as failure:
        download.start("makemore")
    assert "127.0.0.1" in failure.args[1]


@pytest.mark.parametrize("way", ["silent", "dripping"])
def test_a_download_that_is_cancelled_ends_in_silence(
    download, names_server, qtbot, way
):
    names_server.way = way
    download.start("makemore")
    assert names_server.asked.wait(60)
    with (
        qtbot.assertNotEmitted(download.succeeded),
        qtbot.assertNotEmitted(download.failed),
    ):
        download.cancel()
        qtbot.waitUntil(lambda: not threads())
    assert not cached()
    names_server.way = "good"
    with qtbot.waitSignal(download.succeeded):
        download.start("makemore")


def test_starting_again_gives_up_the_first(download, names_server, qtbot):
    names_server.way = "silent"
    download.start("makemore")
    assert names_server.asked.wait(60)
    names_server.way = "good"
    reports = []
    download.succeeded.connect(reports.append)
    with qtbot.waitSignal(download.succeeded):
        download.start("makemore")
    qtbot.waitUntil(lambda: not threads())
    assert reports == ["makemore"]


@pytest.mark.parametrize("way", ["silent", "dripping"])
def test_shutting_down_does_not_wait_for_the_network(
    download, names_server, qtbot, way
):
    names_server.way = way
    download.start("makemore")
    assert names_server.asked.wait(60)
    begin_s = time.monotonic()
    download.shut_down()
    assert time.monotonic() - begin_s < 0.5
    assert not threads()


def test_an_owner_that_goes_ends_its_download(names_server, qtbot):
    names_server.way = "silent"
    download = DatasetDownload()
    download.start("makemore")
    assert names_server.asked.wait(60)
    download.deleteLater()
    del download
    qtbot.waitUntil(lambda: not threads())
