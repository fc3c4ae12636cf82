"""The arithmetic of the `python` engine: source that is written for the sizes at hand.

Why. CPython spends its time on instructions, not on arithmetic: to multiply two numbers
of two lists and add the product to a sum takes a loop several times as long as the
multiplication and the addition. What is fast in CPython is one long expression over
local variables, ``w0*x0 + w1*x1 + ...``: four instructions a term, no loop, no index,
no iterator. Nobody wants to write such expressions by hand, and how long they are
depends on the model and the document. So short generators write them, as text; Python
compiles the text into an ordinary function, a kernel, and keeps it for the next time.

How. Each module of this package has one or two generators, functions whose names end in
``_source`` that take sizes and return text, and says their mathematics:

    multiply    rows times vectors: linear layers, their inputs' and weights' gradients
    norm        root-mean-square normalisation
    attention   all heads of a layer
    mlp         the hidden units of a layer
    adam        the update of the weights
    token       a layer for a single token, for sampling

Four ideas make the kernels fast.

1. A document is handled whole. The vectors of several positions are in local variables
   while the rows of a matrix come by, each of which is unpacked once for all positions.
2. A hidden unit that ReLU sets to zero is skipped, forwards and backwards. That is
   about half of the multi-layer perceptron, and changes no number.
3. A row of weights with no gradient (a letter that is not in the document, a unit that
   was zero everywhere) takes a shorter way through Adam, and Adam replaces rows in
   place, so that the memory it needs next is memory it has just let go of.
4. What depends on the length of a document is kept small, since compiling takes time
   too, and for that time no other thread runs. Attention and Adam do not depend on it;
   the rest handles at most `source.LOCALS` numbers in a call, and several calls go on
   from each other's sums where there are more.

Exact. Python adds ``a + b + c`` from left to right, and so does every kernel, in the
order in which the script's graph adds, given in each generator's docstring. Nothing
uses the built-in ``sum``, which compensates its rounding from Python 3.12 on, and
``** -1``, ``** 2.0`` and ``** 0.5`` stay powers, because the C library's power rounds
differently from a quotient, a product and a square root. A chain that is cut in two
goes on from the sum of its first part, which is the same additions in the same order.
So the losses and the weights are the script's, to the last bit, whatever the shape.

Bounded. `source.compiled` keeps the `source.KEPT` kernels that were used last, some
tens of megabytes if all of them are as large as they get.

To read what runs, ``print(multiply_source(2, 3, False))``, or see a small one of each:

    python -m microgpt_gui.engine.kernels
"""
