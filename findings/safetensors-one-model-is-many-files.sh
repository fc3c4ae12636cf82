#!/bin/sh
# One would expect: safetensors writes the same tensors and the same metadata as the same
# bytes, so that checksums, deduplicating stores and "has anything changed?" work. It does
# sort the tensors, by type and name, whatever their order in the dict.
#
# What happens: the metadata come from a hash table that is shuffled anew at each call, so
# a model with some entries of metadata is another file each time it is saved, within one
# process too: here up to 24 files for 4 entries, all of the same length. Nothing in the
# call changes that. Reading has the like: load(bytes) gives the tensors in another order
# at each call, load_file(path) of the same bytes always in the same.
#
# Source: https://github.com/safetensors/safetensors/issues/66 ("this library now does
# order keys on save"), https://github.com/safetensors/safetensors/pull/386 (metadata;
# closed as stale), https://github.com/safetensors/safetensors/issues/357 (the order from
# load; closed as stale)
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    safetensors==0.8.0 numpy==2.4.6
"$folder/venv/bin/python" - "$folder/model.safetensors" <<'PYTHON'
import sys
from pathlib import Path

import numpy as np
import safetensors
from safetensors.numpy import load, load_file, save

names = ["wte", "wpe", "attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "lm_head"]
tensors = {name: np.zeros(16, np.float32) for name in names}
metadata = {"format": "np", "step": "1000", "seed": "42", "n_layer": "1"}

bare = {save(tensors) for _ in range(50)}
turned = {save(dict(reversed(tensors.items()))) for _ in range(50)}
with_metadata = {save(tensors, metadata) for _ in range(50)}
whole = save(tensors, metadata)
Path(sys.argv[1]).write_bytes(whole)
orders = {
    "load(bytes)": {tuple(load(whole)) for _ in range(50)},
    "load_file(path)": {tuple(load_file(sys.argv[1])) for _ in range(50)},
}
print(f"safetensors {safetensors.__version__}, one model, 50 times each")
print(f"  files without metadata: expected 1, seen {len(bare | turned)}")
print(f"  files with 4 entries of metadata: expected 1, seen {len(with_metadata)}")
print(f"  lengths of these files: {sorted({len(data) for data in with_metadata})}")
for name, seen in orders.items():
    print(f"  orders of tensors from {name}: expected 1, seen {len(seen)}")
sys.exit(
    len(bare | turned) != 1
    or len(with_metadata) == 1
    or len(orders["load(bytes)"]) == 1
    or len(orders["load_file(path)"]) != 1
)
PYTHON
