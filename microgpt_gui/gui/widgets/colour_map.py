"""A theme's colour map, as a table of steps."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = 256


@cache
def colour_table(stops: tuple[str, ...], steps: int = STEPS) -> NDArray[np.uint32]:
    """Return ``steps`` opaque colours, as 0xffRRGGBB, evenly from 0 to 1; read only.

    Args:
        stops: At least two ``#rrggbb``, evenly spaced; between them the light is
            interpolated straight in sRGB, so monotone stops give a monotone table.
        steps: At least 2.
    """
    channels = np.array([list(bytes.fromhex(stop[1:])) for stop in stops], float)
    at = np.linspace(0, len(stops) - 1, steps)
    known = np.arange(len(stops))
    red, green, blue = (
        np.rint(np.interp(at, known, channels[:, i])).astype(np.uint32)
        for i in range(3)
    )
    opaque = np.full(steps, 0xFF000000, np.uint32)
    table: NDArray[np.uint32] = opaque | red << 16 | green << 8 | blue
    table.setflags(write=False)
    return table


def lightness(colours: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Return the relative luminance (WCAG) of 0xffRRGGBB colours, 0 to 1."""
    shifts = np.array([16, 8, 0], np.uint32)
    channels = ((colours[..., None] >> shifts) & 0xFF) / 255
    linear = np.where(
        channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
    )
    weighted: NDArray[np.float64] = linear * np.array([0.2126, 0.7152, 0.0722])
    light: NDArray[np.float64] = weighted.sum(axis=-1)
    return light
