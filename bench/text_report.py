"""The results file of the text benchmark: Markdown tables of what was measured."""
import text_plan
from report import machine_section, megabytes, seconds, table
from text_figures import middle, rate, same_matrix, verdict


class Figures:
    """What the tables say of one task."""

    def __init__(self, task, runs):
        self.task, self.runs, self.bytes = task, runs, runs["bytes"]
        self.wall_s, self.cpu_s = middle(runs["one"], "wall_s"), middle(runs["one"], "cpu_s")
        self.two_wall_s = middle(runs["two"], "wall_s")
        self.two_cpu_s = middle(runs["two"], "cpu_s")
        self.mb_s = rate(self.bytes, self.wall_s)
        self.speedup = self.wall_s / self.two_wall_s
        self.peak, self.peak_two = (middle(runs[name], "peak_bytes") for name in ("one", "two"))
        self.others = {name: middle(runs[name], "wall_s") for name in ("sklearn", "gensim")
                       if runs[name]}
        self.peaks = {name: middle(runs[name], "peak_bytes") for name in self.others}
        self.compared = runs["compared"]

    def ratio(self, name):
        return self.others[name] / self.wall_s


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def times(value):
    return f"{number(value)} ×"


# ---- required ----

REQUIRED = (  # what, task, figure, unit, at least, aim
    ("IMDB as files, to the finished matrix", "text-imdb", lambda f: f.mb_s, " MB/s", 200, 400),
    ("the same as one JSONL", "text-imdb-jsonl", lambda f: f.mb_s, " MB/s", 250, 500),
    ("over scikit-learn, IMDB as files", "text-imdb", lambda f: f.ratio("sklearn"),
     " × the speed", 20, 60),
    ("over scikit-learn, unigrams and bigrams", "text-imdb-bigrams",
     lambda f: f.ratio("sklearn"), " × the speed", 20, 60),
    ("two threads over one, IMDB as files", "text-imdb", lambda f: f.speedup, " ×", 1.7, 1.9),
    ("two threads over one, IMDB as JSONL", "text-imdb-jsonl", lambda f: f.speedup, " ×", 1.7, 1.9),
    ("a pattern that needs the oracle, IMDB", "text-imdb-oracle", lambda f: f.mb_s, " MB/s",
     15, 60),
    ("peak memory over scikit-learn's, IMDB as files", "text-imdb",
     lambda f: f.peak / f.peaks["sklearn"], " ×", 0.5, 0.25),
)


def bound_of(f, unit, bounds):
    """What the stages alone allow, beside a speed or a ratio to scikit-learn."""
    seconds_of = {part["part"]: part["wall_s"] for part in bounds or ()}
    plain = not f.task.oracle and f.task.ngrams == 1
    if not seconds_of or not plain or unit not in (" MB/s", " × the speed"):
        return ""
    files = seconds_of["listing"] + seconds_of["reading"]
    counting = seconds_of["cold"] + seconds_of["collecting"]
    if unit != " MB/s":
        possible = times(f.others["sklearn"] / (files + counting))
        return f"the stages alone, one after the other: {possible}"
    if f.task.name != "text-imdb":
        return f"counting of texts in memory alone: {number(rate(f.bytes, counting))} MB/s"
    return (f"files alone: {number(rate(f.bytes, files))}, counting alone: "
            f"{number(rate(f.bytes, counting))}, one after the other: "
            f"{number(rate(f.bytes, files + counting))} MB/s")


def required_section(all_figures, bounds):
    by_name = {f.task.name: f for f in all_figures}
    rows = []
    for what, name, figure, unit, least, aim in REQUIRED:
        if name not in by_name:
            continue
        value, less = figure(by_name[name]), aim < least
        sign = "≤" if less else "≥"
        rows.append((what, f"{sign} {least}{unit}", f"{aim}{unit}", number(value) + unit,
                     verdict(value, least, aim, less), bound_of(by_name[name], unit, bounds)))
    return (table(("what", "required", "aim", "measured", "reached", "bound"), rows) if rows else
            "Nothing: a smoke test.\n")


# ---- what was measured ----

