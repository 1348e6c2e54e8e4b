"""What is promised of the demonstration corpus.

    demo_corpus.py THEMATA CORPUS SCRATCH     CORPUS: corpora/demo
"""
import collections
import csv
import datetime
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import unittest

from agreement import agreement

THEMATA, CORPUS, SCRATCH = sys.argv[1:4]
DOCS = f"{CORPUS}/docs"


def read(name):
    with open(f"{DOCS}/{name}", encoding="utf-8") as file:
        return file.read()


def words(text):
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", folded)


class DemoCorpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.names = sorted(os.listdir(DOCS))
        with open(f"{CORPUS}/meta.csv", newline="", encoding="utf-8") as file:
            cls.meta = list(csv.DictReader(file))
        shutil.rmtree(SCRATCH, ignore_errors=True)
        subprocess.run([THEMATA, "fit", DOCS, "-k", "6", "-q", "-o", SCRATCH], check=True,
                       stdout=subprocess.DEVNULL)

    def test_has_sixty_documents_on_six_subjects_and_a_line_for_each(self):
        self.assertGreaterEqual(len(self.names), 60)
        self.assertEqual([row["file"] for row in self.meta], self.names)
        self.assertEqual(len({row["subject"] for row in self.meta}), 6)
        for row in self.meta:
            datetime.date.fromisoformat(row["date"])
            self.assertTrue(row["source"])

    def test_documents_have_80_to_300_words(self):
        for name in self.names:
            self.assertTrue(80 <= len(read(name).split()) <= 300, name)

    def test_no_eight_words_in_a_row_stand_in_two_documents(self):
        seen = {}
        for name in self.names:
            text = words(read(name))
            for i in range(len(text) - 7):
                sequence = tuple(text[i:i + 8])
                self.assertEqual(seen.setdefault(sequence, name), name, " ".join(sequence))

    def test_topics_are_the_subjects(self):
        with open(f"{SCRATCH}/documents.csv", newline="", encoding="utf-8") as file:
            topic_of = {row["doc_id"]: row["topic"] for row in csv.DictReader(file)}
        pairs = [(topic_of[row["file"]], row["subject"]) for row in self.meta]
        self.assertGreaterEqual(agreement(pairs)[1], 0.95)
        self.assertEqual(len(collections.Counter(topic for topic, _ in pairs)), 6)

    def test_readme_shows_what_is_printed(self):
        with open(f"{CORPUS}/../../README.md", encoding="utf-8") as file:
            readme = file.read()
        for command in (["topics", SCRATCH], ["docs", SCRATCH, "transport-12-news.txt"]):
            printed = subprocess.run([THEMATA, *command], check=True, stdout=subprocess.PIPE,
                                     encoding="utf-8").stdout
            block = "".join(f"    {line}\n" for line in printed.splitlines())
            self.assertIn(block, readme)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
