"""What if a head did not count: in all views, and nowhere in the run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.next_letter import NextLetterPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.panels.tokens import TokensPanel
from microgpt_gui.gui.panels.weights import WeightsPanel
from microgpt_gui.gui.panels.weights.cell.slope_words import number as number_of
from microgpt_gui.gui.panels.weights.choices import Aspect
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.moments.altered import altered, place_of
from microgpt_gui.session.moments.recorded import step_at
from microgpt_gui.session.reading.document_losses import document_losses, mean_loss
from microgpt_gui.session.reading.odds import next_token
from microgpt_gui.session.run import Run

OFF = UNALTERED.with_head(0, 1, 0)
TOLD = "What if: head 2 of layer 1 is off — a scratch copy; the run is untouched"
HEADING = "20 samples before any training, what if "


def panel_of(playground, kind):
    panel = playground.window.docks.panels.named(kind.title)
    playground.window.docks.bring_forward(panel)
    return panel


def is_complete(bar):
    effect = bar.wish.answer
    return effect is not None and effect.is_complete and effect.alteration == OFF


def click_switch(panel, head):
    heat_map = panel.heat_map
    box = heat_map.switches.box_of(head, heat_map._picture)
    at = box.center() - heat_map.offset()
    QTest.mouseClick(heat_map.viewport(), Qt.MouseButton.LeftButton, pos=at)


def has_drawn(panel, alteration):
    return lambda: panel.drawn is not None and panel.alteration == alteration


def drawn_by_copy(sampling, qtbot, alteration=OFF):
    """Return the samples of the scratch copy, once they are all shown."""

    def is_there():
        batch = sampling.table.samples.batch
        return (
            batch is not None and batch.alteration == alteration and batch.is_complete
        )

    qtbot.waitUntil(is_there)
    assert sampling._heading.text() == HEADING + alteration.told()
    return sampling.table.samples.batch


def copied(offers, suffix_is_picture, theme):
    offer = next(o for o in offers if o.is_picture is suffix_is_picture)
    return "".join(offer.begin(theme).pieces(lambda: None))


def export_of(panel, group, theme):
    offer = next(o for o in panel.export_offers() if o.group == group)
    assert offer.problem() == ""
    return "".join(offer.begin(theme).pieces(lambda: None)).splitlines()


def test_a_head_is_knocked_out_everywhere_but_in_the_run(playground, qtbot):
    run, theme = playground.run, playground.appearance.theme
    attention = panel_of(playground, AttentionPanel)
    qtbot.waitUntil(has_drawn(attention, UNALTERED))
    assert attention.bar.text == ""
    seen = attention.heat_map.grab().toImage()
    click_switch(attention, 1)
    qtbot.waitUntil(has_drawn(attention, OFF))
    assert attention.bar.text == TOLD
    assert attention.heat_map.grab().toImage() != seen
    assert attention.heat_map.enlarged is None
    # The bar says what it does, in short and at length.
    qtbot.waitUntil(lambda: is_complete(attention.bar))
    left = list(run.info.docs)
    own, copy = (
        mean_loss(document_losses(moment, left[:200]))
        for moment in (run.moment, altered(run.moment, OFF))
    )
    by = f"{copy - own:+.4f}".replace("-", "\N{MINUS SIGN}")
    assert attention.bar.headline == (
        f"Loss on {len(left[:200])} documents not trained on: "
        f"{own:.4f} \N{RIGHTWARDS ARROW} {copy:.4f} ({by})"
    )
    attention.bar.more.setChecked(True)
    heads, plain, what_if, change = attention.bar.table.texts
    assert run.moment.document in heads[1]
    assert (plain[0], what_if[0], change[0]) == ("as it is", "what if", "change")
    assert plain[-1] and what_if[-1] and change[-1]
    # Files say what was altered.
    table = export_of(attention, "What if", theme)
    assert table[0] == "what,of,as_it_is,what_if,altered"
    count = f"{len(left[:200])} documents not trained on"
    assert f"loss,{count},{own!r},{copy!r},head 2 of layer 1 is off" in table
    table = copied(attention.copy_offers(), False, theme).splitlines()
    assert table[0].endswith(",weight,what_if")
    assert all(row.endswith(",head 2 of layer 1 is off") for row in table[1:])
    assert "What if head 2 of layer 1 is off (a scratch copy" in copied(
        attention.copy_offers(), True, theme
    )

    # Samples are the scratch copy's, and stay labelled when it is gone.
    sampling = playground.window.findChild(SamplingPanel)
    drawn_by_copy(sampling, qtbot)
    text = next(o for o in sampling.export_offers() if o.suffix == ".txt")
    assert "what if head 2 of layer 1 is off" in "".join(
        text.begin(theme).pieces(lambda: None)
    )

    # While it is on, the run trains as it would.
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    alone = Run(RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2))
    losses = [alone.step() for _ in range(60)]
    assert list(run.recorder.figures.losses) == losses
    assert run.moment == alone.moment()

    # Another view, that was not seen meanwhile, shows the copy of the newest moment.
    letter = panel_of(playground, NextLetterPanel)
    letter.text_box.setText("go")
    qtbot.waitUntil(lambda: letter.drawn is not None and letter.drawn.text == "go")
    qtbot.waitUntil(lambda: letter.drawn.step == 60)
    wanted = next_token(altered(run.moment, OFF), "go").logits
    assert letter.drawn.odds.logits == wanted
    assert letter.bar.text == TOLD
    tokens = panel_of(playground, TokensPanel)
    assert tokens.bar.text.endswith("in the other views; it changes nothing here")


def test_it_is_put_back_in_several_ways(playground, qtbot):
    run, what_if = playground.run, playground.workshop.what_if
    sampling = playground.window.findChild(SamplingPanel)
    attention = panel_of(playground, AttentionPanel)
    qtbot.waitUntil(has_drawn(attention, UNALTERED))
    click_switch(attention, 1)
    drawn_by_copy(sampling, qtbot)
    # By Escape: first out of the head, then out of the what-if.
    attention.heat_map.setFocus()
    attention.heat_map.enlarge(1)
    assert attention.knock_out.factor.isVisible()
    assert attention.knock_out.factor.value() == 0
    attention.knock_out.factor.field.setValue(0.5)
    half = UNALTERED.with_head(0, 1, 0.5)
    qtbot.waitUntil(has_drawn(attention, half))
    samples = drawn_by_copy(sampling, qtbot, half)
    assert "head 2 of layer 1 counts 0.5 times" in attention.bar.text
    QTest.keyClick(attention.heat_map, Qt.Key.Key_Escape)
    assert (attention.heat_map.enlarged, what_if.alteration) == (None, half)
    QTest.keyClick(attention.heat_map, Qt.Key.Key_Escape)
    qtbot.waitUntil(has_drawn(attention, UNALTERED))
    assert attention.bar.text == ""
    # What was drawn meanwhile stays labelled.
    history = sampling.history
    history.go(-1000)
    while history.shown is not samples and history.position < len(history):
        history.go(1)
    sampling.redraw()
    assert sampling.table.samples.batch is samples
    assert sampling._heading.text() == HEADING + half.told()

    # A letter of that batch brings back what it was drawn with.
    sampling.letter_opened.emit(samples.letter(0, 0, 16))
    assert what_if.alteration == half
    assert playground.workshop.timeline.at == 0

    # X switches the head that is chosen, by the keyboard alone.
    attention = panel_of(playground, AttentionPanel)
    playground.workshop.timeline.go_live()
    playground.window.activateWindow()
    qtbot.waitUntil(attention.heat_map.isVisible)
    attention.heat_map.setFocus()
    qtbot.waitUntil(attention.heat_map.hasFocus)
    QTest.keyClick(attention.heat_map, Qt.Key.Key_Right)
    for alteration in (OFF, UNALTERED, OFF):
        QTest.keyClick(attention.heat_map, Qt.Key.Key_X)
        qtbot.waitUntil(has_drawn(attention, alteration))

    # What the model has not is refused, and all stays as it was.
    what_if.alter(OFF.with_head(0, 7, 0))
    assert "this model has no head 8 of layer 1" in playground.window.notice.text
    # It ends with its run.
    weights = panel_of(playground, WeightsPanel)
    qtbot.waitUntil(has_drawn(weights, OFF))
    assert weights.drawn == altered(run.moment, OFF)
    with qtbot.waitSignal(run.prepared):
        run.reset()
    assert what_if.alteration == UNALTERED
    assert "ended with its run" in playground.window.notice.text
    qtbot.waitUntil(has_drawn(weights, UNALTERED))
    assert weights.bar.text == ""


def test_a_weight_is_nudged_and_its_gradient_checked(playground, qtbot):
    run, what_if = playground.run, playground.workshop.what_if
    weights = panel_of(playground, WeightsPanel)
    qtbot.waitUntil(has_drawn(weights, UNALTERED))
    tools, view = weights.cell_tools, weights.weights_map
    assert not tools.isVisible()
    QTest.mouseClick(weights.cell_switch, Qt.MouseButton.LeftButton)
    assert tools.text.startswith("Choose a weight")
    # By keyboard: a matrix, then one of its cells.
    view.setFocus()
    number = [m.name for m in view.matrices].index("layer0.attn_wo")
    view.enlarge(number)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Right)
    place = place_of(run.moment.model, "layer0.attn_wo", 0, 1)
    value = run.moment.weights[place]
    assert tools.text == f"layer0.attn_wo[0][1] = {value:+.6f}"
    tools.check.setChecked(True)
    qtbot.waitUntil(lambda: tools.slopes.verdict.startswith("No step has been made"))
    run.step_once()
    qtbot.waitUntil(lambda: len(tools.slopes.texts[1][-1]) > 0)
    learnt = step_at(run.info, run.recorder, 1)
    heads, slopes, differences = tools.slopes.texts
    assert heads == ["", "backward", *(f"h = 1e-{i}" for i in range(3, 8))]
    assert slopes[1] == number_of(learnt.gradient[place])
    assert all(abs(float(d)) < 1e-5 for d in differences[2:])
    assert "They agree to" in tools.slopes.verdict
    table = export_of(weights, "Weights, gradient checked", playground.appearance.theme)
    assert f",{learnt.gradient[place]!r},1e-05," in table[3]
    # The nudge is the scratch copy's alone.
    nudged = UNALTERED.with_nudge("layer0.attn_wo", 0, 1, 0.25)
    tools.nudge.field.setValue(0.25)
    qtbot.waitUntil(has_drawn(weights, nudged))
    value = run.moment.weights[place] + 0.25
    assert tools.text == f"layer0.attn_wo[0][1] = {value:+.6f}, moved by +0.25"
    assert "layer0.attn_wo[0][1] is moved by +0.25" in weights.bar.text
    # What a step did is the run's own, and the bar does not claim otherwise.
    weights.choices.choose(Aspect.GRADIENT)
    qtbot.waitUntil(lambda: weights.bar.text.endswith("it changes nothing here"))
    assert weights.alteration == UNALTERED
    weights.choices.choose(Aspect.VALUE)
    qtbot.waitUntil(has_drawn(weights, nudged))
    what_if.put_back()
    assert tools.nudge.value() == 0
    QTest.mouseClick(weights.cell_switch, Qt.MouseButton.LeftButton)
    assert not tools.isVisible() and view.chosen is None