def speed_section(all_figures):
    def cells(f, name):
        if name not in f.others:
            return ("", "", "")
        wall_s = f.others[name]
        runs = f.runs[name]
        return (f"{seconds(wall_s)} ({len(runs)})", number(rate(f.bytes, wall_s)),
                times(f.ratio(name)))
    rows = [(f.task.title, f"{f.bytes / 1e6:.1f}", f"{1e3 * f.wall_s:.0f} ({len(f.runs['one'])})",
             f"{1e3 * f.cpu_s:.0f}", number(f.mb_s), *cells(f, "sklearn"), *cells(f, "gensim"))
            for f in all_figures]
    return table(("corpus", "MB", "ours, ms (runs)", "CPU ms", "MB/s", "scikit-learn, s (runs)",
                  "MB/s", "ratio", "gensim, s (runs)", "MB/s", "ratio"), rows)


def machine_use_section(all_figures):
    rows = [(f.task.title, f"{1e3 * f.wall_s:.0f}", f"{1e3 * f.two_wall_s:.0f}", times(f.speedup),
             f"{1e3 * f.two_cpu_s:.0f}", number(rate(f.bytes, f.two_wall_s)),
             megabytes(f.peak), megabytes(f.peak_two),
             *(f"{megabytes(f.peaks[name])} ({megabytes(middle(f.runs[name], 'empty_bytes'))})"
               if name in f.peaks else "" for name in ("sklearn", "gensim")),
             times(f.peak / f.peaks["sklearn"])) for f in all_figures]
    return table(("corpus", "1 thread, ms", "2 threads, ms", "speed-up", "2 threads, CPU ms",
                  "MB/s", "1 thread, MB", "2 threads, MB", "scikit-learn, MB", "gensim, MB",
                  "ours over scikit-learn's"), rows)


def shown(facts):
    documents, words = facts["shape"]
    return f"{documents:,} × {words:,}", f"{facts['entries']:,}", f"{facts['sum']:,.6f}"


def equality_section(all_figures):
    rows = []
    for f in all_figures:
        difference = f.compared["difference"]
        rows.append((f.task.title, "ours", *shown(f.compared["ours"]), ""))
        rows.append(("", "scikit-learn, text normalised alike", *shown(f.compared["alike"]),
                     ("equal" if same_matrix(f.compared) else "**not equal**") +
                     (f", {difference:.1e}" if difference is not None else "")))
        for name, title in (("sklearn", "scikit-learn as timed"), ("gensim", "gensim as timed")):
            if f.runs[name]:
                rows.append(("", title, *shown(f.runs[name][0]), ""))
    return table(("corpus", "matrix", "documents × words", "non-zeros", "sum", "ours to this"),
                 rows)


def bounds_section(title, parts):
    rows = [(part["part"], f"{1e3 * part['wall_s']:.1f}", f"{1e3 * part['cpu_s']:.1f}",
             number(rate(part["bytes"], part["cpu_s"])) if part["bytes"] else "",
             f"{part['things']:,}",
             f"{1e9 * part['cpu_s'] / part['things']:.1f} a {part['thing']}") for part in parts]
    return f"{title}:\n\n" + table(
        ("part", "ms", "CPU ms", "MB/s", "files, runs, pairs", "ns"), rows)


EXPLAINED = """\
scikit-learn was timed with its own lower-casing, ours with NFKC_Casefold, which also unifies
compatibility forms (½, ﬁ, full-width letters) and ß with ss, so that the two matrices may differ in
a few words. A run of scikit-learn that is not timed is given the same normalisation in Python; this
matrix is compared with ours value by value, the largest difference stands beside it. gensim's
`simple_preprocess` takes letters alone and no digits, up to 64 of them; its idf is log₂(n/df)
without smoothing: its matrix is never ours.
"""


def text(date, machine, versions, all_figures, bounds):
    """The whole file. `bounds`: {name of a corpus: parts}."""
    sections = [
        f"# Text benchmark of {date}\n", machine_section(machine, versions),
        "How it is measured: [bench/README.md](../README.md#text). Wall clock of one thread on one "
        "core unless said otherwise, files in the system's cache; the median where there are "
        "several runs. MB are 10⁶ bytes of text, whatever it is packed in.\n",
        "## Required and reached\n", required_section(all_figures, bounds.get("imdb")),
        "## From files to the finished matrix\n", speed_section(all_figures),
        "## Two threads, memory\n",
        "Memory is the largest of the process up to the finished matrix; in brackets what Python "
        "had with its libraries before the first text.\n",
        machine_use_section(all_figures),
        "## The matrices\n", EXPLAINED, equality_section(all_figures),
        "## Each stage alone\n",
        "By `bench_text_bounds`, default rules for words, one core.\n",
        *(bounds_section(text_plan.CORPORA[name].title, parts) for name, parts in bounds.items())]
    return "\n".join(sections)
