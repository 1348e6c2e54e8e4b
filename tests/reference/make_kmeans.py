#!/usr/bin/python3
"""Makes kmeans.txt, which tests/nmf/test_kmeans.c reads: small matrices, starts, and what spherical
k-means comes to from them with scikit-learn's KMeans as its engine.

    make_kmeans.py      (Debian's python3-sklearn, 1.2.1; writes kmeans.txt beside this script)

KMeans puts centroids where its means are; spherical k-means scales them to length 1. So each pass
is one of KMeans (max_iter=1) on rows of length 1, from centroids of length 1, whose means are then
scaled: nearest by Euclidean distance is nearest by cosine. A start from which a group becomes empty
is passed over for the next. The file is words and numbers between blanks:

    matrix NAME m n         and m rows of X, words x documents
    start k                 for the matrix above: m rows of centroids
    objective PASSES Q      from the start above: the sum of 1 - cos; PASSES ascend
    topics                  and n numbers from 0, those of the last pass
"""

import warnings
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import pairwise_distances_argmin
from sklearn.preprocessing import normalize

HERE = Path(__file__).resolve().parent
PASSES = (1, 2, 3, 5, 20)


class Generator:
    """Numerical Recipes' linear congruential generator modulo 2^32; its upper 16 bits are used."""

    def __init__(self, seed):
        self.state = seed

    def array(self, rows, columns):
        """Uniform on (0, 1)."""
        values = []
        for _ in range(rows * columns):
            self.state = (1664525 * self.state + 1013904223) % 2**32
            values.append(((self.state >> 16) + 0.5) / 2**16)
        return np.array(values).reshape(rows, columns)


def table(rows, columns, density):
    """Values of columns with very different sums."""
    generator = Generator(rows)
    x = generator.array(rows, columns) * (generator.array(rows, columns) < density)
    x[0] += 0.01
    return np.round(x * (1 + 9 * generator.array(1, columns)), 4)


def run(x, start, passes):
    """Q and the groups after so many passes; None if a group is empty on the way."""
    rows, centroids = normalize(x.T), normalize(start.T)
    for _ in range(passes):
        groups = pairwise_distances_argmin(rows, centroids)
        if len(set(groups)) < len(centroids):
            return None
        means = KMeans(len(centroids), init=centroids, n_init=1, max_iter=1).fit(rows)
        centroids = normalize(means.cluster_centers_)
    return np.sum(1 - np.sum(rows * centroids[groups], axis=1)), groups


def text_of(matrix):
    return "".join(" ".join(repr(float(v)) for v in row) + "\n" for row in matrix)


def main():
    warnings.simplefilter("ignore")  # one pass does not converge
    text = ""
    for name, x in (("sparse", table(12, 40, 0.25)), ("dense", table(8, 60, 0.8))):
        text += f"matrix {name} {x.shape[0]} {x.shape[1]}\n{text_of(x)}"
        for k in (2, 3, 6):
            for first in range(x.shape[1] - k):
                start = x[:, first : first + k]
                results = [run(x, start, passes) for passes in PASSES]
                if all(results):
                    break
            text += f"start {k}\n{text_of(start)}"
            for passes, (objective, _) in zip(PASSES, results):
                text += f"objective {passes} {float(objective)!r}\n"
                print(f"{name}, k = {k}: Q = {objective:.10g} after {passes} passes")
            text += "topics\n" + " ".join(str(t) for t in results[-1][1]) + "\n"
    (HERE / "kmeans.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
