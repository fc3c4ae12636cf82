#!/bin/sh
# One would expect: a weight format with one scale for a block and no offset, such as
# GGUF's Q4_0, treats plus and minus alike: of two weights that differ in their sign alone,
# and are the largest of their block, both come back as they were, or both as wrong.
#
# What happens: four bits hold -8 to 7. The scale is chosen so that the largest weight,
# with its sign, becomes -8 exactly; its opposite would be 8 and is cut to 7, an eighth too
# small. If both are as large, the one that stands first is kept: the same two weights in
# the other order lose the other one. Q5_0 does so by a sixteenth. Q8_0, of the same family,
# uses -127 to 127 and keeps both.
#
# Source: quantize_row_q4_0_ref in
# https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-quants.c, which the gguf
# package follows; https://github.com/ggml-org/llama.cpp/pull/729 brought it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gguf==0.19.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import numpy as np
from gguf import GGMLQuantizationType as Kind
from gguf.quants import dequantize, quantize


def kept(kind, *weights):
    block = np.zeros(32, np.float32)
    block[: len(weights)] = weights
    return [round(float(x), 3) for x in dequantize(quantize(block, kind), kind)[: len(weights)]]


described = {
    Kind.Q4_0: ([1.0, -0.875], [-1.0, 0.875]),
    Kind.Q5_0: ([1.0, -0.938], [-1.0, 0.938]),
    Kind.Q8_0: ([1.0, -1.0], [-1.0, 1.0]),
}
print(f"gguf {version('gguf')}: a block of 32 weights, all 0 but the first two")
seen = {kind: (kept(kind, 1, -1), kept(kind, -1, 1)) for kind in described}
for kind, (plus_first, minus_first) in seen.items():
    print(f"  {kind.name}: expected [1.0, -1.0] and [-1.0, 1.0], seen {plus_first} and {minus_first}")
sys.exit(seen != described)
PYTHON
