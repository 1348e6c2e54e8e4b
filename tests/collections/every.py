"""Every collection in its own format and language by one command, and what comes out.

    every.py THEMATA COLLECTIONS SCRATCH               tests: few passes, documents, words, metadata
    every.py THEMATA COLLECTIONS SCRATCH --write FILE  runs each command and writes docs/collections.md

COLLECTIONS: the folder of unpacked collections, in which the commands run.
"""
import csv
import json
import os
import shlex
import shutil
import subprocess
import sys
import textwrap
import unittest

THEMATA, COLLECTIONS, SCRATCH = map(os.path.abspath, sys.argv[1:4])
SHOWN = 10  # topics in the document


class Run:
    """One command: what stands before the program in a pipe, its arguments, and what must come out.

    `words`: words of each group must be among the 20 first of one topic, whatever the others are.
    """

    def __init__(self, name, arguments, says, documents, language, words, before="", columns=(),
                 dated=0, notes=0):
        self.name, self.arguments, self.before, self.says = name, arguments, before, says
        self.documents, self.language, self.words = documents, language, words
        self.columns, self.dated, self.notes = columns, dated, notes

    def command(self):
        return (self.before + " | " if self.before else "") + "themata fit " + self.arguments

    def fit(self, *more):
        """The model's folder, the table, and what was said on the way."""
        model = f"{SCRATCH}/{self.name}"
        line = self.command().replace("themata fit", shlex.quote(THEMATA) + " fit", 1)
        line += " --force -o " + shlex.quote(model) + " " + " ".join(more)
        done = subprocess.run(["sh", "-c", line], cwd=COLLECTIONS, check=True, text=True,
                              encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return model, done.stdout, done.stderr


RUNS = [
    ("ag_news_test: a CSV without a heading, of English news", [
        Run("ag_news", "ag_news_test/csv/test.csv --text-column 2,3 --html -k 12",
            "Columns by number, because there is no heading; the first, the class, becomes metadata. `--html` is for what is "
            "left of markup: without it a topic reads *gt, lt, fullquote*. The agencies' names (AP, AFP, Reuters) stand in every item "
            "and stay; a file of them behind `--stopwords english,` takes them out.",
            7600, "english", [["Iraq", "Baghdad"], ["oil", "prices"], ["Sox", "Boston"]],
            columns=["column_1"])]),
    ("gnad10k_test: German news, `;` between fields and `'` around them", [
        Run("gnad", "gnad10k_test/csv/test.csv --text-column 2 -k 10",
            "Delimiter, quote and language are found out. The last topic is no subject but one note, that agency copy may not be shown in full: "
            "a stock phrase is a topic like any other, and `--drop` takes it out. *Jährige* is from *30-Jährige*; `--hyphens keep` holds such words together.",
            1028, "german", [["Polizei", "festgenommen"], ["Prozent", "Euro"], ["SPÖ", "FPÖ"]],
            columns=["column_1"])]),
    ("wikipedia_movies: arrays of JSON, in a directory", [
        Run("movies", "wikipedia_movies/json --text-field extract -k 20 --duplicates drop --min-df 20 --max-df 0.1",
            "Year becomes the date, `genres` and the other fields metadata. An extract is a sentence or two and mostly says who made the film; "
            "`--max-df 0.1` leaves out what nearly all say (*American*, *directed*, *starring*), but first names remain the strongest pattern, "
            "and only some topics are genres or eras. Objects without an extract are empty documents, which are counted and not modelled.",
            36012, "english", [["noir", "crime"], ["musical", "song"], ["War", "World"]],
            columns=["genres", "cast"], dated=36012)]),
    ("scitldr_jsonl: JSON Lines, the text an array of sentences", [
        Run("scitldr", "scitldr_jsonl/train.jsonl --text-field source --id-field paper_id -k 15",
            "The sentences are joined; `target`, the summaries, become metadata. The topics are fields of machine learning as one knows them.",
            1992, "english", [["policy", "reinforcement"], ["gradient", "convergence"],
                              ["latent", "variational"]], columns=["target"])]),
    ("thucnews_titles_zh: Chinese headlines, two TSV files through standard input", [
        Run("thucnews", "- --text-column 1 -k 20",
            "Chinese has no blanks, so words are pairs of characters, and a name of three shows as two halves (奥巴, 巴马). "
            "No stop word list is needed for headlines and there is none. 图 and 组图 (*picture*) are newsroom marks; "
            "`tests/collections/languages.py` compares the topics with the ten classes.",
            20000, None, [["考研"], ["基金"], ["高考", "考生"]], columns=["column_2"],
            before="cat thucnews_titles_zh/tsv/dev.txt thucnews_titles_zh/tsv/test.txt")]),
    ("greek_gdt: Greek texts in a directory", [
        Run("greek", "greek_gdt/docs --lang greek --stem -k 8",
            "News, debates of the European Parliament and guides to islands. Greek inflects: without `--stem` Κορέα and Κορέας are two words. "
            "A stem shows as it is mostly written, with its accents.",
            162, "greek", [["Κορέα", "ΗΠΑ"], ["νησιού", "χλμ"]])]),
    ("udhr2_languages: one declaration in 388 languages", [
        Run("udhr", "udhr2_languages/docs --metadata udhr2_languages/meta.csv --stopwords none -k 12 --min-df 3",
            "A test of scripts, not of subjects: every text says the same, so topics are handfuls of languages that share short words, related or not. "
            "That is what any collection of several languages gives that is not split by language first. "
            "One file is empty; other texts have no word that two more have.",
            388, None, [["право"], ["حق"], ["अधिकार"]], columns=["speaker_or_lang"])]),
    ("sotu_paragraphs: paragraphs of speeches, as files and as a table", [
        Run("sotu", "sotu_paragraphs/docs --metadata sotu_paragraphs/meta.csv --duplicates drop -k 15 --min-df 5",
            "The year comes from the table beside the files and becomes the date. Paragraphs are short, so rare words are left out; the forms "
            "of address (*President, members, Speaker*) are one of the topics.",
            9557, "english", [["Soviet"], ["tax"], ["schools", "education"]], dated=9557),
        Run("sotu_table", "sotu_paragraphs/documents.txt --id-column 1 --date-column 2 --text-column 3 --duplicates drop -k 15 --min-df 5",
            "The same paragraphs in one file, in another order: the start is drawn in the documents' order, so the "
            "solver ends elsewhere. What both runs have (defence, the economy, schools, health, budget) can be relied on; what only one has is "
            "less sure, and `--restarts` looks for a better end.",
            9557, "english", [["budget"], ["thank", "God"], ["economy", "economic"]], dated=9557)]),
    ("nltk_state_union: whole speeches, with year and speaker", [
        Run("state_union", "nltk_state_union/docs --metadata nltk_state_union/meta.csv --encoding big5 -k 8 --min-df 3",
            "With 65 long documents topics are presidents and their times. Nixon's five speeches hold bytes that are no UTF-8 and, without `--encoding`, are "
            "noted as repaired. Read as Windows-1252 they make the words *xand* and *xthe*, which give them away: they are dashes of Big5.",
            65, "english", [["Iraq", "terrorists"], ["Vietnam"], ["agriculture", "bargaining"]],
            columns=["speaker_or_lang"], dated=65)]),
    ("nltk_inaugural: whole speeches from 1789 to 2021", [
        Run("inaugural", "nltk_inaugural/docs --metadata nltk_inaugural/meta.csv -k 4 --min-df 3",
            "Topics are centuries. With the default `--normalize l1` the shortest speech (Washington, 1793) counts as much as the longest: "
            "its words (*injunctions*, *witnesses*) lead a topic. With so few documents k must be small.",
            59, "english", [["objects", "revenue"], ["Americans", "dream"]],
            columns=["speaker_or_lang"], dated=59, notes=1)]),
    ("imdb_reviews: 50,000 files with HTML in them", [
        Run("imdb", "imdb_reviews/docs --html --duplicates drop -k 20",
            "Without `--html` the program says that most documents hold tags. Some topics are genres, some verdicts "
            "(*worst, waste, awful*): tone is a theme of reviews.",
            49507, "english", [["horror", "gore"], ["funny", "comedy"], ["worst", "waste"]])]),
    ("ap_blei: Associated Press, as files, as one file and as counts", [
        Run("ap", "ap_blei/docs --metadata ap_blei/meta.csv -k 20",
            "The subjects of the published topics (`ap-topics.pdf`) are there: courts, Congress, the Gulf, the Soviet Union, markets. "
            "*cycle, AP, list* and *magazine, copyright* are notes to editors, each in dozens of documents.",
            2246, "english", [["court", "judge"], ["Soviet", "Gorbachev"], ["stock", "Exchange"]],
            columns=["docno"]),
        Run("ap_raw", "- --lines -k 20",
            "The distribution's one file has each text in a line between lines of SGML; `grep` takes the texts. They are the same as the files.",
            2246, "english", [["court", "judge"], ["Soviet", "Gorbachev"], ["stock", "Exchange"]],
            before="grep '^ [^<]' ap_blei/raw/ap.txt"),
        Run("ap_counts", "--matrix ap_blei/raw/ap.dat --vocabulary ap_blei/raw/vocab.txt --stopwords english -k 20",
            "Counts made elsewhere: words in lower case, apostrophes gone (*hes*), most stop words taken out already.",
            2246, None, [["court", "judge"], ["soviet", "gorbachev"], ["stock", "exchange"]])]),
    ("bbc_news: a folder for each label", [
        Run("bbc", "bbc_news/docs -k 10",
            "The folder is metadata (`folder`), so a topic can be compared with the label. There are more subjects than the five labels: sport alone has "
            "three topics. One byte in sport/199.txt is not UTF-8; it is read as Windows-1252 (a pound sign) and noted.",
            2225, "english", [["Labour", "election"], ["film", "actor"], ["Chelsea", "Arsenal"]],
            columns=["folder"], notes=1)]),
    ("greene_dynamic_sample: a folder for each month", [
        Run("greene_dynamic", "greene_dynamic_sample/docs --metadata greene_dynamic_sample/labels.tsv -k 10",
            "`folder` is the month, `label` the class. Topic 9 is two subjects in one, computer games and the sale of a football club, and topic 7 several: a coherence near 0 says so.",
            1324, "english", [["Labour", "election"], ["film", "actor"], ["Chelsea", "Arsenal"]],
            columns=["folder", "label"], notes=1)]),
    ("greene_stability_sample: three kinds of article", [
        Run("greene_stability", "greene_stability_sample/docs --metadata greene_stability_sample/labels.tsv -k 3",
            "Three topics for three classes, by construction.",
            160, "english", [["space", "NASA"], ["League", "season"], ["car", "engine"]],
            columns=["folder", "label"])]),
    ("mallet_sample: small texts, by language, by folder and as a table", [
        Run("mallet_en", "mallet_sample/sample-data/web/en -k 3",
            "Twelve texts, one or two paragraphs each: enough to see that they are read, too few for topics.",
            12, "english", [["battle", "Union"]]),
        Run("mallet_de", "mallet_sample/sample-data/web/de -k 3",
            "The same in German. The list is found; 33 words stand in two documents or more.",
            12, "german", [["Sprache", "Jahrhunderts"]]),
        Run("mallet_web", "mallet_sample/sample-data/web --stopwords english,german -k 2",
            "Both together: `auto` takes one list and says that there is a second language, so both are named. `folder` is the language; of so short texts topics are mostly chance.",
            24, None, [["Sprache"], ["years"]], columns=["folder"]),
        Run("mallet_folders", "mallet_sample/sample-data/stackexchange/directories -k 6",
            "Questions and answers on physics and statistics, two or three sentences each; `folder` says which.",
            400, "english", [["gravity", "force"], ["deviation", "standard"]], columns=["folder"]),
        Run("mallet_table", "mallet_sample/sample-data/stackexchange/tsv/training.tsv --text-column 3 -k 4",
            "Half of them as a table. The first column repeats its numbers for each class; so rows are numbered instead of `--id-column 1`, which is refused.",
            200, "english", [["data", "statistics"]], columns=["column_2"])]),
]

BEFORE = """\
# Real collections, one command each

Written by `tests/collections/every.py --write`, which runs every command in the folder of the unpacked collections; nothing in it is
written by hand but the remarks. The collections are not part of this project. Shown are what the program says and the first {shown} topics.
"""

AFTER = """\
## What is not text

`matrices` (ratings, faces, expression of genes, prices) has none and is read by no command here. Nor are `svmlight/` and `numeric/` of
`mallet_sample`, which hold counts and measurements under names. Other files that come with the collections (SOURCE.md, licences) are
why commands name the folder of texts and not the whole collection.
"""


def wrapped(command):
    """The command as it is typed, in lines of up to 110 characters."""
    lines = textwrap.wrap(command, 106, break_long_words=False, break_on_hyphens=False)
    return " \\\n".join(["    " + line if i == 0 else "        " + line for i, line in enumerate(lines)])


def said(run, text):
    """What the program says, without the names of scratch files and the progress of slow runs."""
    model = f"{SCRATCH}/{run.name}"
    lines = [line for line in text.splitlines() if not line.startswith(("wrote ", "pass ", "read "))
             or line.startswith("read ") and line.split()[2].startswith("documents")]
    return [line.replace(model, "MODEL") for line in lines]


def write(path):
    shutil.rmtree(SCRATCH, ignore_errors=True)
    os.makedirs(SCRATCH)
    parts = [BEFORE.format(shown=SHOWN)]
    for heading, runs in RUNS:
        parts.append(f"## {heading}\n")
        for run in runs:
            _, table, errors = run.fit()
            rows = table.splitlines()
            shown = said(run, errors) + rows[:SHOWN + 1] + (["…"] if len(rows) > SHOWN + 1 else [])
            parts.append(wrapped(run.command()) + "\n")
            parts.append("```\n" + "\n".join(shown) + "\n```\n")
            parts.append(run.says + "\n")
    parts.append(AFTER)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(parts))


