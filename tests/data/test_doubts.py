"""What is probably not meant is told apart from what is."""

from __future__ import annotations

import json

import pytest

from microgpt_gui.data import DATASETS, load
from microgpt_gui.data.doubts import doubt
from microgpt_gui.data.parting import documents_in
from microgpt_gui.data.reading import Parting, Reading

RECORDS = [{"name": "Emma", "n": 3}, {"name": "Ava", "n": 4}]


def said(text: str, documents: Parting = "lines") -> str:
    reading = Reading(documents)
    return doubt(documents_in(text.encode(), reading), reading)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=1),
        json.dumps(RECORDS[0], indent=2),
        "\n".join(map(json.dumps, RECORDS)),
        "\ufeff" + json.dumps(["Emma", "Ava"], indent=4),
        "[\n[1, 2],\n[3, 4]\n]",
        '\ufeff"Emma"\n\n"Zo\\u00e9"\n\n"Ava"\n',
    ],
)
def test_json_is_recognised(text: str) -> None:
    assert said(text).startswith("This looks like JSON")
    assert said(text, "paragraphs").startswith("This looks like JSON")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name,year,count\nEmma,2017,3\nAva,2017,4\n", "3 columns with a header"),
        ("Vorname;Anzahl\nEmma;3\nAva;4\n", "2 columns with a header"),
        ("Mary,F,7065\nAnna,F,2604\nEmma,F,2003\n", "table of 3 columns: every line"),
        ("Emma,3\nAva,4\nLeo,11\n", "table of 2 columns: every line"),
        ("Emma\tf\nAva\tf\tx\nLeo\tm\n", "like a table: every line"),
        ("Emma\tf\nAva\tf\nLeo\tm\n", "2 columns: every line is learnt with its tabs"),
        ('Name,Meaning\n"Emma","whole, all"\nAva,bird\n', "2 columns with a header"),
        ("name\nEmma\nAva\n", "“name”, looks like a header"),
        ("\ufeffName\nEmma\nAva\n", "“Name”, looks like a header"),
    ],
)
def test_a_table_is_recognised(text: str, wanted: str) -> None:
    assert wanted in said(text)
    assert "probably not meant" in said(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('\ufeff<?xml version="1.0"?>\n<a>\n<b/>\n</a>\n', "like XML: its markup"),
        ("<!DOCTYPE html>\n<p>Emma\n", "like HTML"),
        ("{\\rtf1\\ansi\nEmma\\par\nAva\\par\n}", "like rich text (RTF)"),
    ],
)
def test_markup_is_recognised(text: str, wanted: str) -> None:
    assert wanted in said(text)
    assert wanted in said(text, "paragraphs")


def test_one_long_document_is_doubted() -> None:
    assert "one line, so there is one document of 59 ch" in said(
        "emma ava " * 6 + "zo ia"
    )
    one = said("emma\nava\n" * 9, "paragraphs")
    assert "The whole text is one paragraph" in one
    assert one.endswith("a paragraph of its own, with a blank line before the next.")


def test_what_is_meant_is_not_doubted() -> None:
    for key in DATASETS:
        if key != "makemore":
            assert doubt(load(key).corpus.docs, Reading()) == ""
    for text in (
        "emma\nava\n",
        "one word",
        "Paris, France\nRome, Italy\nBern, Switzerland\n",
        "[a-z]\n{x}\n[b]\n",
        "yes, well\nno\nmaybe, or, not\n",
        "1\n2\n3\n",
        "1,5\n2,5\n3,75\n",
        '"Yes," she said.\n"No."\n"Well,"\n',
        "{\nif (x)\n",
        "<3\n<b>\n",
    ):
        assert said(text) == ""
    assert said("name,n\nEmma,3\n\nAva,4\n", "paragraphs") == ""
