"""Lengths of time in words."""

from __future__ import annotations


def duration(seconds: float, *, tenths: bool = False) -> str:
    """Return a length of time as people say it: 4 s, 3 min 20 s, 2 h 5 min, 11 days.

    Args:
        seconds: Nothing is below 0.
        tenths: Whether what is below 10 s has a decimal, as what was measured may.
    """
    if tenths and seconds < 10:
        return f"{seconds:.1f} s"
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    if whole < 360_000:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 86_400:,} days"
