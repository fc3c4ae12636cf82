"""Adam (Kingma and Ba, 2015), a row of parameters at a time."""

from __future__ import annotations

from microgpt_gui.engine.kernels.source import names


def adam_source(width: int, settled: bool) -> str:
    """Write Adam's rule for rows of parameters p with gradients g.

        m  = beta1 m + (1 - beta1) g
        v  = beta2 v + (1 - beta2) g ** 2
        p -= lr (m / correction1) / ((v / correction2) ** 0.5 + eps)

    The corrections, 1 - beta ** t after t steps, make up for the start of m and v at
    zero. Where ``settled``, the first is exactly 1, and its division is left out.

    The kernel replaces the rows of p, m and v whose ``indices`` it is given. The
    gradient None is one of zeros; the moments decay, and what is added to the first
    decides the sign of its zero.
    """
    i_of_all = range(width)
    decayed = "; ".join(f"m{i} = beta1*m{i} + 0.0; v{i} *= beta2" for i in i_of_all)
    lines = [
        "def kernel(rows, ms, vs, indices, gradients, lr, beta1, beta2,",
        "    correction1, correction2, eps):",
        "  rest1 = 1 - beta1; rest2 = 1 - beta2",
        "  for n, g in zip(indices, gradients):",
        f"    {names('p', width)} = rows[n]",
        f"    {names('m', width)} = ms[n]",
        f"    {names('v', width)} = vs[n]",
        "    if g is None:",
        f"      {decayed}",
        "    else:",
        f"      {names('g', width)} = g",
    ]
    for i in i_of_all:
        lines += [
            f"      m{i} = beta1*m{i} + rest1*g{i}",
            f"      v{i} = beta2*v{i} + rest2*g{i}**2.0",
        ]
    lines += ["    rows[n] = ("]
    for i in i_of_all:
        m = f"m{i}" if settled else f"(m{i}/correction1)"
        lines += [f"      p{i} - lr*{m}/((v{i}/correction2)**0.5 + eps),"]
    lines += [
        "    )",
        f"    ms[n] = ({names('m', width)})",
        f"    vs[n] = ({names('v', width)})",
    ]
    return "\n".join(lines)
