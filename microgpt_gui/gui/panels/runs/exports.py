"""What can be copied of the runs: the list as a table."""

from __future__ import annotations

from functools import partial
from math import isnan
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export
from microgpt_gui.gui.shelf import run_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.runs.list_model import RunListModel
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.recipe import Recipe

    Row = tuple[object, ...]

_HEADER = ("run", "dataset", "engine", "changes", "steps", "seconds", "loss")


class RunsExports(QObject):
    """Offers the runs that are listed, as they are when the person asks."""

    def __init__(self, runs: RunListModel, workshop: Workshop) -> None:
        super().__init__(runs)
        self._runs = runs
        self._workshop = workshop

    def copies(self) -> list[CopyOffer]:
        """Return the table."""
        return [CopyOffer("the runs", False, str, self._begin)]

    def _begin(self, _paper: Theme) -> Export:
        run = self._workshop.run
        rows = [self._row(number) for number in range(self._runs.rowCount())]
        return Export(run.config, run.step, partial(_table, rows))

    def _row(self, number: int) -> Row:
        kept = self._runs.kept(number)
        said = self._runs.said(number)
        if kept is None:
            run, shelf = self._workshop.run, self._workshop.shelf
            name, recipe, steps = shelf.current_name, run.recipe, run.step
            trained_s, loss = shelf.current_trained_s, shelf.current_loss
        else:
            name, recipe, steps = kept.name, kept.recipe, kept.steps
            trained_s, loss = kept.trained_s, kept.loss
        return (
            run_words.one_line(name),
            *_told(recipe),
            said.changes,
            steps,
            "" if trained_s is None else repr(trained_s),
            "" if isnan(loss) else repr(loss),
        )


def _told(recipe: Recipe) -> tuple[str, str]:
    dataset, engine = (recipe.values(name) for name in ("dataset", "engine"))
    return run_words.told(dataset), run_words.told(engine)


def _table(rows: list[Row], check: Callable[[], None]) -> Iterator[str]:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.tables import table

    return table(_HEADER, rows, check)
