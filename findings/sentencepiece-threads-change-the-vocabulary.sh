#!/bin/sh
# One would expect: num_threads says how fast SentencePiece trains, and not what it learns;
# the same text gives the same model on a laptop as on a server ("I think sentencepiece is
# reproducible", says its author).
#
# What happens: the model is the same at every run with the same number of threads, and
# another one with another number. Thread n takes every num_threads-th piece of text and
# adds up expected counts in 32-bit floats; the sums are then added in the order of the
# threads, so the last bits depend on how many there are. They decide which of two pieces
# that are almost as good is dropped, and the order of near equals, which is their ids. A
# language model trained on one of these vocabularies reads nonsense through the other.
# (model_type="bpe" takes no notice of num_threads.)
#
# Source: https://github.com/google/sentencepiece/issues/496 (is training reproducible?),
# https://github.com/google/sentencepiece/blob/master/doc/options.md (num_threads, 16 if
# nothing is said) and Trainer::RunEStep in
# https://github.com/google/sentencepiece/blob/master/src/unigram_model_trainer.cc; how
# much differs is measured here.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sentencepiece==0.2.3
"$folder/venv/bin/python" - <<'PYTHON'
import io
import random
import sys

import sentencepiece

draw = random.Random(0)
syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"] + ["sh", "an", "el", "ia"]
weights = [1 / (place + 1) for place in range(len(syllables))]
names = ["".join(draw.choices(syllables, weights, k=draw.randint(1, 4))) for _ in range(5000)]


def trained(threads, kind="unigram"):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(names),
        model_writer=model,
        model_type=kind,
        vocab_size=300,
        num_threads=threads,
        minloglevel=2,
    )
    return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


def differences(one, other):
    """Return how many pieces, cuts of names and rows of ids are not the same."""
    pieces = [{model.id_to_piece(n) for n in range(300)} for model in (one, other)]
    cuts = [model.encode(names, out_type=str) for model in (one, other)]
    ids = [model.encode(names) for model in (one, other)]
    return (
        len(pieces[0] - pieces[1]),
        sum(a != b for a, b in zip(*cuts)),
        sum(a != b for a, b in zip(*ids)),
    )


first = trained(1)
seen = {
    "1 thread and 1 again": differences(first, trained(1)),
    "1 thread and 4": differences(first, trained(4)),
    "1 thread and 16, the default": differences(first, trained(16)),
    "1 thread and 16, model_type bpe": differences(trained(1, "bpe"), trained(16, "bpe")),
}
print(f"sentencepiece {sentencepiece.__version__}, 5,000 names, 300 pieces")
print("other pieces, names cut elsewhere, names with other ids; expected: 0, 0, 0")
for name, numbers in seen.items():
    print(f"  seen, {name}:", *numbers)
again, four, sixteen, bpe = seen.values()
sys.exit(any(again) or any(bpe) or not four[2] or not sixteen[2])
PYTHON
