"""Measures agreement with labels and coherence of topics, this program's and others'. bench/quality
builds and calls it; see README.md."""
import argparse
import datetime
import os
import sys

import bench
import machine
import measure
import quality_measure
import quality_plan
import quality_report


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/quality", description=__doc__)
    parser.add_argument("--quick", action="store_true",
                        help="the defaults and one seed: a smoke test")
    parser.add_argument("--only", metavar="COLLECTIONS", default=",".join(quality_plan.COLLECTIONS),
                        help=f"some of {','.join(quality_plan.COLLECTIONS)}")
    bench.add_common_options(parser)
    return parser.parse_args(arguments)


def chosen(names):
    try:
        return [quality_plan.COLLECTIONS[name] for name in names.split(",")]
    except KeyError as error:
        sys.exit(f"bench: --only: no collection {error}; there are "
                 f"{' '.join(quality_plan.COLLECTIONS)}")


def main():
    options = parse(sys.argv[1:])
    collections = chosen(options.only)
    whole = not options.quick and len(collections) == len(quality_plan.COLLECTIONS)
    settings = (quality_plan.DEFAULTS,) if options.quick else quality_plan.SETTINGS
    seeds = quality_plan.SEEDS[:1] if options.quick else quality_plan.SEEDS
    cache = os.path.abspath(options.cache)
    folder = options.results or (f"{bench.ROOT}/bench/results" if whole else f"{cache}/results")
    for path in (f"{cache}/collections", f"{cache}/results", folder):
        os.makedirs(path, exist_ok=True)
    quality = quality_measure.QualityBench(cache, options.collections,
                                           measure.Kept(f"{cache}/results"), bench.BUILD,
                                           options.core)
    judged = {each.name: quality.measure(each, settings, seeds, not options.report_only)
              for each in collections}
    judged = {name: runs for name, runs in judged.items() if runs}
    if not judged:
        sys.exit("bench: nothing is finished yet")
    date = datetime.date.today().isoformat()
    text = quality_report.text(date, machine.facts(bench.BUILD), quality.versions, judged, seeds)
    path = f"{folder}/{date}-quality.md"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    print(text)
    print(f"bench: written {os.path.relpath(path)}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
