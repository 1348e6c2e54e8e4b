#!/usr/bin/python3
"""Makes X of a collection with scikit-learn's TfidfVectorizer, for test_tfidf.c to compare with.

    make_tfidf.py DOCS OUT

DOCS is a folder of plain texts. For each set of options below, OUT/NAME gets

    sizes.txt       number of words, of documents and of stored values
    vocabulary.txt  a word a line, in the order of the rows of X
    starts.int64    X, words x documents, by columns: where each document begins,
    rows.int32      the word of each value, ascending within a document,
    values.float64  and the value; all little-endian

The text is decoded and normalised here once more, independently of the program: by Python's
codecs, unicodedata and re. Leaves with 77, which ctest reports as skipped, when scikit-learn or
DOCS is missing.
"""

import codecs
import os
import re
import shutil
import sys
import unicodedata
from pathlib import Path

SKIPPED = 77
STOP_WORDS = Path(__file__).resolve().parents[2] / "stopwords" / "english.txt"

# Options of TfidfVectorizer; test_tfidf.c lists ours under the same names. "english" stands for the
# program's own list.
OPTION_SETS = {
    "smooth_l1": dict(norm="l1", min_df=2, max_df=0.5, stop_words="english"),
    "plain_sublinear_l2": dict(norm="l2", smooth_idf=False, sublinear_tf=True, min_df=1),
    "plain_none": dict(norm=None, smooth_idf=False, min_df=0.01, max_df=400),
    "no_idf_l1": dict(norm="l1", use_idf=False, min_df=5, max_df=0.3),
    "log_l1": dict(norm="l1", use_idf=False, sublinear_tf=True, min_df=3, stop_words="english"),
    "binary_none": dict(norm=None, use_idf=False, binary=True, min_df=1),
}


# ---- bytes to text ----


def as_windows_1252(failure):
    """Error handler: one byte that is not UTF-8 as Windows-1252; decoding goes on behind it."""
    byte = failure.object[failure.start : failure.start + 1]
    return byte.decode("cp1252", errors="replace"), failure.start + 1


codecs.register_error("windows-1252", as_windows_1252)


def read_documents(folder):
    """The texts of all files below the folder, in byte order of their relative paths."""
    root = os.fsencode(folder)
    paths = []
    for directory, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(b".")]
        for name in files:
            path = os.path.join(directory, name)
            if not name.startswith(b".") and os.path.isfile(path) and not os.path.islink(path):
                paths.append(os.path.relpath(path, root))
    texts = []
    for path in sorted(paths):
        with open(os.path.join(root, path), "rb") as file:
            raw = file.read()
        texts.append(raw.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="windows-1252"))
    return texts


# ---- text to tokens ----

# Default_Ignorable_Code_Point of Unicode 14, DerivedCoreProperties.txt.
IGNORABLE = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
WITHOUT_IGNORABLE = {code: None for low, high in IGNORABLE for code in range(low, high + 1)}


class Folding(dict):
    """For str.translate: the property NFKC_Casefold of each code point, worked out when it is first
    met: folded, decomposed and composed until nothing changes."""

    def __missing__(self, code):
        text, folded = None, chr(code)
        while folded != text:
            text = folded
            folded = unicodedata.normalize("NFKC", text.casefold().translate(WITHOUT_IGNORABLE))
        self[code] = text
        return text


# What src/text/normalise.h adds: one apostrophe, and NUL separates.
FOLDING = Folding({0: " "})
APOSTROPHES = {0x2019: "'", 0x02BC: "'"}


def normalise(text):
    """toNFKC_Casefold (Unicode, section 3.13, R5): each code point mapped, the whole composed."""
    return unicodedata.normalize("NFC", text.translate(FOLDING).translate(APOSTROPHES))


def letters_pattern():
    r"""Two letters or more: \p{L}{2,}, for re, which knows no \p. The like of [^\W\d_]{2,} would
    not be the same: it takes the numbers of category No and Nl too (as in \u2777)."""
    ranges = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith("L"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "[%s]{2,}" % "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


def read_stop_words(pattern, path=STOP_WORDS):
    """One of the program's lists; each entry normalised and cut like the text, # a comment."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    entries = (normalise(line.partition("#")[0]) for line in lines)
    return sorted({word for entry in entries for word in re.findall(pattern, entry)})


# ---- tokens to numbers ----


def write(directory, vocabulary, x):
    """Writes X, here documents x words by rows: the arrays of words x documents by columns."""
    x.sort_indices()
    documents, words = x.shape
    directory.mkdir(parents=True)
    (directory / "sizes.txt").write_text(f"{words} {documents} {x.nnz}\n")
    text = "".join(f"{word}\n" for word in vocabulary)
    (directory / "vocabulary.txt").write_text(text, encoding="utf-8", newline="\n")
    x.indptr.astype("<i8").tofile(directory / "starts.int64")
    x.indices.astype("<i4").tofile(directory / "rows.int32")
    x.data.astype("<f8").tofile(directory / "values.float64")


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: make_tfidf.py DOCS OUT")
    docs, out = map(Path, sys.argv[1:])
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError as error:
        print(f"skipped: no scikit-learn, Debian's python3-sklearn ({error})")
        sys.exit(SKIPPED)
    if not docs.is_dir():
        print(f"skipped: no collection {docs} (cmake -DTHEMATA_COLLECTIONS=FOLDER)")
        sys.exit(SKIPPED)

    texts = read_documents(docs)
    pattern = letters_pattern()
    # Into a folder beside OUT first, so that OUT is whole or not there.
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    for name, options in OPTION_SETS.items():
        options = dict(options)
        if options.get("stop_words") == "english":
            options["stop_words"] = read_stop_words(pattern)
        vectorizer = TfidfVectorizer(preprocessor=normalise, token_pattern=pattern, **options)
        x = vectorizer.fit_transform(texts)
        write(part / name, vectorizer.get_feature_names_out(), x)
        print(f"{name}: {x.shape[1]} words x {x.shape[0]} documents, {x.nnz} values")
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)


if __name__ == "__main__":
    main()
