"""A run of the microgpt playground."""

import argparse
import gc
import hashlib
import math
import random
import sys
from functools import reduce
from operator import add, mul
from pathlib import Path

# The settings: begin
CHARS = "abc"
SEED = 42
STEPS = 5
N_LAYER = 1
N_EMBD = 4
N_HEAD = 2
BLOCK_SIZE = 4
STRETCHES = [
    {
        "start": 0,
        "learning_rate": 0.01,
        "decay_start": 0,
        "decay_end": 5,
        "beta1": 0.85,
        "beta2": 0.99,
        "text": 0,
        "documents": "lines",
        "order": 42,
        "trained": 3,
    },
]
STREAM = None
SAMPLES = 20
TEMPERATURE = 0.5
# The settings: end

BOS = len(CHARS)  # the token that begins and ends every document
VOCAB_SIZE = len(CHARS) + 1
HEAD_DIM = N_EMBD // N_HEAD


# A number that remembers what it was computed from, and how much it grows when that
# does. From these slopes alone, `backward` finds how the loss depends on everything.


class Value:
    """One number of the computation.

    data: the number. inputs: the Values it was computed from. slopes: how much it grows
    with each of them. grad: how much the loss grows with it; None until that is asked.
    """

    __slots__ = ("data", "grad", "inputs", "slopes")

    def __init__(self, data, inputs=(), slopes=(), grad=None):
        self.data = data
        self.inputs = inputs
        self.slopes = slopes
        self.grad = grad

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def plus(self, number):
        """Add a plain number, which has no slope."""
        return Value(self.data + number, (self,), (1.0,))

    def times(self, number):
        """Multiply by a plain number."""
        return Value(self.data * number, (self,), (number,))

    def power(self, n):
        """Raise to a plain number."""
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),))

    def exp(self):
        """Return e to the power of this."""
        e = math.exp(self.data)
        return Value(e, (self,), (e,))

    def log(self):
        """Return the natural logarithm."""
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        """Return this if it is above 0, else 0."""
        return Value(max(0.0, self.data), (self,), (float(self.data > 0),))


# Sums are added up one by one, from left to right: from Python 3.12 on, the built-in
# sum() corrects its rounding, and the last digits would depend on the version.


def total(values):
    """Return the sum of ``values``."""
    data = reduce(add, [v.data for v in values])
    return Value(data, tuple(values), (1.0,) * len(values))


def dot(a, b):
    """Return a[0] * b[0] + a[1] * b[1] + ..., as one Value."""
    a_data = [v.data for v in a]
    b_data = [v.data for v in b]
    inputs = [v for pair in zip(a, b, strict=True) for v in pair]
    slopes = [s for pair in zip(b_data, a_data, strict=True) for s in pair]
    return Value(reduce(add, map(mul, a_data, b_data)), inputs, slopes)


def backward(loss):
    """Give every Value that ``loss`` was computed from its gradient, and every weight.

    The chain rule, applied from the loss down. A Value's turn comes when all that was
    computed from it has had its own, so they are first listed, each after its inputs.
    The walk keeps a stack of its own: a deep model would exhaust Python's.
    """
    order = []
    loss.grad = 0.0
    stack = [(loss, iter(loss.inputs))]
    while stack:
        value, inputs = stack[-1]
        for v in inputs:
            if v.grad is None:
                v.grad = 0.0
                stack.append((v, iter(v.inputs)))
                break
        else:
            order.append(value)
            stack.pop()
    loss.grad = 1.0
    for value in reversed(order):
        grad = value.grad
        for v, slope in zip(value.inputs, value.slopes, strict=True):
            v.grad += slope * grad


# The model: a small GPT. The weights are matrices of Values, each row an output.


