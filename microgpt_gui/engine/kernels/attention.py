"""All heads of a layer over a whole document, forwards and backwards.

The heads and the width of each are written out; queries and keys are loops, so that one
kernel serves documents of every length.
"""

from __future__ import annotations

from microgpt_gui.engine.kernels.source import names, total, zeros


def attention_source(heads: int, d: int) -> str:
    """Write softmax(q . k / sqrt(d)) . v for every query and head.

        score_t = (q . k_t) / sqrt(d)           over the keys t up to the query
        e_t     = exp(score_t - highest score)
        total   = sum of e_t
        out     = sum of (e_t total ** -1) v_t

    The first query looks at the first key, each other one at one more than the one
    before. The kernel returns, by query: the e_t of all heads, [key][head], the
    last key first; their totals, [head]; the outputs of all heads, joined.
    """
    each, width = range(heads), range(heads * d)
    e, t, top, s = (names(x, heads) for x in ("e", "t", "top", "s"))
    q, k, v, o = (names(x, heads * d) for x in "qkvo")
    lines = [
        "def kernel(queries, keys, values, check):",
        f"  scale = ({d}**0.5)**-1",
        "  all_exps = []; all_totals = []; outs = []",
        f"  for p, ({q}) in enumerate(queries, 1):",
        "    check(); scores = []; exps = []",
        f"    for {k} in keys[:p]:",
        "      scores.append((",
    ]
    for h in each:
        products = total(f"q{i}*k{i}" for i in width[h * d : h * d + d])
        lines += [f"        ({products})*scale,"]
    lines += [
        "      ))",
        f"    {top} = map(max, zip(*scores))",
        f"    {zeros('t', heads)}",
        f"    for {s} in scores:",
        *(f"      e{h} = exp(s{h} - top{h}); t{h} += e{h}" for h in each),
        f"      exps.append(({e}))",
        *(f"    i{h} = t{h}**-1" for h in each),
        f"    {zeros('o', heads * d)}",
        f"    for ({e}), ({v}) in zip(exps, values):",
        *(f"      w{h} = e{h}*i{h}" for h in each),
        *(f"      o{i} += w{i // d}*v{i}" for i in width),
        "    exps.reverse()",
        f"    all_exps.append(exps); all_totals.append(({t})); outs.append(({o}))",
        "  return all_exps, all_totals, outs",
    ]
    return "\n".join(lines)


def attention_backward_source(heads: int, d: int) -> str:
    """Write the gradients of queries, keys and values from that of the output.

    Per query and head, with g the output's gradient and i = total ** -1, of which each
    weight e_t i has one of its own (so nothing is factored out of total's gradient):

        gradient of weight t  y_t = v_t . g
        gradient of total     z = sum of (-total ** -2) (e_t y_t), from the last t
        gradient of score t   s_t = (e_t (i y_t + z)) / sqrt(d)
        gradient of q         sum of k_t s_t, from the last t
        k_t and v_t           gain q s_t and (e_t i) g

    Queries go from last to first, in ``gradients`` and in the results too; after one,
    the gradients of its own key and value are complete.
    """
    each, width = range(heads), range(heads * d)
    e, t, y = (names(x, heads) for x in "ety")
    q, k, v, g, a, b, c = (names(x, heads * d) for x in "qkvgabc")
    lines = [
        "def kernel(queries, keys, values, all_exps, all_totals, gradients, check):",
        f"  scale = ({d}**0.5)**-1",
        "  keys = keys[::-1]; values = values[::-1]",
        "  d_queries = []; d_keys = []; d_values = []",
        f"  k_begun = v_begun = [({'0.0, ' * len(width)})]*len(keys)",
        f"  for ({q}), exps, ({t}), ({g}) in zip(",
        "      reversed(queries), reversed(all_exps),",
        "      reversed(all_totals), gradients):",
        "    check(); ys = []; k_next = []; v_next = []",
        *(f"    i{h} = t{h}**-1; slope{h} = -1*t{h}**-2" for h in each),
        f"    {zeros('z', heads)}",
        f"    for ({e}), ({v}) in zip(exps, values):",
    ]
    for h in each:
        products = total(f"v{i}*g{i}" for i in reversed(width[h * d : h * d + d]))
        lines += [f"      y{h} = {products}; z{h} += slope{h}*(e{h}*y{h})"]
    k_gains = "".join(f"b{i} + q{i}*s{i // d}, " for i in width)
    v_gains = "".join(f"c{i} + w{i // d}*g{i}, " for i in width)
    lines += [
        f"      ys.append(({y}))",
        f"    {zeros('a', len(width))}",
        f"    for ({e}), ({y}), ({k}), ({b}), ({c}) in zip(",
        "        exps, ys, keys, k_begun, v_begun):",
        *(
            f"      s{h} = scale*(e{h}*(i{h}*y{h} + z{h})); w{h} = e{h}*i{h}"
            for h in each
        ),
        *(f"      a{i} += k{i}*s{i // d}" for i in width),
        f"      k_next.append(({k_gains}))",
        f"      v_next.append(({v_gains}))",
        f"    d_queries.append(({a}))",
        "    d_keys.append(k_next[0]); d_values.append(v_next[0])",
        "    k_begun = k_next[1:]; v_begun = v_next[1:]",
        "    del keys[0], values[0]",
        "  return d_queries, d_keys, d_values",
    ]
    return "\n".join(lines)
