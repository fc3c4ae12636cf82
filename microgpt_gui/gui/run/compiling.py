"""Getting machine code beside a run that trains on without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.gui.threads.background import Background
from microgpt_gui.session.machine_code import words
from microgpt_gui.session.machine_code.at_hand import (
    COMPILED,
    load_kept,
    missing_package,
)
from microgpt_gui.session.machine_code.supply import Stage, Supply

if TYPE_CHECKING:
    from microgpt_gui.gui.threads.background import Check

#: So often it looks how far the process is that compiles.
_LOOK_MS = 100


class Compiling(QObject):
    """Compiles where a run wants that; on the GUI thread, as ``run.compiling``.

    Attributes:
        since: The steps that were done when the machine code took over in the run; None
            if it has not, or was there from the beginning.

    Signals:
        changed: What `line` says is another thing.
        failed: It cannot be had (why, and what to do: str).
        took_over: The run goes on with it (that, for people: str).
    """

    changed = Signal()
    failed = Signal(str)
    took_over = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.since: int | None = None
        self._line = ""
        self._told_of = ""  # the last problem
        self._supply = Supply()
        self._loading = Background("machine code", self)
        self._loading.succeeded.connect(self._on_loaded)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._refresh)

    @property
    def line(self) -> str:
        """How far it is, for people; empty where there is nothing to say."""
        return self._line

    @property
    def is_under_way(self) -> bool:
        """Whether it compiles, or waits for another program that does."""
        return self._supply.stage is Stage.COMPILING

    @property
    def pid(self) -> int | None:
        """The number of the process that compiles here; None if there is none."""
        return self._supply.pid

    @property
    def problem(self) -> str:
        """Why it cannot be had, and what to do; empty if that is not known."""
        return self._supply.problem if self._supply.stage is Stage.FAILED else ""

    def serve(self, engine: str) -> None:
        """Get what a run needs that is prepared; the training thread has looked for it.

        Args:
            engine: The run's.
        """
        self.since = None
        if engine == COMPILED and not self._supply.load():
            self._supply.compile()
            self._look.start()
        self._refresh()

    def note_taken_over(self, step: int | None) -> None:
        """Take down when the machine code took over in the run, if it did."""
        if step is not None and self.since is None:
            self.since = step
            self._refresh()
            self.took_over.emit(words.compiled_since(step))

    def shut_down(self) -> None:
        """Give up; no process is left."""
        self._look.stop()
        self._loading.shut_down()
        self._supply.stop()

    @Slot()
    def _refresh(self) -> None:
        """See how far it is, and say so."""
        stage = self._supply.poll()
        line = ""
        match stage:
            case Stage.COMPILING | Stage.COMPILED:
                line = words.compiling(self._supply.so_far_s)
            case Stage.FAILED:
                line = self._supply.problem
            case Stage.LOADED if self.since is not None:
                line = words.compiled_since(self.since)
            case Stage.LOADED if self._look.isActive():
                line = words.comes_next()
        if stage is Stage.COMPILED and not self._loading.is_active:
            self._loading.start(_load)
        elif stage not in (Stage.COMPILING, Stage.COMPILED):
            self._look.stop()
        if line != self._line:
            self._line = line
            self.changed.emit()
        if self.problem != self._told_of:
            self._told_of = self.problem
            if self.problem and not missing_package():  # known beforehand, and offered
                self.failed.emit(self.problem)

    @Slot(object)
    def _on_loaded(self, _is_loaded: bool) -> None:
        self._supply.load()
        self._refresh()


def _load(_check: Check) -> bool:
    """Do on a thread what takes 0.1 s."""
    return load_kept()
