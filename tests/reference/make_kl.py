#!/usr/bin/python3
"""Makes kl_mu.txt, which tests/nmf/test_reference.c reads: small matrices, starts, and the
objective that scikit-learn's multiplicative update for the KL divergence comes to from them.

    make_kl.py          (Debian's python3-sklearn, 1.2.1; writes kl_mu.txt beside this script)

X is given as words x documents, so that scikit-learn's W is the program's W and is updated first.
Where an entry of WH meets scikit-learn's clip, another rule begins: a start from which one does,
after any half-pass, is passed over for the next. The file is words and numbers between blanks:

    matrix NAME m n         and m rows of X
    start k                 for the matrix above: m rows of W, then n rows of the transpose of H
    objective PASSES D      from the start above; PASSES ascend

All numbers read back as the same float64; those of the starts are float32 values.
"""

import csv
from pathlib import Path

import numpy as np
from sklearn.decomposition import NMF

HERE = Path(__file__).resolve().parent
SPEECHES = HERE.parents[1] / "corpora" / "cases" / "speeches.csv"
CLIP = 1.2e-7  # scikit-learn's EPSILON is that of float32, 1.19e-7
PASSES = (1, 10, 50)


class Generator:
    """Numerical Recipes' linear congruential generator modulo 2^32; its upper 16 bits are used."""

    def __init__(self, seed):
        self.state = seed

    def whole(self):
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return self.state >> 16

    def array(self, rows, columns):
        """Uniform on (0, 1), float32 values."""
        values = [(self.whole() + 0.5) / 2**16 for _ in range(rows * columns)]
        return np.array(values, np.float32).astype(np.float64).reshape(rows, columns)


def speeches():
    """Words x speeches: the case's table, transposed."""
    with open(SPEECHES, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return np.array([row[1:] for row in rows[1:]], dtype=float).T


def counts(rows, columns):
    """Whole numbers about a product of rank 3, a quarter of them made 0."""
    generator = Generator(1)
    product = generator.array(rows, 3) @ generator.array(3, columns)
    return np.floor(10 * product + 0.5) * (generator.array(rows, columns) >= 0.25)


def shares(x):
    """Columns that sum to 1, as the program has them."""
    return x / x.sum(axis=0)


def run(x, w, h, passes):
    """W, H and D after so many passes of scikit-learn."""
    model = NMF(
        n_components=w.shape[1],
        init="custom",
        solver="mu",
        beta_loss="kullback-leibler",
        tol=0,
        max_iter=passes,
    )
    # It works in place on the start.
    w = model.fit_transform(x, W=w.copy(), H=h.copy())
    assert model.n_iter_ == passes
    return w, model.components_, model.reconstruction_err_**2 / 2


def smallest_product(x, w, h):
    """The smallest entry of WH that is met on the way, half-passes included."""
    smallest = (w @ h).min()
    for _ in range(max(PASSES)):
        w_next, h_next, _ = run(x, w, h, 1)
        smallest = min(smallest, (w_next @ h).min(), (w_next @ h_next).min())
        w, h = w_next, h_next
    return smallest


def start(x, k):
    """The first start from which no entry of WH meets the clip."""
    for seed in range(1, 1000):
        generator = Generator(seed)
        w, h = generator.array(x.shape[0], k), generator.array(x.shape[1], k).T
        if smallest_product(x, w, h) >= CLIP:
            return w, h
    raise AssertionError(f"no start for k = {k} stays clear of the clip")


def rows_of(matrix):
    return "".join(" ".join(map(repr, row)) + "\n" for row in matrix.tolist())


def main():
    table = counts(40, 30)
    matrices = [
        ("speeches", speeches(), (2, 3)),
        ("speeches_shares", shares(speeches()), (2,)),
        ("counts", table, (2, 3, 5)),
        ("counts_shares", shares(table), (2, 3, 5)),
    ]
    text = ""
    for name, x, ranks in matrices:
        assert x.sum(axis=0).all() and x.sum(axis=1).all() and (x[x > 0] > CLIP).all()
        m, n = x.shape
        text += f"matrix {name} {m} {n}\n{rows_of(x)}"
        for k in ranks:
            w, h = start(x, k)
            text += f"start {k}\n{rows_of(w)}{rows_of(h.T)}"
            for passes in PASSES:
                divergence = run(x, w, h, passes)[2]
                text += f"objective {passes} {divergence!r}\n"
                print(f"{name}, k = {k}: D = {divergence:.10g} after {passes} passes")
    (HERE / "kl_mu.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
