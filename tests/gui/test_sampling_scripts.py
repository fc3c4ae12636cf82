"""Samples in the scripts of the world: shaped, in order, shaded under their letters."""

from __future__ import annotations

import threading
import unicodedata

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.attention.words import HOW_TO_READ
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.panels.sampling.row_painter import RowPainter
from microgpt_gui.gui.panels.sampling.table_model import TEXT
from microgpt_gui.gui.run.controller import RunState
from microgpt_gui.gui.theme.coverage import has_sign
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.sample_batch import Sample
from tests.gui.beside import workshop_of
from tests.gui.sample_batches import batch

LATIN = [f"{first}xyz" for first in "abcdefghij"]
HEBREW = [f"{first}\u05de\u05e0\u05e9" for first in "אבגדהזחטכל"]
ARABIC = [f"{first}\u0645\u0646\u0647" for first in "بتجدرسعفكل"]

E_ACUTE = "e\u0301"
DEVANAGARI = "\u0915\u094d\u0937\u093f"  # four letters, one syllable
THAI = "\u0e17\u0e35\u0e48"  # a consonant, its vowel and its tone


def needs_font(*texts):
    for letter in "".join(texts):
        if not has_sign(letter):
            pytest.skip(f"no font has U+{ord(letter):04X}")


def sample(text, *chances):
    return Sample(text, chances or (0.5,) * len(text), -3.25, False, None)


def show(qtbot, table, *samples, **settings):
    table.show_batch(batch(*samples, **settings))
    qtbot.waitUntil(lambda: table.is_drawn)
    return [table._picture.clusters[row] for row in range(len(samples))]


def pixels(table):
    """What is seen of the rows, on the panel's surface."""
    seen = table.viewport().grab().toImage()
    picture = QImage(seen.size(), QImage.Format.Format_RGB32)
    picture.fill(QColor(table._appearance.theme.surface))
    painter = QPainter(picture)
    painter.drawImage(0, 0, seen)
    painter.end()
    return picture


class RowOfPixels:
    """What is seen of a row in the letters' column."""

    def __init__(self, table, row):
        picture = pixels(table)
        rect = table.visualRect(table.model().index(row, TEXT))
        self.top, self.rect = rect.top() + 3, rect
        self.at = lambda x, y: picture.pixelColor(x, y)
        columns = range(rect.left(), rect.right())
        rows = range(rect.top() + 2, rect.bottom() - 2)
        self.inked = [
            x for x in columns if any(self.at(x, y).lightness() < 90 for y in rows)
        ]
        #: Strongly shaded; above the ink.
        self.sure = [x for x in columns if self.at(x, self.top).lightness() < 225]


@pytest.mark.parametrize("words", [LATIN, HEBREW, ARABIC], ids=lambda w: w[0])
def test_of_ten_words_only_the_first_letter_is_uncertain(
    words, run, appearance, qtbot, show_panel, tmp_path
):
    needs_font(*words)
    file = tmp_path / "words.txt"
    file.write_text("\n".join(words), encoding="utf-8")
    panel = show_panel(SamplingPanel(workshop_of(run), appearance), 300, 700)
    run.start(RunConfig(dataset=str(file), steps=120, engine="numpy"))
    qtbot.waitUntil(lambda: panel.table.samples.batch is not None)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    qtbot.waitUntil(lambda: panel.table.samples.batch.step == 120)
    qtbot.waitUntil(lambda: panel.table.is_drawn)
    seen = RowOfPixels(panel.table, 0)
    assert panel.table.samples.sample(0).text in words
    if words is LATIN:
        pale = [x for x in seen.inked if x < min(seen.sure)]
        assert seen.inked[0] - seen.rect.left() < 16  # begins at its side of the cell
        assert max(seen.inked) <= max(seen.sure) + 1
    else:
        pale = [x for x in seen.inked if x > max(seen.sure)]
        assert seen.rect.right() - seen.inked[-1] < 16
        assert min(seen.inked) >= min(seen.sure) - 1
    assert 2 < len(pale) < 12  # a letter's worth


