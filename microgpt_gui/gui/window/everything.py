"""File > Export > Everything into a folder: which files, and what is left out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.jobs.export_all import Part, write_all
from microgpt_gui.gui.jobs.film import Film
from microgpt_gui.gui.panel.export_offer import ink_of
from microgpt_gui.gui.theme.coverage import problem_of_pixels
from microgpt_gui.gui.window.export_writing import (
    write_gif,
    write_script,
    writing_of,
)
from microgpt_gui.gui.window.film_dialog import FRAMES
from microgpt_gui.session.exports.names import file_stem
from microgpt_gui.session.listed import listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from microgpt_gui.gui.jobs.export_all import Written
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.window.export_writing import Check, Record, Tell
    from microgpt_gui.gui.workshop import Workshop


class Everything:
    """What there is at the moment when the person asks.

    Attributes:
        folder: What the new folder is to be called.
        parts: The files.
        left_out: What there is not, and why, for people; empty if nothing is missing.
    """

    def __init__(
        self,
        workshop: Workshop,
        offers: Sequence[ExportOffer],
        paper: Theme,
        record: Record,
    ) -> None:
        """Take it up.

        Args:
            workshop: There is a run.
            offers: What the Export menu lists.
            paper: Colours of pictures.
            record: Brings back the run as it is now.
        """
        run = workshop.run
        config, step = run.config, run.step
        self.folder = file_stem(config, step, "everything")
        self.parts: list[Part] = []
        missing: dict[str, list[str]] = {}  # why: what
        written = {offer.group for offer in offers if not offer.problem()}
        for offer in offers:
            if problem := offer.problem() or offer.left_out():
                if offer.is_on_demand:
                    continue
                is_whole = offer.group and offer.group not in written
                what = offer.group if is_whole else offer.title
                if what not in missing.setdefault(problem, []):
                    missing[problem].append(what)
                continue
            of, at, write = writing_of(offer, paper)
            self.parts.append(Part(file_stem(of, at, offer.what) + offer.suffix, write))
        shown = workshop.shown_text
        film = Film(shown.text if shown is not None else "", FRAMES, ink_of(paper))
        if shown is not None and (problem := problem_of_pixels(shown.labels[1:])):
            missing.setdefault(problem, []).append("Attention film")
        else:
            write = partial(write_gif, record, film)
            self.parts.append(
                Part(file_stem(config, step, "attention") + ".gif", write)
            )
        write = partial(write_script, record)
        self.parts.append(Part(file_stem(config, step, "run") + ".py", write))
        told = (_left_out(whats, why) for why, whats in missing.items())
        self.left_out = " ".join(told)

    def write(self, where: Path, check: Check, tell: Tell) -> Written:
        """Write it into a new folder in the folder ``where``. See `write_all`."""
        return write_all(where / self.folder, self.parts, check, tell)


def _left_out(whats: list[str], why: str) -> str:
    verb = "are" if len(whats) > 1 else "is"
    return f"{listed([f'“{what}”' for what in whats])} {verb} left out. {why}"
