"""The runs of a cell, one after the other, each kept as soon as it is finished.

A kept run is named by a checksum over everything it depends on (matrix, start, k, versions,
options, processor; for our own also the program's bytes), so that it is made again exactly when
one of these has changed.
"""
import datetime
import hashlib
import importlib.metadata
import json
import os
import sys

import plan
import prepare
import processes


class Kept:
    """Results as JSON files below a folder."""

    def __init__(self, folder):
        self.folder = folder

    def _path(self, cell, part, identity):
        key = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:16]
        return f"{self.folder}/{cell.name}/{part}-{key}.json"

    def read(self, cell, part, identity):
        """The kept result or None."""
        path = self._path(cell, part, identity)
        return prepare.read_json(path) if os.path.exists(path) else None

    def write(self, cell, part, identity, result):
        """The result with its date."""
        path = self._path(cell, part, identity)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        dated = {**result, "date": datetime.date.today().isoformat(), "identity": identity}
        prepare.write_json(path, dated)
        return dated


class Bench:
    """Everything that stays the same from cell to cell."""

    def __init__(self, inputs, kept, effort, processor):
        self.inputs, self.kept, self.effort = inputs, kept, effort
        self.processor = processor
        self.program = prepare.checksum(inputs.themata)
        self.script = prepare.checksum(f"{processes.HERE}/sklearn_nmf.py")
        self.versions = {name: importlib.metadata.version(name)
                         for name in ("scikit-learn", "scipy", "numpy")}

    def measure(self, cell):
        """The runs of a cell, those that are not kept made now."""
        matrix = self.inputs.matrix(cell)
        return Runs(self, cell, matrix, self.inputs.start(cell, matrix), may_run=True).all()

    def recall(self, cell):
        """The same from what is kept, or None if something is missing."""
        matrix = self.inputs.matrix(cell, make=False)
        start = matrix and self.inputs.start(cell, matrix, make=False)
        return start and Runs(self, cell, matrix, start, may_run=False).all()


class Runs:
    """The runs of one cell. Each method returns a result, or None where nothing may be run and
    nothing is kept."""

    def __init__(self, bench, cell, matrix, start, may_run):
        self.bench, self.effort, self.inputs = bench, bench.effort, bench.inputs
        self.cell, self.matrix, self.start, self.may_run = cell, matrix, start, may_run

    def all(self):
        """{"matrix": facts, "cd": [run…], "sklearn": [run…], "cd2": [run…], "mu": run}, or None if
        one is missing. The programs take turns, so that a slow spell of the machine hits all."""
        parts = {"cd": lambda repeat: self.cd(1, repeat), "sklearn": self.sklearn,
                 "cd2": lambda repeat: self.cd(2, repeat)}
        runs = {name: [] for name in parts}
        for repeat in range(self.effort.repeats):
            for name, run in parts.items():
                if repeat and plan.runs(spent(runs[name][0]), self.effort) == 1:
                    continue
                runs[name].append(run(repeat))
                if runs[name][-1] is None:
                    return None
        mu = self.mu()
        return mu and {**runs, "mu": mu, "matrix": self.matrix}

    def sklearn(self, repeat):
        identity = self._identity(versions=self.bench.versions, script=self.bench.script,
                                  marks=self.effort.marks, repeat=repeat)
        return self._kept_or_made("sklearn", identity, lambda: json.loads(processes.python(
            "sklearn_nmf.py", f"{self.matrix['folder']}/X.npz", self.start["folder"],
            ",".join(map(str, self.effort.marks)), core=self.inputs.core,
            without=processes.FOREIGN)))

    def cd(self, threads, repeat):
        options = {"solver": "cd", "tolerance": self.effort.tolerance,
                   "max-passes": self.effort.passes, "threads": threads}
        identity = self._identity(program=self.bench.program, options=options, repeat=repeat)
        return self._kept_or_made(f"cd-{threads}", identity, lambda: self._fit(options))

    def mu(self):
        """Kept whatever the program's bytes: only its objective is used. Cut off after a time,
        and run anew when more time is given."""
        options = {"solver": "mu", "tolerance": 0, "max-passes": self.effort.mu_passes,
                   "threads": 2}
        seconds = self.effort.mu_seconds
        return self._kept_or_made(
            "mu", self._identity(options=options),
            lambda: {**self._fit(options, seconds), "seconds": seconds},
            lambda known: known["stop"] != "interrupted" or known["seconds"] >= seconds)

    def _identity(self, **more):
        return {"matrix": self.matrix["checksum"], "start": self.start["checksum"],
                "k": self.cell.k, "processor": self.bench.processor, **more}

    def _kept_or_made(self, part, identity, make, enough=lambda known: True):
        known = self.bench.kept.read(self.cell, part, identity)
        if not self.may_run or (known and enough(known)):
            return known
        print(f"bench: {self.cell.name}: {part}", file=sys.stderr)
        return self.bench.kept.write(self.cell, part, identity, make())

    def _fit(self, options, seconds=None):
        """One run of the program from the cell's start."""
        matrix, start = self.matrix["folder"], self.start["folder"]
        model = f"{self.inputs.cache}/scratch"
        chosen = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        processes.run(
            [self.inputs.themata, "fit", "--matrix", f"{matrix}/X.mtx",
             "--vocabulary", f"{matrix}/words.txt", "--documents", f"{matrix}/documents.txt",
             "--weight", "count", "--normalize", "none", "--min-df", "1", "--max-df", "1.0",
             "--stopwords", "none", "-k", str(self.cell.k),
             "--start-topics", f"{start}/W.npy", "--start-mixtures", f"{start}/H.npy",
             *chosen, "-q", "--force", "-o", model],
            self.inputs.core, options["threads"], seconds=seconds, codes=(0, 130))
        checked = processes.python("arrays.py", "divergence", f"{matrix}/X.npz", model,
                                   core=self.inputs.core)
        return {**read_run(model), "checked": json.loads(checked)}


def spent(run):
    """CPU seconds of a run of either program."""
    return run["curve"][-1][1] if "curve" in run else run["passes"][-1][1]


def read_run(model):
    """What is kept of a model directory: the passes, how it ended, and the memory it took."""
    run, facts = prepare.read_json(f"{model}/run.json"), prepare.read_json(f"{model}/model.json")
    return {"passes": [[p["objective"], p["cpu_seconds"], p["wall_seconds"]]
                       for p in run["passes"]],
            "objective": facts["objective"], "stop": facts["stop"],
            "peak_bytes": run["peak_rss_bytes"]}
