"""Every export read back by the program it is for, or by a reader of its own kind: the same numbers
as in the model's own files, and the same texts.

    check_export.py PROGRAM READER

A reader whose library is not there ends with 77 and says so: skipped.
"""

import csv
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import corpus


def skip(reason):
    print("skipped:", reason)
    sys.exit(77)


def need(module, package):
    try:
        return importlib.import_module(module)
    except ImportError:
        skip(f"{package} is not installed")


def check(true, message):
    if not true:
        sys.exit(f"check_export: {message}")


def read_csv(path, encoding="utf-8"):
    with open(path, newline="", encoding=encoding) as file:
        return list(csv.DictReader(file))


class Model:
    """What the model's own files say."""

    def __init__(self, directory):
        self.documents = read_csv(os.path.join(directory, "documents.csv"))
        self.vocabulary = read_csv(os.path.join(directory, "vocabulary.csv"))
        self.words = read_csv(os.path.join(directory, "tables", "topic_words.csv"))
        self.shares = {
            (row["doc_id"], int(row["topic"])): float(row["share"])
            for row in read_csv(os.path.join(directory, "tables", "doc_topics.csv"))
        }
        self.ids = [row["doc_id"] for row in self.documents]
        self.modelled = [row["doc_id"] for row in self.documents if row["modelled"] == "1"]
        self.topics = 4


def check_sums(model, shares):
    """The shares of every document that is modelled sum to 1."""
    sums = dict.fromkeys(model.modelled, 0.0)
    for (name, _), share in shares.items():
        sums[name] += share
    for name, total in sums.items():
        check(abs(total - 1.0) <= 1e-6, f"the shares of {name!r} sum to {total}")


def check_shares(model, shares):
    check(shares == model.shares, "the shares are others")
    check_sums(model, shares)


def close(a, b):
    """Equal to the 15 digits that a spreadsheet has."""
    return abs(a - b) <= 1e-14 * max(abs(a), abs(b))


# ---- CSV and JSON ----


def tables_agree(model, documents, words, shares):
    check_shares(
        model, {(row["doc_id"], int(row["topic"])): float(row["share"]) for row in shares}
    )
    check([row["doc_id"] for row in documents] == model.ids, "the documents are others")
    for own, theirs in zip(model.documents, documents):
        for name in ["title", "date", "topic", "share", "topic2", "share2", "topic3", "share3",
                     "excerpt", "party"]:
            check(own[name] == theirs[name], f"{own['doc_id']!r}: {name} is {theirs[name]!r}")
    check([row["prob"] for row in words] == [row["prob"] for row in model.words], "words differ")


def read_tables(model, output):
    folder = os.path.join(output, "csv")
    names = ["documents", "topic_words", "doc_topics"]
    tables_agree(model, *(read_csv(os.path.join(folder, name + ".csv")) for name in names))
    labels = read_csv(os.path.join(folder, "labels.csv"))
    check(labels[0]["label"] == '=1+1 "Sterne"', "the label of topic 1 is another")
    check([row["hidden"] for row in labels] == list("0100"), "other topics are hidden")
    topics = read_csv(os.path.join(folder, "topics.csv"))
    check(topics[0]["label"] == '=1+1 "Sterne"', "topics.csv has no label")
    vocabulary = read_csv(os.path.join(folder, "vocabulary.csv"))
    for number, (own, theirs) in enumerate(zip(model.vocabulary, vocabulary), 1):
        check(theirs.pop("term_id") == str(number) and own == theirs, f"word {number} is another")


def text(value):
    return "" if value is None else str(value)


def read_json(model, output):
    def rows(name):
        with open(os.path.join(output, "json", name + ".json"), encoding="utf-8") as file:
            read = json.load(file)
        check(read["schema"] == f"themata.{name}/1", f"{name}: another schema")
        return read["rows"]

    check_shares(model, {(row["doc_id"], row["topic"]): row["share"] for row in rows("doc_topics")})
    for own, theirs in zip(model.documents, rows("documents")):
        check(own["doc_id"] == theirs["doc_id"] and own["party"] == text(theirs["party"]), "document")
    check([float(row["prob"]) for row in model.words] == [row["prob"] for row in rows("topic_words")],
          "words differ")


