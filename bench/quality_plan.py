"""What the quality experiment compares: labelled collections, settings, peers."""
from dataclasses import dataclass

SEEDS = (1, 2, 3, 4, 5)
TOP = 10  # words of a topic that coherence and diversity look at

# What a word is for the peers and for counting co-occurrence.
WORD = r"[^\W\d_]{2,}"
MIN_DF, MAX_DF = 5, 0.5


@dataclass(frozen=True)
class Collection:
    """`labels`: a file of labels (tab-separated: file, …, label) for a folder of texts; None where
    the texts are rows of a CSV and the label is their first field."""
    name: str
    title: str
    packed: str
    path: str
    topics: int
    stop: str
    labels: str = None
    fields: tuple = ()      # of a row, that hold the text
    delimiter: str = ","
    quote: str = '"'

    def arguments(self):
        """That this program needs beside the path."""
        columns = ",".join(str(field + 1) for field in self.fields)
        return ["--text-column", columns] if columns else []


COLLECTIONS = {collection.name: collection for collection in (
    Collection("bbc", "BBC News", "bbc_news", "docs", 5, "english", labels="labels.tsv"),
    Collection("ag", "AG News", "ag_news_test", "csv/test.csv", 4, "english", fields=(1, 2)),
    Collection("german", "German news", "gnad10k_test", "csv/test.csv", 9, "german", fields=(1,),
               delimiter=";", quote="'"),
    Collection("dynamic", "Greene's dynamic sample", "greene_dynamic_sample", "docs", 5, "english",
               labels="labels.tsv"),
)}


@dataclass(frozen=True)
class Setting:
    """`options` beside the defaults."""
    title: str
    options: tuple


DEFAULTS = Setting("defaults", ())
SETTINGS = (DEFAULTS,) + tuple(Setting(f"`{options}`", tuple(options.split())) for options in (
    "--tf raw --idf smooth --init nndsvda",
    "--init nndsvda",
    "--init random",
    "--restarts 5",
    "--tf raw",
    "--tf sublinear",
    "--idf smooth",
    "--min-df 3",
    "--min-df 5",
    "--max-df 0.2",
    "--tolerance 1e-3",
    "--normalize l2",
))

PEERS = {  # program: what stands in the tables
    "nmf-kl": "scikit-learn NMF, KL, `mu`",
    "nmf-frobenius": "scikit-learn NMF, Frobenius, `cd`",
    "lda": "scikit-learn LDA",
    "gensim-lda": "gensim LDA",
}
