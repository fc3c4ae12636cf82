"""Figures as text come back to the last digit."""

from __future__ import annotations

import csv
import json
import math
import os
from dataclasses import asdict, replace
from itertools import pairwise

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.ink import Ink
from microgpt_gui.session.exports.loss_svg import loss_svg
from microgpt_gui.session.exports.names import (
    caption,
    file_stem,
    settings_to_share,
)
from microgpt_gui.session.exports.script import script_files
from microgpt_gui.session.exports.tables import (
    attention_csv,
    loss_csv,
    parameters_json,
    samples_text,
    tokens_csv,
)
from microgpt_gui.session.reading.token_row import token_row
from microgpt_gui.session.recipe import Recipe
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest

CONFIG = RunConfig(dataset="sums", steps=30, n_layer=2, n_embd=8, n_head=2, seed=3)


@pytest.fixture(scope="module")
def run() -> Run:
    result = Run(CONFIG, recorder=Recorder())
    for _ in range(12):
        result.step()
    return result


def check() -> None:
    """Go on."""


def read_csv(pieces: object) -> list[dict[str, str]]:
    lines = "".join(pieces).splitlines(keepends=True)  # type: ignore[call-overload]
    return list(csv.DictReader(lines))


def test_every_step_has_its_line(run: Run) -> None:
    record = run.record()
    rows = read_csv(loss_csv(record, check))
    assert [int(row["step"]) for row in rows] == list(range(1, 13))
    documents = [row["document"] for row in rows]
    assert documents == [run.info.document_of(step) for step in range(12)]
    for column, numbers in asdict(record.figures).items():
        name = {"losses": "loss"}.get(column, column.removesuffix("s"))
        assert [float(row[name]) for row in rows] == list(numbers)


def test_documents_with_commas_and_quotes_keep_to_their_column(tmp_path) -> None:
    text = tmp_path / "a.txt"
    text.write_text('one, two\n"three"\n=1+2\nübër 🦕\n', encoding="utf-8")
    odd = Run(replace(CONFIG, dataset=str(text)), recorder=Recorder())
    for _ in range(4):
        odd.step()
    rows = read_csv(loss_csv(odd.record(), check))
    assert {row["document"] for row in rows} == set(odd.info.docs)


def test_an_untrained_run_has_a_heading_alone() -> None:
    record = Run(CONFIG, recorder=Recorder()).record()
    assert "".join(loss_csv(record, check)).count("\n") == 1


def test_attention_comes_back(run: Run) -> None:
    look = run.look("1+2=3")
    rows = read_csv(attention_csv(look, None, check))
    assert len(rows) == 2 * 2 * 6 * 7 // 2
    for row in rows:
        at = [int(row[name]) for name in ("layer", "head", "query", "key")]
        weight = look.attention[at[0] - 1][at[1] - 1][at[2]][at[3]]
        assert float(row["weight"]) == weight
        assert row["query_token"] == look.labels[at[2]]
        assert row["key_token"] == look.labels[at[3]]
    [one] = {
        (r["layer"], r["head"]) for r in read_csv(attention_csv(look, (1, 0), check))
    }
    assert one == ("2", "1")


def test_parameters_come_back_with_their_settings(run: Run) -> None:
    read = json.loads("".join(parameters_json(run.record(), check)))
    assert read["steps_done"] == 12
    assert read["chars"] == run.record().chars
    assert RunConfig(**read["settings"]) == CONFIG
    assert read["parameters"] == run._engine.parameters()
    assert list(read["parameters"])[:4] == ["wte", "wpe", "lm_head", "layer0.attn_wq"]


def test_samples_say_where_they_come_from(run: Run) -> None:
    *_, batch = run.samples(SampleRequest(count=3, seed=5, prompt="1", temperature=0.7))
    text = "".join(samples_text(batch, "Sums"))
    assert text.startswith("3 samples of Sums, after step 12\n")
    assert "temperature 0.7, seed 5, prompt '1'\n" in text
    for number, sample in enumerate(batch.samples, start=1):
        assert f"sample {number:2d}: {sample.text}\n" in text
    two_lines = replace(batch.samples[0], text="a\nb")
    batch = replace(batch, samples=(two_lines,))
    assert "".join(samples_text(batch, "Sums")).endswith("sample  1: a\\nb\n")


