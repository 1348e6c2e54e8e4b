#!/usr/bin/python3
"""eval's figures for BBC News with five topics against scikit-learn's, from the model's own
documents.csv and the collection's labels.tsv; and compare's for two models of it.

    labels.py THEMATA COLLECTION SCRATCH     COLLECTION: the unpacked folder bbc_news

Leaves with 77, which ctest reports as skipped, when scikit-learn or the collection is missing.
"""
import csv
import json
import os
import shutil
import subprocess
import sys
import unittest

try:
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
    from sklearn.metrics.cluster import contingency_matrix
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

from agreement import read_pairs

THEMATA, COLLECTION, SCRATCH = sys.argv[1:4]
LABELS = f"{COLLECTION}/labels.tsv"


def run(*arguments):
    return subprocess.run([THEMATA, *arguments], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def fit(topics):
    model = f"{SCRATCH}/{topics}"
    run("fit", f"{COLLECTION}/docs", "-k", str(topics), "-o", model)
    return model


def main_topics(model):
    with open(f"{model}/documents.csv", newline="", encoding="utf-8") as file:
        return {row["doc_id"]: row["topic"] for row in csv.DictReader(file)}


class Labels(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        os.makedirs(SCRATCH)
        cls.model = fit(5)
        cls.other = fit(10)

    def check_figures(self, figures, first, second):
        self.assertAlmostEqual(figures["nmi"], normalized_mutual_info_score(first, second), 12)
        self.assertAlmostEqual(figures["adjusted_rand"], adjusted_rand_score(first, second), 12)

    def test_figures_are_those_of_scikit_learn(self):
        pairs = read_pairs(self.model, LABELS)
        self.assertEqual(len(pairs), 2225)
        topics, labels = zip(*pairs)
        told = json.loads(run("eval", self.model, "--labels", LABELS, "--column", "label", "--json"))
        print("NMI {nmi:.4f}, adjusted Rand {adjusted_rand:.4f}, purity {purity:.4f}".format(**told),
              file=sys.stderr)
        self.assertEqual(told["documents"], 2225)
        self.check_figures(told, topics, labels)
        table = contingency_matrix(topics, labels)
        self.assertAlmostEqual(told["purity"], table.max(axis=1).sum() / table.sum(), 12)
        self.assertGreaterEqual(told["nmi"], 0.87)
        self.assertGreaterEqual(told["purity"], 0.955)
        names = sorted(set(labels))
        counts = {(row["topic"], row["class"]): row["n_docs"] for row in told["contingency"]}
        self.assertEqual(sum(counts.values()), 2225)
        for (topic, name), count in counts.items():
            self.assertEqual(count, table[topic - 1][names.index(name)])

    def test_every_topic_gets_the_name_of_its_label(self):
        run("eval", self.model, "--labels", LABELS, "--column", "label", "-o",
            f"{SCRATCH}/labels.csv")
        with open(f"{SCRATCH}/labels.csv", newline="", encoding="utf-8") as file:
            named = {row["topic"]: row["label"] for row in csv.DictReader(file)}
        self.assertEqual(sorted(named.values()),
                         ["business", "entertainment", "politics", "sport", "tech"])
        agree = sum(named[topic] == label for topic, label in read_pairs(self.model, LABELS))
        self.assertGreater(agree, 0.95 * 2225)

    def test_the_folders_in_the_model_are_these_labels(self):
        self.assertEqual(run("eval", self.model, "--column", "folder", "--json"),
                         run("eval", self.model, "--labels", LABELS, "--column", "label", "--json"))

    def test_models_with_more_topics_are_split_ones(self):
        told = json.loads(run("compare", self.model, self.other, "--json"))
        first, second = main_topics(self.model), main_topics(self.other)
        self.assertEqual(told["documents"]["both"], 2225)
        self.check_figures(told["documents"], [first[name] for name in first],
                           [second[name] for name in first])
        partners = {row["topic_a"] for row in told["topic_matches"] if row["relation"] == "partner"}
        self.assertEqual(partners, {1, 2, 3, 4, 5})
        split = {row["topic_b"] for row in told["topic_relations"] if row["relation"] == "split"}
        self.assertGreaterEqual(len(split), 6)
        documents = told["documents"]
        self.assertEqual(documents["stayed"] + documents["followed"] + documents["moved"], 2225)
        self.assertLess(documents["moved"], 0.15 * 2225)


if __name__ == "__main__":
    if not os.path.exists(LABELS):
        print(f"skipped: {LABELS} is missing")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
