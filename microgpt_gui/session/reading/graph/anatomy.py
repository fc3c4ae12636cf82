"""Takes the loss of the `autograd` engine apart into the stages that it was made in.

Nothing in the engine says which stage a number belongs to: what is known is the way it
goes, `AutogradEngine.loss_graph`. So the graph is walked backwards that way, and each
number is met where it was made. A graph of another make would be noticed, as numbers
would be left over: see `build`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.graph.operation import Operation as Op

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.value import Value

    Vector = list[Value]


@dataclass(frozen=True, slots=True)
class Part:
    """Numbers that were made together, or parts of such; never both.

    Attributes:
        kind: What it is: a stage's id, or one of the words in `names`.
        index: Which of several.
        parts: In the order of their making.
        numbers: In the order of their making.
        made_by: How each of ``numbers`` was made.
    """

    kind: str
    index: int = 0
    parts: tuple[Part, ...] = ()
    numbers: Sequence[Value] = ()
    made_by: Sequence[Op] = ()


@dataclass(slots=True)
class Anatomy:
    """A loss, taken apart.

    Attributes:
        rows: The parameters that were met, by the matrix and the row that they are.
    """

    config: ModelConfig
    tokens: Sequence[int]
    check: Callable[[], None]
    rows: dict[tuple[str, int], Vector] = field(default_factory=dict)

    def of_loss(self, loss: Value) -> list[Part]:
        """Return a part for each position, and one for their mean.

        Args:
            loss: What `AutogradEngine.loss_graph` has returned for ``tokens``.
        """
        count = min(self.config.block_size, len(self.tokens) - 1)
        losses, sums = _summed(loss.left, count)
        positions = [self._position(i, losses[i]) for i in range(count)]
        made_by = [Op.SUM] * len(sums) + [Op.TIMES]
        return [*positions, Part("mean", 0, (), [*sums, loss], made_by)]

    def _position(self, i: int, loss: Value) -> Part:
        config = self.config
        log = loss.left
        probability = log.left
        total = probability.right.left
        exps, sums = _summed(total, config.vocab_size)
        logits = [e.left.left for e in exps]
        inverse = probability.right
        stages = [
            Part("loss", 0, (), [log, loss], [Op.LOG, Op.NEGATIVE]),
            Part("probs", 0, (*_exps(exps), *_total(sums), _one(inverse, probability))),
        ]
        lm_head, x = self._linear("logits", "lm_head", logits)
        stages.append(lm_head)
        layers = []
        for li in reversed(range(config.n_layer)):
            of_layer, x = self._layer(li, i, x)
            if config.n_layer == 1:
                stages += of_layer
            else:
                layers.append(Part("layer", li, tuple(reversed(of_layer))))
        stages += layers
        norm, x = self._norm("norm0", x)
        stages += [norm, self._added("embedded", x)]
        self.rows["wte", self.tokens[i]] = [a.left for a in x]
        self.rows["wpe", i] = [a.right for a in x]
        return Part("position", i, tuple(reversed(stages)))

    def _layer(self, li: int, i: int, x: Vector) -> tuple[list[Part], Vector]:
        """Return the stages of a layer, the last first, and what went into it."""
        stages = [self._added(f"l{li}.after", x)]
        middle = [a.right for a in x]
        mlp, hidden = self._linear(
            f"l{li}.mlp_out", f"layer{li}.mlp_fc2", [a.left for a in x]
        )
        made_by = [Op.RELU] * len(hidden)
        relu = Part(f"l{li}.hidden", 0, (), hidden, made_by)
        before, x = self._linear(
            f"l{li}.mlp_in", f"layer{li}.mlp_fc1", [h.left for h in hidden]
        )
        norm, _ = self._norm(f"l{li}.norm2", x)
        stages += [mlp, relu, before, norm, self._added(f"l{li}.middle", middle)]
        x_in = [a.right for a in middle]
        output, x_attn = self._linear(
            f"l{li}.attn_out", f"layer{li}.attn_wo", [a.left for a in middle]
        )
        attention, q, k, v = self._attention(li, i, x_attn)
        stages += [output, *attention]
        for letter, numbers in (("v", v), ("k", k), ("q", q)):
            name = f"layer{li}.attn_w{letter}"
            linear, x = self._linear(f"l{li}.{letter}", name, numbers)
            stages.append(linear)
        norm, _ = self._norm(f"l{li}.norm1", x)
        return [*stages, norm], x_in

    def _attention(
        self, li: int, i: int, x_attn: Vector
    ) -> tuple[list[Part], Vector, Vector, Vector]:
        """Return heads, weights and scores, and this position's q, k and v."""
        config, count = self.config, i + 1
        head_dim = config.head_dim
        q: Vector = []
        k: Vector = []
        v: Vector = []
        heads, softmaxes, scores = [], [], []
        for h in range(config.n_head):
            self.check()
            outputs = []
            for j, output in enumerate(x_attn[h * head_dim : (h + 1) * head_dim]):
                weights, values, dot = _dotted(output, count)
                outputs.append(Part("row", j, (), dot, _made_by(count)))
                v.append(values[i])
            heads.append(Part("head", h, tuple(outputs)))
            inverses = [w.right for w in weights]
            exps, sums = _summed(inverses[0].left, count)
            ends = [n for pair in zip(inverses, weights, strict=True) for n in pair]
            made_by = [Op.INVERSE, Op.PRODUCT] * count
            shares = Part("shares", 0, (), ends, made_by)
            softmaxes.append(Part("head", h, (*_exps(exps), *_total(sums), shares)))
            keys = []
            for t, score in enumerate(e.left.left for e in exps):
                queries, keys_t, dot = _dotted(score.left, head_dim)
                made_by = [*_made_by(head_dim), Op.TIMES]
                keys.append(Part("key", t, (), [*dot, score], made_by))
            q += queries
            k += keys_t
            scores.append(Part("head", h, tuple(keys)))
        parts = [
            Part(f"l{li}.heads", 0, tuple(heads)),
            Part(f"l{li}.weights", 0, tuple(softmaxes)),
            Part(f"l{li}.scores", 0, tuple(scores)),
        ]
        return parts, q, k, v

    def _linear(self, kind: str, name: str, out: Vector) -> tuple[Part, Vector]:
        """Return the product of a matrix, and the vector that went into it."""
        width = self.config.shapes()[name][1]
        rows = []
        for number, output in enumerate(out):
            self.check()
            weights, x, dot = _dotted(output, width)
            if (name, number) not in self.rows:
                self.rows[name, number] = weights
            rows.append(Part("row", number, (), dot, _made_by(width)))
        return Part(kind, 0, tuple(rows)), x

    def _norm(self, kind: str, out: Vector) -> tuple[Part, Vector]:
        """Return the part of an rmsnorm, and what it has scaled."""
        root = out[0].right
        shifted = root.left
        mean = shifted.left
        _, _, dot = _dotted(mean.left, len(out))
        squares = [*_made_by(len(out)), Op.TIMES]
        parts = (
            Part("squares", 0, (), [*dot, mean], squares),
            Part("scale", 0, (), [shifted, root], [Op.PLUS_EPSILON, Op.INVERSE_ROOT]),
            Part("scaled", 0, (), out, [Op.PRODUCT] * len(out)),
        )
        return Part(kind, 0, parts), [o.left for o in out]

    def _added(self, kind: str, out: Vector) -> Part:
        self.check()
        return Part(kind, 0, (), out, [Op.SUM] * len(out))


