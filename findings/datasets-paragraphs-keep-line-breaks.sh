#!/bin/sh
# Hugging Face datasets, load_dataset("text", sample_by="paragraph").
#
# Expected: blank lines part the paragraphs, however many there are, as in any editor;
# with keep_linebreaks=False, the default, no paragraph begins or ends with a line break;
# and a text that ends in a line break, as text files do, has the same last paragraph as
# one that does not.
# What happens: the text is split at every "\n\n". One blank line more puts a line break
# in front of the next paragraph; the last paragraph keeps the line break at its end; two
# blank lines at the end of a file are a paragraph of their own, which is a line break;
# a blank line with a space in it parts nothing. A model that learns from these learns
# documents that nobody wrote.
# Source: https://huggingface.co/docs/datasets/nlp_load#text (sample_by), and
# https://huggingface.co/docs/datasets/package_reference/loading_methods#datasets.packaged_modules.text.TextConfig
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet datasets==5.2.0
HF_HOME="$folder/home" HF_HUB_OFFLINE=1 "$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import datasets

datasets.disable_progress_bars()
folder = Path(sys.argv[1])
print("datasets", datasets.__version__)


def paragraphs(text, number):
    path = folder / f"{number}.txt"
    path.write_bytes(text.encode())
    loaded = datasets.load_dataset(
        "text",
        data_files=str(path),
        sample_by="paragraph",
        split="train",
        cache_dir=str(folder / f"cache{number}"),
    )
    return loaded["text"][:]


as_described = [
    ("one\ntwo\n\nthree\n", ["one\ntwo", "three\n"]),
    ("one\n\n\nthree", ["one", "\nthree"]),
    ("one\n\nthree\n\n\n", ["one", "three", "\n"]),
    ("one\n \nthree", ["one\n \nthree"]),
]
for number, (text, described) in enumerate(as_described):
    lines = [line.strip() for line in text.split("\n")]
    expected = [p.strip() for p in "\n".join(lines).split("\n\n") if p.strip()]
    seen = paragraphs(text, number)
    print(f"{text!r}\n    expected {expected}\n    seen     {seen}")
    if seen != described:
        sys.exit("this is not what was described")
PYTHON
