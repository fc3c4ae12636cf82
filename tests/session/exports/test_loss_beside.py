"""What a picture of the loss holds it against stands where its numbers say."""

from __future__ import annotations

import math
import re

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.loss_beside import Beside, Level
from microgpt_gui.session.exports.loss_svg import LossView, loss_svg
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from tests.session.exports.drawn import INK, parts, texts


def test_another_curve_and_levels_are_drawn_to_the_scale_of_the_losses():
    run = Run(RunConfig(dataset="elements", n_embd=4, n_head=1), recorder=Recorder())
    for _ in range(11):
        run.step()
    losses = ((0, 9.0), (1, 3.0), (6, math.nan), (11, 0.5))
    levels = (Level(1.25, "bigram: 1.250"), Level(0.25, "best: 0.250", is_under=True))
    view = LossView(beside=Beside(losses, "7 held-out documents", levels))
    svg = loss_svg(run.record(), INK, "a run", view)
    assert {"7 held-out documents", "bigram: 1.250", "best: 0.250"} <= {*texts(svg)}
    numbers = {
        text: [float(n) for n in re.findall(r"[\d.]+", d)]
        for path in parts(svg, "path")
        if (d := path.get("d", ""))
        and (text := (path.get("stroke"), path.get("stroke-dasharray"), d.count("h")))
    }
    lines_drawn = [p for p in parts(svg, "path") if p.get("stroke") == INK.text]
    assert "none" in [p.get("fill") for p in lines_drawn if "L" in p.get("d", "")]
    # Step 0 is before the first, and NaN is nowhere: two points are left.
    x1, y1, x2, y2 = numbers[INK.text, None, 0]
    lines = [
        path.get("d", "")
        for path in parts(svg, "path")
        if path.get("stroke-dasharray") == "6 4"
    ]
    guess, bigram, best = (float(re.findall(r"[\d.]+", d)[1]) for d in lines)
    left, right = (float(n) for n in re.findall(r"[\d.]+", lines[0])[::2])
    assert (x1, x2) == (left, right)
    by_nat = (best - guess) / (math.log(25) - 0.25)  # pixels
    for y, loss in ((bigram, 1.25), (y1, 3.0), (y2, 0.5)):
        assert abs(y - (best - (loss - 0.25) * by_nat)) < 0.1
