"""A forward pass in NumPy, written out, in which heads may count otherwise."""

from __future__ import annotations

import numpy as np

from microgpt_gui.session.reading.matrices import matrices


def naive_logits(moment, tokens, factors):
    """Return [position][vocab], every head's output times its factor where it arises.

    The script's own arithmetic in NumPy, position by position; no column of W_O is
    touched.
    """
    model = moment.model
    w = {
        m.name: np.array(m.numbers.tolist()).reshape(m.rows, m.columns)
        for m in matrices(moment)
    }

    def rmsnorm(x):
        return x / np.sqrt((x * x).mean() + 1e-5)

    keys, values, logits = {}, {}, []
    for position, token in enumerate(tokens):
        x = rmsnorm(w["wte"][token] + w["wpe"][position])
        for li in range(model.n_layer):
            n = rmsnorm(x)
            q, k, v = (w[f"layer{li}.attn_w{name}"] @ n for name in "qkv")
            keys.setdefault(li, []).append(k)
            values.setdefault(li, []).append(v)
            heads = []
            for h in range(model.n_head):
                part = slice(h * model.head_dim, (h + 1) * model.head_dim)
                scores = np.array([q[part] @ k[part] for k in keys[li]])
                e = np.exp((scores - scores.max()) / model.head_dim**0.5)
                out = (e / e.sum()) @ np.array([v[part] for v in values[li]])
                heads.append(out * factors.get((li, h), 1.0))
            x = x + w[f"layer{li}.attn_wo"] @ np.concatenate(heads)
            hidden = np.maximum(w[f"layer{li}.mlp_fc1"] @ rmsnorm(x), 0)
            x = x + w[f"layer{li}.mlp_fc2"] @ hidden
        logits.append(w["lm_head"] @ x)
    return np.array(logits)
