"""What is measured: the cells, how long each program may run, and what that will cost."""
from dataclasses import dataclass, replace

# name: (packed collection, folder of documents inside it)
COLLECTIONS = {
    "bbc": ("bbc_news", "docs"),
    "sotu": ("sotu_paragraphs", "docs"),
    "imdb": ("imdb_reviews", "docs"),
}
TITLES = {"bbc": "BBC News", "sotu": "State of the Union", "imdb": "IMDB reviews",
          "counts": "counts", "tfidf": "TF-IDF"}
# What the program is told when it exports the matrix; TF-IDF with columns of sum 1 is its default.
KINDS = {"counts": ("--weight", "count", "--normalize", "none"), "tfidf": ()}
RANKS = (20, 50, 100)


@dataclass(frozen=True)
class Cell:
    """One matrix and one number of topics."""
    collection: str
    kind: str
    k: int

    @property
    def matrix(self):
        return f"{self.collection}-{self.kind}"

    @property
    def name(self):
        return f"{self.matrix}-{self.k}"


@dataclass(frozen=True)
class Effort:
    """How long each program runs in a cell."""
    marks: tuple = (10, 20, 50, 100, 200)  # iterations of scikit-learn at which D is noted
    tolerance: float = 1e-7                # of coordinate descent
    passes: int = 2000
    mu_passes: int = 2000
    mu_seconds: float = 30                 # wall clock; the reference is cut off there
    repeats: int = 3                       # of a run that takes no more than repeat_seconds
    repeat_seconds: float = 20


DEFAULT = Effort()
FULL = replace(DEFAULT, mu_seconds=900)
QUICK = Effort(marks=(10, 20), tolerance=1e-4, passes=25, mu_passes=20, repeats=1)

CELLS = tuple(Cell(c, kind, k) for c in COLLECTIONS for kind in KINDS for k in RANKS)
DEFAULT_CELLS = tuple(cell for cell in CELLS if cell.collection != "imdb" or
                      (cell.kind == "counts" and cell.k <= 50))
QUICK_CELLS = (Cell("bbc", "counts", 20),)


def cells_named(names):
    """The cells of a comma-separated list; KeyError for one that does not exist."""
    by_name = {cell.name: cell for cell in CELLS}
    return tuple(by_name[name] for name in names.split(","))


# ---- budget: rough seconds, from runs on one core of a 2.6 GHz server ----

def sklearn_seconds(entries, k, iterations):
    return 13e-9 * entries * k * iterations


def mu_seconds(entries, k, passes):
    return (20e-9 + 2e-9 * k) * entries * passes


def cd_seconds(entries, k, passes):
    return (15e-9 + 1.5e-9 * k) * entries * passes


def runs(seconds, effort):
    """How often a run that takes so long is made."""
    return effort.repeats if seconds <= effort.repeat_seconds else 1


def cell_seconds(entries, k, effort):
    """Wall clock of a cell of which nothing is known yet."""
    sklearn = sklearn_seconds(entries, k, effort.marks[-1])
    cd = cd_seconds(entries, k, min(effort.passes, 120))
    mu = min(mu_seconds(entries, k, effort.mu_passes) / 2, effort.mu_seconds)
    return sklearn * runs(sklearn, effort) + 1.6 * cd * runs(cd, effort) + mu
