"""An attention film is on the disk whole, or it is told of as not written."""

from __future__ import annotations

import io
import sys
from contextlib import nullcontext

import pytest

from microgpt_gui.gui.jobs import film as film_job
from microgpt_gui.gui.jobs.film import Film, write_gif, write_pngs
from microgpt_gui.gui.panel.export_offer import ink_of
from microgpt_gui.gui.theme.coverage import has_sign
from microgpt_gui.gui.theme.roles import LIGHT
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.writable import CannotWrite


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_a_film_is_whole_or_told_of_as_not_written(tmp_path, monkeypatch, qapp):
    import resource

    run = Run(RunConfig(dataset="elements", steps=9), recorder=Recorder())
    run.step()
    record = run.record()
    film = Film("iron", 5, ink_of(LIGHT))
    path = tmp_path / "film.gif"

    def write(limit):
        """Write where a file cannot be larger: that ends like a full disk."""
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, usual[1]))
        try:
            write_gif(path, record, film, lambda: None, lambda *_: None)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)

    write(10**9)
    whole = path.read_bytes()
    path.write_bytes(b"old")
    for limit in (10, len(whole) // 2, len(whole) - 1):
        with pytest.raises(CannotWrite, match="disk is full"):
            write(limit)
        assert list(tmp_path.iterdir()) == [path]
        assert path.read_bytes() == b"old"
    with pytest.raises(CannotWrite, match="no such folder"):
        write_pngs(tmp_path / "no" / "film", record, film, *[lambda *_: None] * 2)

    # Where the system takes a part only, Pillow's own way to the file goes on as if
    # that were all; Python's tries again, or raises.
    class OwnWay(io.BytesIO):
        def fileno(self):
            pytest.fail("Pillow writes past Python's file")

    own = OwnWay()
    monkeypatch.setattr(film_job, "replacing_file", lambda _path: nullcontext(own))
    write(10**9)
    assert own.getvalue() == whole


def test_a_film_of_letters_that_no_font_has_is_refused(tmp_path, qapp):
    text = tmp_path / "words.txt"
    text.write_text("\U00010383\U00010384\n\U00010384\U00010383")
    if has_sign("\U00010383"):
        pytest.skip("a font has Ugaritic letters")
    run = Run(RunConfig(dataset=str(text), steps=9), recorder=Recorder())
    film = Film("", 5, ink_of(LIGHT))
    for path, write in ((tmp_path / "film.gif", write_gif), (tmp_path, write_pngs)):
        with pytest.raises(ValueError, match=r"has Ugaritic letters.* SVG"):
            write(path, run.record(), film, lambda: None, lambda *_: None)
    assert list(tmp_path.iterdir()) == [text]
