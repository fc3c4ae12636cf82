import json

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
