"""What heads do, over each head of the attention panel, and in a file."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from microgpt_gui.session.reading.heads.documents import measured_documents
from microgpt_gui.session.reading.heads.patterns import Pattern
from microgpt_gui.session.reading.heads.roles import head_roles
from microgpt_gui.session.run import Run
from tests.gui.beside import timeline_of
from tests.gui.exporting import attention_of, export


def measured(run, step):
    """Return what heads do in a run of the same settings, trained here."""
    mine = Run(run.config)
    for _ in range(step):
        mine.step()
    documents = measured_documents(mine.info, step)
    *_, roles = head_roles(mine.moment(), documents)
    return roles


def test_heads_are_measured_at_any_moment_live_and_in_a_file(trained, qtbot, tmp_path):
    attention = attention_of(trained)
    asking, view = attention._heads.roles, attention.heat_map

    def is_measured(step):
        ours = asking.ours
        return ours is not None and ours.is_whole and ours.step == step

    for step in (60, 25):
        timeline_of(trained.run).show(step)
        qtbot.waitUntil(lambda step=step: is_measured(step))
        wanted = measured(trained.run, step)
        assert asking.ours.documents == wanted.documents
        for mine, role in zip(asking.ours.roles[0], wanted.roles[0], strict=True):
            assert [m.mean for m in mine.measures] == pytest.approx(
                [m.mean for m in role.measures], abs=1e-12, nan_ok=True
            )
        for head, role in enumerate(wanted.roles[0]):
            named = role.clearest
            wished = f"{named.mean:.2f}" if named is not None else "no clear pattern"
            assert view.roles[head][0].endswith(wished)
            told = attention.told_of_part(head)
            assert wished in told
            for m in role.measures:
                assert not m.rows or f"{m.mean:.2f}" in told
    a = view.arrangement
    x, y = a.corner(1)
    at = QPoint(x - a.margin + 3, y - a.above - 4)
    help_event = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), help_event)
    assert attention.told_of_part(1) in QToolTip.text()
    svg = export(trained, qtbot, tmp_path, "Attention, all heads", "SVG…").read_text()
    for head, forms in enumerate(view.roles):
        assert any(f">head {head + 1} · {form}<" in svg for form in forms)
    path = export(trained, qtbot, tmp_path, "Attention, what heads do", "CSV…")
    assert path.name == "elements-step25-heads.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * len(Pattern)
    for row in rows:
        role = asking.ours.roles[int(row["layer"]) - 1][int(row["head"]) - 1]
        (m,) = (m for m in role.measures if m.pattern.value == row["measure"])
        assert float(row["mean"]) == m.mean
        assert row["chance"] == ("" if m.pattern is Pattern.EVEN else repr(m.chance))
        assert (row["names_head"] == "yes") == (m is role.clearest)
