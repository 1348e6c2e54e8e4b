"""What the flags of topics are decided by, over real collections and with junk planted in one.

    flags.py THEMATA COLLECTIONS SCRATCH

Fits every collection of every.py, and BBC News with junk in it, and prints a line for each: the
extremes of its topics' measures, and the flags there are. The table of flags in docs/method.md is
made of it. COLLECTIONS: the folder of unpacked collections.
"""
import csv
import json
import os
import random
import shutil
import statistics
import subprocess

from every import COLLECTIONS, RUNS, SCRATCH, THEMATA, rows_of

BBC = f"{COLLECTIONS}/bbc_news/docs"


def show(name, model):
    with open(f"{model}/model.json", encoding="utf-8") as file:
        description = json.load(file)
    quality, counts = description["quality"], description["counts"]
    words = quality["effective_words"]
    each = counts["modelled"] / counts["topics"]
    print(f"{name:16} {each:7.1f} documents a topic; "
          f"effective documents {min(quality['effective_documents']):7.1f}; "
          f"function words {min(quality['function_words']):.1f} to {max(quality['function_words']):.1f}; "
          f"words {max(words) / statistics.median_low(words):.2f} times the median; "
          f"similarity {max(quality['similarity']):.2f}")
    flagged = {}
    for row in rows_of(f"{model}/tables/topics.csv"):
        if row["flags"]:
            flagged.setdefault(row["flags"], []).append(row)
    for flags, topics in flagged.items():
        print(f"{'':16} {len(topics)} × {flags}, such as {topics[0]['top_words']}")


def plant(name, texts, *options):
    """BBC News with these texts among its own."""
    folder, model = f"{SCRATCH}/{name}", f"{SCRATCH}/{name}.themata"
    shutil.copytree(BBC, folder)
    for number, text in enumerate(texts):
        with open(f"{folder}/planted{number}.txt", "w", encoding="utf-8") as file:
            file.write(text)
    subprocess.run([THEMATA, "fit", folder, "-k", "20", "-o", model, "-q", *options], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    show(name, model)


def main():
    shutil.rmtree(SCRATCH, ignore_errors=True)
    os.makedirs(SCRATCH)
    for _, group in RUNS:
        for run in group:
            model, _, _ = run.fit("-q")
            show(run.name, model)
    generator = random.Random(1)
    tokens = []
    for folder, _, names in sorted(os.walk(BBC)):
        for name in sorted(names):
            with open(f"{folder}/{name}", encoding="utf-8", errors="replace") as file:
                tokens += [word for word in file.read().split() if word.isalpha()]
    vocabulary = sorted(set(tokens))
    log = "alloc kernel panic stack trace buffer thread mutex signal page fault swap".split()
    with open(f"{COLLECTIONS}/gnad10k_test/csv/test.csv", newline="", encoding="utf-8") as file:
        german = [row[1] for row in csv.reader(file, delimiter=";", quotechar="'")][:60]
    plant("as_it_is", [])
    plant("stop_words", [], "--stopwords", "none", "--max-df", "1.0")
    plant("two_logs", [" ".join(generator.choices(log, k=20000)) for _ in range(2)],
          "--weight", "count", "--normalize", "none")
    plant("german", german)
    plant("even_words", [" ".join(generator.choices(vocabulary, k=300)) for _ in range(60)])
    plant("usual_words", [" ".join(generator.choices(tokens, k=300)) for _ in range(60)])


main()
