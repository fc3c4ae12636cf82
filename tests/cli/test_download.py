"""Fetching the script's own names by command, from a server that has others."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.data import DATASETS
from tests.cli.conftest import SMALL, complaint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import CommandLine


class Handler(http.server.BaseHTTPRequestHandler):
    """Has one file, and it is a wrong one."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/names.txt" else 404)
        self.end_headers()
        self.wfile.write(b"not the names\n")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_missing_names_say_how_to_get_them(microgpt: CommandLine):
    result = microgpt("train", "--dataset", "makemore")
    said = complaint(result)
    assert "microgpt-gui download makemore" in said
    assert "--download" in said
    assert (result.returncode, result.stdout) == (1, b"")


@pytest.mark.parametrize(
    "arguments",
    [("download",), ("train", "--dataset", "makemore", "--download")],
    ids=["download", "train --download"],
)
@pytest.mark.parametrize(
    ("path", "wanted"), [("/names.txt", "SHA-256"), ("/elsewhere", "404")]
)
def test_wrong_file_is_not_kept(arguments, path, wanted, server, microgpt, own_folders):
    env = {"MICROGPT_GUI_NAMES_URL": server + path, "no_proxy": "*"}
    result = microgpt(*arguments, env=env)
    assert wanted in complaint(result)
    assert (result.returncode, result.stdout) == (1, b"")
    assert not [path for path in own_folders.rglob("*") if path.is_file()]


def test_download_option_does_no_harm_where_nothing_is_missing(microgpt: CommandLine):
    assert microgpt("train", *SMALL, "--download").returncode == 0


def test_help_names_every_dataset(microgpt: CommandLine):
    text = microgpt("train", "--help").stdout.decode()
    for dataset in DATASETS.values():
        assert f"\n  {dataset.key} " in text
        assert dataset.description in text
