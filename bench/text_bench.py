"""Measures reading and counting text against scikit-learn and gensim. bench/run-text builds and
calls it; see README.md."""
import argparse
import datetime
import os
import sys

import bench
import machine
import measure
import text_inputs
import text_measure
import text_plan
import text_report

ROOT, BUILD = bench.ROOT, bench.BUILD


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/run-text", description=__doc__)
    parser.add_argument("--quick", action="store_true",
                        help="small corpora, one run each: a smoke test")
    bench.add_common_options(parser)
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    tasks = text_plan.QUICK_TASKS if options.quick else text_plan.TASKS
    effort = text_plan.QUICK if options.quick else text_plan.DEFAULT
    cache = os.path.abspath(options.cache)
    folder = options.results or (f"{cache}/results" if options.quick else f"{ROOT}/bench/results")
    for path in (f"{cache}/collections", f"{cache}/results", folder):
        os.makedirs(path, exist_ok=True)
    facts = machine.facts(BUILD)
    bencher = text_measure.TextBench(
        text_inputs.TextInputs(cache, options.collections), measure.Kept(f"{cache}/results"),
        effort, BUILD, options.core, facts["processor"])
    may_run = not options.report_only
    if may_run:
        bench.warn_if_busy()
    measured = {task: bencher.measure(task, may_run) for task in tasks}
    all_figures = [text_report.Figures(task, runs) for task, runs in measured.items() if runs]
    if not all_figures:
        sys.exit("bench: nothing is finished yet")
    corpora = ("bbc",) if options.quick else ("imdb", "bbc")
    bounds = {name: parts for name in corpora if (parts := bencher.bounds(name, may_run))}
    date = datetime.date.today().isoformat()
    text = text_report.text(date, facts, bencher.versions, all_figures, bounds)
    path = f"{folder}/{date}-text.md"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    print(text)
    print(f"bench: written {os.path.relpath(path)}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
