"""Whether words are found in their texts as often as they were counted, and whether marks are in order.

    places.py THEMATA PLACES_AGREEMENT FOLDER SCRATCH CORPUS [OPTION]...     CORPUS: a path below FOLDER

Models of the collection by several rules; PLACES_AGREEMENT reads the texts again, by what the model
records of them. Of single words nearly every stretch, alone, is its word again: context is needed where
a script has no blanks, and where one character stands for several words.
"""
import os
import re
import shutil
import subprocess
import sys

THEMATA, AGREEMENT, FOLDER, SCRATCH, CORPUS, *OPTIONS = sys.argv[1:]
RULES = [
    [],
    ["--ngrams", "1-3", "--min-df", "3"],
    ["--phrases", "0.3", "--ngrams", "2", "--stopwords", "english"],
    ["--phrases", "0.2", "--lang", "fr", "--stem", "--hyphens", "both", "--strip-accents"],
    ["--lang", "tr", "--cjk", "words", "--hyphens", "keep", "--keep-numbers"],
    ["--lang", "el", "--stem", "--strip-accents", "--strip-urls"],
    ["--token-pattern", r"\S+"],
]


def check(name, rules):
    model = f"{SCRATCH}/{name}"
    fit = [THEMATA, "fit", f"{FOLDER}/{CORPUS}", "-k", "3", "--max-passes", "1", "--init", "random", *OPTIONS,
           *rules, "--no-report", "-q", "--force", "-o", model]
    done = subprocess.run(fit, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
                          check=False)
    if done.returncode == 3:
        print(f"{rules}: {done.stderr.strip()}")
        return True
    if done.returncode != 0:
        sys.exit(done.stderr)
    done = subprocess.run([AGREEMENT, model, f"{FOLDER}/{CORPUS}"], stdout=subprocess.PIPE, encoding="utf-8",
                          check=False)
    print(f"{rules}: {done.stdout.strip()}", flush=True)
    shutil.rmtree(model)
    words, _, other, marks = map(int, re.findall(r"\d+", done.stdout)[:4]) if done.returncode == 0 else (0,) * 4
    return 0 < words >= marks > 0 and other <= words * 0.001


def main():
    if not os.path.exists(f"{FOLDER}/{CORPUS}"):
        print(f"skipped: no corpus '{FOLDER}/{CORPUS}'")
        sys.exit(77)
    os.makedirs(SCRATCH, exist_ok=True)
    sys.exit(not all([check(str(number), rules) for number, rules in enumerate(RULES)]))


main()
