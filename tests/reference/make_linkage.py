#!/usr/bin/env python3
"""Writes tests/reference/linkage.h: average linkage and cophenetic correlation as scipy computes them,
for tests/matrix/test_linkage.c. Made with scipy 1.10 of Debian 12."""

from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import cophenet, linkage
from scipy.spatial.distance import pdist


def numbers(values):
    return ", ".join(repr(float(value)) for value in values)


def cases():
    """Distances without ties, among which scipy and we would choose differently."""
    draw = np.random.RandomState(7)
    for n in (3, 8, 40):
        yield n, pdist(draw.rand(n, 3))
    blobs = np.concatenate([draw.rand(6, 2), draw.rand(9, 2) + 5.0, draw.rand(4, 2) + 20.0])
    yield len(blobs), pdist(blobs)
    yield 25, draw.rand(25 * 24 // 2)  # no tree behind it at all


def main():
    lines = ["/* Made by make_linkage.py; not to be edited. */", "typedef struct LinkageCase {",
             "    int n;", "    double cophenetic;", "    const double *distances;",
             "    const double *merges; /* left, right, height, size of each */", "} LinkageCase;", ""]
    table = []
    for i, (n, distances) in enumerate(cases()):
        merges = linkage(distances, "average")
        correlation, _ = cophenet(merges, distances)
        lines.append(f"static const double distances_{i}[] = {{{numbers(distances)}}};")
        lines.append(f"static const double merges_{i}[] = {{{numbers(merges.ravel())}}};")
        table.append(f"    {{{n}, {float(correlation)!r}, distances_{i}, merges_{i}}},")
    lines += ["static const LinkageCase linkage_cases[] = {", *table, "};", ""]
    Path(__file__).with_name("linkage.h").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
