"""Whether texts that are cut into runs give the models that whole texts give.

    roads.py THEMATA FOLDER SCRATCH CORPUS [OPTION]...     CORPUS: a path below FOLDER, and how to read it

A pattern in a group of its own matches the same, but the program then tokenises texts whole. (The
pattern of --hyphens keep has no such twin: tests/text/test_run_cache.c compares its roads.) With
THEMATA_ROADS=all in the environment all eight patterns are compared, and rules of languages; by default the
pattern of the program, and one with marks and stems.
"""
import csv
import json
import os
import shutil
import subprocess
import sys

THEMATA, FOLDER, SCRATCH, CORPUS, *OPTIONS = sys.argv[1:]
DEFAULT = (r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+"
           r"(?:'(?!s(?![\p{L}\p{M}\p{N}]))[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+){0,8}+")
MARKS = r"\p{L}[\p{L}\p{M}'’-]*"
SHORT = [(DEFAULT, []), (MARKS, ["--lang", "el", "--stem", "--strip-accents"])]
PATTERNS = [DEFAULT, r"\w+", r"[\p{L}\p{M}\p{N}_]{2,}", MARKS, r"\b\w\w+\b", r"\b[a-z]+\b", r"\d{2}",
            r"[<=>≠≮≯]+|\p{L}+"]
RULES = [["--lang", "fr", "--stem"], ["--lang", "tr", "--strip-accents", "--cjk", "words"],
         ["--lang", "el", "--stem", "--strip-accents"], ["--lang", "it"]]
ALL = [(pattern, []) for pattern in PATTERNS] + [(DEFAULT, rules) for rules in RULES]
FILES = ["topics.npy", "mixtures.npy", "counts.npz", "documents.csv"]


def read(path):
    with open(path, "rb") as file:
        return file.read()


def fit(name, pattern, rules):
    """The model's files, and model.json without the pattern."""
    model = f"{SCRATCH}/{name}"
    done = subprocess.run([THEMATA, "fit", f"{FOLDER}/{CORPUS}", "-k", "2", "--max-passes", "1",
                           "--init", "random", "--keep-numbers", "--stopwords", "none",
                           "--token-pattern", pattern, *OPTIONS, *rules, "-q", "--force", "-o", model],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
                          check=False)
    if done.returncode == 3 and "no words" in done.stderr:
        return {"error": done.stderr.replace(pattern, "pattern")}
    if done.returncode != 0:
        sys.exit(done.stderr)
    facts = json.loads(read(f"{model}/model.json").replace(
        json.dumps(pattern, ensure_ascii=False).encode(), b'"pattern"'))
    # Spellings are those of runs; the checksum of vocabulary.csv is of them too.
    del facts["files"]["vocabulary.csv"]
    with open(f"{model}/vocabulary.csv", newline="", encoding="utf-8") as file:
        words = [row[:1] + row[2:] for row in csv.reader(file)]
    return {**{file: read(f"{model}/{file}") for file in FILES}, "model.json": facts,
            "vocabulary.csv": words}


def main():
    if not os.path.exists(f"{FOLDER}/{CORPUS}"):
        print(f"skipped: no corpus '{FOLDER}/{CORPUS}'")
        sys.exit(77)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    os.makedirs(SCRATCH)
    cases = ALL if os.environ.get("THEMATA_ROADS") == "all" else SHORT
    differing = []
    for pattern, rules in cases:
        cut = fit("cut", pattern, rules)
        whole = fit("whole", f"(?:{pattern})", rules)
        differing += [f"{pattern} {rules}: {file}" for file in cut if cut[file] != whole.get(file)]
    shutil.rmtree(SCRATCH)
    if differing:
        sys.exit("\n".join(differing))
    print(f"the same models of {CORPUS} for {len(cases)} patterns and rules")


main()
