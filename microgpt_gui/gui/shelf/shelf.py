"""The runs of this window: those that gave way to another stay here, whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.run.history import LossHistory
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.run.training_clock import TrainingClock
from microgpt_gui.gui.shelf import run_words
from microgpt_gui.gui.shelf.shelved_run import ShelvedRun, averaged, share_budget
from microgpt_gui.gui.threads.background import Background
from microgpt_gui.session.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.segment import Segment

#: Deletions that can be taken back.
UNDO_DEPTH = 20


class RunShelf(QObject):
    """All runs of a window but the current one, and which of them are compared.

    Lives on the GUI thread.

    Attributes:
        runs: What is kept, the newest first.
        chance_overlay: The run that is overlaid because it came before the current
            one, not because anyone asked for it; or None.
        compared: The run whose attention and samples stand beside the current one's,
            or None.
        resumed: The run that was kept here until it became the current one, or None.
        clock: How long the current run was trained for.

    Signals:
        changed: ``runs``, or what is known of one, changed.
        current_changed: The current run's name changed.
        overlaid_changed: `overlaid` changed.
        save_requested: A run is to be saved (ShelvedRun, or None for the current).
        compared_changed: ``compared`` changed.
    """

    changed = Signal()
    current_changed = Signal()
    overlaid_changed = Signal()
    save_requested = Signal(object)
    compared_changed = Signal()

    def __init__(self, run: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self.runs: list[ShelvedRun] = []
        self.chance_overlay: ShelvedRun | None = None
        self.compared: ShelvedRun | None = None
        self.resumed: ShelvedRun | None = None
        self._run = run
        self._name = ""  # that a person chose for the current run
        self._before: Recipe | None = None  # of the run before
        self._parent: ShelvedRun | None = None  # what the current run took the place of
        self._newest: Recipe | None = None  # of the run dropped last
        self._told: Recipe | None = None  # that the names are made of
        self._forked_at = -1  # the step that the current run was forked at, or -1
        self._just_dropped: ShelvedRun | None = None
        self._left: ShelvedRun | None = None  # what was there before a run loads
        self._taken_up: ShelvedRun | None = None  # wanted; its record is still to come
        self._arriving: ShelvedRun | None = None  # about to be the current run
        self.clock = TrainingClock()
        self._deleted: list[tuple[int, ShelvedRun, bool]] = []
        self._job = Background("take up", self)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)
        run.leaving.connect(self._on_run_leaving)
        run.dropped.connect(self._on_run_dropped)
        run.started.connect(self._on_run_started)
        run.prepared.connect(self._on_run_prepared)
        run.loading.cancelled.connect(self._on_loading_cancelled)
        run.state_changed.connect(self._on_run_state_changed)
        run.config_changed.connect(self.current_changed)
        run.hearers.add(self._on_run_updated)
        run.segments_corrected.connect(self._on_run_segments_corrected)

    @property
    def newly_kept(self) -> ShelvedRun | None:
        """The run that just gave way; None if that was not even loaded."""
        return self.runs[0] if self._run.info else self.resumed

    # The current run

    @property
    def current_name(self) -> str:
        """What the current run is called."""
        names = [kept.name for kept in self.runs]
        name = run_words.suggested_name(self._run.recipe)
        return self._name or run_words.unused(name, names)

    @property
    def current_changes(self) -> str:
        """What was changed for the current run, in words; may be empty.

        Of a fork that has not gone a step of its own yet, what it is made for.
        """
        run, before = self._run, self._before
        if before is None:
            return ""
        recipe = run.recipe
        if run.info is not None and run.step == self._forked_at:
            recipe = Recipe.of(run.info.segments, run.step + 1)
        return run_words.changes(before, recipe)

    @property
    def is_current_first(self) -> bool:
        """Whether there is no run before that the current one could differ from."""
        return self._before is None

    @property
    def current_loss(self) -> float:
        """See `averaged`; nan before the first step."""
        return averaged(self._run.losses.values)

    @property
    def current_trained_s(self) -> float | None:
        """Time that the current run was trained for; None where nobody knows."""
        return self.clock.seconds if self.clock.is_whole else None

    def rename_current(self, name: str) -> None:
        """Call the current run so; by what it is if ``name`` is blank, or says that."""
        is_own = name.strip() != run_words.suggested_name(self._run.recipe)
        self._name = name.strip() if is_own else ""
        self.current_changed.emit()

    # What a person can do

    @property
    def listed(self) -> list[ShelvedRun]:
        """The runs that are not hidden, the newest first."""
        return [kept for kept in self.runs if not kept.is_hidden]

    @property
    def overlaid(self) -> list[ShelvedRun]:
        """The runs whose losses are drawn with the current one's."""
        drawn = [kept for kept in self.runs if kept.overlay is not None]
        return sorted(drawn, key=_slot)

    @property
    def held_bytes(self) -> int:
        """What the keyframes of all runs kept here take."""
        return sum(kept.recorder.holdings().size_bytes for kept in self._all())

    @property
    def undoable(self) -> str:
        """Name of the run whose deletion can be taken back; empty for none."""
        return self._deleted[-1][1].name if self._deleted else ""

    def rename(self, kept: ShelvedRun, name: str) -> None:
        """Call a run so; a blank name changes nothing."""
        if name.strip() and name.strip() != kept.name:
            kept.name, kept.is_named = name.strip(), True
            self.changed.emit()

    def set_hidden(self, kept: ShelvedRun, is_hidden: bool) -> None:
        """Leave a run out of the list and all pictures, or take it in again."""
        kept.is_hidden = is_hidden
        if is_hidden:
            self._take_out_of_pictures(kept)
        self.changed.emit()

    def delete(self, kept: ShelvedRun) -> None:
        """Forget a run; `undo` brings it back."""
        self._deleted.append((self.runs.index(kept), kept, kept.overlay is not None))
        del self._deleted[:-UNDO_DEPTH]
        self._take_out_of_pictures(kept)
        self.runs.remove(kept)
        self.changed.emit()

    def undo(self) -> None:
        """Bring back the run that was deleted last."""
        if self._deleted:
            place, kept, was_overlaid = self._deleted.pop()
            self.runs.insert(place, kept)
            self.changed.emit()
            if was_overlaid:
                self.set_overlaid(kept, True)

    def add(self, runs: Sequence[ShelvedRun], before: Recipe | None) -> None:
        """Put runs that were opened before all others, with the looks they have.

        What is drawn with the current run's losses then is as those runs say.

        Args:
            runs: The newest first.
            before: What the current run, opened with them, is told apart from.
        """
        self._before = before
        self.clear_overlays()
        self.runs[:0] = runs
        share_budget(self._all(), self._run.keyframe_bytes)
        self.changed.emit()
        self.overlaid_changed.emit()

    def set_overlaid(self, kept: ShelvedRun, is_overlaid: bool) -> None:
        """Draw a run's losses with the current one's, or no longer."""
        if kept is self.chance_overlay:
            self.chance_overlay = None
        self._overlay(kept, is_overlaid)

    def clear_overlays(self) -> None:
        """Draw no run's losses but the current one's."""
        for kept in self.overlaid:
            self.set_overlaid(kept, False)

    def compare(self, kept: ShelvedRun | None) -> None:
        """Show a run's attention and samples beside the current one's; None ends it."""
        if kept is not self.compared:
            self.compared = kept
            self.compared_changed.emit()

    def take_up(self, kept: ShelvedRun) -> None:
        """Make a run the current one, as it was at its end; the present one is kept."""
        self._taken_up = kept
        self._job.start(kept.record)

    def shut_down(self) -> None:
        """End what was started."""
        self._job.shut_down()

    # How it works

    def _all(self) -> list[ShelvedRun]:
        return [*self.runs, *(kept for _, kept, _ in self._deleted)]

    def _overlay(self, kept: ShelvedRun, is_overlaid: bool) -> None:
        if is_overlaid == (kept.overlay is not None):
            return
        taken = {other.overlay for other in self.runs}
        kept.overlay = (
            next(i for i in range(len(taken) + 1) if i not in taken)
            if is_overlaid
            else None
        )
        self.changed.emit()
        self.overlaid_changed.emit()

    def _take_out_of_pictures(self, kept: ShelvedRun) -> None:
        self.set_overlaid(kept, False)
        if kept is self.compared:
            self.compare(None)

    @Slot()
    def _on_run_leaving(self) -> None:
        run = self._run
        assert run.info is not None
        losses = LossHistory()
        figures = run.recorder.figures
        losses.extend(figures.losses[: len(figures)])
        self._left = ShelvedRun(
            name=self.current_name,
            is_named=bool(self._name),
            recipe=run.recipe,
            before=self._before,
            info=run.info,
            recorder=run.recorder,
            losses=losses,
            trained_s=self.current_trained_s,
            divergence=run.divergence,
        )

    @Slot()
    def _on_run_dropped(self) -> None:
        self._newest = self._run.recipe
        if self._run.info is None:
            if self.resumed is not None:  # as it was: nothing has been added to it
                self.runs.insert(0, self.resumed)
                self.changed.emit()
            return
        kept = self._left
        assert kept is not None
        self.runs.insert(0, kept)
        self._just_dropped = kept
        share_budget(self._all(), self._run.keyframe_bytes)
        if kept.steps > 1:
            if self.chance_overlay is not None:
                self._overlay(self.chance_overlay, False)
            self.chance_overlay = kept
            self._overlay(kept, True)
        self.changed.emit()

    @Slot()
    def _on_run_started(self) -> None:
        self._parent, self._just_dropped = self._just_dropped, None
        self.resumed, self._arriving = self._arriving, None
        self._taken_up = None
        self._forked_at = -1
        if (kept := self.resumed) is None:
            self._name, self._before = "", self._newest
            self.clock.set(0.0)
        else:
            if kept in self.runs:
                self._take_out_of_pictures(kept)
                self.runs.remove(kept)
            self._name = kept.name if kept.is_named else ""
            self._before = kept.before
            self.clock.set(kept.trained_s)
            self.changed.emit()
        self.current_changed.emit()

    @Slot()
    def _on_run_prepared(self) -> None:
        self._left = None

    @Slot()
    def _on_run_state_changed(self) -> None:
        if self._run.is_training:
            self.clock.start()
        else:
            self.clock.stop()

    @Slot()
    def _on_run_updated(self) -> None:
        """Tell where a step has learnt with what was changed before it."""
        recipe = self._run.recipe
        if recipe != self._told:
            self._told = recipe
            self.current_changed.emit()

    @Slot(int, object)
    def _on_run_segments_corrected(
        self, run_id: int, segments: tuple[Segment, ...]
    ) -> None:
        """Take down a live change that came as its run gave way."""
        for kept in self._all():
            if kept.info.run_id == run_id:
                kept.info = replace(kept.info, segments=segments)
                kept.recipe = Recipe.of(segments, kept.steps)
                if not kept.is_named:
                    others = [other.name for other in self.runs if other is not kept]
                    name = run_words.suggested_name(kept.recipe)
                    kept.name = run_words.unused(name, others)
                self.changed.emit()

    @Slot(int)
    def note_fork(self, step: int) -> None:
        """Call the current run a fork of the one before, which it left at ``step``."""
        if (parent := self._parent) is not None:
            self._before = parent.recipe
            self._forked_at = step
            self.clock.set_part(parent.trained_s, step / max(parent.steps, 1))
            self.rename_current(run_words.fork_name(parent.name, step))

    @Slot()
    def _on_loading_cancelled(self) -> None:
        """Go back to the run that gave way, unless somebody began another already."""
        is_open = self._run.state is RunState.FAILED
        if is_open and (left := self._left) is not None and self._is_kept(left):
            self.take_up(left)

    def _is_kept(self, kept: ShelvedRun) -> bool:
        """Say whether a run was not deleted; one without steps is in no list."""
        return kept in self.runs or (kept is self._left and not kept.steps)

    @Slot(object)
    def _on_job_succeeded(self, record: RunRecord) -> None:
        kept = self._taken_up
        if kept is not None and self._is_kept(kept):
            self._arriving = kept
            self._run.resume(record, divergence=kept.divergence)

    @Slot(str)
    def _on_job_failed(self, message: str) -> None:
        self._taken_up = None
        self._run.noticed.emit(message)


def _slot(kept: ShelvedRun) -> int:
    return -1 if kept.overlay is None else kept.overlay
