"""The attention film: frames painted one after the other, and put into files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

import numpy as np

from microgpt_gui.gui.jobs.new_folder import new_folder
from microgpt_gui.gui.theme import coverage
from microgpt_gui.gui.threads.painting import painted, png
from microgpt_gui.session.exports.attention_svg import attention_svg
from microgpt_gui.session.exports.film import film_looks, film_steps
from microgpt_gui.session.exports.ink import colours
from microgpt_gui.session.exports.names import caption
from microgpt_gui.session.recipe import Recipe
from microgpt_gui.session.writable import explained, replacing_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from PIL.Image import Image
    from PySide6.QtGui import QImage

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.record import RunRecord

    Check = Callable[[], None]
    Tell = Callable[[int, int], None]

#: How long a frame is seen; and the last one, which is where one wants to look.
FRAME_MS, LAST_FRAME_MS = 120, 2500


@dataclass(frozen=True, slots=True)
class Film:
    """What to show.

    Attributes:
        text: What every frame reads; empty for the document learnt last.
        frames: How many, from step 0 to now; at least 1.
        ink: Colours.
    """

    text: str
    frames: int
    ink: Ink


def write_gif(
    path: Path, record: RunRecord, film: Film, check: Check, tell: Tell
) -> None:
    """Write the film as one animated GIF that begins again at its end.

    Args:
        path: The file.
        record: The run.
        film: What to show.
        check: Called often; what it raises ends the work.
        tell: Called with the frames done, and of how many.

    Raises:
        ValueError: A frame cannot be drawn; says why.
        CannotWrite: The file cannot be written; says why.
    """
    palette = _palette(film.ink)
    images = (_indexed(image, palette) for image in _frames(record, film, check, tell))
    count = len(film_steps(record.steps_done, film.frames))
    durations = [FRAME_MS] * (count - 1) + [LAST_FRAME_MS]
    first = next(images)
    with replacing_file(path) as file:
        first.save(
            cast("BinaryIO", _Plain(file)),
            "GIF",
            save_all=True,
            append_images=images,
            duration=durations,
            loop=0,
            optimize=False,
        )


def write_pngs(
    folder: Path, record: RunRecord, film: Film, check: Check, tell: Tell
) -> Path:
    """Write the film as a new folder of PNG files, one a frame, named in order.

    Args:
        folder: What it is to be called; a number is added where there is one already.
        record: The run.
        film: What to show.
        check: Called often; what it raises ends the work, and the folder goes.
        tell: Called with the frames done, and of how many.

    Returns:
        The folder.

    Raises:
        ValueError: A frame cannot be drawn; says why.
        CannotWrite: The files cannot be written; says why.
    """
    with explained(folder), new_folder(folder) as made:
        frames = _frames(record, film, check, tell)
        for number, image in enumerate(frames, start=1):
            (made.path / f"frame-{number:04d}.png").write_bytes(png(image))
    return made.path


def _frames(
    record: RunRecord, film: Film, check: Check, tell: Tell
) -> Iterator[QImage]:
    steps = film_steps(record.steps_done, film.frames)
    words = caption(Recipe.of(record.segments, record.steps_done))
    for number, look in enumerate(film_looks(record, film.text, steps, check)):
        tell(number, len(steps))
        if problem := coverage.problem_of_pixels(look.labels[1:]):
            raise ValueError(problem)
        yield painted(attention_svg(look, film.ink, words), 1.0)
    tell(len(steps), len(steps))


class _Plain:
    """A file that Pillow has to write to by its methods.

    Given the descriptor, it writes to that by itself, and where the system takes a part
    only, as at the moment when a disk is full, it goes on as if that were all.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.write, self.flush = file.write, file.flush
        self.seek, self.tell = file.seek, file.tell


def _palette(ink: Ink) -> NDArray[np.uint8]:
    """Return colours for all frames, [colour][rgb]: with others each would flicker."""
    table = [*colours(ink.map)[::2], colours(ink.map)[-1], ink.border]
    table += ["#000000", "#ffffff"]
    for colour in (ink.text, ink.muted):
        table += [*colours((ink.ground, colour))[::6], colour]
    rows = [list(bytes.fromhex(colour[1:])) for colour in table]
    return np.array(rows[:256], np.uint8)


def _indexed(image: QImage, palette: NDArray[np.uint8]) -> Image:
    """Return ``image`` in the nearest colours of ``palette``."""
    from PIL import Image

    width, height = image.width(), image.height()
    lines = np.frombuffer(image.constBits(), np.uint32).reshape(height, -1)
    found, places = np.unique(lines[:, :width] & 0xFFFFFF, return_inverse=True)
    rgb = np.stack((found >> 16, found >> 8 & 0xFF, found & 0xFF), axis=1)
    apart = rgb.astype(np.int32)[:, None] - palette.astype(np.int32)
    nearest = (apart * apart).sum(axis=2).argmin(axis=1).astype(np.uint8)
    indexed = Image.fromarray(nearest[places].reshape(height, width))
    indexed.putpalette(palette.tobytes())
    return indexed
