#!/usr/bin/python3
"""Makes agreement.txt, which tests/model/test_agreement.c reads: pairs of labellings, and the
normalised mutual information, adjusted Rand index and purity that scikit-learn finds for them.

    make_agreement.py   (Debian's python3-sklearn, 1.2.1; writes agreement.txt beside this script)

The file is words and numbers between blanks:

    labels ROWS COLUMNS COUNT   and COUNT pairs of labels, counted from 0
    expected NMI RAND PURITY    of the labels above

Numbers read back as the same float64. Purity is the sum of the largest entries of scikit-learn's
contingency matrix, divided by the sum of all.
"""

from pathlib import Path

from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.metrics.cluster import contingency_matrix

HERE = Path(__file__).resolve().parent


class Generator:
    """Numerical Recipes' linear congruential generator modulo 2^32; its upper 16 bits are used."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return (self.state >> 16) % limit


def planted(seed, count, rows, columns, noise):
    """The second label follows from the first, but for `noise` of 100, which have any."""
    generator = Generator(seed)
    pairs = []
    for _ in range(count):
        first = generator.below(rows)
        follows = generator.below(100) >= noise
        pairs.append((first, first % columns if follows else generator.below(columns)))
    return rows, columns, pairs


def cases():
    yield 1, 1, [(0, 0)]
    yield 1, 1, [(0, 0)] * 7
    yield 2, 3, [(1, 2)] * 7  # labels that nothing has
    yield 1, 3, [(0, i % 3) for i in range(9)]
    yield 3, 1, [(i % 3, 0) for i in range(9)]
    yield 4, 4, [(i % 4, 3 - i % 4) for i in range(10)]  # the same but for the names
    yield 9, 9, [(i, i) for i in range(9)]
    yield 9, 1, [(i, 0) for i in range(9)]
    yield 2, 2, [(i // 2 % 2, i % 2) for i in range(8)]  # independent
    yield 2, 3, [(0, 0), (0, 0), (1, 1), (1, 2)]
    yield 2, 2, [(0, 0), (0, 1), (1, 0), (1, 1)]
    for seed in range(6):
        yield planted(seed, 50 * 2**seed, 2 + 3 * seed, 3 + 2 * seed, 15 * seed)


def main():
    with open(HERE / "agreement.txt", "w", encoding="ascii") as file:
        for rows, columns, pairs in cases():
            first, second = zip(*pairs)
            print("labels", rows, columns, len(pairs), file=file)
            print(*(label for pair in pairs for label in pair), file=file)
            table = contingency_matrix(first, second)
            print("expected", normalized_mutual_info_score(first, second),
                  adjusted_rand_score(first, second), table.max(axis=1).sum() / table.sum(),
                  file=file)


if __name__ == "__main__":
    main()
