"""Which documents are trained on: the split, and all that a run does with it."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.session.config import ConfigError, RunConfig
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import read_run
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run
from microgpt_gui.session.split import split
from microgpt_gui.session.unseen import unseen
from tests.session.run_files.conftest import put_together, taken_apart

SMALL = RunConfig(dataset="elements", steps=30, n_embd=8, n_head=2, block_size=6)


@given(
    count=st.integers(1, 10_000),
    share=st.floats(0, 1, exclude_max=True),
    wanted=st.integers(0, 12_000),
)
def test_a_split_is_the_share_rounded_and_leaves_what_it_says(count, share, wanted):
    config = replace(SMALL, held_out=share, train_documents=wanted)
    nearest = math.floor(share * count + 0.5)
    held_out = max(nearest, 1) if share > 0 else 0
    rest = count - held_out
    if rest < 1 or wanted > rest:
        with pytest.raises(ConfigError) as caught:
            split(config, count)
        assert caught.value.field == ("held_out" if rest < 1 else "train_documents")
        assert str(caught.value).startswith(caught.value.field)
    else:
        assert split(config, count) == (wanted or rest, held_out)


@pytest.mark.parametrize(
    ("share", "wanted", "count", "said"),
    [
        (0.2, 0, 1, "held_out must be 0 for a text of 1 document, to leave one to"),
        (0.99, 0, 10, "held_out must be below 0.95 for a text of 10 documents, to"),
        (0.1, 60, 50, r"must be 0 \(all\) to 45 for .* 50 documents, 5 of them held"),
        (0, 2, 1, r"train_documents must be 0 \(all\) to 1 for a .* 1 document, not 2"),
    ],
)
def test_what_leaves_nothing_to_train_on_is_refused_in_words(
    share, wanted, count, said
):
    config = replace(SMALL, held_out=share, train_documents=wanted)
    with pytest.raises(ConfigError, match=said):
        split(config, count)


@pytest.mark.parametrize(
    ("held_out", "wanted"), [(0.1, 0), (0.0, 7), (0.3, 5), (0.99, 0), (0.001, 0)]
)
def test_a_run_learns_from_the_first_documents_over_and_over(held_out, wanted):
    config = replace(SMALL, held_out=held_out, train_documents=wanted)
    run = Run(config)
    documents = list(Run(SMALL).info.docs.documents)
    random.Random(config.seed).shuffle(documents)
    assert list(run.info.docs) == documents
    apart = max(1, round(held_out * 118)) if held_out else 0
    cycle = documents[: wanted or 118 - apart]
    for step in (0, 1, len(cycle) - 1, len(cycle), 3 * len(cycle) + 1):
        assert run.info.document_of(step) == cycle[step % len(cycle)]
    # The weights that chance gives are those of a run without a split.
    assert run.moment().weights == Run(SMALL).moment().weights
    for step in (0, 4, 500):
        left = unseen(run.info, step)
        reached = min(step, len(cycle))
        assert list(left) == documents[118 - apart if apart else reached :]
        assert left.is_held_out == bool(apart)
        assert not left.problem


def test_a_saved_run_keeps_its_split_and_older_programs_open_what_has_none(tmp_path):
    plain, apart = tmp_path / "plain.mgpt", tmp_path / "apart.mgpt"
    for path, config in (
        (plain, SMALL),
        (apart, replace(SMALL, held_out=0.25, train_documents=9)),
    ):
        run = Run(config, recorder=Recorder())
        for _ in range(12):
            run.step()
        write_run(path, SavedRun(run.record()))
        back = read_run(path).record
        assert back == run.record()
        again = Run(back, recorder=Recorder.of(back))
        assert [again.step() for _ in range(5)] == [run.step() for _ in range(5)]
    _, metadata, _ = taken_apart(plain)
    assert (metadata["format_version"], "held_out" in metadata["segments"]) == (
        "2",
        False,
    )
    table, metadata, data = taken_apart(apart)
    assert metadata["format_version"] == "3"
    for right, wrong, said in (
        ('"held_out":0.25', '"held_out":0.999', "held_out must be below 0.995762712"),
        ('"train_documents":9', '"train_documents":90', r"must be 0 \(all\) to 88"),
        ('"held_out":0.25', '"held_out":1.5', "cannot be used: held_out must be a sh"),
    ):
        assert right in metadata["segments"]
        segments = metadata["segments"].replace(right, wrong)
        forged = metadata | {"segments": segments}
        put_together(apart, table, forged, bytes(data))
        with pytest.raises(RunFileError, match=said):
            read_run(apart)
