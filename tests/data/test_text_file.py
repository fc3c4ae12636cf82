"""Reading people's files: the script's documents, or one line that says why not."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microgpt_gui.data import CorpusError, load
from microgpt_gui.data.text_file import read_text_file


def naive_documents(path: Path) -> list[str]:
    """Read the file as the script does."""
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip()]


def refusal(path: str | os.PathLike[str]) -> str:
    """Return what a person is told about the file, without its path in front."""
    with pytest.raises(CorpusError) as caught:
        read_text_file(path)
    message = str(caught.value)
    assert message.isprintable(), "one line that any terminal can show"
    shown, _, reason = message.partition(": ")
    assert shown in (os.fspath(path), repr(os.fspath(path)))
    return reason


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts") / "text.txt"


# Everything that some Python function takes for a line end or for white space.
AWKWARD = st.sampled_from(
    "ab é😀\n\r\t\v\f\x1c\x1f\x85\xa0\u2028\u2029\u3000\u200b\ufeff"
)


@given(st.lists(AWKWARD, max_size=40).map("".join))
@example("\ufeffone\r\n\r\n two\rthree")
@example("a\u2028b\x85c\vd\n\x1c e")
def test_documents_are_the_ones_the_script_reads(scratch: Path, text: str) -> None:
    scratch.write_bytes(text.encode())
    wanted = naive_documents(scratch)
    if wanted:
        loaded = read_text_file(scratch)
        assert list(loaded.corpus.docs) == wanted
        assert loaded.sha256 == hashlib.sha256(text.encode()).hexdigest()
    else:
        assert "one document a line was wanted" in refusal(scratch)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_as_by_the_script_or_refused(
    scratch: Path, content: bytes
) -> None:
    scratch.write_bytes(content)
    try:
        docs = read_text_file(scratch).corpus.docs
    except CorpusError as error:
        message = str(error)
        assert message.startswith(f"{scratch}: ")
        assert message.isprintable()
    else:
        assert list(docs) == naive_documents(scratch)


@pytest.mark.parametrize("shift", range(8))
def test_what_lies_across_a_block_of_reading_stays_whole(
    tmp_path: Path, shift: int
) -> None:
    path = tmp_path / "long.txt"
    unit = "zoé\r\n😀😀 ok\r\n\rnaïve\n"
    path.write_text("x" * shift + unit * 50_000, encoding="utf-8", newline="")
    assert path.stat().st_size > 1 << 20
    assert list(read_text_file(path).corpus.docs) == naive_documents(path)


def test_a_byte_order_mark_stays_a_character_as_in_the_script(tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes(b"\xef\xbb\xbfemma\nava\n")
    assert tuple(read_text_file(path).corpus.docs) == ("\ufeffemma", "ava")


def test_a_file_is_titled_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "poems.txt"
    path.write_text("roses\n")
    loaded = load(str(path))
    assert (loaded.title, loaded.source) == ("poems.txt", str(path))
    assert loaded.is_valid is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "this file is empty; one document a line was wanted"),
        (
            b" \n\t\r\n",
            "this file has only blank lines; one document a line was wanted",
        ),
        (
            b"emma\nava\x00\n",
            "this is a binary file, not a text (a NUL byte at offset 8, line 2)",
        ),
        (
            b"emma\r\nzo\xe9\r\n",
            "this is not UTF-8 text (byte 0xe9 at offset 8, line 2); "
            "save it as UTF-8 and try again",
        ),
        (
            "zoé".encode()[:-1],
            "this is not UTF-8 text (byte 0xc3 at offset 2, line 1); "
            "save it as UTF-8 and try again",
        ),
        (
            b"a\rb\nc" * 300_000 + b"\xff",
            "this is not UTF-8 text (byte 0xff at offset 1,500,000, line 600,001); "
            "save it as UTF-8 and try again",
        ),
        (
            "emma".encode("utf-16"),
            "this looks like UTF-16 text; save it as UTF-8 and try again",
        ),
        (
            "emma\nolivia\n".encode("utf-16-le"),
            "this looks like UTF-16 text; save it as UTF-8 and try again",
        ),
        (
            "emma\nolivia\n".encode("utf-16-be"),
            "this looks like UTF-16 text; save it as UTF-8 and try again",
        ),
        (
            b"a\n\n" + b"x" * 1_234_567 + b"\nb\n",
            "line 3 has 1,234,567 characters; a document is one line of at most 10,000",
        ),
        (
            "é".encode() * 10_001,
            "line 1 has 10,001 characters; a document is one line of at most 10,000",
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_an_unusable_file_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    assert refusal(path) == reason


def test_the_longest_document_and_any_space_around_it_are_read(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(" " * 20_000 + "x" * 10_000 + " " * 20_000)
    assert tuple(read_text_file(path).corpus.docs) == ("x" * 10_000,)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt") == "there is no such file"
    assert refusal(tmp_path) == "this is a folder; a text file was wanted"
    (tmp_path / "file").write_text("x")
    assert refusal(tmp_path / "file" / "x") == (
        "a part of this path is a file, not a folder"
    )


@pytest.mark.parametrize("path", ["", "\0", "a\nb", "no\udcffsuch", "x" * 5000])
def test_odd_paths_are_refused_in_one_line(path: str) -> None:
    assert refusal(path)


def test_a_file_whose_name_is_not_unicode_is_read(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/na\xefve.txt")
    try:
        Path(path).write_text("emma\n")
    except OSError:
        pytest.skip("this file system allows Unicode names only")
    loaded = load(path)
    assert tuple(loaded.corpus.docs) == ("emma",)
    assert loaded.title.isprintable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_sockets_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    wanted = "this is a device or a pipe; a text file was wanted"
    os.mkfifo(tmp_path / "fifo")
    assert refusal(tmp_path / "fifo") == wanted
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        assert refusal(tmp_path / "socket") == wanted
    assert refusal("/dev/zero") == wanted


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions differ here")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("emma\n")
    path.chmod(0)
    # In a process of its own, since the super-user must stop being it.
    code = (
        "import os, sys\n"
        "from microgpt_gui.data import CorpusError, load\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try: load(sys.argv[1])\n"
        "except CorpusError as error: print(error)\n"
    )
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{path}: no permission to read this file\n"


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with open(path, "wb") as file:
        file.truncate(1 << 40)
    begun = time.monotonic()
    assert refusal(path) == (
        "this file has more than 64 MB; that is the most that can be read"
    )
    assert time.monotonic() - begun < 1.0


def test_a_large_file_is_read_in_seconds_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"a line of some length, with words in it\n" * 500_000)
    checks = 0
    shares = [0.0]

    class Stop(Exception):
        pass

    def count() -> None:
        nonlocal checks
        checks += 1

    def stop_late() -> None:
        if shares[-1] > 0.9:
            raise Stop

    with pytest.raises(Stop):
        read_text_file(path, stop_late, shares.append)
    assert shares == sorted(shares)
    begun = time.monotonic()
    assert len(read_text_file(path, count, shares.append).corpus.docs) == 500_000
    assert time.monotonic() - begun < 10.0
    assert checks >= 2 * (path.stat().st_size >> 20)
    assert shares[-1] == 1.0


def test_a_file_of_one_endless_line_is_refused_quickly(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"x" * 60_000_000)
    begun = time.monotonic()
    assert refusal(path).startswith("line 1 has 60,000,000 characters")
    assert time.monotonic() - begun < 10.0


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("emma\nava\n")
    assert tuple(read_text_file(path).corpus.docs) == ("emma", "ava")
    path.write_text("anna\nava\n")  # of the same size, in the same moment
    assert tuple(read_text_file(path).corpus.docs) == ("anna", "ava")
    copy = tmp_path / "copy.txt"
    copy.write_bytes(path.read_bytes())
    read, again = read_text_file(path), read_text_file(copy)
    assert again.corpus is read.corpus
    assert (again.title, again.source) == ("copy.txt", str(copy))
