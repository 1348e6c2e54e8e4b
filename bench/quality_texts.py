"""The texts and labels of a labelled collection, and in which documents a word stands."""
import csv
import os
import re
import sys

sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/../tests/reference")
import make_tfidf  # noqa: E402  (found through the line above)

import quality_plan  # noqa: E402


class Labelled:
    """Documents in the order in which this program reads them; texts normalised as its are."""

    def __init__(self, collection, folder):
        self.collection = collection
        self.path = f"{folder}/{collection.path}"
        raw, self.labels = (read_folder if collection.labels else read_rows)(collection, folder)
        self.texts = [make_tfidf.normalise(text) for text in raw]

    def stop_words(self):
        """This program's list, as words of the peers."""
        root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        return make_tfidf.read_stop_words(
            quality_plan.WORD, f"{root}/stopwords/{self.collection.stop}.txt")

    def presence(self):
        """{word: the numbers of the documents that hold it}"""
        found = {}
        for number, text in enumerate(self.texts):
            for word in set(re.findall(quality_plan.WORD, text)):
                found.setdefault(word, set()).add(number)
        return found


def read_folder(collection, folder):
    root = f"{folder}/{collection.path}"
    with open(f"{folder}/{collection.labels}", newline="", encoding="utf-8") as file:
        label_of = {row["file"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}
    names = sorted((os.path.relpath(os.path.join(below, name), root)
                    for below, _, names in os.walk(root) for name in names), key=os.fsencode)
    return make_tfidf.read_documents(root), [label_of[f"{collection.path}/{name}"] for name in names]


def read_rows(collection, folder):
    with open(f"{folder}/{collection.path}", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter=collection.delimiter, quotechar=collection.quote))
    return ["\n".join(row[field] for field in collection.fields) for row in rows], [
        row[0] for row in rows]
