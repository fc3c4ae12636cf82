"""One token in one layer, as it is read while a text is being sampled.

A document's kernels share their work among positions. With a single position there is
nothing to share, and what they hand to each other would take a third of the time.
"""

from __future__ import annotations

from microgpt_gui.engine.kernels.source import names, total, zeros


def token_source(heads: int, d: int) -> str:
    """Write a whole layer for one token; x is the residual stream.

        x += wo . attention(rmsnorm(x))
        x += fc2 . relu(fc1 . rmsnorm(x))

    The mathematics are those of `norm_source`, `multiply_source`, `attention_source`
    and `mlp_source`, sum by sum. The kernel adds the token's key and value to ``keys``
    and ``values``, [position][i], and returns x.
    """
    c = heads * d
    each, width = range(heads), range(c)
    e, s, top = (names(prefix, heads) for prefix in ("e", "s", "top"))
    w, x, o, q, k, v, u = (names(prefix, c) for prefix in "wxoqkvu")
    norm = [
        f"  r = (({total(f'x{i}*x{i}' for i in width)})*share + 1e-5)**-0.5",
        *(f"  y{i} = x{i}*r" for i in width),
    ]
    scores = "".join(
        f"({total(f'q{i}*k{i}' for i in width[h * d : h * d + d])})*scale, "
        for h in each
    )
    lines = [
        "def kernel(qkv, wo, fc1, fc2_columns, x, keys, values):",
        f"  share = {c}**-1; scale = ({d}**0.5)**-1",
        f"  {x} = x",
        *norm,
        "  out = []; append = out.append",
        f"  for {w} in qkv:",
        f"    append({total(f'w{i}*y{i}' for i in width)})",
        f"  {q} = out[:{c}]",
        f"  keys.append(tuple(out[{c}:{2 * c}])); values.append(tuple(out[{2 * c}:]))",
        "  scores = []",
        f"  for {k} in keys:",
        f"    scores.append(({scores}))",
        f"  {top} = map(max, zip(*scores))",
        f"  {zeros('t', heads)}",
        "  exps = []",
        f"  for {s} in scores:",
        *(f"    e{h} = exp(s{h} - top{h}); t{h} += e{h}" for h in each),
        f"    exps.append(({e}))",
        *(f"  i{h} = t{h}**-1" for h in each),
        f"  {zeros('o', c)}",
        f"  for ({e}), ({v}) in zip(exps, values):",
        *(f"    w{h} = e{h}*i{h}" for h in each),
        *(f"    o{i} += w{i // d}*v{i}" for i in width),
        "  out = []; append = out.append",
        f"  for {w} in wo:",
        f"    append({total(f'w{i}*o{i}' for i in width)})",
        f"  {o} = out",
        *(f"  x{i} = o{i} + x{i}" for i in width),
        *norm,
        f"  {zeros('a', c)}",
        f"  for ({w}), u in zip(fc1, fc2_columns):",
        f"    h = {total(f'w{i}*y{i}' for i in width)}",
        "    if h > 0.0:",
        f"      {u} = u",
        *(f"      a{i} += u{i}*h" for i in width),
        f"  return ({''.join(f'a{i} + x{i}, ' for i in width)})",
    ]
    return "\n".join(lines)
