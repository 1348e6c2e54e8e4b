#!/usr/bin/env python3
"""A corpus with a known number of topics, from a seed: `planted.py SEED FILE [--topics K]` writes a
document in each line and says how many topics there are. bench/README.md has the recipe.

Only random.Random.random() is used, whose numbers are the same in every version of Python."""

import argparse
import bisect
import itertools
import math
import random
from pathlib import Path

WORDS = 4000
DOCUMENTS = 1500
BACKGROUND = 0.25  # part of the tokens that no topic decides
LARGEST_TO_SMALLEST = 5.0
TILT = 2.0  # how far a topic's words are from everybody's: standard deviation of ln of the ratio
KINSHIP = 0.3  # part of that (of the variance) which the topics of a family share
TOPICS_IN_DOCUMENT = 0.7  # concentration of the shares: below 1 a document has few topics
TOKENS = 90  # median length of a document
SHORTEST = 15


def normal(draw):
    return math.sqrt(-2.0 * math.log(1.0 - draw())) * math.cos(2.0 * math.pi * draw())


def gamma(shape, draw):
    """Marsaglia and Tsang (2000); shapes below 1 by a power of a uniform number."""
    if shape < 1.0:
        return gamma(shape + 1.0, draw) * (1.0 - draw()) ** (1.0 / shape)
    d = shape - 1.0 / 3.0
    while True:
        x = normal(draw)
        v = (1.0 + x / math.sqrt(9.0 * d)) ** 3
        if v > 0.0 and math.log(1.0 - draw()) < 0.5 * x * x + d - d * v + d * math.log(v):
            return d * v


def spell(number):
    """A word for a number: syllables, so that it passes for one anywhere."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"
    word = ""
    for _ in range(3):
        number, c = divmod(number, len(consonants))
        number, v = divmod(number, len(vowels))
        word += consonants[c] + vowels[v]
    return word + "x"


def cumulate(weights):
    return list(itertools.accumulate(weights))


def pick(cumulated, draw):
    return bisect.bisect_right(cumulated, draw() * cumulated[-1])


def plant(seed, k=None, median=TOKENS):
    draw = random.Random(seed).random
    k = k or 4 + int(draw() * 17.0)
    zipf = [1.0 / (rank + 3.0) for rank in range(WORDS)]
    families = max(2, k // 3)
    kin = [[normal(draw) for _ in range(WORDS)] for _ in range(families)]
    topics = []
    for t in range(k):
        shared = kin[t % families]
        topics.append(cumulate(
            weight * math.exp(TILT * (math.sqrt(KINSHIP) * shared[w]
                                      + math.sqrt(1.0 - KINSHIP) * normal(draw)))
            for w, weight in enumerate(zipf)))
    background = cumulate(zipf)
    sizes = [LARGEST_TO_SMALLEST ** (-t / (k - 1.0)) for t in range(k)]
    scale = TOPICS_IN_DOCUMENT / sum(sizes)
    lines = []
    for _ in range(DOCUMENTS):
        shares = cumulate(gamma(size * scale, draw) for size in sizes)
        length = max(SHORTEST, round(median * math.exp(0.5 * normal(draw))))
        tokens = (pick(background if draw() < BACKGROUND else topics[pick(shares, draw)], draw)
                  for _ in range(length))
        lines.append(" ".join(spell(word) for word in tokens))
    return k, lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("seed", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--topics", type=int)
    parser.add_argument("--tokens", type=int, default=TOKENS, help="median length of a document")
    options = parser.parse_args()
    k, lines = plant(options.seed, options.topics, options.tokens)
    options.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(k)


if __name__ == "__main__":
    main()
