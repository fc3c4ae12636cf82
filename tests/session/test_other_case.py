"""Letters that an alphabet has in their other case alone, as readers pair them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.other_case import in_alphabet, said_of_case
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest

if TYPE_CHECKING:
    from pathlib import Path


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
        ("\ud55c", "\u1112\u1161\u11ab", "\u1112\u1161\u11ab"),
        ("\u1112\u1161\u11ab", "\ud55c", "\ud55c"),
        ("\u1ec4", "e\u0302\u0303", "e\u0302\u0303"),
        ("\u1ec4z", "e\u0302\u0303", "\u1ec4z"),
    ],
)
def test_the_other_case_is_taken(typed: str, alphabet: str, taken: str) -> None:
    assert in_alphabet(typed, alphabet) == taken


def test_what_was_taken_is_said() -> None:
    said = said_of_case("\u0130z", "iz")
    assert said == "“\u0130” is not in the alphabet: “i” is taken instead"
    said = said_of_case("\u1ec4", "e\u0302\u0303")
    apart = "letters and their parts are taken apart, as the alphabet has them"
    assert said == f"{apart}; “E” is not in the alphabet: “e” is taken instead"
    together = "letters and their parts are put together, as the alphabet has them"
    assert said_of_case("e\u0301", "\u00e9") == together
    assert said_of_case("e\u0301", "e\u0301") == said_of_case("a\nb", "a\nb") == ""


def test_samples_begin_with_all_parts_of_the_prompt(tmp_path: Path) -> None:
    text = tmp_path / "apart.txt"
    text.write_text("\u1112\u1161\u11ab\u1112\u1161\n\u1161\n", encoding="utf-8")
    run = Run(RunConfig(dataset=str(text), steps=5))
    *_, batch = run.samples(SampleRequest(count=2, prompt="\ud55c"))
    assert batch.given == 3
    assert all(s.text.startswith("\u1112\u1161\u11ab") for s in batch.samples)
    assert run.look("\ud55c").labels[1:] == ("\u1112", "\u1161", "\u11ab")
    assert "taken apart" in run.look("\ud55c").note
    assert run.look("\u3042").problem.endswith(": \u1112 \u1161 \u11ab")
