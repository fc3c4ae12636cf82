"""From an entry of the Export menu to a file: where, how far, and how it ended."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QProgressBar, QProgressDialog, QWidget

from microgpt_gui.gui.panel.export_offer import ExportOffer, ink_of
from microgpt_gui.gui.widgets.dialogs import open_over
from microgpt_gui.gui.window.export_writing import (
    record_at,
    write_folder,
    write_gif,
    write_script,
    writing_of,
)
from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.gui.jobs.export import ExportJob
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.export_writing import Record, Write
    from microgpt_gui.gui.window.paper_menu import PaperMenu
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.config import RunConfig

#: What takes longer shows its progress.
PATIENCE_MS = 500

_KINDS = {
    ".csv": "Tables (*.csv)",
    ".gif": "Animated pictures (*.gif)",
    ".json": "JSON (*.json)",
    ".png": "Pictures (*.png)",
    ".py": "Python programs (*.py)",
    ".svg": "Vector pictures (*.svg)",
    ".txt": "Texts (*.txt)",
}


class _Wish(NamedTuple):
    """What is to be written as soon as it is known where."""

    title: str
    name: str
    write: Callable[..., object]


class Exporter(QObject):
    """Asks where, writes beside the training, and tells how it ended.

    Signals:
        succeeded: Something was written (where, for people: str).
        failed: Something was not (why, for people: str).
    """

    succeeded = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        window: QWidget,
        workshop: Workshop,
        appearance: Appearance,
        paper: PaperMenu,
        is_needed: Callable[[Path], str],
    ) -> None:
        """Build it.

        Args:
            window: What its dialogs belong to.
            workshop: What is exported.
            appearance: Theme and zoom.
            paper: Which colours pictures have.
            is_needed: Says why a file must not be written over; empty if it may be.
        """
        super().__init__(window)
        self._paper = paper
        self._is_needed = is_needed
        self._window = window
        self._workshop = workshop
        self._run = workshop.run
        self._appearance = appearance
        self._folder: Path | None = None  # where the last one went
        self._wish: _Wish | None = None
        self._film: tuple[RunConfig, int, Record, str] | None = None
        self._job: ExportJob | None = None  # until there is something to write
        self._progress: QProgressDialog | None = None
        self._parts: list[str] = []  # names of the files of everything
        self._left_out = ""  # what everything is without, for people

    @property
    def problem(self) -> str:
        """Why the run as a whole cannot be written now; empty if it can."""
        if self._run.info is None:
            return "There is no run yet: it is being prepared, or could not be."
        return self.busy

    @property
    def busy(self) -> str:
        """Why nothing at all can be written now; empty if it can."""
        if self._job is not None and self._job.is_active:
            return "Another export is being written; wait for its end, or cancel it."
        return ""

    def record(self, step: int | None = None) -> Record:
        """Return what brings back the run as it is now, or as it was after ``step``."""
        run = self._run
        assert run.info is not None
        at = run.step if step is None else step
        return partial(record_at, run.info, run.recorder, at)

    # What a person can do

    def export(self, offer: ExportOffer) -> None:
        """Ask where ``offer`` is to go, and write what there is of it now."""
        if problem := self.busy or offer.problem():
            self.failed.emit(problem)
            return
        writing = writing_of(offer, self._paper.theme)
        self._ask_where(offer.title, offer.what, offer.suffix, *writing)

    def export_all(self, offers: Sequence[ExportOffer]) -> None:
        """Ask where everything is to go, and write it into a new folder there.

        Args:
            offers: What the menu lists; what cannot be written now is left out.
        """
        if problem := self.problem:
            self.failed.emit(problem)
            return
        # Not at the top: the first window needs none of it.
        from microgpt_gui.gui.window.everything import Everything

        everything = Everything(
            self._workshop, offers, self._paper.theme, self.record()
        )
        self._parts = [part.name for part in everything.parts]
        self._left_out = everything.left_out
        title = "Everything into a folder"
        self._wish = _Wish(title, everything.folder, everything.write)
        self._ask_for_folder("Where to make the folder")

    def export_script(self) -> None:
        """Ask where the run is to go as a program, and write it."""
        if problem := self.problem:
            self.failed.emit(problem)
            return
        write = partial(write_script, self.record())
        config, step = self._run.config, self._run.step
        self._ask_where("Run as Python program", "run", ".py", config, step, write)

    def export_film(self, suffix: str) -> None:
        """Ask what the film is to show and where it is to go, and paint it.

        Args:
            suffix: ``.gif``; ``.png`` for a folder of pictures.
        """
        if problem := self.problem:
            self.failed.emit(problem)
            return
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.gui.window.film_dialog import FilmDialog

        run = self._run
        self._film = run.config, run.step, self.record(), suffix
        shown = self._workshop.shown_text
        text = shown.text if shown is not None else ""
        dialog = FilmDialog(self._window, self._appearance, text=text, last=run.step)
        dialog.chosen.connect(self._on_film_chosen)
        open_over(self._window, dialog)

    @Slot()
    def shut_down(self) -> None:
        """Give up what is not written yet; takes a moment at most."""
        if self._job is not None:
            self._job.shut_down()
        self._close_progress()

    # Where

    def _ask_where(
        self,
        title: str,
        what: str,
        suffix: str,
        config: RunConfig,
        step: int,
        write: Write,
    ) -> None:
        from microgpt_gui.session.exports.names import file_stem

        name = file_stem(config, step, what) + suffix
        self._parts = []
        self._wish = _Wish(title, name, write)
        dialog = QFileDialog(self._window, f"Export · {title}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_KINDS[suffix], "All files (*)"])
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        self._open(dialog, name)

    def _ask_for_folder(self, title: str) -> None:
        dialog = QFileDialog(self._window, f"Export · {title}")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Make it here")
        self._open(dialog, "")

    def _open(self, dialog: QFileDialog, name: str) -> None:
        dialog.setDirectory(str(self._folder or _documents()))
        if name:
            dialog.selectFile(name)
        dialog.fileSelected.connect(self._on_place_chosen)
        open_over(self._window, dialog)

    @Slot(str, int)
    def _on_film_chosen(self, text: str, frames: int) -> None:
        from microgpt_gui.gui.jobs.film import Film

        assert self._film is not None
        config, step, record, suffix = self._film
        self._film = None
        film = Film(text, frames, ink_of(self._paper.theme))
        if suffix == ".gif":
            write = partial(write_gif, record, film)
            self._ask_where("Attention film", "attention", ".gif", config, step, write)
        else:
            from microgpt_gui.session.exports.names import file_stem

            self._parts = []
            name = file_stem(config, step, "attention")
            write = partial(write_folder, record, film, name)
            self._wish = _Wish("Attention film", name, write)
            self._ask_for_folder("Where to make the film's folder")

    @Slot(str)
    def _on_place_chosen(self, chosen: str) -> None:
        wish, self._wish = self._wish, None
        assert wish is not None
        if problem := self.busy:
            self.failed.emit(problem)
            return
        path = Path(chosen)
        self._folder = path if path.is_dir() else path.parent
        if problem := self._is_needed(path):
            self.failed.emit(f"Not exported: {problem}")
            return
        self._show_progress(wish.title)
        self._begun_job().write(partial(wish.write, path))

    def _begun_job(self) -> ExportJob:
        if self._job is None:
            from microgpt_gui.gui.jobs.export import ExportJob

            self._job = ExportJob(self)
            self._job.progressed.connect(self._on_job_progressed)
            self._job.succeeded.connect(self._on_job_succeeded)
            self._job.failed.connect(self._on_job_failed)
        return self._job

    # How far

    def _show_progress(self, title: str) -> None:
        dialog = QProgressDialog(f"Writing: {title}", "Cancel", 0, 0, self._window)
        dialog.setWindowTitle("Export")
        bar = QProgressBar(textVisible=False)  # there is no room in a bar so thin
        bar.setAccessibleName("Progress of the export")
        dialog.setBar(bar)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.setMinimumDuration(PATIENCE_MS)
        dialog.setMinimumWidth(self._appearance.px(360))
        dialog.canceled.connect(self._on_progress_canceled)
        dialog.setValue(0)  # from now on it counts the time
        self._progress = dialog

    def _close_progress(self) -> None:
        dialog, self._progress = self._progress, None
        if dialog is not None:
            dialog.canceled.disconnect(self._on_progress_canceled)
            dialog.close()
            dialog.deleteLater()

    @Slot(int, int)
    def _on_job_progressed(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.setMaximum(total)
            self._progress.setValue(done)
            if self._parts and total:
                number = min(done * len(self._parts) // total, len(self._parts) - 1)
                self._progress.setLabelText(f"Writing: {self._parts[number]}")

    @Slot()
    def _on_progress_canceled(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._close_progress()

    # How it ended

    @Slot(object)
    def _on_job_succeeded(self, result: object) -> None:
        self._close_progress()
        if isinstance(result, Path):
            self._tell_of_file(result)
            return
        # Not at the top: the first window needs none of it.
        from microgpt_gui.gui.jobs.export_all import Written

        assert isinstance(result, Written)
        noun = "file" if result.count == 1 else "files"
        place = isolated(str(result.folder))
        said = f"Exported {result.count} {noun} to {place}"
        if result.problems:
            said += f", but not {'; '.join(result.problems)}"
        said = f"{said.removesuffix('.')}. {self._left_out}".removesuffix(". ")
        tell = self.failed if result.problems else self.succeeded
        tell.emit(said)

    def _tell_of_file(self, path: Path) -> None:
        self.succeeded.emit(f"Exported to {isolated(str(path))}")

    @Slot(str)
    def _on_job_failed(self, message: str) -> None:
        self._close_progress()
        self.failed.emit(f"Not exported: {message}")


def _documents() -> Path:
    """Return where people keep what they make."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())