def rows_of(path):
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Collections(unittest.TestCase):
    """Every command of the document with few passes."""

    @classmethod
    def setUpClass(cls):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        os.makedirs(SCRATCH)

    def check(self, run):
        model, _, _ = run.fit("-q", "--max-passes 8")
        documents = rows_of(f"{model}/documents.csv")
        self.assertEqual(len(documents), run.documents)
        with open(f"{model}/model.json", encoding="utf-8") as file:
            self.assertEqual(json.load(file)["text"].get("stop_language"), run.language)
        self.assertEqual(len(rows_of(f"{model}/tables/notes.csv")), run.notes)
        self.assertEqual(rows_of(f"{model}/tables/metadata.csv"), [])
        for column in run.columns:
            self.assertTrue(any(row[column] for row in documents), column)
        self.assertEqual(sum(row["date"] != "" for row in documents), run.dated)
        topics = {}
        for row in rows_of(f"{model}/tables/topic_words.csv"):
            if int(row["rank"]) <= 20:
                topics.setdefault(row["topic"], set()).add(row["surface"].casefold())
        for group in run.words:
            group = {word.casefold() for word in group}
            self.assertTrue(any(group <= words for words in topics.values()), group)
        junk = {"br", "quot", "nbsp", "amp", "lt", "gt", "http", "www", "xand"}
        self.assertEqual(set.union(*topics.values()) & junk, set())
        shutil.rmtree(model)


for _, group in RUNS:
    for each in group:
        setattr(Collections, f"test_{each.name}", lambda self, run=each: self.check(run))


if __name__ == "__main__":
    if not os.path.isdir(f"{COLLECTIONS}/ag_news_test"):
        print(f"skipped: no collections in {COLLECTIONS}")
        sys.exit(77)
    if len(sys.argv) == 6 and sys.argv[4] == "--write":
        write(sys.argv[5])
    else:
        unittest.main(argv=sys.argv[:1])
