"""Root-mean-square normalisation of every position, forwards and backwards."""

from __future__ import annotations

from microgpt_gui.engine.kernels.source import names, total


def norm_source(width: int) -> str:
    """Write out_i = x_i r with r = m ** -0.5 and m = mean of the x_i^2, plus 1e-5.

    The kernel returns [position] lists of m, r and out.
    """
    x = range(width)
    return f"""\
def kernel(vectors):
  means = []; scales = []; outs = []
  share = {width}**-1
  for {names("x", width)} in vectors:
    m = ({total(f"x{i}*x{i}" for i in x)})*share + 1e-5
    r = m**-0.5
    means.append(m); scales.append(r)
    outs.append(({"".join(f"x{i}*r, " for i in x)}))
  return means, scales, outs
"""


def norm_backward_source(width: int) -> str:
    """Write x_i's gradient: residual_i + r d_i + x_i s + x_i s.

    d_i is the gradient of out_i. It reaches x_i as r d_i, and through the mean: with
    s = (1 / width) (-0.5 m ** -1.5) (sum of all x_j d_j, from the last to the first),
    once for each factor of its square. ``residual``, the gradient that goes round the
    norm, comes first; it is None where nothing does.
    """
    x = range(width)
    through = [f"r*d{i} + x{i}*s + x{i}*s, " for i in x]
    return f"""\
def kernel(vectors, means, scales, gradients, residual):
  out = []
  share = {width}**-1
  if residual is None:
    residual = [None]*len(vectors)
  for ({names("x", width)}), m, r, ({names("d", width)}), e in zip(
      vectors, means, scales, gradients, residual):
    s = share*((-0.5*m**-1.5)*({total(f"x{i}*d{i}" for i in reversed(x))}))
    if e is None:
      out.append(({"".join(through)}))
    else:
      {names("e", width)} = e
      out.append(({"".join(f"e{i} + {t}" for i, t in enumerate(through))}))
  return out
"""