def test_letters_of_both_directions_have_their_own_grounds(table, qtbot):
    text = "ab \u05d1\u05dd 12"
    needs_font(text)
    chances = (1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0)
    [clusters] = show(qtbot, table, sample(text, *chances))
    assert [(c.start, c.length) for c in clusters] == [(n, 1) for n in range(8)]
    # Read: a b, the digits, the space between, mem, bet.
    in_sight = sorted(clusters, key=lambda c: c.box.left())
    assert "".join(text[c.start] for c in in_sight) == "ab 12 \u05dd\u05d1"
    surface = QColor(table._appearance.theme.surface)
    picture = pixels(table)
    for cluster, chance in zip(clusters, chances, strict=True):
        place = QPoint(round(cluster.box.center().x()), round(cluster.box.top()) + 1)
        assert (picture.pixelColor(place) != surface) is (chance > 0)


def test_letters_that_join_share_their_sign(table, qtbot):
    lam_alef = "\u0644\u0627"
    needs_font(lam_alef)
    [[lam, alef]] = show(qtbot, table, sample(lam_alef, 1.0, 0.0))
    assert lam.box.left() == alef.box.right()
    right = table.columnViewportPosition(TEXT) + table.columnWidth(TEXT)
    assert right - 12 < lam.box.right() <= right


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        (f"x{E_ACUTE}y", [1, 2, 1]),
        ("vie\u0302\u0323t", [1, 1, 3, 1]),
        (DEVANAGARI, [4]),
        (THAI, [3]),
        ("\u1100\u1161\u11a8\u1102\u1161", [3, 2]),
        ("a\U0001f468\u200d\U0001f469\u200d\U0001f467", [1, 5]),
        ("\U00010330\U00010331", [1, 1]),
    ],
    ids=["acute", "vietnamese", "devanagari", "thai", "hangul", "family", "gothic"],
)
def test_what_is_one_sign_has_one_ground(text, lengths, table, qtbot):
    needs_font(text)
    half = [0.5] * len(text)
    [clusters] = show(qtbot, table, sample(text, *half))
    assert [c.length for c in clusters] == lengths
    assert [c.start for c in clusters] == [
        sum(lengths[:n]) for n in range(len(lengths))
    ]
    assert all(c.box.width() > 2 for c in clusters)


def tip_at(qtbot, table, place):
    point = place.toPoint()
    QToolTip.hideText()
    shown = table.viewport().mapToGlobal(point)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, shown)
    QApplication.sendEvent(table.viewport(), event)
    return QToolTip.text()


def test_a_tool_tip_tells_of_the_letters_under_the_pointer(table, qtbot):
    first, others = HEBREW[0][0], HEBREW[0][1:]
    needs_font(HEBREW[0])
    hebrew, accented = show(
        qtbot,
        table,
        sample(HEBREW[0], 0.1, 1.0, 1.0, 1.0),
        sample(f"x{E_ACUTE}", 1.0, 0.5, 0.5),
    )
    tip = tip_at(qtbot, table, hebrew[0].box.center())
    assert tip.startswith(f"<p>Here: \u2068{first}\u2069 10\xa0%.</p>")
    tip = tip_at(qtbot, table, hebrew[3].box.center())
    assert tip.startswith(f"<p>Here: \u2068{others[-1]}\u2069 100\xa0%.</p>")
    tip = tip_at(qtbot, table, accented[1].box.center())
    assert tip.startswith(
        "<p>Here: e 50\xa0%, \u25cc\u0301 50\xa0%; together, as “e\u0301”, 25\xa0%.</p>"
    )


def test_the_prompt_is_underlined_where_it_stands(table, qtbot):
    needs_font(HEBREW[0])
    show(qtbot, table, sample(HEBREW[0]), prompt=HEBREW[0][:2])
    [clusters] = table._picture.clusters.values()
    picture = pixels(table)
    muted = QColor(table._appearance.theme.muted)
    for number, cluster in enumerate(clusters):
        below = round(cluster.box.bottom())
        x = round(cluster.box.center().x())
        found = [picture.pixelColor(x, below + d) == muted for d in (-1, 0, 1)]
        assert any(found) is (number < 2)


