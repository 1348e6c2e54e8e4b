"""Measures this program against scikit-learn. bench/run builds and calls it; see README.md."""
import argparse
import datetime
import os
import sys

import figures
import machine
import measure
import plan
import prepare
import processes
import report

ROOT = os.path.dirname(processes.HERE)
BUILD = f"{ROOT}/build/release"
KERNELS = f"{BUILD}/bench_kernels"
POINTS = 40  # of a curve in a plot


def add_common_options(parser):
    """What the text benchmark takes too."""
    parser.add_argument("--collections", metavar="DIR", default=f"{ROOT}/../shared/corpora",
                        help="packed collections (default: ../shared/corpora)")
    parser.add_argument("--report-only", action="store_true",
                        help="run nothing; write the report from what is kept")
    parser.add_argument("--cache", metavar="DIR", default=f"{ROOT}/build/bench",
                        help="matrices and finished runs (default: build/bench)")
    parser.add_argument("--results", metavar="DIR",
                        help="where the report goes (default: bench/results; with --quick or "
                             "--only, build/bench/results)")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), metavar="N",
                        help="the core for runs of one thread (default: the last)")


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--full", action="store_true",
                        help="every cell, and mu to its 2,000 passes")
    parser.add_argument("--quick", action="store_true",
                        help="one small cell, few passes: a smoke test")
    parser.add_argument("--only", metavar="CELLS", help="cells such as bbc-counts-20,sotu-tfidf-50")
    add_common_options(parser)
    return parser.parse_args(arguments)


def choose(options):
    """(cells, effort) asked for."""
    effort = plan.QUICK if options.quick else plan.FULL if options.full else plan.DEFAULT
    if options.only:
        try:
            return plan.cells_named(options.only), effort
        except KeyError as error:
            sys.exit(f"bench: --only: no cell {error}; there are "
                     f"{' '.join(cell.name for cell in plan.CELLS)}")
    if options.quick:
        return plan.QUICK_CELLS, effort
    # A report takes every cell that is finished.
    every = options.full or options.report_only
    return (plan.CELLS if every else plan.DEFAULT_CELLS), effort


def announce(bench, cells):
    """How long the unfinished cells will take."""
    seconds = 0
    for cell in cells:
        matrix = bench.inputs.matrix(cell)
        if not bench.recall(cell):
            seconds += plan.cell_seconds(matrix["entries"], cell.k, bench.effort)
    print(f"bench: {len(cells)} cells, about {seconds / 60:.0f} minutes for those not finished",
          file=sys.stderr)


def warn_if_busy():
    busy = machine.busy_cores()
    if busy > 0.2:
        print(f"bench: {busy:.1f} cores are busy already; times will be too long", file=sys.stderr)


def run_kernels(inputs, cells, may_run):
    """Markdown of the kernels' own benchmark on the count matrices of the cells, or None."""
    matrices = {cell.matrix: inputs.matrix(cell, make=may_run) for cell in cells
                if cell.kind == "counts"}
    kept = f"{inputs.cache}/results/kernels-{prepare.checksum(KERNELS)[:16]}.md"
    if not os.path.exists(kept):
        if not may_run or not matrices:
            return None
        print("bench: kernels", file=sys.stderr)
        text = processes.run([KERNELS] + [f"{name}={matrix['folder']}/X.mtx"
                                          for name, matrix in matrices.items()], inputs.core)
        with open(kept, "w", encoding="utf-8") as file:
            file.write(text)
    with open(kept, encoding="utf-8") as file:
        return file.read()


def curves(all_figures):
    """What plots.py draws."""
    return [{"kind": f.cell.kind, "row": plan.TITLES[f.cell.collection], "column": f.cell.k,
             "best": f.best, "lines": {
                 "cd": [[p[1], p[0]] for p in figures.thinned(f.cd[0], POINTS)],
                 "mu": [[p[1], p[0]] for p in figures.thinned(f.mu, POINTS)],
                 "scikit-learn": [[cpu_s, d] for _, cpu_s, d in f.curve]}} for f in all_figures]


def draw(cache, core, folder, date, all_figures):
    """(title, file) of each plot. A process of its own: matplotlib is large."""
    prepare.write_json(f"{cache}/curves.json", curves(all_figures))
    names = processes.python("plots.py", f"{cache}/curves.json", folder, date, core=core).split()
    kinds = [name.removesuffix(".svg").split("-")[-1] for name in names]
    return [(f"D against CPU seconds, {plan.TITLES[kind]}", name)
            for kind, name in zip(kinds, names)]


def main():
    options = parse(sys.argv[1:])
    cells, effort = choose(options)
    cache = os.path.abspath(options.cache)
    trial = options.quick or options.only
    folder = options.results or (f"{cache}/results" if trial else f"{ROOT}/bench/results")
    for path in (f"{cache}/collections", f"{cache}/results", folder):
        os.makedirs(path, exist_ok=True)
    facts = machine.facts(BUILD)
    inputs = prepare.Inputs(cache, options.collections, f"{BUILD}/themata", options.core)
    bench = measure.Bench(inputs, measure.Kept(f"{cache}/results"), effort, facts["processor"])
    if not options.report_only:
        warn_if_busy()
        announce(bench, cells)
    measured = {cell: bench.recall(cell) if options.report_only else bench.measure(cell)
                for cell in cells}
    all_figures = [report.Figures(cell, runs) for cell, runs in measured.items() if runs]
    if not all_figures:
        sys.exit("bench: nothing is finished yet")
    date = datetime.date.today().isoformat()
    kernels = None if options.quick else run_kernels(inputs, cells, not options.report_only)
    plots = draw(cache, options.core, folder, date, all_figures)
    text = report.text(date, facts, bench.versions, all_figures, plots, kernels)
    with open(f"{folder}/{date}.md", "w", encoding="utf-8") as file:
        file.write(text)
    print(text)
    print(f"bench: written {os.path.relpath(folder)}/{date}.md", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
