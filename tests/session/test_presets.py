"""What presets promise is what they keep."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.presets import PRESETS
from microgpt_gui.session.reading.document_losses import document_losses, mean_loss
from microgpt_gui.session.run import Run
from microgpt_gui.session.unseen import unseen

PROMISES = {
    key: [float(number) for number in re.findall(r"\b\d\.\d\d\b", preset.description)]
    for key, preset in PRESETS.items()
}


@pytest.mark.long
@pytest.mark.parametrize("key", [key for key, numbers in PROMISES.items() if numbers])
def test_a_preset_comes_to_the_loss_that_it_tells(key):
    reached = [unseen_loss(PRESETS[key].settings()), unseen_loss({})]
    assert PROMISES[key] == pytest.approx(reached, abs=0.02)


def unseen_loss(settings):
    config = RunConfig(dataset="names", engine="numpy", held_out=0.1)
    run = Run(replace(config, **settings))
    while not run.is_finished:
        run.train(run.config.steps - run.steps_done)
    info = replace(run.info, segments=run.segments)
    documents = unseen(info, run.steps_done).first(2000)
    return mean_loss(document_losses(run.moment(), documents))