def initial_weights(stream):
    """Draw every matrix from the normal distribution, row by row."""
    shapes = {
        "wte": (VOCAB_SIZE, N_EMBD),  # what a token is
        "wpe": (BLOCK_SIZE, N_EMBD),  # what a position is
        "lm_head": (VOCAB_SIZE, N_EMBD),
    }
    for layer in range(N_LAYER):
        for name in ("attn_wq", "attn_wk", "attn_wv", "attn_wo"):
            shapes[f"layer{layer}.{name}"] = (N_EMBD, N_EMBD)
        shapes[f"layer{layer}.mlp_fc1"] = (4 * N_EMBD, N_EMBD)
        shapes[f"layer{layer}.mlp_fc2"] = (N_EMBD, 4 * N_EMBD)
    return {
        name: [
            [Value(stream.gauss(0, 0.08), grad=0.0) for _ in range(columns)]
            for _ in range(rows)
        ]
        for name, (rows, columns) in shapes.items()
    }


def plus(a, b):
    """Return the sum of two vectors."""
    return [left + right for left, right in zip(a, b, strict=True)]


def linear(x, matrix):
    """Return the product of ``matrix`` and the vector ``x``."""
    return [dot(row, x) for row in matrix]


def softmax(logits):
    """Return positive Values that sum to 1, in the proportions of e^logit."""
    largest = max(v.data for v in logits)
    exps = [v.plus(-largest).exp() for v in logits]
    whole = total(exps)
    return [e * whole.power(-1) for e in exps]


def rmsnorm(x):
    """Scale ``x`` so that the mean of its squares is 1."""
    mean = dot(x, x).times(len(x) ** -1)
    scale = mean.plus(1e-5).power(-0.5)
    return [v * scale for v in x]


def gpt(weights, token, position, keys, values):
    """Read one token; return the logits of the one after it.

    ``keys`` and ``values``, [layer][position], hold what the tokens before this one
    offer to attention; this token's are added.
    """
    x = rmsnorm(plus(weights["wte"][token], weights["wpe"][position]))
    for layer in range(N_LAYER):
        # Attention: every head looks back at the tokens so far, and takes from each
        # as much as its key fits the query.
        residual, x = x, rmsnorm(x)
        q, k, v = (
            linear(x, weights[f"layer{layer}.attn_w{name}"]) for name in ("q", "k", "v")
        )
        keys[layer].append(k)
        values[layer].append(v)
        heads = []
        for head in range(N_HEAD):
            part = slice(head * HEAD_DIM, (head + 1) * HEAD_DIM)
            scores = [
                dot(q[part], key[part]).times((HEAD_DIM**0.5) ** -1)
                for key in keys[layer]
            ]
            shares = softmax(scores)
            taken = zip(*(value[part] for value in values[layer]), strict=True)
            heads += [dot(shares, column) for column in taken]
        x = linear(heads, weights[f"layer{layer}.attn_wo"])
        x = plus(x, residual)
        # The multi-layer perceptron: every position for itself.
        residual, x = x, rmsnorm(x)
        x = [h.relu() for h in linear(x, weights[f"layer{layer}.mlp_fc1"])]
        x = linear(x, weights[f"layer{layer}.mlp_fc2"])
        x = plus(x, residual)
    return linear(x, weights["lm_head"])


def empty_caches():
    """Return keys and values, [layer], before the first token."""
    return [[] for _ in range(N_LAYER)], [[] for _ in range(N_LAYER)]


def loss_of(weights, document):
    """Return how surprised the model is by ``document``, in nats a token."""
    tokens = [BOS, *(CHARS.index(c) for c in document), BOS]
    n = min(BLOCK_SIZE, len(tokens) - 1)
    keys, values = empty_caches()
    surprises = []
    for position in range(n):
        logits = gpt(weights, tokens[position], position, keys, values)
        probability = softmax(logits)[tokens[position + 1]]
        surprises.append(probability.log().times(-1))
    return total(surprises).times(1 / n)


def sample(weights, stream, temperature):
    """Spell a new document, letter by letter."""
    keys, values = empty_caches()
    token, letters = BOS, []
    for position in range(BLOCK_SIZE):
        logits = gpt(weights, token, position, keys, values)
        chances = [v.data for v in softmax([v.times(temperature**-1) for v in logits])]
        token = stream.choices(range(VOCAB_SIZE), weights=chances)[0]
        if token == BOS:
            break
        letters.append(CHARS[token])
    return "".join(letters)


