"""What bench/export does: a corpus, a model of it, the model in every format, and the figures.

The corpus is drawn from 50 topics over 20,000 words, 80 words a document of five of the topics, with
a title, a date and a group. The model is fitted in a few passes, for what is measured is writing.
Each figure is of the whole command, reading the model included; the median of the runs.
"""

import argparse
import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy

PROGRAM = "build/release/themata"
TOPICS = 50
WORDS = 20_000
LENGTH = 80
TOPICS_OF_A_DOCUMENT = 5
# Seconds that a format may take for 100,000 documents.
LIMITS = {"csv": 2.0, "sqlite": 5.0, "xlsx": 15.0, "npz": 1.0}
FORMATS = ["csv", "excel-csv", "xlsx", "sqlite", "npz", "mm", "mallet", "ldavis", "tidytext", "json"]


def draw_words(documents):
    """Word numbers, a row for each document."""
    random = numpy.random.default_rng(7)
    ends = random.dirichlet(numpy.full(WORDS, 0.02), TOPICS).cumsum(axis=1)
    theirs = random.random((documents, TOPICS)).argsort(axis=1)[:, :TOPICS_OF_A_DOCUMENT]
    shares = random.dirichlet(numpy.ones(TOPICS_OF_A_DOCUMENT), documents).cumsum(axis=1)
    place = (random.random((documents, LENGTH, 1)) > shares[:, None, :]).sum(axis=2)
    place = numpy.minimum(place, TOPICS_OF_A_DOCUMENT - 1)
    topics = numpy.take_along_axis(theirs, place, axis=1)
    words = numpy.empty(topics.shape, dtype=numpy.int32)
    for topic in range(TOPICS):
        mask = topics == topic
        words[mask] = numpy.searchsorted(ends[topic], random.random(mask.sum()))
    return numpy.minimum(words, WORDS - 1)


def letters(number):
    """A word made of letters, which no rule of the tokenizer touches."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(4)) + "q"


def write_corpus(path, documents):
    names = [letters(number) for number in range(WORDS)]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "date", "group", "text"])
        for number, row in enumerate(draw_words(documents)):
            words = [names[word] for word in row]
            writer.writerow(
                [
                    f"document-{number:07d}",
                    " ".join(words[:5]).capitalize(),
                    f"{1950 + number % 70}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
                    f"group {number % 17}",
                    " ".join(words),
                ]
            )


def run(command):
    """Seconds on the clock, of the processor, and bytes at the peak."""
    begin = time.monotonic()
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"bench/export: {' '.join(command)} failed")
    return time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(path, name)) for name in os.listdir(path))


def measure(model, output, name, runs):
    taken = []
    for _ in range(runs):
        shutil.rmtree(output, ignore_errors=True)
        taken.append(run([PROGRAM, "export", model, "--to", name, "-o", output, "-q"]))
    place = os.path.join(output, os.listdir(output)[0])
    clock, processor, peak = (statistics.median(values) for values in zip(*taken))
    return clock, processor, peak, size(place)


def main():
    parser = argparse.ArgumentParser(prog="bench/export")
    parser.add_argument("--documents", type=int, default=100_000, help="default: 100000")
    parser.add_argument("--runs", type=int, default=3, help="of each format; default: 3")
    parser.add_argument("--work", help="a folder to keep the corpus and the model in")
    arguments = parser.parse_args()
    work = arguments.work or tempfile.mkdtemp(prefix="export-bench-")
    os.makedirs(work, exist_ok=True)
    corpus = os.path.join(work, f"corpus-{arguments.documents}.csv")
    model = os.path.join(work, f"model-{arguments.documents}")
    try:
        if not os.path.exists(corpus):
            write_corpus(corpus, arguments.documents)
        if not os.path.exists(model):
            subprocess.run(
                [PROGRAM, "fit", corpus, "-k", str(TOPICS), "--max-passes", "6", "-o", model]
                + ["--stopwords", "none", "--min-df", "1", "--max-df", "1.0", "-q"],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        with open(os.path.join(model, "tables", "doc_topics.csv"), "rb") as file:
            shares = sum(1 for _ in file) - 1
        print(f"{arguments.documents} documents, {TOPICS} topics, {shares} shares that are not 0")
        print(f"{'format':10} {'seconds':>8} {'processor':>10} {'peak MB':>8} {'MB':>6}  limit")
        for name in FORMATS:
            clock, processor, peak, length = measure(
                model, os.path.join(work, "out"), name, arguments.runs
            )
            limit = LIMITS.get(name)
            told = "" if limit is None else f"{limit:g} s {'kept' if clock < limit else 'MISSED'}"
            print(
                f"{name:10} {clock:8.2f} {processor:10.2f} {peak / 1e6:8.0f} {length / 1e6:6.0f}  {told}",
                flush=True,
            )
    finally:
        if not arguments.work:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
