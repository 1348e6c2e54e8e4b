"""The same texts to a TF-IDF matrix with scikit-learn and gensim; prints JSON.

    text_others.py time PROGRAM TASK.json       one run: seconds, memory, the matrix' facts
    text_others.py compare TASK.json MATRIX.mtx our matrix against scikit-learn's, value by value

TASK.json: path, form, pattern, ngrams, stop (a file or null). The clock runs from the first file
to the finished matrix; what a program imports is not in it.
"""
import csv
import json
import os
import resource
import subprocess
import sys
import tarfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, f"{HERE}/../tests/reference")
import make_tfidf  # noqa: E402  (found through the line above)

TERMS = dict(min_df=2, max_df=0.5)


# ---- texts ----


def each_file(path):
    """In byte order of the paths. A byte that is not UTF-8 is read as Windows-1252."""
    root = os.fsencode(path)
    names = sorted(os.path.relpath(os.path.join(folder, name), root)
                   for folder, _, files in os.walk(root) for name in files)
    for name in names:
        with open(os.path.join(root, name), "rb") as file:
            yield file.read().decode("utf-8", errors="windows-1252")


def of_jsonl(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def of_tar(path):
    with subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE) as unpacker, \
            tarfile.open(fileobj=unpacker.stdout, mode="r|") as archive:
        for entry in archive:
            if entry.isfile():
                yield archive.extractfile(entry).read().decode("utf-8", errors="windows-1252")


def of_csv(path):
    """The dialect of gnad10k: `;` between, ' around."""
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter=";", quotechar="'"):
            yield row[1]


def of_tsv(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line.split("\t")[0]


FORMS = {"files": each_file, "jsonl": of_jsonl, "tar": of_tar, "csv": of_csv, "tsv": of_tsv}


def texts(task):
    return FORMS[task["form"]](task["path"])


def stop_words(task):
    return make_tfidf.read_stop_words(task["pattern"], task["stop"]) if task["stop"] else None


# ---- matrices ----

def facts(x):
    """x: documents × words."""
    return {"shape": list(x.shape), "entries": int(x.nnz), "sum": float(x.sum())}


def vectorizer(task, **more):
    from sklearn.feature_extraction.text import TfidfVectorizer
    return TfidfVectorizer(token_pattern=task["pattern"], ngram_range=(1, task["ngrams"]),
                           stop_words=stop_words(task), **TERMS, **more)


def prepare_sklearn(task):
    made = vectorizer(task)
    return lambda: made.fit_transform(texts(task))


def prepare_gensim(task):
    """Its own way of cutting: letters alone, no stop words, which are taken out behind it."""
    from gensim.corpora import Dictionary
    from gensim.matutils import corpus2csc
    from gensim.models import TfidfModel
    from gensim.utils import simple_preprocess
    stopped = frozenset(stop_words(task) or ())

    def run():
        cut = [[word for word in simple_preprocess(text, max_len=64) if word not in stopped]
               for text in texts(task)]
        dictionary = Dictionary(cut)
        dictionary.filter_extremes(no_below=TERMS["min_df"], no_above=TERMS["max_df"], keep_n=None)
        counts = [dictionary.doc2bow(words) for words in cut]
        model = TfidfModel(counts, dictionary=dictionary)
        return corpus2csc(model[counts], num_terms=len(dictionary), num_docs=len(counts)).T
    return run


def cpu_seconds():
    """Of this process and of those it started and waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in used)


def peak_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def timed(run):
    before, cpu_s, wall_s = peak_bytes(), cpu_seconds(), time.monotonic()
    x = run()
    return {"cpu_s": cpu_seconds() - cpu_s, "wall_s": time.monotonic() - wall_s,
            "peak_bytes": peak_bytes(), "empty_bytes": before, **facts(x)}


def compare(task, matrix):
    """Ours beside scikit-learn's of texts that are normalised as ours, and what that adds to its
    own matrix."""
    import scipy.io
    ours = scipy.io.mmread(matrix).T.tocsr()
    alike = vectorizer(task, preprocessor=make_tfidf.normalise).fit_transform(texts(task))
    same = ours.shape == alike.shape
    return {"ours": facts(ours), "alike": facts(alike),
            "difference": float(abs(ours - alike).max()) if same else None}


def main():
    what, *arguments = sys.argv[1:]
    if what == "time":
        program, path = arguments
        with open(path, encoding="utf-8") as file:
            task = json.load(file)
        prepare = {"sklearn": prepare_sklearn, "gensim": prepare_gensim}[program]
        result = timed(prepare(task))
    else:
        with open(arguments[0], encoding="utf-8") as file:
            task = json.load(file)
        result = compare(task, arguments[1])
    print(json.dumps(result))


if __name__ == "__main__":
    main()
