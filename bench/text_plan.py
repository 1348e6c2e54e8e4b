"""What the text benchmark measures: corpora, tasks, programs, and how often each runs."""
from dataclasses import dataclass, replace

# What a word is, for us and for Python's re: the same matches in normalised text.
WORD = r"\b\w\w+\b"
# Likewise, with a group, so that we cannot look runs up.
ORACLE = (r"(?:[\p{L}\p{N}]{2,})", r"(?:[^\W_]{2,})")


@dataclass(frozen=True)
class Corpus:
    """Texts in one form. `form` says how they are read by others and prepared."""
    name: str
    title: str
    packed: str      # the packed collection
    path: str        # inside it
    form: str        # files, jsonl, tar, csv, tsv
    stop: str        # the language of the stop words, or none
    options: tuple = ()  # that only this program needs


CORPORA = {corpus.name: corpus for corpus in (
    Corpus("imdb", "IMDB, 50,000 files", "imdb_reviews", "docs", "files", "english"),
    Corpus("imdb-jsonl", "IMDB, one JSONL", "imdb_reviews", "docs", "jsonl", "english"),
    Corpus("imdb-tar", "IMDB, one tar.zst", "imdb_reviews", "docs", "tar", "english"),
    Corpus("bbc", "BBC News, 2,225 files", "bbc_news", "docs", "files", "english"),
    Corpus("german", "German news, CSV", "gnad10k_test", "csv/test.csv", "csv", "german",
           ("--text-column", "2")),
    Corpus("chinese", "Chinese titles, TSV", "thucnews_titles_zh", "tsv/test.txt", "tsv", "none",
           ("--text-column", "1", "--delimiter", "tab")),
)}


@dataclass(frozen=True)
class Task:
    """A corpus, what is counted in it, and who does so."""
    corpus: str
    ngrams: int = 1
    oracle: bool = False
    gensim: bool = False  # which has no n-grams of its own

    @property
    def name(self):
        return f"text-{self.corpus}" + ("-bigrams" if self.ngrams > 1 else "") + (
            "-oracle" if self.oracle else "")

    @property
    def title(self):
        return CORPORA[self.corpus].title + (", bigrams" if self.ngrams > 1 else "") + (
            ", oracle" if self.oracle else "")

    @property
    def patterns(self):
        """(ours, Python's)."""
        return ORACLE if self.oracle else (WORD, WORD)


@dataclass(frozen=True)
class Effort:
    """How often programs run. Others run as often as ours where they are done in `short` seconds,
    `fewer` times where in `long`, else once."""
    repeats: int = 5
    short: float = 5
    fewer: int = 3
    long: float = 20


DEFAULT = Effort()
QUICK = replace(DEFAULT, repeats=1, fewer=1)

TASKS = (
    Task("imdb", gensim=True), Task("imdb-jsonl", gensim=True), Task("imdb-tar", gensim=True),
    Task("imdb", ngrams=2), Task("imdb", oracle=True),
    Task("bbc", gensim=True), Task("bbc", ngrams=2), Task("bbc", oracle=True),
    Task("german", gensim=True), Task("chinese", gensim=True),
)
QUICK_TASKS = tuple(task for task in TASKS if not task.corpus.startswith("imdb"))


def runs_of_others(seconds, effort):
    """How often a run of another program that takes so long is made."""
    return (effort.repeats if seconds <= effort.short else
            effort.fewer if seconds <= effort.long else 1)