def documents_of(text, kind):
    """Return the lines or paragraphs of a text, here or in a file beside this one."""
    if not isinstance(text, str):
        path = Path(__file__).resolve().with_name(text["file"])
        try:
            data = path.read_bytes()
        except OSError as error:
            sys.exit(f"{path}: the text to learn from is wanted here ({error})")
        if hashlib.sha256(data).hexdigest() != text["sha256"]:
            sys.exit(f"{path}: this is not the text that the run has learnt from")
        text = data.decode("utf-8")
    separator = {"lines": "\n", "paragraphs": "\n\n"}[kind]
    return [document for document in text.split(separator) if document]


def train(weights, orders, is_exact):
    """Do all steps, each with one document; print the loss of each."""
    params = [p for matrix in weights.values() for row in matrix for p in row]
    means = [0.0] * len(params)  # Adam's, of the gradients
    squares = [0.0] * len(params)  # and of their squares
    for step in range(STEPS):
        stretch = next(s for s in reversed(STRETCHES) if s["start"] <= step)
        docs = orders[stretch["text"], stretch["order"]]
        # The learning rate falls in a straight line, and stays at its last value.
        start, end = stretch["decay_start"], stretch["decay_end"]
        rate = stretch["learning_rate"]
        if end > start:
            rate *= 1 - (min(step, end - 1) - start) / (end - start)
        beta1, beta2 = stretch["beta1"], stretch["beta2"]
        try:
            loss = loss_of(weights, docs[step % stretch["trained"]])
            backward(loss)
            # Adam: every weight moves against its gradient, at a pace of its own.
            correction1, correction2 = 1 - beta1 ** (step + 1), 1 - beta2 ** (step + 1)
            for i, p in enumerate(params):
                means[i] = beta1 * means[i] + (1 - beta1) * p.grad
                squares[i] = beta2 * squares[i] + (1 - beta2) * p.grad**2
                mean, square = means[i] / correction1, squares[i] / correction2
                p.data -= rate * mean / (square**0.5 + 1e-8)
                p.grad = 0.0
            numbers = loss.data, *means, *squares, *(p.data for p in params)
            if not all(map(math.isfinite, numbers)):
                raise OverflowError
        except (ValueError, OverflowError, ZeroDivisionError):
            sys.exit(f"\ntraining diverged at step {step + 1}")
        if is_exact:
            print(f"step {step + 1:4d} / {STEPS:4d} | loss {loss.data!r}")
        else:
            shown = f"step {step + 1:4d} / {STEPS:4d} | loss {loss.data:.4f}"
            print(shown, end="\r", flush=True)


def main():
    """Train, and show what was learnt."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--exact", action="store_true", help="losses in full")
    options = options.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    if sys.implementation.name == "cpython":
        # Nothing here refers to itself, and the collector takes half the time. Other
        # Pythons have no count of references: they need theirs to forget anything.
        gc.disable()

    stream = random.Random(SEED)
    kinds = {stretch["text"]: stretch["documents"] for stretch in STRETCHES}
    texts = [documents_of(text, kinds[number]) for number, text in enumerate(TEXTS)]
    orders = {}
    for stretch in STRETCHES:
        text, seed = stretch["text"], stretch["order"]
        if (text, seed) not in orders:
            docs = list(texts[text])
            # The first order comes from the run's own stream, a later one from a new.
            (random.Random(seed) if orders else stream).shuffle(docs)
            orders[text, seed] = docs
    weights = initial_weights(stream)
    if STREAM:
        stream.setstate(STREAM)
    print(f"num docs: {len(texts[STRETCHES[-1]['text']])}")
    print(f"vocab size: {VOCAB_SIZE}")
    print(f"num params: {sum(len(m) * len(m[0]) for m in weights.values())}")
    train(weights, orders, options.exact)
    print("\n--- inference (new, hallucinated names) ---")
    for number in range(1, SAMPLES + 1):
        text = sample(weights, stream, TEMPERATURE).replace("\n", "\\n")
        print(f"sample {number:2d}: {text}")


# The texts: begin
TEXTS = [
    """\
ab
cab
""",
]
# The texts: end

if __name__ == "__main__":
    main()
