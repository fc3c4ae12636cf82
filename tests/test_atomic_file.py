import os
import stat
import sys
from pathlib import Path

import pytest

from microgpt_gui.atomic_file import replacing


def write(path, data=b"new"):
    with replacing(path) as file:
        file.write(data)


def test_the_new_file_takes_the_old_one_s_place(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    write(path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_can_be_as_long_as_the_system_allows(tmp_path):
    path = tmp_path / ("\u0e01" * 80 + ".mgpt")  # 245 bytes
    write(path)
    assert path.read_bytes() == b"new"
    old = tmp_path / "old.part"
    with pytest.raises(RuntimeError), replacing(path):
        [temporary] = tmp_path.glob(".*.part")
        temporary.rename(old)
        raise RuntimeError
    old = old.rename(temporary)
    os.utime(old, (0, 0))
    write(path)  # takes along what a killed program left
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_keeps_the_old_file_and_leaves_no_other(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), replacing(path) as file:
        file.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_others_may_read_it_as_far_as_the_person_s_umask_says(tmp_path):
    old = os.umask(0o022)
    try:
        write(tmp_path / "a.json")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o644


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write(link)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_what_is_no_file_is_neither_replaced_nor_waited_for(tmp_path):
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    for path in (pipe, folder, Path(os.devnull)):
        with pytest.raises(FileExistsError, match="what is there is no file"):
            write(path)
    assert pipe.is_fifo()
    assert sorted(tmp_path.iterdir()) == [folder, pipe]
