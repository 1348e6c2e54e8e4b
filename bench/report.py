"""The results file: Markdown tables of what was measured."""
import plan
from figures import (best_of, clock_at, median, percent_above, seconds_per_pass, speedup,
                     time_to, CPU, WALL)

WITHIN = (1, 0.3, 0.1)  # per cent above the best objective
ITERATIONS = 200  # of scikit-learn that the requirements speak of
NAMES = {"cd": "`cd`", "mu": "`mu`", "sklearn": "scikit-learn"}


class Figures:
    """What the tables say of one cell."""

    def __init__(self, cell, runs):
        self.cell, self.matrix = cell, runs["matrix"]
        self.cd = [run["passes"] for run in runs["cd"]]
        self.cd_two = [run["passes"] for run in runs["cd2"]]
        self.mu = runs["mu"]["passes"]
        self.mu_stop = runs["mu"]["stop"]
        self.curve = runs["sklearn"][0]["curve"]
        self.iterations = self.curve[-1][0]
        self.sklearn_repeats = len(runs["sklearn"])
        self.sklearn_date = runs["sklearn"][0]["date"]
        self.sklearn_s = median(run["curve"][-1][1] for run in runs["sklearn"])
        self.to_sklearn = time_to(self.cd, self.curve[-1][2])
        self.ratio = self.to_sklearn and self.sklearn_s / self.to_sklearn[0]
        self.ends = {"cd": runs["cd"][0]["objective"], "mu": runs["mu"]["objective"],
                     "sklearn": self.curve[-1][2]}
        self.best, self.best_name = best_of(self.ends)
        self.within = [time_to(self.cd, self.best * (1 + p / 100)) for p in WITHIN]
        self.speedup = speedup(self.cd, self.cd_two)
        self.peak = median(run["peak_bytes"] for run in runs["cd"])
        self.peak_two = median(run["peak_bytes"] for run in runs["cd2"])
        self.peak_sklearn = median(run["peak_bytes"] for run in runs["sklearn"])
        self.unchecked = max(abs(run["checked"] / run["objective"] - 1)
                             for run in (*runs["cd"], *runs["cd2"], runs["mu"]))

    def above(self, name):
        return percent_above(self.ends[name], self.best)


# ---- cells of tables ----

