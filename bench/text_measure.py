"""The runs of the text benchmark, each kept as soon as it is finished (measure.Kept).

Ours are made again when the program changes, the others' when their script or versions do.
"""
import importlib.metadata
import json
import os
import sys

import prepare
import processes
import text_figures
import text_plan

ROOT = os.path.dirname(processes.HERE)


def versions():
    """Of what we are compared with."""
    try:
        return {name: importlib.metadata.version(name)
                for name in ("scikit-learn", "gensim", "scipy", "numpy")}
    except importlib.metadata.PackageNotFoundError as error:
        sys.exit(f"bench: {error} (scripts/install-deps --bench installs it)")


class TextBench:
    """Everything that stays the same from task to task."""

    def __init__(self, inputs, kept, effort, build, core, processor):
        self.inputs, self.kept, self.effort, self.core = inputs, kept, effort, core
        self.processor = processor
        self.themata, self.bounds_program = f"{build}/themata", f"{build}/bench_text_bounds"
        self.program = prepare.checksum(self.themata)
        self.script = prepare.checksum(f"{processes.HERE}/text_others.py",
                                       f"{ROOT}/tests/reference/make_tfidf.py")
        self.versions = versions()

    def measure(self, task, may_run=True):
        """The runs of a task, those that are not kept made now if they may be; or None."""
        return TaskRuns(self, task, may_run).all()

    def bounds(self, corpus, may_run=True):
        """What bench_text_bounds says of a corpus of files, or None."""
        known = self.inputs.corpus(text_plan.CORPORA[corpus])
        kept = (f"{self.kept.folder}/text-bounds-{corpus}-{self.effort.repeats}-"
                f"{prepare.checksum(self.bounds_program)[:16]}.json")
        if not os.path.exists(kept):
            if not may_run:
                return None
            print(f"bench: bounds of {corpus}", file=sys.stderr)
            prepare.write_json(kept, json.loads(processes.run(
                [self.bounds_program, known["path"]], self.core)))
        return prepare.read_json(kept)


class TaskRuns:
    """The runs of one task. Each method returns a result, or None where nothing may be run and
    nothing is kept."""

    def __init__(self, bench, task, may_run):
        self.bench, self.task, self.may_run = bench, task, may_run
        self.corpus = text_plan.CORPORA[task.corpus]
        self.input = bench.inputs.corpus(self.corpus)
        self.scratch = f"{bench.inputs.cache}/text-scratch"
        self.warm = False

    def all(self):
        """{"bytes", "one": [run…], "two": …, "sklearn": …, "gensim": … or [], "compared"}. The
        programs take turns, so that a slow spell of the machine hits all."""
        parts = {"one": lambda repeat: self.ours(1, repeat),
                 "two": lambda repeat: self.ours(2, repeat),
                 "sklearn": lambda repeat: self.other("sklearn", repeat)}
        if self.task.gensim:
            parts["gensim"] = lambda repeat: self.other("gensim", repeat)
        runs = {"one": [], "two": [], "sklearn": [], "gensim": []}
        for repeat in range(self.bench.effort.repeats):
            for name, run in parts.items():
                if repeat >= self.wanted(name, runs[name]):
                    continue
                runs[name].append(run(repeat))
                if runs[name][-1] is None:
                    return None
        compared = self.compared()
        return compared and {**runs, "compared": compared, "bytes": self.input["bytes"]}

    def wanted(self, name, made):
        """How many runs of a program there are to be."""
        if name in ("one", "two") or not made:
            return self.bench.effort.repeats
        return text_plan.runs_of_others(made[0]["wall_s"], self.bench.effort)

    def ours(self, threads, repeat):
        options = self.options()
        identity = self._identity(program=self.bench.program, options=options, threads=threads,
                                  repeat=repeat)
        return self._kept_or_made(f"ours-{threads}", identity, lambda: self._fit(threads))

    def other(self, program, repeat):
        identity = self._identity(versions=self.bench.versions, script=self.bench.script,
                                  repeat=repeat, task=self._described())
        return self._kept_or_made(program, identity, lambda: self._python(
            "time", program, self._write_task()))

    def compared(self):
        """Our matrix beside scikit-learn's of texts normalised as ours."""
        identity = self._identity(program=self.bench.program, versions=self.bench.versions,
                                  script=self.bench.script, options=self.options())
        return self._kept_or_made("compared", identity, self._compare)

    def options(self):
        """Of `fit`, for the same matrix as scikit-learn's."""
        return ["--token-pattern", self.task.patterns[0], "--keep-numbers", "--lang", "none",
                "--cjk", "words", "--unspaced", "whole", "--stopwords", self.corpus.stop,
                "--min-df", "2", "--max-df", "0.5", "--tf", "raw", "--idf", "smooth",
                "--normalize", "l2",
                "--ngrams", f"1-{self.task.ngrams}", *self.corpus.options]

    def _identity(self, **more):
        return {"corpus": self.input["checksum"], "form": self.corpus.form,
                "processor": self.bench.processor, "repeats": self.bench.effort.repeats, **more}

    def _kept_or_made(self, part, identity, make):
        known = self.bench.kept.read(self.task, part, identity)
        if not self.may_run or known:
            return known
        if not self.warm:
            self._fit(1)  # so that every file is in the system's cache
            self.warm = True
        print(f"bench: {self.task.name}: {part}", file=sys.stderr)
        return self.bench.kept.write(self.task, part, identity, make())

    def _fit(self, threads, more=()):
        """One run of the program."""
        processes.run([self.bench.themata, "fit", self.input["path"], *self.options(), *more,
                       "-k", "2", "--init", "random", "--max-passes", "1",
                       "--threads", str(threads), "-q", "--force", "-o", self.scratch],
                      self.bench.core, threads)
        return text_figures.until_matrix(prepare.read_json(f"{self.scratch}/run.json")["stages"])

    def _compare(self):
        matrix = f"{self.bench.inputs.cache}/text-matrix.mtx"
        self._fit(2, ("--export-matrix", matrix))
        try:
            return self._python("compare", self._write_task(), matrix)
        finally:
            os.remove(matrix)

    def _python(self, *arguments):
        return json.loads(processes.python("text_others.py", *arguments, core=self.bench.core,
                                           without=processes.FOREIGN))

    def _described(self):
        """What text_others.py is told, but for paths."""
        return {"form": self.corpus.form, "pattern": self.task.patterns[1],
                "ngrams": self.task.ngrams, "stop": self.corpus.stop}

    def _write_task(self):
        path = f"{self.bench.inputs.cache}/text-task.json"
        stop = self.corpus.stop
        prepare.write_json(path, {
            **self._described(), "path": self.input["path"],
            "stop": None if stop == "none" else f"{ROOT}/stopwords/{stop}.txt"})
        return path
