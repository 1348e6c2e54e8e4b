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
        subprocess.run([THEMATA, "fit", DOCS, "--metadata", f"{CORPUS}/meta.csv", "-k", "8", "-q",
                        "-o", SCRATCH], check=True,
                       stdout=subprocess.DEVNULL)

    def test_has_150_documents_on_eight_subjects_and_a_line_for_each(self):
        self.assertGreaterEqual(len(self.names), 150)
        self.assertEqual([row["file"] for row in self.meta], self.names)
        self.assertEqual(len({row["subject"] for row in self.meta}), 8)
        years = {datetime.date.fromisoformat(row["date"]).year for row in self.meta}
        self.assertGreaterEqual(len(years), 5)
        for row in self.meta:
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
        self.assertEqual(len(collections.Counter(topic for topic, _ in pairs)), 8)

    def table(self, *arguments):
        printed = subprocess.run([THEMATA, "topics", SCRATCH, *arguments, "--csv"], check=True,
                                 stdout=subprocess.PIPE, encoding="utf-8").stdout
        return list(csv.DictReader(printed.splitlines()))

    def test_each_group_of_a_subject_has_a_topic_of_its_own(self):
        main = {}
        for row in self.table("--by", "subject"):
            if float(row["mean_share"]) > 0.9:
                main[row["value"]] = row["topic"]
        self.assertEqual(set(main), {row["subject"] for row in self.meta})
        self.assertEqual(len(set(main.values())), 8)

    def test_music_is_of_the_early_years_and_courts_are_of_the_late_ones(self):
        top = {row["value"]: row["topic"] for row in self.table("--by", "subject")
               if float(row["main_share"]) > 0.5}
        rows = self.table("--over-time", "--time-bin", "year")
        for subject, early in (("music", True), ("courts", False)):
            share = {row["bin"]: float(row["mean_share"]) for row in rows
                     if row["topic"] == top[subject]}
            first, last = share["2018"] + share["2019"], share["2023"] + share["2024"]
            self.assertGreater(*((first, 3 * last) if early else (last, 3 * first)))

    def test_readme_shows_what_is_printed(self):
        with open(f"{CORPUS}/../../README.md", encoding="utf-8") as file:
            readme = file.read()
        for command in (["topics", SCRATCH], ["docs", SCRATCH, "transport-12-news.txt"],
                        ["topics", SCRATCH, "--over-time", "--time-bin", "year", "--words", "5"],
                        ["topics", SCRATCH, "--by", "source", "--top", "4"]):
            printed = subprocess.run([THEMATA, *command], check=True, stdout=subprocess.PIPE,
                                     encoding="utf-8").stdout
            block = "".join(f"    {line}\n" for line in printed.splitlines())
            self.assertIn(block, readme)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
