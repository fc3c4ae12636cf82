"""Tool tips that wrap."""

from __future__ import annotations

from html import escape


def wrapped(*paragraphs: str) -> str:
    """Return plain paragraphs as a tool tip in lines of readable length.

    Qt wraps rich text only, and takes for rich what merely looks like it; so the text
    is made rich, and what looks like a tag stays text.
    """
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
