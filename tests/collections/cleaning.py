"""What --html makes of real collections, compared with Python's html.parser and html.unescape.

    cleaning.py THEMATA COLLECTIONS SCRATCH     COLLECTIONS: the folder of unpacked collections

Texts are cleaned here, by Python, and read without --html; vocabulary, counts and excerpts must be
those of the raw texts read with it.
"""
import csv
import filecmp
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

THEMATA, COLLECTIONS, SCRATCH = sys.argv[1:4]
# As src/text/html.c has them: tags that do not separate words, and all others that HTML has.
IN_LINE = set("a abbr acronym b basefont bdi bdo big cite code data del dfn em font i ins kbd label "
              "mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
              .split())
OTHERS = set("address applet area article aside audio base blockquote body br button canvas caption "
             "center col colgroup datalist dd details dialog dir div dl dt embed fieldset figcaption "
             "figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe "
             "img input isindex legend li link main map marquee menu meta meter nav noframes noscript "
             "object ol optgroup option output p param picture pre progress script section select "
             "source style summary svg table tbody td template textarea tfoot th thead title tr track "
             "ul video".split())


class Stripper(html.parser.HTMLParser):
    """Collects a text without its tags; the second time, tags that HTML does not have stay."""

    def __init__(self, second):
        super().__init__(convert_charrefs=not second)
        self.second = second
        self.pieces = []
        self.hidden = None

    def handle_starttag(self, tag, attributes):
        if self.second and tag not in IN_LINE | OTHERS:
            self.pieces.append(self.get_starttag_text())
            return
        if tag in ("script", "style"):
            self.hidden = tag
        self.pieces.append("" if tag in IN_LINE else "\n")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.hidden = None

    def handle_endtag(self, tag):
        if tag == self.hidden:
            self.hidden = None
        self.pieces.append("" if tag in IN_LINE else "\n")

    def handle_data(self, data):
        if not self.hidden:
            self.pieces.append(data)

    def handle_entityref(self, name):
        self.pieces.append("&" + name)

    def handle_charref(self, name):
        self.pieces.append("&#" + name)


def parse(text, second):
    stripper = Stripper(second)
    stripper.feed(text)
    stripper.close()
    return "".join(stripper.pieces)


def restore(text):
    """References that have lost their ampersand get it back."""
    text = re.sub(r"(?<=[A-Za-z]) (?=#39;(?i:s|t|d|m|re|ve|ll)\b)", "", text)
    return re.sub(r"(?:(?<![\w&#])|(?<=[A-Za-z])(?=#39;))(#[0-9]{1,5}|quot|amp|lt|gt|nbsp|apos);",
                  r"&\1;", text)


def clean(text):
    return parse(parse(restore(text), False), True)


def fit(name, corpus, *options):
    """A model of every word."""
    model = f"{SCRATCH}/{name}"
    subprocess.run([THEMATA, "fit", corpus, "-k", "2", "--max-passes", "1", "--min-df", "1",
                    "--max-df", "1.0", "--stopwords", "none", "--keep-numbers", "-q", "-o", model,
                    *options], check=True, stdout=subprocess.DEVNULL)
    return model


def excerpts(model):
    with open(f"{model}/documents.csv", newline="", encoding="utf-8") as file:
        return [row["excerpt"] for row in csv.DictReader(file)]


class Cleaning(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        os.makedirs(SCRATCH)

    def compare(self, name, texts, raw, *options):
        cleaned = f"{SCRATCH}/{name}.jsonl"
        changed = 0
        with open(cleaned, "w", encoding="utf-8") as file:
            for text in texts:
                result = clean(text)
                changed += result != text
                print(json.dumps({"text": result}), file=file)
        self.assertGreater(changed, len(texts) // 5)
        ours, theirs = fit(f"{name}-ours", raw, "--html", *options), fit(f"{name}-python", cleaned)
        for number, pair in enumerate(zip(excerpts(ours), excerpts(theirs), strict=True)):
            self.assertEqual(*pair, f"document {number}")
        for file in ("vocabulary.csv", "counts.npz"):
            self.assertTrue(filecmp.cmp(f"{ours}/{file}", f"{theirs}/{file}", shallow=False), file)

    def test_reviews(self):
        folder = f"{COLLECTIONS}/imdb_reviews/docs"
        texts = []
        for name in sorted(os.listdir(folder))[::5]:
            with open(f"{folder}/{name}", encoding="utf-8") as file:
                texts.append(file.read())
        with open(f"{SCRATCH}/reviews.jsonl", "w", encoding="utf-8") as file:
            for text in texts:
                print(json.dumps({"text": text}), file=file)
        self.compare("imdb", texts, f"{SCRATCH}/reviews.jsonl")

    def test_news(self):
        raw = f"{COLLECTIONS}/ag_news_test/csv/test.csv"
        with open(raw, newline="", encoding="utf-8") as file:
            texts = ["\n".join(row[1:]) for row in csv.reader(file)]
        self.compare("ag_news", texts, raw, "--text-column", "2,3")


if __name__ == "__main__":
    if not os.path.isdir(f"{COLLECTIONS}/imdb_reviews"):
        print(f"skipped: no collections in {COLLECTIONS}")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