def read_excel_csv(model, output):
    path = os.path.join(output, "excel-csv", "documents.csv")
    with open(path, "rb") as file:
        raw = file.read()
    check(raw.startswith(b"\xef\xbb\xbf"), "no byte order mark")
    check(raw.endswith(b"\r\n"), "lines do not end in CRLF")
    rows = read_csv(path, "utf-8-sig")
    guarded = 0
    for own, theirs in zip(model.documents, rows):
        for name in ["doc_id", "title", "party"]:
            shown = theirs[name]
            if shown != own[name]:
                check(shown == "'" + own[name], f"{own[name]!r} became {shown!r}")
                guarded += 1
            check(shown[:1] not in tuple("=+@\t\r\n＝＋－＠") or not shown, f"{shown!r} is a formula")
            check(shown[:1] != "-" or shown == "-3.5", f"{shown!r} is a formula")
        check(own["share"] == theirs["share"], "a share is another")
    check(guarded >= 10, "hardly anything was guarded")
    check("'=1+1" in rows[0], "a heading is a formula")


# ---- spreadsheets ----


def from_sheet(value):
    return "" if value is None else value


def unescape(value):
    """_xHHHH_ as spreadsheets read it, which openpyxl leaves alone."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), value)


def read_xlsx(model, output):
    openpyxl = need("openpyxl", "python3-openpyxl")
    book = openpyxl.load_workbook(os.path.join(output, "model.xlsx"))
    check(
        book.sheetnames
        == ["README", "Topics", "Words", "Top documents", "Labels", "Documents", "Similarity",
            "Run"],
        f"the sheets are {book.sheetnames}",
    )
    sheet = book["Documents"]
    check(sheet.freeze_panes == "B2" and sheet.auto_filter.ref, "not frozen or not filtered")
    check(sheet.conditional_formatting, "no bars")
    rows = list(sheet.iter_rows(values_only=True))
    heading = rows[0]
    check(len(rows) == len(model.documents) + 1, "rows are missing")
    for own, values in zip(model.documents, rows[1:]):
        row = dict(zip(heading, map(from_sheet, values)))
        for name in ["doc_id", "title", "party", "date"]:
            expected = own[name].replace("\uffff", "\ufffd")
            check(unescape(str(row[name])) == expected, f"{expected!r} became {row[name]!r}")
        for name in ["share", "share2", "topic", "topic2"]:
            check(text(own[name]) == "" or float(own[name]) == row[name], f"{name} is another")
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            check(cell.data_type in ("s", "n", "inlineStr"), f"{cell.coordinate} is no text")
    check(book["Topics"]["A2"].hyperlink.location == "'Words'!A1", "no link to the words")
    words = [cell.value for cell in book["Words"][1] if cell.value]
    check(words[0] == '1: =1+1 "Sterne"', f"the first block is called {words[0]!r}")
    check(not any(word.startswith("2") for word in words), "a hidden topic is shown")
    shown = {row[0] for row in book["Top documents"].iter_rows(min_row=2, values_only=True)}
    check(shown == {1, 3, 4}, f"documents of the topics {shown} are shown")
    for own, row in zip(read_csv(os.path.join(output, "csv", "topics.csv")),
                        book["Topics"].iter_rows(min_row=2, values_only=True)):
        check(close(float(own["share"]), row[3]), "the share of a topic is another")
    for own, row in zip(read_csv(os.path.join(output, "csv", "topic_similarity.csv")),
                        book["Similarity"].iter_rows(min_row=2, values_only=True)):
        check(all(own[name] == text(value) or close(float(own[name]), value) for name, value in
                  zip(["topic_a", "topic_b", "js_distance", "cosine", "pmi"], row)), f"a pair: {row}")


def read_libreoffice(model, output):
    """As LibreOffice shows it: each sheet as CSV."""
    if not shutil.which("soffice"):
        skip("LibreOffice is not installed")
    command = ["soffice", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"]
    home = tempfile.mkdtemp(dir=output)
    subprocess.run(
        command + ["--outdir", home, os.path.join(output, "model.xlsx")],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ, HOME=home),
        timeout=250,
    )
    rows = read_csv(os.path.join(home, "model-Documents.csv"))
    check(len(rows) == len(model.documents), "rows are missing")
    for own, row in zip(model.documents, rows):
        expected = own["title"].replace("\uffff", "\ufffd")
        check(row["title"] == expected, f"{expected!r} became {row['title']!r}")
        share = row["share"]  # shown as per cent, with 15 digits
        check(own["share"] == "" or close(float(own["share"]), float(share[:-1]) / 100), share)


# ---- a database ----


def read_sqlite(model, output):
    sqlite3 = need("sqlite3", "Python's sqlite3")
    path = os.path.join(output, "model.sqlite")
    tool = shutil.which("sqlite3")
    if tool:
        said = subprocess.run(
            [tool, path, "PRAGMA integrity_check; PRAGMA foreign_key_check;"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        check(said == "ok\n", f"sqlite3 says {said!r}")
    database = sqlite3.connect(path)
    check(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "damaged")
    check(database.execute("PRAGMA foreign_key_check").fetchall() == [], "keys lead nowhere")
    check(database.execute("PRAGMA user_version").fetchone() == (1,), "another version")
    tables = database.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' "
                              "AND schema = 'main' AND name NOT LIKE 'sqlite_%'").fetchall()
    check(len(tables) == 8 and all(strict for _, strict in tables), f"the tables are {tables}")
    shares = database.execute("SELECT doc_id, topic, share FROM v_doc_topics")
    check_shares(model, {(name, topic): share for name, topic, share in shares})
    words = database.execute("SELECT topic, rank, term, prob FROM v_top_words ORDER BY 1, 2")
    expected = [
        (int(row["topic"]), int(row["rank"]), row["term"], float(row["prob"])) for row in model.words
    ]
    check(words.fetchall() == expected, "the words are others")
    rows = database.execute("SELECT doc_id, title, date, meta FROM documents ORDER BY doc")
    for own, (name, title, date, meta) in zip(model.documents, rows):
        check((own["doc_id"], own["title"], own["date"]) == (name, text(title), text(date)), name)
        meta = json.loads(meta)
        for column in ["party", 'a "quoted" name', "label", "=1+1", "meta'; --"]:
            check(own[column] == meta.get(column, ""), f"{name!r}: {column}")
    pairs = database.execute("SELECT topic_a, topic_b, js_distance FROM topic_similarity").fetchall()
    check([pair[:2] for pair in pairs] == [(a, b) for a in range(1, 5) for b in range(a + 1, 5)]
          and all(0 <= distance < 0.8326 for _, _, distance in pairs), f"the pairs are {pairs}")
    labels = database.execute("SELECT topic FROM labels WHERE hidden").fetchall()
    check(labels == [(2,)], "other topics are hidden")
    plan = database.execute("EXPLAIN QUERY PLAN SELECT doc FROM doc_topics WHERE topic = 1 "
                            "ORDER BY share DESC").fetchall()
    check("doc_topics_by_topic" in plan[0][3] and len(plan) == 1, f"the index is not used: {plan}")


# ---- arrays ----


def read_npz(model, output):
    numpy = need("numpy", "python3-numpy")
    sparse = need("scipy.sparse", "python3-scipy")
    folder = os.path.join(output, "npz")

    def lines(name):
        with open(os.path.join(folder, name), encoding="utf-8", newline="\n") as file:
            return file.read().split("\n")[:-1]

    shares = sparse.load_npz(os.path.join(folder, "doc_topic.npz"))
    check(shares.dtype == numpy.float32 and shares.shape == (len(model.ids), 4), "another matrix")
    found = {}
    for row, column in zip(*shares.nonzero()):
        found[model.ids[row], int(column) + 1] = shares[row, column]
    check(found.keys() == model.shares.keys(), "other shares are not 0")
    for key, share in found.items():
        check(share == numpy.float32(model.shares[key]), f"a share of {key} is {share}")
    check_sums(model, {key: float(share) for key, share in found.items()})
    counts = sparse.load_npz(os.path.join(folder, "doc_term_counts.npz"))
    weights = sparse.load_npz(os.path.join(folder, "doc_term_tfidf.npz"))
    check([str(int(n)) for n in counts.sum(axis=1).A1] == [row["n_tokens"] for row in model.documents],
          "the counts are others")
    idf = numpy.array([float(row["idf"]) for row in model.vocabulary])
    expected = numpy.log1p(counts.toarray()) * idf
    sums = expected.sum(axis=1, keepdims=True)
    expected = expected / numpy.where(sums > 0, sums, 1)
    check(numpy.allclose(weights.toarray(), expected, rtol=1e-12, atol=0), "the weights are others")
    h, w = (numpy.load(os.path.join(folder, name)) for name in ["H.npy", "W.npy"])
    check(h.dtype == w.dtype == numpy.float64, "not float64")
    check(numpy.allclose(h.sum(axis=1), 1, atol=1e-6), "a topic does not sum to 1")
    product = (w @ h).sum(axis=1)
    check(numpy.allclose(product, weights.sum(axis=1).A1, atol=1e-6), "W·H has another mass")
    check(lines("vocabulary.txt") == [row["term"] for row in model.vocabulary], "other words")
    check(len(lines("documents.txt")) == len(model.ids), "other documents")


# ---- topic modelling programs ----


def read_mm(model, output):
    corpora = need("gensim.corpora", "python3-gensim")
    folder = os.path.join(output, "mm")
    read = list(corpora.MmCorpus(os.path.join(folder, "corpus.mm")))
    check(len(read) == len(model.ids), "documents are missing")
    for own, document in zip(model.documents, read):
        check(int(own["n_tokens"]) == sum(count for _, count in document), own["doc_id"])
        check(int(own["n_terms"]) == len(document), own["doc_id"])
    dictionary = corpora.Dictionary.load_from_text(os.path.join(folder, "corpus.dict.txt"))
    check(dictionary.num_docs == len(model.ids), "another number of documents")
    for number, row in enumerate(model.vocabulary):
        check(dictionary[number] == row["term"], f"word {number} is another")
        check(dictionary.dfs[number] == int(row["doc_freq"]), f"{row['term']}: another doc_freq")
    totals = dict.fromkeys(range(len(model.vocabulary)), 0)
    for document in read:
        for word, count in document:
            totals[word] += count
    expected = {word: int(row["term_freq"]) for word, row in enumerate(model.vocabulary)}
    check(totals == expected, "the words have other counts")
    check(not read[7], "the document without words has some")


def read_mallet(model, output):
    folder = os.path.join(output, "mallet")

    def lines(name):
        with open(os.path.join(folder, name), encoding="utf-8", newline="\n") as file:
            return [line.split("\t") for line in file.read().split("\n")[:-1]]

    shares = {}
    for number, fields in enumerate(lines("doc-topics.txt")):
        check(len(fields) == 2 + model.topics and fields[0] == str(number), f"line {number + 1}")
        for topic, share in enumerate(fields[2:], 1):
            if float(share) > 0:
                shares[model.ids[number], topic] = float(share)
    check_shares(model, shares)
    keys = lines("topic-keys.txt")
    for topic, (number, share, words) in enumerate(keys):
        check(number == str(topic) and 0 < float(share) < 1 and words.endswith(" "), "topic-keys")
        own = [row["term"] for row in model.words if row["topic"] == str(topic + 1)][:20]
        check(words.split(" ")[:-1] == own, f"the words of topic {topic} are others")
    weights = {(int(t) + 1, word): float(weight) for t, word, weight in
               lines("topic-word-weights.txt")}
    for row in model.words:
        check(close(weights[int(row["topic"]), row["term"]], float(row["weight"])), "a weight")


def read_ldavis(model, output):
    """What pyLDAvis.prepare demands of its arguments, and what it then computes with them. (pyLDAvis
    itself is not in Debian 12.)"""
    numpy = need("numpy", "python3-numpy")
    with open(os.path.join(output, "ldavis.json"), encoding="utf-8") as file:
        given = json.load(file, parse_constant=lambda name: sys.exit(f"{name} is not JSON"))
    check(
        set(given)
        == {"topic_term_dists", "doc_topic_dists", "doc_lengths", "vocab", "term_frequency"},
        "other arguments",
    )
    phi, theta = numpy.array(given["topic_term_dists"]), numpy.array(given["doc_topic_dists"])
    lengths, frequency = numpy.array(given["doc_lengths"]), numpy.array(given["term_frequency"])
    topics, words = phi.shape
    check(theta.shape == (len(lengths), topics), "documents do not fit")
    check(len(given["vocab"]) == words == len(frequency), "words do not fit")
    check(len(set(given["vocab"])) == words, "a word is there twice")
    for rows in (phi, theta):
        check(numpy.isfinite(rows).all() and (rows >= 0).all(), "no distribution")
        check(abs(rows.sum(axis=1) - 1).max() < 1e-12, "a row does not sum to 1")
    check((lengths > 0).all() and (frequency > 0).all(), "a length or frequency is 0")
    mass = (theta * lengths[:, None]).sum(axis=0)
    proportion = mass / mass.sum()
    counts = (phi.T * mass).T
    term_proportion = counts.sum(axis=0) / counts.sum()
    with numpy.errstate(all="raise"):
        logarithms = numpy.log(phi), numpy.log(phi / term_proportion)
        given_word = phi / phi.sum(axis=0)
        saliency = term_proportion * (given_word * numpy.log((given_word.T / proportion).T)).sum(0)
    check(all(numpy.isfinite(values).all() for values in (*logarithms, saliency)), "not finite")
    check(len(lengths) == len(model.modelled), "documents are missing")
    for row, name in zip(theta, model.modelled):
        for topic, share in enumerate(row, 1):
            check(abs(share - model.shares.get((name, topic), 0)) < 1e-6, f"a share of {name!r}")


def read_tidytext(model, output):
    folder = os.path.join(output, "tidytext")
    gamma = read_csv(os.path.join(folder, "gamma.csv"))
    check_shares(
        model, {(row["document"], int(row["topic"])): float(row["gamma"]) for row in gamma}
    )
    beta = read_csv(os.path.join(folder, "beta.csv"))
    found = {(row["topic"], row["term"]): row["beta"] for row in beta}
    for row in model.words:
        check(found[row["topic"], row["term"]] == row["prob"], "a probability is another")
    sums = {}
    for row in beta:
        sums[row["topic"]] = sums.get(row["topic"], 0.0) + float(row["beta"])
    check(all(abs(total - 1) < 1e-6 for total in sums.values()), "a topic does not sum to 1")


READERS = {
    "csv": ("csv", read_tables),
    "json": ("json", read_json),
    "excel-csv": ("excel-csv", read_excel_csv),
    "xlsx": ("xlsx,csv", read_xlsx),
    "libreoffice": ("xlsx", read_libreoffice),
    "sqlite": ("sqlite", read_sqlite),
    "npz": ("npz", read_npz),
    "mm": ("mm", read_mm),
    "mallet": ("mallet", read_mallet),
    "ldavis": ("ldavis", read_ldavis),
    "tidytext": ("tidytext", read_tidytext),
}


def main():
    program, reader = sys.argv[1:]
    formats, read = READERS[reader]
    with tempfile.TemporaryDirectory() as directory:
        path = corpus.make_model(program, directory)
        output = os.path.join(directory, "out")
        corpus.export(program, path, formats, output)
        read(Model(path), output)


if __name__ == "__main__":
    main()
