"""Letters that an alphabet has in their other case alone, as readers pair them."""

from __future__ import annotations

import pytest

from microgpt_gui.session.other_case import in_alphabet, said_of_case


@pytest.mark.parametrize(
    ("typed", "alphabet", "taken"),
    [
        ("Alexandria", "aledrinx", "alexandria"),
        ("\u0130stanbul", "abilnstu", "istanbul"),
        ("ISPARTA", "aprst\u0131i", "\u0131sparta"),
        ("\u0130ZM\u0130R", "rmzi\u0131", "izmir"),
        ("izmir", "IZMR\u0130", "\u0130ZM\u0130R"),
        ("STRASSE", "aerstß", "strasse"),
        ("straße", "AERSTẞ", "STRAẞE"),
        ("ΟΔΟΣ ΣΟΦΗ", "οδσςφη ", "οδος σοφη"),
        ("ΩΣ ΣΩ", "ωςσ", "ως σω"),
        ("ა", "\u1c90", "\u1c90"),
        ("Ωz", "ab", "Ωz"),
    ],
)
def test_the_other_case_is_taken(typed: str, alphabet: str, taken: str) -> None:
    assert in_alphabet(typed, alphabet) == taken


def test_what_was_taken_is_said() -> None:
    said = said_of_case("\u0130z", "iz")
    assert said == "“\u0130” is not in the alphabet: “i” is taken instead"
