"""Files that the runs of the window need, and that nothing else may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.data.text_file import shown_path
from microgpt_gui.session.datasets import dataset_file
from microgpt_gui.session.same_place import is_same_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from microgpt_gui.gui.workshop import Workshop


def why_needed(path: Path, own: Iterable[Path | None], workshop: Workshop) -> str:
    """Return why a file must not be written over; empty if it may be.

    Args:
        path: The file, by whatever name.
        own: Files that hold runs; None stands for a run that is in no file.
        workshop: The run in the window, and those before it: their texts are needed.
    """
    if any(other is not None and is_same_place(path, other) for other in own):
        return f"{shown_path(path)} holds a run of this window; choose another name"
    run = workshop.run
    infos = [run.info, *(kept.info for kept in workshop.shelf.runs)]
    names = {
        segment.dataset.source
        for info in infos
        if info is not None
        for segment in info.segments
    }
    for name in (run.config.dataset, *names):
        text = dataset_file(name)
        if text is not None and is_same_place(path, text):
            return (
                f"{shown_path(path)} is the text that a run of this window learns "
                "from; choose another name"
            )
    return ""