@cache
def _made_by(width: int) -> tuple[Op, ...]:
    """Return how the numbers of a dot product are made."""
    return (Op.PRODUCT, *(Op.PRODUCT, Op.SUM) * (width - 1))


def _summed(top: Value, count: int) -> tuple[Vector, Vector]:
    """Return the terms of a chain of sums, and its sums, both from left to right."""
    terms, sums = [], []
    for _ in range(count - 1):
        sums.append(top)
        terms.append(top.right)
        top = top.left
    return [top, *reversed(terms)], sums[::-1]


def _dotted(top: Value, width: int) -> tuple[Vector, Vector, Vector]:
    """Return what a dot product was made of, left and right, and all its numbers."""
    products, sums = _summed(top, width)
    numbers = [products[0]]
    for product, longer in zip(products[1:], sums, strict=True):
        numbers += (product, longer)
    return [p.left for p in products], [p.right for p in products], numbers


def _exps(exps: Vector) -> tuple[Part]:
    numbers = [n for e in exps for n in (e.left, e)]
    return (Part("exps", 0, (), numbers, [Op.LESS_LARGEST, Op.EXP] * len(exps)),)


def _total(sums: Vector) -> tuple[Part, ...]:
    """Return the part of a total; nothing where there is one term."""
    return (Part("total", 0, (), sums, [Op.SUM] * len(sums)),) if sums else ()


def _one(inverse: Value, probability: Value) -> Part:
    made_by = [Op.INVERSE, Op.PRODUCT]
    return Part("shares", 0, (), [inverse, probability], made_by)
