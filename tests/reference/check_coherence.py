#!/usr/bin/python3
"""The coherence of a model's topics against gensim's, on the same topics and texts.

    check_coherence.py PROGRAM DOCUMENTS WORK

Fits a model with --coherence all, cuts the documents into words with the program, leaves its stop
words out, and hands texts and top words to gensim (Debian's python3-gensim, 4.2): u_mass, c_uci,
c_npmi and c_v of every topic must be equal to 1e-6. Leaves with 77, which ctest reports as skipped,
when gensim or the documents are missing.
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

try:
    from gensim.corpora.dictionary import Dictionary
    from gensim.models.coherencemodel import CoherenceModel
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

TOPICS, TOP = 6, 10
MEASURES = ("u_mass", "c_uci", "c_npmi", "c_v")


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cut(program, path, stop_words):
    tokens = subprocess.run([program, "tokens", path, "-q"], check=True, stdout=subprocess.PIPE,
                            encoding="utf-8").stdout.splitlines()
    return [token for token in tokens if token not in stop_words]


def main():
    program, documents, model = map(Path, sys.argv[1:4])
    if not documents.is_dir():
        print(f"skipped: there is no {documents}")
        sys.exit(77)
    model.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([program, "fit", documents, "-k", str(TOPICS), "--coherence", "all", "-o", model,
                    "--force", "--quiet"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    with open(model / "model.json", encoding="utf-8") as file:
        stop_words = set(json.load(file)["text"]["stop_words"])
    texts = [cut(program, documents / row["doc_id"], stop_words)
             for row in rows(model / "documents.csv")]
    topics = [[row["term"] for row in rows(model / "tables/topic_words.csv")
               if row["topic"] == str(topic) and int(row["rank"]) <= TOP]
              for topic in range(1, TOPICS + 1)]
    dictionary = Dictionary(texts)
    corpus = [dictionary.doc2bow(text) for text in texts]
    failed = False
    for measure in MEASURES:
        theirs = CoherenceModel(topics=topics, texts=texts, corpus=corpus, dictionary=dictionary,
                                coherence=measure, processes=1).get_coherence_per_topic()
        ours = [float(row[measure]) for row in rows(model / "tables/coherence.csv")]
        difference = max(abs(a - b) for a, b in zip(ours, theirs, strict=True))
        print(f"{measure}: {len(ours)} topics, largest difference {difference:.1e}")
        failed |= not difference <= 1e-6
    sys.exit(failed)


main()
