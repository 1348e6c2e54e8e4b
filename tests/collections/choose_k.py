#!/usr/bin/env python3
"""choose_k.py THEMATA COLLECTIONS BENCH SCRATCH: the first recommendation of `themata sweep` is right on
Greene's stability sample, which has three topics by construction, and on planted corpora."""

import json
import subprocess
import sys
from pathlib import Path

THEMATA, COLLECTIONS, BENCH, SCRATCH = sys.argv[1], *map(Path, sys.argv[2:5])
SKIPPED = 77

sys.path.insert(0, str(BENCH))
import planted  # noqa: E402: found by the line before

SEEDS = (1, 4, 8)


def check(name, expected, corpus, *options):
    done = subprocess.run([THEMATA, "sweep", corpus, *options, "-q", "--json"], check=True,
                          capture_output=True, text=True)
    first = json.loads(done.stdout)["recommended"][0]
    print(f"{name}: {first}, {expected} expected")
    return first == expected


def main():
    sample = COLLECTIONS / "greene_stability_sample" / "docs"
    if not sample.is_dir():
        print("the collection is not there")
        return SKIPPED
    SCRATCH.mkdir(parents=True, exist_ok=True)
    right = check("Greene's stability sample", 3, sample, "-k", "2:12")
    for seed in SEEDS:
        k, lines = planted.plant(seed)
        corpus = SCRATCH / f"{seed}.txt"
        corpus.write_text("\n".join(lines) + "\n", encoding="utf-8")
        right &= check(f"seed {seed}", k, corpus, "--lines", "-k", f"2:{k + 3}")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
