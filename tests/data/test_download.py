"""Downloads from a real server on the loopback address, and all that goes wrong."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.data import DATASETS, DownloadError, NotDownloaded, fetch, load
from microgpt_gui.data.dataset import Download
from microgpt_gui.data.download import download

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.data.conftest import Server

EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    yield
    for thread in threading.enumerate():
        if thread.name == "download":
            thread.join(5)
            assert not thread.is_alive()


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "names.txt"


def failure(url: str, destination: Path, **options: float) -> str:
    """Return what a person is told; the folder must be as it was before."""
    destination.write_text("the old file")
    with pytest.raises(DownloadError) as caught:
        download(url, destination, EMPTY_SHA256, **options)
    assert destination.read_text() == "the old file"
    assert os.listdir(destination.parent) == [destination.name]
    message = str(caught.value)
    assert message.isprintable(), "one line that any terminal can show"
    return message


@pytest.mark.parametrize("way", ["good", "no_length", "chunked", "redirected"])
def test_a_file_arrives_whole_with_its_progress(
    server: Server, destination: Path, way: str
) -> None:
    heard: list[tuple[int, int | None]] = []
    download(
        f"{server.url}/{way}",
        destination,
        server.sha256,
        progress=lambda received, total: heard.append((received, total)),
    )
    assert destination.read_bytes() == server.content
    assert os.listdir(destination.parent) == [destination.name]
    received = [r for r, _ in heard]
    assert received == sorted(received)
    assert received[0] == 0
    assert received[-1] == len(server.content)
    total = len(server.content) if way in ("good", "redirected") else None
    assert {t for _, t in heard} == {total}


def test_the_folder_is_made_and_an_old_file_replaced(
    server: Server, tmp_path: Path
) -> None:
    destination = tmp_path / "new" / "folder" / "names.txt"
    for _ in range(2):
        download(f"{server.url}/good", destination, server.sha256)
        assert destination.read_bytes() == server.content


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("missing", "the server answered 404 Not Found"),
        ("hung_up", "the connection broke off before anything came"),
        ("cut_short", "the connection broke off after 1,000 of 320,000 bytes"),
        ("chunked_cut_short", "the connection broke off after 1,010 bytes"),
        ("silent", "nothing came within 0.3 seconds"),
        (
            "stalled",
            "the network is too slow: after 5,000 bytes, fewer than 1,000 more came "
            "within 0.3 seconds",
        ),
        ("too_large", "the file has more than 1,000,000 bytes"),
        ("endless", "the file has more than 1,000,000 bytes"),
    ],
)
def test_a_failure_says_why_and_leaves_nothing_behind(
    server: Server, destination: Path, way: str, reason: str
) -> None:
    message = failure(
        f"{server.url}/{way}", destination, timeout_s=0.3, max_bytes=1_000_000
    )
    assert message == f"no download from 127.0.0.1: {reason}"


def test_a_trickle_is_given_up_like_silence(server: Server, destination: Path) -> None:
    message = failure(f"{server.url}/dripping", destination, timeout_s=0.3)
    assert message.startswith("no download from 127.0.0.1: the network is too slow")


def test_an_answer_that_is_no_http(server: Server, destination: Path) -> None:
    message = failure(f"{server.url}/no_http", destination)
    assert message == (
        "no download from 127.0.0.1: this address or its answer makes no sense "
        r"(BadStatusLine('good morning\r\n'))"
    )


@pytest.mark.parametrize("way", ["redirected_to_a_file", "redirected_for_ever"])
def test_redirections_that_lead_nowhere(
    server: Server, destination: Path, way: str
) -> None:
    message = failure(f"{server.url}/{way}", destination)
    assert message == "no download from 127.0.0.1: the server answered 302 Found"


def test_a_wrong_file_is_not_kept(server: Server, destination: Path) -> None:
    destination.write_text("the old file")
    with pytest.raises(DownloadError) as caught:
        download(f"{server.url}/good", destination, EMPTY_SHA256)
    assert str(caught.value) == (
        "no download from 127.0.0.1: this is not the right file "
        f"(its SHA-256 is {server.sha256[:12]}…, {EMPTY_SHA256[:12]}… was expected)"
    )
    assert destination.read_text() == "the old file"
    assert os.listdir(destination.parent) == [destination.name]


def test_nobody_listens(destination: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        message = failure(f"http://127.0.0.1:{port}/", destination)
    assert message == "no download from 127.0.0.1: the server refuses connections"


def test_a_name_that_nobody_has(destination: Path) -> None:
    message = failure("http://names.invalid/names.txt", destination)
    assert message == (
        "no download from names.invalid: "
        "its address cannot be found; is this computer online?"
    )


def test_a_server_without_encryption_behind_https(
    server: Server, destination: Path
) -> None:
    url = server.url.replace("http:", "https:") + "/good"
    message = failure(url, destination)
    assert message.startswith("no download from 127.0.0.1: no connection (")


@pytest.mark.parametrize(
    "url",
    ["", "names.txt", "file:///etc/passwd", "ftp://host/x", "http://", "http://[x/"],
)
def test_addresses_of_other_kinds_are_refused(url: str, destination: Path) -> None:
    assert failure(url, destination).endswith("is not an http or https address")


def test_an_impossible_address_is_refused(destination: Path) -> None:
    assert "makes no sense" in failure("http://127.0.0.1/a b", destination)
    assert "makes no sense" in failure("http://127.0.0.1:port/", destination)


class Stop(Exception):
    """What a session's check may raise: no error of the data's own."""


@pytest.mark.parametrize("way", ["silent", "stalled", "dripping", "endless"])
def test_a_download_can_be_stopped_at_any_moment(
    server: Server, destination: Path, way: str
) -> None:
    # Stops on the third look after whatever this way gives has come.
    looks = 0
    told = threading.Event()
    if way == "silent":
        told.set()

    def progress(received: int, _total: int | None) -> None:
        if received:
            told.set()

    def check() -> None:
        nonlocal looks
        looks += told.is_set()
        if looks == 3:
            raise Stop

    begun = time.monotonic()
    with pytest.raises(Stop):
        download(
            f"{server.url}/{way}",
            destination,
            server.sha256,
            progress=progress,
            check=check,
        )
    assert time.monotonic() - begun < 2.0
    assert os.listdir(destination.parent) == []


LOOKING_UP_FOR_EVER = """
import socket, sys, time
from pathlib import Path
from microgpt_gui.data.download import download