def test_work_ends_when_it_is_told_to(run: Run) -> None:
    def stop() -> None:
        raise InterruptedError

    for pieces in (loss_csv(run.record(), stop), parameters_json(run.record(), stop)):
        with pytest.raises(InterruptedError):
            list(pieces)


@pytest.mark.parametrize(
    ("dataset", "stem"),
    [
        ("names", "names-step7-loss"),
        ("/texts/of mine/My texts: 1.txt", "My-texts-1-step7-loss"),
        ("C:\\texts\\été.txt", "été-step7-loss"),
        ("/x/" + "long" * 30 + ".txt", "long" * 10 + "-step7-loss"),
        ("/x/🦕.txt", "run-step7-loss"),
        ("/x/नमस्ते जी.txt", "नमस्ते-जी-step7-loss"),
        ("/x/\u0645\u06cc\u200c\u0631.txt", "\u0645\u06cc\u200c\u0631-step7-loss"),
        ("/x/" + "e\u0301" * 21, "e\u0301" * 20 + "-step7-loss"),
        ("/x/a👩\u200d💻", "a-step7-loss"),
        ("/x/..txt", "step7-loss"),
    ],
)
def test_names_are_good_on_every_file_system(dataset: str, stem: str) -> None:
    name = file_stem(replace(CONFIG, dataset=dataset), 7, "loss")
    assert name.endswith(stem)
    assert not set(name) & set('/\\:*?"<>| ')


def test_the_caption_tells_runs_apart() -> None:
    assert caption(Recipe.planned(CONFIG)) == (
        "Sums · seed 3 · 2 layers · embedding size 8 · 2 heads · "
        "context length 16 · learning rate 0.01"
    )
    other = replace(CONFIG, engine="numpy", learning_rate=0.5)
    assert caption(Recipe.planned(other)).endswith("0.5 · engine numpy")
    changed = Recipe(((0, CONFIG), (12, other)))
    assert "learning rate 0.01 then 0.5 from step 12 · " in caption(changed)
    assert caption(changed).endswith("engine python then numpy from step 12")


def test_numbers_that_are_none_are_written_too(run: Run) -> None:
    record = run.record()
    record.figures.losses[3] = math.nan
    rows = read_csv(loss_csv(record, check))
    assert math.isnan(float(rows[3]["loss"]))


def test_nothing_that_is_shared_tells_of_the_persons_folders(tmp_path) -> None:
    private = tmp_path / "Anna Schmidt"
    private.mkdir()
    text = private / "my words.txt"
    text.write_text("anna\nbert\n", encoding="utf-8")
    own = Run(replace(CONFIG, dataset=str(text)), recorder=Recorder())
    own.step()
    record = own.record()
    json_text = "".join(parameters_json(record, check))
    assert json.loads(json_text)["settings"]["dataset"] == "my words.txt"
    ink = Ink("#fff", "#000", "#555", "#ddd", "#00f", "#aaf", "#a70", ("#fff", "#000"))
    for shared in (
        json_text,
        "".join(loss_csv(record, check)),
        loss_svg(record, ink, caption(Recipe.of(record.segments, record.steps_done))),
        script_files(record, "run").script,
    ):
        assert "Schmidt" not in shared
        assert str(tmp_path) not in shared
    odd = settings_to_share(replace(CONFIG, dataset=os.fsdecode(b"caf\xe9.txt")))
    json.dumps(odd, ensure_ascii=False).encode()
    elsewhere = replace(CONFIG, dataset="D:\\Schmidt\\words.txt")
    assert caption(Recipe.planned(elsewhere)).startswith("words.txt · ")
    assert file_stem(elsewhere, 1, "loss") == "words-step1-loss"


def test_tokens_are_a_table_of_what_is_read_and_predicted(run: Run) -> None:
    row = token_row(run.moment(), "")
    rows = read_csv(tokens_csv(row, check))
    assert "".join(r["token"] for r in rows) == f"BOS{row.text}BOS"
    ids = [*row.chars, "BOS"]
    read = rows[: row.positions]
    assert [int(r["position"]) for r in read] == list(range(row.positions))
    for this, following in pairwise(rows[: row.positions + 1]):
        assert ids[int(this["id"])] == this["token"]
        assert this["to_predict"] == following["token"]
        assert this["to_predict_id"] == following["id"]
    assert all(r["position"] == r["to_predict"] == "" for r in rows[row.positions :])
