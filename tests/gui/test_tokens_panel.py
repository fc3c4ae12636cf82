"""The tokens panel as a person meets it: what it shows, says, and lets one do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QColor
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.tokens import TokensPanel
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.config import RunConfig
from tests.gui.begun import begin
from tests.gui.beside import subject_of, timeline_of, workshop_of
from tests.gui.exporting import entry, export

SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8)


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    panel = show_panel(TokensPanel(workshop_of(run), appearance), 720, 370)
    begin(qtbot, panel, SMALL)
    return panel


def type_text(qtbot, panel, text):
    before = panel.drawn
    panel.text_box.setText(text)
    qtbot.waitUntil(lambda: panel.drawn is not before)
    return panel.drawn


def own_text(tmp_path, text):
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    return RunConfig(dataset=str(path), steps=40, n_embd=8, n_head=2, block_size=8)


def point(view, cell):
    QTest.mouseMove(view.viewport(), view.box(cell).center())


def click(view, cell):
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.box(cell).center()
    )


def ink_in(view, box):
    """How many colours a part of a view has: one is the bare ground."""
    image = view.viewport().grab(box).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return len({image.pixel(x, y) for x, y in points})


def test_the_document_is_shown_as_ids_and_each_position_reads_out(panel):
    row, chars = panel.drawn, panel.run.info.chars
    document = panel.run.info.document_of(0)
    assert panel.subject == f'step 0, document "{document}"'
    assert panel.strip.part_count() == len(document) + 2
    assert list(row.tokens[1:-1]) == [chars.index(letter) for letter in document]
    point(panel.strip, 0)
    first, bos = document[0], len(chars)
    assert panel.reading == (
        f"position 0: BOS (the beginning), token {bos}; "
        f'to predict: "{first}", token {chars.index(first)}'
    )
    point(panel.strip, len(document) + 1)
    assert panel.reading == (
        f"BOS (the end), token {bos}: only to be predicted, by position {len(document)}"
    )
    assert panel.strip.accessibleDescription() == panel.reading
    QTest.mouseMove(panel.strip.viewport(), QPoint(1, 1))
    assert "click to lock" in panel.reading
    assert f"{bos + 1} tokens, {len(set(document)) + 1} of them" in panel.counts


def test_a_click_locks_a_letter_and_escape_lets_it_go(panel, qtbot):
    type_text(qtbot, panel, "iron")
    click(panel.strip, 2)
    said = 'position 2: "r", token 15; to predict: "o", token 13'
    assert panel.reading == said
    QTest.mouseMove(panel.strip.viewport(), QPoint(1, 1))
    assert panel.reading == said  # it stays
    tinted, bare = panel.strip.box(1), panel.strip.box(4)
    theme, image = panel.appearance.theme, panel.grab().toImage()
    view = panel.strip.viewport()
    inner = [box.topLeft() + QPoint(4, 4) for box in (tinted, bare)]
    near = [QColor(image.pixel(view.mapTo(panel, at))) for at in inner]
    assert near[0] != QColor(theme.raised)  # it is seen from position 2,
    assert near[1] == image.pixelColor(view.mapTo(panel, QPoint(1, 1)))  # "n" is not
    panel.strip.setFocus()
    QTest.keyClick(panel.frame.widget(), Qt.Key.Key_Escape)
    assert panel.strip.enlarged is None
    click(panel.strip, 2)
    click(panel.strip, 2)
    assert panel.strip.enlarged is None
    click(panel.strip, 3)
    type_text(qtbot, panel, "h")
    assert panel.strip.enlarged is None  # there is no such letter any more


def test_the_keyboard_moves_along_the_row_and_through_the_vocabulary(panel, qtbot):
    type_text(qtbot, panel, "neon")
    strip, vocabulary = panel.strip, panel.vocabulary
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    assert panel.reading.startswith("position 0: BOS")
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert panel.reading.startswith('position 1: "n"')
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert panel.reading.startswith("BOS (the end)")
    QTest.keyClick(strip, Qt.Key.Key_Right)  # there is no more
    assert strip.pointed == 5
    QTest.keyClick(strip, Qt.Key.Key_Home)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert strip.enlarged == 0
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    vocabulary.setFocus(Qt.FocusReason.TabFocusReason)
    assert panel.reading == 'token 0: "a", not in this text'
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(vocabulary, key)
    assert vocabulary.pointed == 0
    while panel.reading[-1] != "4":
        QTest.keyClick(vocabulary, Qt.Key.Key_Right)
    assert panel.reading == 'token 12: "n", 2 times in this text: at 1, 4'
    assert vocabulary.accessibleDescription() == panel.reading
    assert strip.accessibleName() and vocabulary.accessibleName()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("protoactinium", "the context length (block_size 8) has room for BOS and 7"),
        ("irön", "'ö' is not one of this vocabulary's"),
    ],
)
def test_what_is_wrong_with_a_text_is_said_beside_its_box(panel, qtbot, text, said):
    row = type_text(qtbot, panel, text)
    assert said in panel.problem
    assert panel.frame.note.isVisible()
    assert said in panel.text_box.accessibleDescription()
    if row.unread:
        assert panel.problem.endswith("the last 6 are not read")
        assert panel.strip.part_count() == len(text) + 2  # they are there all the same,
        point(panel.strip, 9)
        assert "neither read nor predicted" in panel.reading
        lines = panel.strip._sizes
        above = panel.strip.box(9)
        above.setTop(lines.position.top)
        above.setHeight(lines.position.height)
        assert ink_in(panel.strip, above) > 1  # with a word above them
        assert row.labels[8] == "t"
        point(panel.strip, 8)
        assert "only to be predicted, by position 7" in panel.reading
    else:
        assert row.is_document
    type_text(qtbot, panel, "iron")
    assert not panel.problem
    type_text(qtbot, panel, "Iron")
    assert "“i” is taken instead" in panel.frame.note.text()


def test_two_thousand_letters_scroll_in_their_own_row(panel, qtbot):
    type_text(qtbot, panel, "iron" * 500)
    strip = panel.strip
    assert strip.part_count() == 2002
    assert strip.horizontalScrollBar().maximum() > 2000 * 20
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert strip.viewport().rect().contains(strip.box(2001))
    assert panel.vocabulary.height() > 50
    assert panel.vocabulary.mapTo(panel, QPoint(0, 0)).y() < panel.height()


def test_letters_of_all_kinds_have_a_sign_and_keep_their_order(panel, qtbot, tmp_path):
    begin(qtbot, panel, own_text(tmp_path, "שלום\nמ ש\nki\u0301\n"))
    row = type_text(qtbot, panel, "של מ")
    chars = panel.run.info.chars
    assert [chars[token] for token in row.tokens[1:-1]] == ["ש", "ל", " ", "מ"]
    assert panel.strip._signs == ("BOS", "ש", "ל", "␣", "מ", "BOS")
    assert panel.strip.box(1).left() < panel.strip.box(2).left()
    assert "the first is at the left" in panel.frame.note.text()
    point(panel.strip, 3)
    assert "position 3: the space, token 0" in panel.reading
    row = type_text(qtbot, panel, "k\u0301")
    assert panel.strip._signs[2] == "\N{DOTTED CIRCLE}\u0301"
    assert not panel.frame.note.text()


def test_a_vocabulary_of_1700_letters_uses_the_width_and_scrolls_alone(
    panel, qtbot, tmp_path
):
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 1700)))
    begin(qtbot, panel, own_text(tmp_path, "\n".join(letters)))
    vocabulary = panel.vocabulary
    assert vocabulary.part_count() == 1701
    across = [vocabulary.box(cell) for cell in range(vocabulary._columns)]
    assert across[-1].right() > 0.95 * vocabulary.viewport().width()
    assert all(one.right() < other.left() for one, other in pairwise(across))
    assert vocabulary.verticalScrollBar().maximum() > 0
    top = panel.strip.mapTo(panel, QPoint(0, 0))
    vocabulary.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(vocabulary, Qt.Key.Key_End)
    assert vocabulary.viewport().rect().contains(vocabulary.box(1700))
    assert panel.strip.mapTo(panel, QPoint(0, 0)) == top
    assert panel.reading.startswith("token 1700: BOS")


def is_apart(panel):
    """Whether row, words and vocabulary are there, whole, below each other."""
    strip, vocabulary = panel.strip, panel.vocabulary
    lines = [part.geometry() for part in (strip, panel._figure._counts, vocabulary)]
    bar = strip.horizontalScrollBar()
    seen = strip.height() - (bar.height() if bar.isVisible() else 0)
    return (
        all(above.bottom() < below.top() for above, below in pairwise(lines))
        and strip._sizes.height <= seen
        and vocabulary.height() >= vocabulary.box(0).height()
        and panel._figure.height() <= panel.frame.stack.height()
    )


@pytest.mark.parametrize("zoom", [100, 200])
def test_nothing_overlaps_in_a_small_panel(panel, qtbot, zoom):
    panel.appearance.set_scale(Scale(zoom))
    for height in (600, 370, 240, 180):
        panel.resize(420, height)
        for text in ("iron", "protoactinium" * 3):
            type_text(qtbot, panel, text)
            qtbot.waitUntil(lambda: is_apart(panel))


def test_an_alphabet_of_one_letter(panel, qtbot, tmp_path):
    begin(qtbot, panel, own_text(tmp_path, "1\n11\n"))
    type_text(qtbot, panel, "11")
    assert panel.vocabulary.part_count() == 2
    assert "2 tokens, 2 of them" in panel.counts
    point(panel.vocabulary, 0)
    assert panel.reading == 'token 0: "1", 2 times in this text: at 1, 2'


def test_while_it_trains_a_document_stays_for_a_moment_and_nothing_moves(panel, qtbot):
    run, strip = panel.run, panel.strip
    shown, tops = [], set()

    def note():
        if not shown or shown[-1] is not strip.row:
            shown.append(strip.row)
        tops.add(panel.vocabulary.mapTo(panel, QPoint(0, 0)).y())
        return run.state is RunState.FINISHED and panel.drawn.step == run.step

    run.train()
    qtbot.waitUntil(note)
    documents = {row.text for row in shown}
    assert len(documents) < 30  # of 40 steps, each with another one
    assert len(tops) == 1
    assert panel.drawn.text == run.info.document_of(run.step - 1)
    timeline_of(run).show(3)
    qtbot.waitUntil(lambda: panel.drawn.step == 3)
    assert panel.subject == f'step 3, document "{run.info.document_of(2)}"'


def test_one_text_for_all_views_typed_where_it_is_seen(playground, qtbot, tmp_path):
    """In the window: T, what a screen reader finds, the table in a file, all alone."""
    window, run = playground.window, playground.run
    panel = window.docks.panels.named("Tokens")
    window.docks.bring_forward(panel)
    qtbot.waitUntil(lambda: panel.drawn is not None)
    QTest.keyClick(window, Qt.Key.Key_T)
    assert playground.app.focusWidget() is panel.text_box
    QTest.keyClicks(panel.text_box, "iron")
    qtbot.waitUntil(lambda: panel.drawn.text == "iron")
    assert subject_of(run).text == "iron"
    for view in (panel.strip, panel.vocabulary):
        told = QAccessible.queryAccessibleInterface(view)
        assert told.childCount() == view.part_count()
        name = told.child(1).text(QAccessible.Text.Name)
        point(view, 1)
        assert panel.reading == name
    path = export(playground, qtbot, tmp_path, "Tokens", "CSV…")
    chars = run.info.chars
    ids = [len(chars), *(chars.index(letter) for letter in "iron"), len(chars)]
    labels = ["BOS", *"iron", "BOS"]
    wanted = [
        f"{n},{labels[n]},{ids[n]},{labels[n + 1]},{ids[n + 1]}" for n in range(5)
    ]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == [
        "position,token,id,to_predict,to_predict_id",
        *wanted,
        f",BOS,{ids[-1]},,",
    ]
    assert entry(playground, "Tokens", "PNG…").isEnabled()
    filling = next(
        action
        for action in window.findChildren(QAction)
        if action.whatsThis() == "Tokens fills the window"
    )
    assert filling.shortcut().isEmpty()
    filling.trigger()
    qtbot.waitUntil(lambda: panel.strip.box(1).height() > 60)  # large, alone


def test_what_is_locked_goes_with_a_longer_text_and_a_larger_alphabet(
    panel, qtbot, tmp_path
):
    row = type_text(qtbot, panel, "ironcarbon")
    strip, vocabulary = panel.strip, panel.vocabulary
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Return):
        QTest.keyClick(strip, key)
    assert strip.enlarged == strip.pointed == len(row.tokens) - 1
    vocabulary.enlarge(vocabulary.part_count() - 1)
    type_text(qtbot, panel, "in")
    assert strip.enlarged is None
    strip.enlarge(3)
    panel.text_box.clear()
    begin(qtbot, panel, own_text(tmp_path, "a\n"))
    assert vocabulary.enlarged is None
    assert strip.part_count() == 3
