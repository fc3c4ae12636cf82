"""Parts of Python files as one text: coloured, each file's under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.code_tokens import Kind, coloured_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextDocument

    from microgpt_gui.gui.theme.appearance import Appearance

#: A line that is too long goes on so many characters further in than it began.
_FURTHER_IN = 4


class CodeLine(NamedTuple):
    """Where a line is."""

    file: str
    number: int


class CodePart(NamedTuple):
    """Some lines of a file that follow each other: a whole piece of Python."""

    file: str
    first_line: int
    text: str


def write_code(
    document: QTextDocument,
    parts: Sequence[CodePart],
    font: QFont,
    appearance: Appearance,
) -> list[CodeLine | None]:
    """Fill ``document``, all at once, to be laid out once.

    Returns:
        Of each of its blocks, which line it is; None of the name of a file.
    """
    document.clear()
    writer = _Writer(document, font, appearance)
    writer.cursor.beginEditBlock()
    file = ""
    for part in parts:
        is_first = part.file != file
        if is_first:
            writer.write_name(part.file)
        writer.write_part(part, sizes.TIGHT if is_first else sizes.MEDIUM)
        file = part.file
    writer.cursor.endEditBlock()
    return writer.lines


class _Writer:
    """Writes block after block."""

    def __init__(
        self, document: QTextDocument, font: QFont, appearance: Appearance
    ) -> None:
        self.cursor = QTextCursor(document)
        self.lines: list[CodeLine | None] = []
        self._appearance = appearance
        self._advance = QFontMetrics(font).horizontalAdvance("x")
        self._looks = _looks(appearance)

    def write_name(self, file: str) -> None:
        """Write the name of a file."""
        place = QTextBlockFormat()
        if self.lines:
            place.setTopMargin(self._appearance.px(sizes.LARGE))
        self._begin(place)
        look = QTextCharFormat()
        look.setFont(self._appearance.font(sizes.CAPTION, QFont.Weight.DemiBold))
        look.setForeground(QColor(self._appearance.theme.muted))
        self.cursor.insertText(file, look)
        self.lines.append(None)

    def write_part(self, part: CodePart, gap: int) -> None:
        """Write ``part``, ``gap`` below what is above it, in pixels at 100 %."""
        words: dict[int, list[tuple[int, int, Kind]]] = {}
        for word in coloured_words(part.text):
            words.setdefault(word.line, []).append((word.start, word.length, word.kind))
        for index, text in enumerate(part.text.splitlines()):
            further = (len(text) - len(text.lstrip()) + _FURTHER_IN) * self._advance
            place = QTextBlockFormat()
            place.setTopMargin(self._appearance.px(gap) if index == 0 else 0)
            place.setLeftMargin(further)
            place.setTextIndent(-further)
            self._begin(place)
            self._write_line(text, words.get(index, []))
            self.lines.append(CodeLine(part.file, part.first_line + index))

    def _begin(self, place: QTextBlockFormat) -> None:
        if self.lines:
            self.cursor.insertBlock(place, QTextCharFormat())
        else:
            self.cursor.setBlockFormat(place)

    def _write_line(self, text: str, words: list[tuple[int, int, Kind]]) -> None:
        at = 0
        for start, length, kind in words:
            end = start + length
            self.cursor.insertText(text[at:start], self._looks[None])
            self.cursor.insertText(text[start:end], self._looks[kind])
            at = end
        self.cursor.insertText(text[at:], self._looks[None])


def _looks(appearance: Appearance) -> dict[Kind | None, QTextCharFormat]:
    theme = appearance.theme
    looks: dict[Kind | None, QTextCharFormat] = {}
    for kind, colour in (
        (None, theme.text),
        (Kind.KEYWORD, theme.accent),
        (Kind.DEFINED, theme.text),
        (Kind.NUMBER, theme.good),
        (Kind.STRING, theme.good),
        (Kind.COMMENT, theme.muted),
    ):
        looks[kind] = look = QTextCharFormat()
        look.setForeground(QColor(colour))
    looks[Kind.DEFINED].setFontWeight(QFont.Weight.Medium)
    return looks
