#!/bin/sh
# One would expect: a NaN in a picture of pyqtgraph's ImageItem is a transparent pixel, as
# its documentation says, and is nobody else's business: the other pixels look as before.
#
# What happens: in a picture without a lookup table, one NaN makes about half of all the
# others a level brighter. Without a NaN the levels are stretched over 255 and cut down to
# whole greys; with one, pyqtgraph makes itself a table of 256 greys to have room for
# transparency, and stretches over 256. So what a pixel looks like depends on pixels far
# away, two pictures of the same numbers do not compare, and a film flickers when a value
# comes and goes. With a lookup table (any colour map) all is well.
#
# Source: https://pyqtgraph.readthedocs.io/en/latest/api_reference/graphicsItems/imageitem.html
# ("np.nan values are treated as transparent pixels"), _rescale_and_lookup_float and
# try_make_qimage in
# https://github.com/pyqtgraph/pyqtgraph/blob/master/pyqtgraph/functions_qimage.py
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    pyqtgraph==0.14.0 PySide6-Essentials==6.10.3 numpy==2.4.6
QT_QPA_PLATFORM=offscreen "$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy as np
import pyqtgraph

app = pyqtgraph.mkQApp()


def greys(values, table):
    """Return the red of each pixel but the first."""
    item = pyqtgraph.ImageItem(values, levels=(0, 1), lut=table, axisOrder="row-major")
    item.render()
    picture = item.qimage
    rows, columns = values.shape
    return [
        picture.pixelColor(n % columns, n // columns).red() for n in range(1, rows * columns)
    ]


values = np.linspace(0, 1, 32 * 32).reshape(32, 32)
with_nan = values.copy()
with_nan[0, 0] = np.nan
table = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
changed = {}
for name, lut in (("without a lookup table", None), ("with a grey lookup table", table)):
    pairs = zip(greys(values, lut), greys(with_nan, lut))
    steps = [after - before for before, after in pairs]
    changed[name] = (sum(step != 0 for step in steps), max(steps))
print(f"pyqtgraph {pyqtgraph.__version__}: pixels out of 1,023 that one NaN elsewhere changes")
for name, (count, most) in changed.items():
    print(f"  {name}: expected 0, seen {count}, by {most} of 255")
without, with_table = changed.values()
sys.exit(without[0] < 300 or without[1] != 1 or with_table[0] != 0)
PYTHON
