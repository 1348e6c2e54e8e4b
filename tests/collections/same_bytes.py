"""Whether a model is the same bytes for any number of threads, and with no memory for counts.

    same_bytes.py THEMATA COLLECTIONS SCRATCH     COLLECTIONS: a folder of unpacked collections
"""
import hashlib
import os
import shutil
import subprocess
import sys

THEMATA, COLLECTIONS, SCRATCH = sys.argv[1:4]
CASES = [
    ["ag_news_test/csv/test.csv", "--text-column", "2,3", "--html", "--phrases", "0.6",
     "--ngrams", "1-2", "--stem", "--lang", "en"],
    ["udhr2_languages/docs", "--min-df", "1", "--strip-accents"],
    ["sotu_paragraphs/docs", "--ngrams", "1-3", "--duplicates", "drop"],
    ["scitldr_jsonl/train.jsonl", "--text-field", "source"],
]
WAYS = [["--threads", "1"], ["--threads", "2"], ["--threads", "3"], ["--threads", "8"],
        ["--threads", "3", "--memory", "1"]]


def digest(model):
    """One checksum of all files but run.json."""
    total = hashlib.sha256()
    for folder, folders, files in os.walk(model):
        folders.sort()
        for name in sorted(files):
            if name != "run.json":
                path = os.path.join(folder, name)
                total.update(os.path.relpath(path, model).encode())
                with open(path, "rb") as file:
                    total.update(hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def fit(options):
    model = f"{SCRATCH}/model"
    shutil.rmtree(model, ignore_errors=True)
    subprocess.run([THEMATA, "fit", *options, "-k", "3", "--max-passes", "2", "-q", "-o", model],
                   check=True, cwd=COLLECTIONS, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return digest(model)


def main():
    present = [case for case in CASES if os.path.exists(f"{COLLECTIONS}/{case[0]}")]
    if not present:
        print(f"skipped: no collections in '{COLLECTIONS}'")
        sys.exit(77)
    os.makedirs(SCRATCH, exist_ok=True)
    wrong = []
    for case in present:
        sums = [fit([*case, *way]) for way in WAYS]
        wrong += [f"{case[0]}: {' '.join(way)} gives other bytes than {' '.join(WAYS[0])}"
                  for way, total in zip(WAYS, sums) if total != sums[0]]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"the same bytes {len(WAYS)} ways, for {len(present)} collections")


main()
