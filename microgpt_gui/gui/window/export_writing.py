"""What writes each kind of export, on the thread of the job."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from microgpt_gui.gui.jobs.film import Film
    from microgpt_gui.gui.panel.export_offer import Export, ExportOffer
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo

    Check = Callable[[], None]
    Tell = Callable[[int, int], None]
    Write = Callable[[Path, Check, Tell], Path]
    Record = Callable[[Check], RunRecord]

# No import of a job or of session.exports at the top: the first window needs none.


def record_at(info: RunInfo, recorder: Recorder, step: int, check: Check) -> RunRecord:
    """Bring back the run as it was after ``step`` steps."""
    from microgpt_gui.session.moments.recorded import record_at

    return record_at(info, recorder, step, check)


def writing_of(offer: ExportOffer, paper: Theme) -> tuple[RunConfig, int, Write]:
    """Return of which run and step the file is, and what writes it.

    Args:
        offer: What to write; its ``problem`` is empty.
        paper: Colours of pictures.
    """
    export = offer.begin(paper)
    write = partial(_write_pieces, export, offer.suffix == ".png")
    return export.config, export.step, write


def _write_pieces(
    export: Export, is_painted: bool, path: Path, check: Check, tell: Tell
) -> Path:
    from microgpt_gui.gui.jobs.export import write_png, write_text

    write = write_png if is_painted else write_text
    return write(path, export.pieces, check, tell)


def write_script(record: Record, path: Path, check: Check, tell: Tell) -> Path:
    """Write the run as a program."""
    from microgpt_gui.gui.jobs import export

    return export.write_script(path, record, check, tell)


def write_gif(record: Record, film: Film, path: Path, check: Check, tell: Tell) -> Path:
    """Write the attention's film as an animation."""
    from microgpt_gui.gui.jobs import film as job

    job.write_gif(path, record(check), film, check, tell)
    return path


def write_folder(
    record: Record, film: Film, name: str, folder: Path, check: Check, tell: Tell
) -> Path:
    """Write the attention's film as pictures, in a new folder ``name``."""
    from microgpt_gui.gui.jobs import film as job

    return job.write_pngs(folder / name, record(check), film, check, tell)
