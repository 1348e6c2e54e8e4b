"""How far what `themata check` says of time and memory is from what `themata fit` needs.

    estimates.py THEMATA COLLECTIONS SCRATCH     COLLECTIONS: the folder of unpacked collections

One line for each collection and k: passes, seconds of processor time, bytes at the highest point, and
both divided by the estimate. The docs have the table (docs/method.md, "What a fit needs").
"""
import json
import math
import os
import subprocess
import sys

THEMATA, COLLECTIONS, SCRATCH = sys.argv[1:4]
CORPORA = {
    "bbc_news": ["bbc_news/docs"],
    "ag_news_test": ["ag_news_test/csv/test.csv", "--text-column", "2,3"],
    "sotu_paragraphs": ["sotu_paragraphs/documents.txt", "--text-column", "3", "--id-column", "1"],
    "scitldr_jsonl": ["scitldr_jsonl/train.jsonl", "--text-field", "source", "--id-field",
                      "paper_id"],
    "imdb_reviews": ["imdb_reviews/docs"],
}
TOPICS = (5, 20, 60)


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    os.makedirs(SCRATCH, exist_ok=True)
    ratios = []
    print(f"{'collection':16} {'k':>3} {'passes':>6} {'seconds':>8} {'/ est.':>6} {'MB':>6} {'/ est.':>6}")
    for name, corpus in CORPORA.items():
        for k in TOPICS:
            options = [*corpus, "-k", str(k), "--threads", "1"]
            check = json.loads(subprocess.run([THEMATA, "check", *options, "--json", "-q"],
                                              check=True, cwd=COLLECTIONS,
                                              capture_output=True).stdout)["fit"]
            model = f"{SCRATCH}/model"
            subprocess.run([THEMATA, "fit", *options, "-q", "--force", "-o", model], check=True,
                           cwd=COLLECTIONS, capture_output=True)
            run = read(f"{model}/run.json")
            seconds = sum(stage["cpu_seconds"] for stage in run["stages"])
            memory = run["peak_rss_bytes"]
            ratios.append((seconds / check["cpu_seconds"], memory / check["memory_bytes"]))
            print(f"{name:16} {k:3} {read(f'{model}/model.json')['passes']:6} {seconds:8.2f} "
                  f"{ratios[-1][0]:6.2f} {memory / 1e6:6.0f} {ratios[-1][1]:6.2f}", flush=True)
    for what, column in zip(("time", "memory"), zip(*ratios)):
        mean = math.exp(sum(map(math.log, column)) / len(column))
        print(f"{what}: {min(column):.2f} to {max(column):.2f} of the estimate, "
              f"geometric mean {mean:.2f}")


main()
