"""Colours by what they are for. Widgets and plots name roles, never colours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, as ``#rrggbb``.

    Text on its ground keeps a contrast of at least 4.5 to 1 (WCAG AA), muted text too.
    Series colours differ in lightness as well as hue, for people who see fewer hues.
    """

    name: str
    canvas: str  # behind everything
    surface: str  # panels
    raised: str  # boxes and buttons on a panel
    hover: str  # a raised part under the pointer
    border: str
    text: str
    muted: str  # labels, units, hints
    accent: str  # the one thing to press, focus, selection
    accent_hover: str
    on_accent: str  # text on accent
    good: str
    warning: str
    warning_ground: str  # behind a notice
    series: tuple[str, ...]  # the first for the run, the others for what is compared
    faint: str  # raw points under a smoothed curve
    reference: str  # reference lines
    map: tuple[str, ...]  # evenly spaced stops from 0 to 1; lightness is monotone
    map_empty: str  # cells that hold no value
    map_odd: str  # cells whose value is no finite number; on neither map
    signed_map: tuple[str, ...]  # stops from -1 to 1; both ends stand out from 0


LIGHT = Theme(
    name="light",
    canvas="#eceef2",
    surface="#ffffff",
    raised="#f4f5f8",
    hover="#e6e9f0",
    border="#d5d9e2",
    text="#171b26",
    muted="#596275",
    accent="#3b4fd8",
    accent_hover="#2f41bd",
    on_accent="#ffffff",
    good="#0a7556",
    warning="#a04a00",
    warning_ground="#fff3e2",
    series=(
        "#3b4fd8",
        "#d35400",
        "#0a7a5a",
        "#b0408f",
        "#5c4a00",
        "#1b8fc0",
        "#1f2430",
    ),
    faint="#7f8cb8",
    reference="#8a6100",
    map=("#f3f5fb", "#c6d4f3", "#8ba8e6", "#5576d2", "#3448a8", "#1b1f5e"),
    map_empty="#ffffff",
    map_odd="#c2188b",
    signed_map=("#1d4496", "#7f9fdb", "#f3f4f7", "#e9a468", "#9c4203"),
)

DARK = Theme(
    name="dark",
    canvas="#0d1017",
    surface="#151a23",
    raised="#1e2530",
    hover="#29313f",
    border="#2c3544",
    text="#edf0f6",
    muted="#9da8ba",
    accent="#8ea2ff",
    accent_hover="#a9b8ff",
    on_accent="#10142b",
    good="#5fd3a8",
    warning="#ffb35c",
    warning_ground="#33260f",
    series=(
        "#8ea2ff",
        "#f08a3c",
        "#35b58a",
        "#dd6fc0",
        "#e3d37a",
        "#5fd0ff",
        "#ffffff",
    ),
    faint="#5f6d9b",
    reference="#d3ad55",
    map=("#1b2130", "#2b3869", "#4058ac", "#6488dc", "#9dc3f3", "#f4f8ff"),
    map_empty="#151a23",
    map_odd="#ff5cc8",
    signed_map=("#a6c4ff", "#4a70bd", "#1a202b", "#ad6a2c", "#ffc284"),
)