def seconds(value):
    """Three figures."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def reached(found):
    """Seconds and passes of time_to()."""
    return "not reached" if found is None else f"{seconds(found[0])} ({found[1]})"


def times(value):
    return "not reached" if value is None else f"{value:.0f} ×"


def above(value):
    return "best" if value == 0 else f"{value:.2f} %"


def megabytes(value):
    return f"{value / 1e6:.0f}"


def title(cell):
    return f"{plan.TITLES[cell.collection]}, {plan.TITLES[cell.kind]}"


def table(heading, rows):
    """Markdown; the first column to the left, the others to the right."""
    lines = ["| " + " | ".join(heading) + " |",
             "| --- |" + " --: |" * (len(heading) - 1)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


# ---- sections ----

def machine_section(machine, versions):
    facts = {**machine, **versions}
    return "".join(f"- {name}: {value}\n" for name, value in facts.items())


def required_section(all_figures):
    by_name = {f.cell.name: f for f in all_figures}
    rows = []
    for name, least, aim in (("imdb-counts-20", 120, 350), ("imdb-counts-50", 150, 450),
                             ("bbc-counts-20", 100, 300)):
        cell = plan.cells_named(name)[0]
        found = by_name.get(name)
        rows.append((f"{title(cell)}, k = {cell.k}: scikit-learn's time over ours",
                     f"≥ {least} ×", f"{aim} ×",
                     times(found.ratio) if found else "not measured"))
    worst = max(all_figures, key=lambda f: f.above("cd"))
    rows.append(("our end above the best of all, at worst", "≤ 0.1 %", "",
                 f"{worst.above('cd'):.3f} % ({title(worst.cell)}, k = {worst.cell.k})"))
    largest = max(f.matrix["entries"] for f in all_figures)
    slowest = min((f for f in all_figures if f.matrix["entries"] == largest),
                  key=lambda f: f.speedup)
    rows.append(("two threads over one, largest matrix, at worst", "≥ 1.7 ×", "",
                 f"{slowest.speedup:.2f} × ({title(slowest.cell)}, k = {slowest.cell.k})"))
    return table(("what", "required", "aim", "measured"), rows)


def matrices_section(all_figures):
    rows = {f.cell.matrix: (title(f.cell), f"{f.matrix['words']:,}", f"{f.matrix['documents']:,}",
                            f"{f.matrix['entries']:,}", f"{f.matrix['sum']:,.0f}",
                            f"`{f.matrix['checksum'][:12]}`") for f in all_figures}
    return table(("matrix", "words", "documents", "non-zeros", "sum", "SHA-256"), rows.values())


def sklearn_section(all_figures):
    rows = [(title(f.cell), f.cell.k, seconds(f.sklearn_s), reached(f.to_sklearn), times(f.ratio),
             seconds(f.sklearn_s / f.iterations), seconds(seconds_per_pass(f.cd)),
             len(f.cd), f"{f.sklearn_repeats} ({f.sklearn_date})") for f in all_figures]
    return table(("matrix", "k", "scikit-learn, s", "ours, s (passes)", "ratio",
                  "s per iteration", "s per pass", "our runs", "its runs"), rows)


def best_section(all_figures):
    rows = [(title(f.cell), f.cell.k, f"{f.best:,.6g}", NAMES[f.best_name],
             *map(reached, f.within),
             f"{above(f.above('cd'))} ({len(f.cd[0])})",
             f"{above(f.above('mu'))} ({len(f.mu)}{'*' if f.mu_stop == 'interrupted' else ''})",
             above(f.above("sklearn"))) for f in all_figures]
    return table(("matrix", "k", "best D", "by", *(f"within {p} %, s" for p in WITHIN),
                  "`cd` ends", "`mu` ends", "scikit-learn ends"), rows)


def machine_use_section(all_figures):
    rows = []
    for f in all_figures:
        common = min(len(f.cd[0]), len(f.cd_two[0]))
        rows.append((title(f.cell), f.cell.k, seconds(clock_at(f.cd, common, WALL)),
                     seconds(clock_at(f.cd_two, common, WALL)), f"{f.speedup:.2f} ×",
                     seconds(clock_at(f.cd_two, common, CPU)),
                     megabytes(f.peak), megabytes(f.peak_two), megabytes(f.peak_sklearn)))
    return table(("matrix", "k", "1 thread, wall s", "2 threads, wall s", "speed-up",
                  "2 threads, CPU s", "1 thread, MB", "2 threads, MB", "scikit-learn, MB"), rows)


def text(date, machine, versions, all_figures, plots, kernels):
    """The whole file. `plots`: (title, file name) pairs; `kernels`: Markdown or None."""
    iterations = all_figures[0].iterations
    unchecked = max(f.unchecked for f in all_figures)
    sections = [
        f"# Benchmark of {date}\n",
        machine_section(machine, versions),
        "How it is measured: [bench/README.md](../README.md). CPU seconds of one core unless said "
        "otherwise; the median where there are several runs.\n",
        "## Required and reached\n", (required_section(all_figures) if iterations >= ITERATIONS
                                       else "Nothing: a smoke test.\n"),
        "## Matrices\n", matrices_section(all_figures),
        f"## To the objective of scikit-learn's {iterations} iterations\n",
        sklearn_section(all_figures),
        "## To the best objective\n",
        "Best is the lowest that any of the three ended at. In brackets passes; a * says that the "
        "run was cut off by time.\n",
        best_section(all_figures),
        f"D of each saved model, computed anew in float64 from its files, differs from the "
        f"program's own figure by {unchecked:.1e} of it at most.\n",
        "## Two threads, memory\n",
        "Wall clock of the same passes. Memory is the peak of the whole process, reading "
        "included.\n",
        machine_use_section(all_figures),
        *(f"![{name}]({file})\n" for name, file in plots)]
    if kernels:
        sections += ["## Kernels\n", kernels]
    return "\n".join(sections)
