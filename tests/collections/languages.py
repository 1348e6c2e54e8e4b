"""Texts of many languages: which stop word list the program takes for each, and whether topics of
Chinese titles are their subjects.

    languages.py THEMATA COLLECTIONS SCRATCH     COLLECTIONS: the folder of unpacked collections
"""
import collections
import csv
import glob
import json
import os
import shutil
import subprocess
import sys
import unittest

THEMATA, COLLECTIONS, SCRATCH = sys.argv[1:4]

# The translations of the Universal Declaration of Human Rights into the languages that have a list.
LANGUAGES = {
    "arb": "arabic", "dan": "danish", "deu": "german", "deu_1901": "german",
    "ell_monotonic": "greek", "eng": "english", "fin": "finnish", "fra": "french", "hin": "hindi",
    "ita": "italian", "nld": "dutch", "nno": "norwegian", "nob": "norwegian", "pol": "polish",
    "por_BR": "portuguese", "por_PT": "portuguese", "rus": "russian", "spa": "spanish",
    "swe": "swedish", "tur": "turkish"}

# Without a list, but so close to one of these that its words are theirs: Afrikaans, Asturian,
# Bhojpuri, Catalan, Corsican, Emilian, Frisian, Friulian, Gagauz, Galician, Interlingua, Ladino,
# Occitan, Magahi, Mozarabic, Nigerian Pidgin, Scots, Venetian.
RELATIVES = {
    "afr": "dutch", "ast": "spanish", "bho": "hindi", "cat": "spanish", "cos": "italian",
    "eml": "italian", "fri": "dutch", "fur": "italian", "gag": "turkish", "glg": "portuguese",
    "ina": "spanish", "lad": "spanish", "lnc": "spanish", "mag": "hindi", "mxi": "spanish",
    "pcm": "english", "sco": "english", "vec": "italian"}

# A title of 38 words, too short to judge, and an empty file.
FRAGMENTS = {"pbu", "nku"}


def fit(corpus, *arguments):
    """Fits a model in few passes; returns what model.json says and the documents."""
    model = f"{SCRATCH}/model"
    subprocess.run([THEMATA, "fit", corpus, "-q", "--force", "-o", model, *arguments], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(f"{model}/model.json", encoding="utf-8") as file:
        facts = json.load(file)
    with open(f"{model}/documents.csv", newline="", encoding="utf-8") as file:
        return facts, list(csv.DictReader(file))


def language(corpus, *arguments):
    return fit(corpus, "-k", "1", "--max-passes", "1", "--min-df", "1", "--max-df", "1.0",
               *arguments)[0]["text"]["stop_language"]


class Languages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        os.makedirs(SCRATCH)

    def test_every_translation_is_recognised_or_left_alone(self):
        files = sorted(glob.glob(f"{COLLECTIONS}/udhr2_languages/docs/*.txt"))
        self.assertEqual(len(files), 388)
        names = {os.path.basename(file)[:-len(".txt")]: file for file in files}
        taken = {name: language(file, "--lines") for name, file in names.items()
                 if name not in FRAGMENTS}
        found = {name: taken[name] for name in taken if taken[name]}
        self.assertEqual(found, {**LANGUAGES, **RELATIVES})
        print(f"{len(LANGUAGES)} translations into {len(set(LANGUAGES.values()))} languages "
              f"recognised, {len(RELATIVES)} into close relatives taken for them, "
              f"{len(taken) - len(found)} into others left alone")

    def test_other_collections(self):
        sample = f"{COLLECTIONS}/mallet_sample/sample-data"
        self.assertEqual(language(f"{sample}/web/en"), "english")
        self.assertEqual(language(f"{sample}/web/de"), "german")
        for subject in ("physics", "stats"):
            self.assertEqual(
                language(f"{sample}/stackexchange/directories/training/{subject}"), "english")
        self.assertEqual(language(f"{COLLECTIONS}/greek_gdt/docs"), "greek")
        self.assertIsNone(language(f"{COLLECTIONS}/thucnews_titles_zh/tsv/dev.txt",
                                   "--text-column", "1", "--max-features", "100"))

    def test_topics_of_chinese_titles_are_their_subjects(self):
        titles = f"{COLLECTIONS}/thucnews_titles_zh/tsv/test.txt"
        with open(titles, encoding="utf-8") as file:
            subjects = [line.rstrip("\n").split("\t")[1] for line in file]
        shares = {}
        for cjk in ("bigrams", "words"):
            documents = fit(titles, "--text-column", "1", "-k", "10", "--cjk", cjk)[1]
            self.assertEqual(len(documents), len(subjects))
            pairs = collections.Counter(
                (document["topic"], subject) for document, subject in zip(documents, subjects)
                if document["modelled"] == "1")
            most = collections.Counter()
            for (topic, _), count in pairs.items():
                most[topic] = max(most[topic], count)
            shares[cjk] = sum(most.values()) / len(subjects)
        print("titles whose subject is the most frequent of their topic, of all: "
              + ", ".join(f"{cjk} {share:.3f}" for cjk, share in shares.items()))
        self.assertGreater(shares["bigrams"], 0.4)
        self.assertLess(shares["words"], 0.2)


if __name__ == "__main__":
    if not os.path.isdir(f"{COLLECTIONS}/udhr2_languages"):
        print(f"skipped: no collections in {COLLECTIONS}")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
