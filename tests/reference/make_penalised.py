#!/usr/bin/python3
"""Makes penalised.txt, which tests/nmf/test_penalised.c reads: small matrices, starts, and where
scikit-learn's NMF ends from them, with penalties on the factors and without.

    make_penalised.py    (Debian's python3-sklearn, 1.2.1; writes penalised.txt beside this script)

As make_kl.py has it, X is given as words x documents, so that scikit-learn's W is the program's W.
Its coordinate descent minimises half the squared error with penalties, its multiplicative update
the divergence with them; both run until nothing changes. The file is words and numbers:

    matrix NAME m n                                 and m rows of X
    start k                                         m rows of W, then n rows of the transpose of H
    objective NAME ALPHA_W ALPHA_H L1_RATIO VALUE   from the start above; of what is minimised
"""

import warnings
from pathlib import Path

import numpy as np
from sklearn.decomposition import NMF

from make_kl import Generator, rows_of, speeches

HERE = Path(__file__).resolve().parent
PENALTIES = ((0, 0, 0), (0.02, 0.02, 0), (0.02, 0.05, 1), (0.05, 0.02, 0.5), (0.3, 0.3, 0.5))
SETTINGS = {"frobenius": ("cd", "frobenius", 20000), "kl": ("mu", "kullback-leibler", 40000)}


def blocks(rows, columns):
    """Whole numbers about a product of factors of rank 3 with many zeros."""
    generator = Generator(1)
    w, h = generator.array(rows, 3), generator.array(3, columns)
    return np.floor(20 * (w * (w > 0.4)) @ (h * (h > 0.4)) + 0.5)


def penalty(x, w, h, alpha_w, alpha_h, l1_ratio):
    def cost(factor):
        return l1_ratio * factor.sum() + (1 - l1_ratio) / 2 * (factor**2).sum()

    return x.shape[1] * alpha_w * cost(w) + x.shape[0] * alpha_h * cost(h)


def ends_at(x, w, h, objective, alpha_w, alpha_h, l1_ratio):
    solver, loss, most = SETTINGS[objective]
    model = NMF(n_components=w.shape[1], init="custom", solver=solver, beta_loss=loss, tol=0,
                max_iter=most, alpha_W=alpha_w, alpha_H=alpha_h, l1_ratio=l1_ratio)
    w = model.fit_transform(x, W=w.copy(), H=h.copy())
    h = model.components_
    return model.reconstruction_err_**2 / 2 + penalty(x, w, h, alpha_w, alpha_h, l1_ratio)


def main():
    warnings.simplefilter("ignore")  # that it has not converged: with tol=0 it never says so
    text = ""
    for name, x, k in (("speeches", speeches(), 2), ("blocks", blocks(40, 30), 3)):
        m, n = x.shape
        generator = Generator(3)
        w, h = generator.array(m, k), generator.array(n, k).T
        text += f"matrix {name} {m} {n}\n{rows_of(x)}start {k}\n{rows_of(w)}{rows_of(h.T)}"
        for objective in SETTINGS:
            for penalties in PENALTIES:
                value = ends_at(x, w, h, objective, *penalties)
                text += f"objective {objective} {' '.join(map(repr, penalties))} {value!r}\n"
                print(f"{name}, {objective}, {penalties}: {value:.10g}")
    (HERE / "penalised.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
