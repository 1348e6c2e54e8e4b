"""Whether texts that are cut into runs give the models that whole texts give.

    roads.py THEMATA DOCUMENTS SCRATCH     DOCUMENTS: a folder of texts

A pattern in a group of its own matches the same, but the program then tokenises texts whole. (The
pattern of --hyphens keep has no such twin: tests/text/test_run_cache.c compares its roads.)
"""
import csv
import json
import os
import shutil
import subprocess
import sys

THEMATA, DOCUMENTS, SCRATCH = sys.argv[1:4]
DEFAULT = (r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+"
           r"(?:'(?!s(?![\p{L}\p{M}\p{N}]))[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+){0,8}+")
PATTERNS = [DEFAULT, r"\b\w\w+\b", r"\p{L}[\p{L}\p{M}'’-]*"]
RULES = [["--lang", "fr", "--stem"], ["--lang", "tr", "--strip-accents", "--cjk", "words"],
         ["--lang", "el", "--stem", "--strip-accents"], ["--lang", "it"]]
FILES = ["topics.npy", "mixtures.npy", "counts.npz", "documents.csv"]


def read(path):
    with open(path, "rb") as file:
        return file.read()


def fit(name, pattern, rules):
    """The model's files, and model.json without the pattern."""
    model = f"{SCRATCH}/{name}"
    subprocess.run([THEMATA, "fit", DOCUMENTS, "-k", "2", "--max-passes", "2", "--keep-numbers",
                    "--token-pattern", pattern, *rules, "-q", "-o", model], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    facts = json.loads(read(f"{model}/model.json").replace(
        json.dumps(pattern, ensure_ascii=False).encode(), b'"pattern"'))
    # Spellings are those of runs; the checksum of vocabulary.csv is of them too.
    del facts["files"]["vocabulary.csv"]
    with open(f"{model}/vocabulary.csv", newline="", encoding="utf-8") as file:
        words = [row[:1] + row[2:] for row in csv.reader(file)]
    return {**{file: read(f"{model}/{file}") for file in FILES}, "model.json": facts,
            "vocabulary.csv": words}


def main():
    if not os.path.isdir(DOCUMENTS):
        print(f"skipped: no folder '{DOCUMENTS}'")
        sys.exit(77)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    os.makedirs(SCRATCH)
    differing = []
    cases = [(pattern, []) for pattern in PATTERNS] + [(DEFAULT, rules) for rules in RULES]
    for number, (pattern, rules) in enumerate(cases):
        cut = fit(f"cut{number}", pattern, rules)
        whole = fit(f"whole{number}", f"(?:{pattern})", rules)
        differing += [f"{pattern} {rules}: {file}" for file in cut if cut[file] != whole[file]]
    if differing:
        sys.exit("\n".join(differing))
    print(f"the same models of {DOCUMENTS} for {len(cases)} patterns and rules")


main()
