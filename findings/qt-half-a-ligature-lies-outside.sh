#!/bin/sh
# One would expect: the glyph runs that QTextLayout.glyphRuns(from, length) gives for a part
# of a text say, by their boundingRect, where that part is drawn; for the two letters of
# the Arabic ligature lam-alef these are the right half of the sign and the left half, and
# cursorToX, which says the same of the edges between letters, agrees.
#
# What happens: for a ligature that is read from right to left the widths are right, and
# both halves lie half a sign too far to the right: the first one beside the sign, outside
# of the line, the second one where the first belongs. From left to right, and for Arabic
# letters that are signs of their own, all is well. Whoever shades or underlines letters by
# these rectangles shades the wrong ones in the many words that have lam-alef.
#
# Source: https://doc.qt.io/qt-6/qtextlayout.html#glyphRuns and
# https://doc.qt.io/qt-6/qglyphrun.html#boundingRect
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip="$folder/venv/bin/pip --quiet --disable-pip-version-check"
$pip install PySide6-Essentials==6.10.3
# For a font that has Arabic: DejaVu Sans.
$pip install --no-deps --target "$folder/font" matplotlib==3.10.7
cat >"$folder/halves.py" <<'PYTHON'
import sys

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QTextLayout

app = QGuiApplication([])
QFontDatabase.addApplicationFont(sys.argv[1])
font = QFont("DejaVu Sans")
font.setPixelSize(40)


def places(text):
    """Return the line's width, and left and right of each letter: by runs, by cursor."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1000)
    layout.endLayout()
    runs = [layout.glyphRuns(n, 1)[0].boundingRect() for n in range(len(text))]
    edges = [line.cursorToX(n)[0] for n in range(len(text) + 1)]
    return (
        round(line.naturalTextWidth()),
        [(round(box.left()), round(box.right())) for box in runs],
        [tuple(sorted((round(a), round(b)))) for a, b in zip(edges, edges[1:])],
    )


print("PySide6 6.10.3, DejaVu Sans: left and right of each letter, in pixels")
is_as_described = True
for name, text in (("lam, meem", "\u0644\u0645"), ("lam-alef", "\u0644\u0627")):
    width, runs, cursor = places(text)
    print(f"  {name}: the line is {width} wide; expected {cursor}, seen {runs}")
    is_ligature = name == "lam-alef"
    is_outside = max(right for _, right in runs) > width + 1
    is_as_described &= is_outside == is_ligature == (runs != cursor)
sys.exit(0 if is_as_described else 1)
PYTHON
QT_QPA_PLATFORM=offscreen "$folder/venv/bin/python" "$folder/halves.py" \
    "$folder/font/matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf"