class Stop(Exception):
    pass

def check(looks=iter("123")):
    if next(looks) == "3":
        raise Stop

socket.getaddrinfo = lambda *_: time.sleep(1e6)  # no server of names answers
try:
    download("http://names.example/names.txt", Path(sys.argv[1]), "", check=check)
except Stop:
    print("stopped")
"""


def test_a_name_that_is_looked_up_for_ever_keeps_nobody(destination: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOKING_UP_FOR_EVER, destination],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("stopped\n", "")
    assert os.listdir(destination.parent) == []


def test_an_unsuitable_folder(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DownloadError) as caught:
        download(f"{server.url}/good", tmp_path / "file" / "names.txt", server.sha256)
    assert str(caught.value) == (
        f"the download cannot be saved in {tmp_path / 'file'}: File exists"
    )


IN_A_SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from microgpt_gui.data import DownloadError
from microgpt_gui.data.download import download

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    download(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
except DownloadError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="no limits on file sizes here")
def test_a_full_disk_keeps_the_old_file(server: Server, destination: Path) -> None:
    destination.write_text("the old file")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            IN_A_SMALL_DISK,
            f"{server.url}/good",
            destination,
            server.sha256,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        f"the download cannot be saved in {destination.parent}: the disk is full\n"
    )
    assert done.stderr == ""
    assert destination.read_text() == "the old file"
    assert os.listdir(destination.parent) == [destination.name]


def test_what_a_killed_download_left_goes_but_not_what_is_in_use(
    server: Server, destination: Path
) -> None:
    stray = destination.with_name(".names.txt.killed.part")
    in_use = destination.with_name(".names.txt.running.part")
    foreign = destination.with_name(".other.txt.killed.part")
    for file in (stray, in_use, foreign):
        file.write_text("half of it")
    two_hours_ago = time.time() - 7200
    for file in (stray, foreign):
        os.utime(file, (two_hours_ago, two_hours_ago))
    download(f"{server.url}/good", destination, server.sha256)
    assert set(destination.parent.iterdir()) == {destination, in_use, foreign}


def test_makemore_from_a_mirror_is_checked_all_the_same(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROGPT_GUI_NAMES_URL", f"{server.url}/good")
    with pytest.raises(DownloadError, match=r"0a30b5557f19… was expected"):
        fetch("makemore", tmp_path)
    with pytest.raises(NotDownloaded):
        load("makemore", cache=tmp_path)


def test_what_was_fetched_can_be_loaded(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real file is not part of the project: here the registry expects another.
    makemore = DATASETS["makemore"]
    assert isinstance(makemore.origin, Download)
    origin = replace(makemore.origin, url=f"{server.url}/good", sha256=server.sha256)
    monkeypatch.setitem(DATASETS, "makemore", replace(makemore, origin=origin))
    monkeypatch.delenv("MICROGPT_GUI_NAMES_URL", raising=False)
    received: list[int] = []
    fetch("makemore", tmp_path, progress=lambda r, _total: received.append(r))
    loaded = load("makemore", cache=tmp_path)
    assert received[-1] == len(server.content)
    assert loaded.source == "makemore"
    assert loaded.title == "Names of microgpt.py"
    assert loaded.corpus.docs[:3] == ("emma", "olivia", "ava")


@pytest.mark.parametrize("key", ["names", "roman"])
def test_only_downloads_are_fetched(key: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs no download"):
        fetch(key, tmp_path)
