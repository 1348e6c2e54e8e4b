"""The fits of the quality experiment, each kept as soon as it is finished (measure.Kept).

Ours are made again when the program changes, a peer's when the scripts or versions do.
"""
import csv
import json
import os
import resource
import sys

import prepare
import processes
import quality_figures
import quality_plan
import quality_texts
import text_measure

ROOT = text_measure.ROOT


class QualityBench:
    """Everything that stays the same from collection to collection."""

    def __init__(self, cache, collections, kept, build, core):
        self.cache, self.collections, self.kept, self.core = cache, collections, kept, core
        self.themata = f"{build}/themata"
        self.program = prepare.checksum(self.themata)
        self.versions = text_measure.versions()
        self.script = prepare.checksum(
            *(f"{processes.HERE}/quality_{name}.py" for name in ("peers", "texts")),
            f"{ROOT}/tests/reference/make_tfidf.py")

    def measure(self, collection, settings, seeds, may_run):
        """{title: [the figures of each seed]}, ours first, or None if something is missing."""
        folder = prepare.unpacked(self.cache, self.collections, collection.packed)
        labelled = quality_texts.Labelled(collection, folder)
        presence = labelled.presence()
        judged = {}
        for title, run in self._programs(collection, labelled.path, folder, settings):
            runs = [self._kept(collection, title, seed, run, may_run) for seed in seeds]
            if None in runs:
                return None
            judged[title] = [quality_figures.judge(run, labelled.labels, presence) for run in runs]
        return judged

    def _programs(self, collection, path, folder, settings):
        """(title, (what its runs depend on, run(seed)))"""
        for setting in settings:
            yield setting.title, ({"program": self.program, "options": setting.options},
                                  lambda seed, s=setting: self._ours(collection, path, s, seed))
        for peer, title in quality_plan.PEERS.items():
            yield title, ({"script": self.script, "peer": peer, **self.versions},
                          lambda seed, p=peer: json.loads(processes.python(
                              "quality_peers.py", p, collection.name, folder, seed,
                              core=self.core, without=processes.FOREIGN)))

    def _kept(self, collection, title, seed, program, may_run):
        identity, run = program
        identity = {**identity, "seed": seed, "topics": collection.topics}
        kept = self.kept.read(collection, "quality", identity)
        if kept is None and may_run:
            print(f"bench: {collection.title}, {title.strip('`')}, seed {seed}", file=sys.stderr)
            kept = self.kept.write(collection, "quality", identity, run(seed))
        return kept

    def _ours(self, collection, path, setting, seed):
        """One fit, with all that it reads and writes."""
        model = f"{self.cache}/quality-scratch"
        before = children_seconds()
        processes.run([self.themata, "fit", path, *collection.arguments(), "-k",
                       str(collection.topics), "--seed", str(seed), "--threads", "1", "-q",
                       "--force", "-o", model, *setting.options], self.core)
        cpu_s = children_seconds() - before
        top = {}
        for row in rows(f"{model}/tables/topic_words.csv"):
            if int(row["rank"]) <= quality_plan.TOP:
                top.setdefault(row["topic"], []).append(row["term"])
        return {"shares": [row["topic"] for row in rows(f"{model}/documents.csv")],
                "top": list(top.values()), "cpu_s": cpu_s}


def children_seconds():
    """Processor time of the programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
