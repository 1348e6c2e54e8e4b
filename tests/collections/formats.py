"""Collections in the form in which they come: one command each, and the number of documents.

    formats.py THEMATA COLLECTIONS SCRATCH     COLLECTIONS: the folder of unpacked collections
"""
import csv
import filecmp
import glob
import os
import shutil
import subprocess
import sys
import unittest

THEMATA, COLLECTIONS, SCRATCH = sys.argv[1:4]


def fit(*arguments, standard_input=None):
    """Fits a model of one topic in a single pass; returns its folder."""
    model = f"{SCRATCH}/model"
    subprocess.run([THEMATA, "fit", *arguments, "-k", "2", "-q", "--max-passes", "1", "--force",
                    "-o", model], check=True, input=standard_input, cwd=COLLECTIONS,
                   stdout=subprocess.DEVNULL)
    return model


def documents(model):
    with open(f"{model}/documents.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def notes(model):
    if not os.path.exists(f"{model}/tables/notes.csv"):
        return 0
    with open(f"{model}/tables/notes.csv", newline="", encoding="utf-8") as file:
        return len(list(csv.DictReader(file)))


class Formats(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        os.makedirs(SCRATCH)

    def test_a_table_without_a_heading(self):
        model = fit("ag_news_test/csv/test.csv", "--text-column", "2,3")
        rows = documents(model)
        self.assertEqual((len(rows), notes(model)), (7600, 0))
        self.assertEqual(rows[0]["title"], "Fears for T N pension after talks")

    def test_a_table_of_an_unusual_dialect(self):
        model = fit("gnad10k_test/csv/test.csv", "--text-column", "2")
        self.assertEqual((len(documents(model)), notes(model)), (1028, 0))

    def test_tabs_and_no_quotes(self):
        for name, columns, count in (("thucnews_titles_zh/tsv/dev.txt", ["1"], 10000),
                                     ("sotu_paragraphs/documents.txt", ["3", "1"], 9743)):
            model = fit(name, "--text-column", columns[0], *(
                ["--id-column", columns[1]] if len(columns) > 1 else []))
            self.assertEqual((len(documents(model)), notes(model)), (count, 0))

    def test_lines(self):
        model = fit("sotu_paragraphs/documents.txt", "--lines", "--line-fields", "id+label+text")
        rows = documents(model)
        self.assertEqual((len(rows), notes(model)), (9743, 0))
        self.assertEqual(rows[0]["doc_id"], "1914-1")

    def test_json_arrays_with_objects_that_have_no_text(self):
        names = sorted(glob.glob("wikipedia_movies/json/*.json", root_dir=COLLECTIONS))
        listed = documents(fit("--files-from", "-", "--text-field", "extract",
                               standard_input="\n".join(names).encode()))
        inside = documents(fit("wikipedia_movies/json", "--text-field", "extract"))
        for rows in (listed, inside):
            self.assertEqual(len(rows), 36273)
            self.assertEqual(sum(row["excerpt"] != "" for row in rows), 34532)
        self.assertEqual(inside[0]["doc_id"], "movies-1900s.json:1")
        self.assertEqual(inside[0]["date"], "1900")
        self.assertEqual(inside[4]["genres"], "Silent")
        self.assertEqual(sum("Comedy" in row["genres"].split("; ") for row in inside), 10498)

    def test_json_lines(self):
        model = fit("scitldr_jsonl/train.jsonl", "--text-field", "source", "--id-field",
                    "paper_id")
        self.assertEqual((len(documents(model)), notes(model)), (1992, 0))

    def test_metadata_beside_directories(self):
        for name, count, year in (("sotu_paragraphs", 9743, "1914"),
                                  ("nltk_state_union", 65, "1945"),
                                  ("nltk_inaugural", 59, "1789")):
            model = fit(f"{name}/docs", "--metadata", f"{name}/meta.csv", "--id-column", "file")
            rows = documents(model)
            self.assertEqual(len(rows), count)
            self.assertEqual(rows[0]["date"], year)
            for row in rows: # the year is in the file's name too
                self.assertEqual(row["date"], row["doc_id"][:4])
            self.assertFalse(os.path.exists(f"{model}/tables/metadata.csv"))

    def test_labels_beside_a_directory(self):
        rows = documents(fit("bbc_news/docs", "--metadata", "bbc_news/labels.tsv"))
        self.assertEqual(len(rows), 2225)
        for row in rows: # and the folder is the label
            self.assertEqual((row["label"], row["folder"]), (row["doc_id"].split("/")[0],) * 2)

    def test_a_table_beside_a_table(self):
        rows = documents(fit("sotu_paragraphs/documents.txt", "--text-column", "3", "--id-column",
                             "1", "--metadata", "sotu_paragraphs/meta.csv"))
        self.assertEqual(len(rows), 9743)
        for row in rows:
            self.assertEqual((row["date"], row["column_2"]), (row["doc_id"][:4],) * 2)

    def test_columns_of_a_table_without_a_heading(self):
        rows = documents(fit("ag_news_test/csv/test.csv", "--text-column", "2,3"))
        self.assertEqual({row["column_1"] for row in rows}, {"1", "2", "3", "4"})

    def test_counts_of_lda_c(self):
        rows = documents(fit("--matrix", "ap_blei/raw/ap.dat", "--vocabulary",
                             "ap_blei/raw/vocab.txt", "--min-df", "1", "--max-df", "1.0",
                             "--stopwords", "none"))
        with open(f"{COLLECTIONS}/ap_blei/raw/ap.dat", encoding="ascii") as file:
            counts = [[int(pair.split(":")[1]) for pair in line.split()[1:]] for line in file]
        self.assertEqual([(float(row["n_tokens"]), int(row["n_terms"])) for row in rows],
                         [(sum(values), len(values)) for values in counts])

    def test_an_archive_of_a_directory(self):
        packed = f"{SCRATCH}/bbc.tar.zst"
        subprocess.run(["tar", "--sort=name", "--zstd", "-cf", packed, "-C",
                        f"{COLLECTIONS}/bbc_news/docs", "."], check=True)
        kept = f"{SCRATCH}/kept"
        os.rename(fit("bbc_news/docs"), kept)
        again = fit(packed)
        self.assertEqual(len(documents(again)), 2225)
        for name in ("topics.npy", "mixtures.npy", "documents.csv"):
            self.assertTrue(filecmp.cmp(f"{kept}/{name}", f"{again}/{name}", shallow=False), name)


if __name__ == "__main__":
    if not os.path.isdir(f"{COLLECTIONS}/ag_news_test"):
        print(f"skipped: no collections in {COLLECTIONS}")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
