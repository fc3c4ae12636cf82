"""Names in a sentence."""

from __future__ import annotations

from microgpt_gui.session.listed import listed


def test_names_are_joined_as_people_do() -> None:
    assert listed(()) == ""
    assert listed(["a"]) == "a"
    assert listed(("a", "b")) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
