import json
import os
import sys

import pytest

from microgpt_gui.gui.window.preferences import Preferences


def test_what_is_chosen_is_remembered():
    Preferences(mode="dark", zoom=150, geometry="01ff", layout="aa").write()
    assert Preferences.read() == Preferences("dark", 150, "01ff", "aa")


def test_without_a_file_there_are_defaults():
    assert Preferences.read() == Preferences()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"mode": 7, "zoom": "big", "geometry": "xyz", "layout": null}',
        '{"mode": "pink", "zoom": 101, "keyframe_mb": 100}',
        "\x00\xff",
    ],
)
def test_a_damaged_file_is_no_obstacle(text):
    path = Preferences.path()
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert Preferences.read() == Preferences()


def test_what_is_right_in_a_half_wrong_file_is_kept():
    path = Preferences.path()
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"mode": "dark", "zoom": 12, "more": 1}))
    assert Preferences.read() == Preferences(mode="dark")


def test_a_write_that_fails_keeps_the_old_file(monkeypatch):
    Preferences(mode="dark").write()

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("microgpt_gui.atomic_file.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        Preferences(mode="light").write()
    assert Preferences.read().mode == "dark"
    assert len(list(Preferences.path().parent.iterdir())) == 1


def stored(**changes):
    """Write preferences, and change what lies in the file."""
    Preferences(mode="dark", geometry="01", layout="02", recent=["/a.mgpt"]).write()
    path = Preferences.path()
    content = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps({k: v for k, v in content.items() if v is not None}))
    return path


def test_a_layout_that_changed_by_itself_is_not_given_to_qt():
    path = stored(layout="03")
    preferences, problem = Preferences.at_start()
    assert (preferences.mode, preferences.recent) == ("dark", ["/a.mgpt"])
    assert (preferences.geometry, preferences.layout) == ("", "")
    assert f"kept as {path}.damaged" in problem
    assert Preferences.at_start() == (preferences, "")


def test_a_layout_of_the_version_before_is_tried_once():
    stored(window_sum=None)
    preferences, problem = Preferences.at_start()
    assert (preferences.layout, problem) == ("02", "")
    again, problem = Preferences.at_start()  # as if Qt had not survived it
    assert (again.mode, again.layout, problem) == ("dark", "", "")


def in_the_way(kind, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "deep":
            path.write_text("[" * 100_000)
        case "large":
            path.write_bytes(b" " * 2**21)
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "bytes":
            path.write_bytes(bytes(range(256)))


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_what_is_no_use_is_set_aside_and_told_of_once():
    path = Preferences.path()
    for number, kind in enumerate(("deep", "large", "folder", "pipe", "bytes"), 1):
        in_the_way(kind, path)
        assert Preferences.read() == Preferences()
        preferences, problem = Preferences.at_start()
        assert preferences == Preferences()
        aside = f"{path}.damaged" + (f"-{number}" if number > 1 else "")
        assert f"kept as {aside}." in problem
        assert os.path.lexists(aside)
        assert Preferences.at_start() == (Preferences(), "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_nothing_waits_for_what_cannot_be_set_aside():
    in_the_way("pipe", Preferences.path())
    with pytest.raises(OSError, match="is no file"):
        Preferences(mode="dark").write()


def test_a_path_that_no_file_can_have_is_forgotten():
    stored(recent=["/b\ud800.mgpt", "/a\0b", "relative", "/c.mgpt"])
    assert Preferences.read().recent == ["/c.mgpt"]
