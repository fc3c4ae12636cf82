#!/bin/sh
# Pillow, Image.save into a file.
#
# Expected: OSError where the disk takes only a part of the picture, as from Python's own
# file.write.
# What happens: Pillow returns as if all were well, and the file is cut. Given a real
# file it takes the descriptor and calls write(2) itself, compares the result with 0
# alone and goes on with the next piece; PPM and BMP write nothing after the pixels, so
# nothing fails later either. Through a file object without a descriptor (io.BytesIO, or
# a wrapper that has only write, flush, seek and tell) nothing is lost without a word. A
# limit on the size of files stands in for the full disk: both take a part, then fail.
# Source: `_encode_to_file` in
# https://github.com/python-pillow/Pillow/blob/13.0.0/src/encode.c
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet pillow==13.0.0
cd "$place"
"$place/venv/bin/python" - <<'PYTHON'
import os
import resource
import sys

import PIL
from PIL import Image

picture = Image.new("RGB", (100, 100), "red")
picture.save("whole.ppm")
whole = os.path.getsize("whole.ppm")
resource.setrlimit(resource.RLIMIT_FSIZE, (whole // 2, resource.RLIM_INFINITY))
seen = {}
for kind in ("ppm", "bmp"):
    try:
        picture.save(f"cut.{kind}")
        seen[kind] = f"no error, {os.path.getsize(f'cut.{kind}'):,} bytes"
    except OSError as error:
        seen[kind] = f"OSError: {error}"
try:
    with open("python.ppm", "wb") as file:
        file.write(open("whole.ppm", "rb").read())
    own = "no error"
except OSError as error:
    own = "OSError"
print(f"Pillow {PIL.__version__}, a picture of {whole:,} bytes, room for {whole // 2:,}")
print("expected: OSError, as from Python's own file.write:", own)
print("seen:    ", seen)
sys.exit(own != "OSError" or not all("no error" in said for said in seen.values()))
PYTHON
