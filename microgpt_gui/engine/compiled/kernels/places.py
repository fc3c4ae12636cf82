"""Where everything lies in memory: what the engine lays out and machine code reads.

Machine code is given the address of a `Places`, which says where the rest is. Addresses
and distances are in bytes.
"""

from __future__ import annotations

from typing import NamedTuple

#: Bytes from one number to the next, and from eight to the next eight.
NUMBER, EIGHT = 8, 64

#: Eights of parameters that Adam moves together, and bytes of room that this takes: two
#: numbers for each parameter, and notes. All stays in the fastest cache.
ADAM_TOGETHER = 64
ADAM_ROOM = 3 * ADAM_TOGETHER * EIGHT


class Places(NamedTuple):
    """Addresses of the tables that follow."""

    sizes: int  # Sizes
    constants: int  # Constants
    weights: int  # Weights
    layers: int  # LayerWeights of each layer
    tape: int  # Tape
    layer_tapes: int  # LayerTape of each layer
    scratch: int  # Scratch


class Sizes(NamedTuple):
    """Sizes of the model, by the script's names, and of its rows."""

    n_layer: int
    n_embd: int
    n_head: int
    head_dim: int
    vocab_size: int
    block_size: int
    row: int  # bytes from row to row of matrices with n_embd columns
    wide_row: int  # the same of mlp_fc2, which has 4 n_embd columns


class Constants(NamedTuple):
    """Numbers that compiled code must not know while it is compiled.

    A compiler makes x * x of ``x ** 2.0``, the square root of ``x ** 0.5`` and 1 / x
    of ``x ** -1.0``, and 0.08 % of the results have another last bit than the C
    library's pow gives. So all exponents are read from memory.
    """

    minus_one: float
    minus_two: float
    minus_half: float
    minus_three_halves: float
    two: float
    half: float
    share: float  # n_embd ** -1
    scale: float  # (head_dim ** 0.5) ** -1
    beta1: float
    beta2: float
    eps: float  # Adam's
    square_tie: float  # see `rounding`
    root_tie: float
    least: float  # squares of a gradient add up to more than this, or are looked at
    most: float  # likewise to less than this


class Weights(NamedTuple):
    """The matrices that are no layer's, each [row][column].

    All numbers of the model, ``size`` bytes, begin with ``wte``; Adam's m, v and then
    the gradient follow, in the same order.
    """

    wte: int
    wpe: int
    lm_head: int
    size: int


class LayerWeights(NamedTuple):
    """The matrices of one layer, each [row][column].

    In ``qkv`` each head has its rows of attn_wq, of attn_wk and of attn_wv, in this
    order, one head after the other: the order in which their gradients add up.
    """

    qkv: int
    wo: int
    fc1: int
    fc2: int


class Tape(NamedTuple):
    """What a forward pass finds, [feature][position] unless it is said otherwise."""

    tokens: int  # [position], whole numbers
    embedded: int
    means: int  # of its norm, [position]
    scales: int
    final: int  # the residual stream after all layers
    logits: int  # [token][position]


class LayerTape(NamedTuple):
    """What one layer finds, [feature][position] unless it is said otherwise."""

    before: int  # the residual stream that comes in
    means1: int  # of its norm, [position]
    scales1: int
    normed1: int
    qkv: int  # queries, keys and values of each head, one head after the other
    exps: int  # of the scores, [head][key][query]; 0 where a query must not look
    totals: int  # of the exps, [head][query]
    inverses: int  # 1 / total, [head][query]
    joined: int  # outputs of all heads
    middle: int  # the residual stream between attention and MLP
    means2: int
    scales2: int
    normed2: int
    hidden: int  # [unit][position], after relu


class Scratch(NamedTuple):
    """Room for what is soon forgotten, [feature][position] unless said otherwise."""

    turned: int  # [position][feature], of whatever is turned
    attention: int  # one head's weights, [key][query]
    d_stream: int  # gradients of the loss: by the residual stream,
    d_normed: int  # by what a norm gives out,
    d_hidden: int  # by the hidden units, [unit][position],
    d_joined: int  # by the joined outputs of the heads,
    d_qkv: int  # by queries, keys and values,
    d_scores: int  # by one head's scores, [key][query],
    d_scores_turned: int  # [query][key]
    attention_turned: int  # [query][key]
    by_position: int  # two rows of numbers, [position]
    adam: int  # see `adam`
