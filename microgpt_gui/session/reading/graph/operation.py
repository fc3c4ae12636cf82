"""What makes one number of a graph out of one or two others."""

from __future__ import annotations

from enum import IntEnum


class Operation(IntEnum):
    """How a number was computed; as small whole numbers, for there are many."""

    PARAMETER = 0  # from nothing: it is learnt
    SUM = 1  # left + right
    PRODUCT = 2  # left * right
    TIMES = 3  # left times a plain number, which is the local derivative
    LESS_LARGEST = 4  # left less the largest logit, a plain number
    PLUS_EPSILON = 5  # left + 1e-5
    INVERSE = 6  # left ** -1
    INVERSE_ROOT = 7  # left ** -0.5
    EXP = 8
    LOG = 9
    RELU = 10
    NEGATIVE = 11  # left * -1


#: Those that take two numbers.
OF_TWO = frozenset({Operation.SUM, Operation.PRODUCT})

#: What they are called in a small box; x stands for the number that goes in.
SIGNS = {
    Operation.PARAMETER: "weight",
    Operation.SUM: "+",
    Operation.PRODUCT: "×",
    Operation.TIMES: "×",
    Operation.LESS_LARGEST: "- max",
    Operation.PLUS_EPSILON: "+ 1e-5",
    Operation.INVERSE: "^ -1",
    Operation.INVERSE_ROOT: "^ -0.5",
    Operation.EXP: "exp",
    Operation.LOG: "log",
    Operation.RELU: "relu",
    Operation.NEGATIVE: "× -1",
}
