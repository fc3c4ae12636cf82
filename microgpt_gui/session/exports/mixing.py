"""Colours between two others, in window and pictures alike."""

from __future__ import annotations


def mixed(colour: str, ground: str, share: float) -> str:
    """Return a colour of which only a share, from 0 to 1, is seen on a ground."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + bytes(round(a * share + b * (1 - share)) for a, b in pairs).hex()