def test_a_batch_larger_than_the_view_is_painted_wherever_one_scrolls(table, qtbot):
    rows = [sample("abcdefgh" * 6) for _ in range(100)]
    show(qtbot, table, sample("x"))
    table.selectRow(0)
    table.show_batch(batch(*rows))
    qtbot.waitUntil(table.verticalScrollBar().isVisible)
    qtbot.waitUntil(lambda: table.is_drawn)
    assert table._picture.bottom < table.verticalHeader().length() / 2
    assert [i.row() for i in table.selectionModel().selectedRows()] == [0]
    table.setFocus()
    for key, row in ((Qt.Key.Key_End, 99), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)
        assert RowOfPixels(table, row).inked  # at once
        qtbot.waitUntil(lambda at=row: at in table._picture.clusters)
        assert RowOfPixels(table, row).inked


def test_a_new_batch_is_painted_beside_the_windows_thread(table, qtbot, monkeypatch):
    show(qtbot, table, sample("emma"), sample("olivia"))
    painters, paint = {}, RowPainter.paint

    def paint_and_tell(self, painter, sample, *args):
        painters.setdefault(sample.text, []).append(threading.get_ident())
        return paint(self, painter, sample, *args)

    monkeypatch.setattr(RowPainter, "paint", paint_and_tell)
    show(qtbot, table, sample("ava"), sample("isabella"), step=600)
    assert RowOfPixels(table, 1).inked
    # Of the batch before a picture may be on its way yet.
    of_the_new = [*painters["ava"], *painters["isabella"]]
    assert len(of_the_new) == 2
    assert threading.get_ident() not in of_the_new


def test_what_comes_while_nobody_looks_is_seen_later(table, qtbot):
    table.hide()
    table.show_batch(batch(sample("emma")))
    table.show()
    qtbot.waitUntil(lambda: table.is_drawn)
    assert RowOfPixels(table, 0).inked
    # A newer wish supersedes those that wait.
    for step in range(401, 420):
        table.show_batch(batch(sample("emma" * (step - 400)), step=step))
    qtbot.waitUntil(lambda: table.is_drawn)
    assert table._picture.batch.step == 419
    assert table.rowHeight(0) == table._picture.heights[0] > 80
    table.show_batch(None)
    assert table.model().rowCount() == 0


def letters_without_font():
    """Letters of a script that this computer has no font for."""
    for first in (0x10330, 0x1200, 0x0F40, 0x1C00, 0x12000):
        letters = [chr(first + n) for n in range(4)]
        if not any(map(has_sign, letters)):
            return letters
    pytest.skip("this computer has all these fonts")


def test_letters_that_no_font_has_are_told_of(
    run, appearance, qtbot, show_panel, tmp_path
):
    letters = letters_without_font()
    script = unicodedata.name(letters[0]).split()[0].title()
    file = tmp_path / "words.txt"
    file.write_text("\n".join(a + b for a in letters for b in letters), "utf-8")
    panel = show_panel(SamplingPanel(workshop_of(run), appearance), 300, 700)
    attention = show_panel(AttentionPanel(workshop_of(run), appearance), 720, 370)
    run.start(RunConfig(dataset=str(file), engine="numpy"))
    [note, _] = panel._tables._font_notes
    qtbot.waitUntil(note.isVisible)
    said = f"No font on this computer has {script} letters. Install one, such as "
    assert note.text().startswith(f"{said}Noto Sans {script} (")
    assert not RowOfPixels(panel.table, 0).inked  # no boxes
    qtbot.waitUntil(lambda: attention.frame.note.text() == note.text())
    problems = {offer.text: offer.problem() for offer in attention.export_offers()[:3]}
    assert problems["PNG…"].startswith(said)
    assert problems["SVG…"] == problems["CSV…"] == ""
    run.start(RunConfig(dataset="elements", n_embd=8, n_head=2))
    qtbot.waitUntil(lambda: not note.isVisible())
    qtbot.waitUntil(lambda: attention.frame.note.text() == HOW_TO_READ)
    assert not any(offer.problem() for offer in attention.export_offers()[:3])
