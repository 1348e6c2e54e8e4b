#!/usr/bin/python3
"""Matrices and starts that SciPy and NumPy write, read by the program, and the other way round.

    check_matrix.py PROGRAM WORK

A matrix that scipy.io.mmwrite writes, in any order and of any field, is what the program is given:
its counts.npz and what --export-matrix writes hold the very same float64 values. From a start that
numpy.save writes, the objective after each pass is that of the multiplicative updates done here.
Leaves with 77, which ctest reports as skipped, when SciPy is missing.
"""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

try:
    import numpy as np
    import scipy.io
    import scipy.sparse
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

UNCHANGED = ["--weight", "count", "--normalize", "none", "--min-df", "1", "--max-df", "1.0",
             "--stopwords", "none"]
PASSES = 12


def fit(program, work, matrix, *options):
    """Fits the matrix unchanged; returns the model's directory and the exported matrix."""
    model, export = work / "model", work / "export.mtx"
    subprocess.run([program, "fit", "--matrix", matrix, "--vocabulary", work / "words.txt",
                    *UNCHANGED, "--force", "--quiet", "-o", model, "--export-matrix", export,
                    *options], check=True, stdout=subprocess.DEVNULL)
    return model, export


def write_words(work, count):
    """Words whose byte order is that of their numbers, so that the program keeps the rows."""
    (work / "words.txt").write_text("".join(f"w{i:06}\n" for i in range(count)))


def random_matrix(random, rows, columns, density):
    """Values from 1e-30 to 1e12; each document's sum within what factors of float32 can take."""
    x = scipy.sparse.random(rows, columns, density, "csc", random_state=random)
    x.data = (random.random(x.nnz) + 0.1) * 10.0 ** random.integers(-29, 1, x.nnz)
    x.data[x.indptr[:-1][np.diff(x.indptr) > 0]] = random.random() + 0.1
    return (x @ scipy.sparse.diags(10.0 ** random.integers(-10, 12, columns))).tocsc()


def expect_same(name, a, b):
    difference = (a.tocsc() != b.tocsc()).nnz
    if a.shape != b.shape or difference:
        sys.exit(f"{name}: {a.shape} and {b.shape}, {difference} values differ")


def check_matrices(program, work):
    random = np.random.default_rng(7)
    write_words(work, 60)
    real = random_matrix(random, 60, 45, 0.2)
    whole = scipy.sparse.random(60, 45, 0.2, random_state=random,
                                data_rvs=lambda n: random.integers(1, 1000, n)).astype(np.int64)
    ones = whole.astype(bool)
    kinds = {
        "real by columns": (real, None),
        "real by rows": (real.tocsr(), None),
        "integer": (whole, "integer"),
        "whole numbers as real": (whole.astype(float), "real"),
        "pattern": (ones, "pattern"),
    }
    for name, (x, field) in kinds.items():
        matrix = work / "x.mtx"
        scipy.io.mmwrite(matrix, x, field=field, precision=17)
        model, export = fit(program, work, matrix, "-k", "3", "--max-passes", "2")
        given = scipy.sparse.csc_matrix(x, dtype=float)
        expect_same(f"{name}: counts", scipy.sparse.load_npz(model / "counts.npz").T, given)
        expect_same(f"{name}: export", scipy.io.mmread(export), given)


def divergence(x, w, h):
    wh = w @ h
    positive = x > 0
    return float(np.sum(x[positive] * np.log(x[positive] / wh[positive])) - x.sum() + wh.sum())


def update(x, w, h):
    """One pass: W, then H, as Lee and Seung have them."""
    w = w * ((x / (w @ h)) @ h.T) / h.sum(axis=1)
    h = h * (w.T @ (x / (w @ h))) / w.sum(axis=0)[:, None]
    return w, h


def check_start(program, work, name, x, topics, mixtures, w, h):
    """The program's objectives from the files against those from W and H here."""
    np.save(work / "w.npy", topics)
    np.save(work / "h.npy", mixtures)
    matrix = work / "x.mtx"
    scipy.io.mmwrite(matrix, scipy.sparse.csc_matrix(x), precision=17)
    model, _ = fit(program, work, matrix, "--start-topics", work / "w.npy", "--start-mixtures",
                   work / "h.npy", "--solver", "mu", "--max-passes", str(PASSES), "--tolerance", "0")
    with open(model / "tables" / "convergence.csv", newline="") as file:
        objectives = [float(row["objective"]) for row in csv.DictReader(file)]
    if len(objectives) != PASSES:
        sys.exit(f"{name}: {len(objectives)} passes")
    for number, objective in enumerate(objectives, 1):
        w, h = update(x, w, h)
        expected = divergence(x, w, h)
        if abs(objective - expected) > 1e-5 * expected:
            sys.exit(f"{name}: pass {number}: {objective} ({expected} was expected)")


def check_starts(program, work):
    random = np.random.default_rng(8)
    write_words(work, 40)
    x = np.where(random.random((40, 30)) < 0.4, random.random((40, 30)) * 9, 0.0)
    w, h = random.random((40, 4)), random.random((4, 30))
    for kind in (np.float32, np.float64):
        check_start(program, work, f"raw {kind.__name__}", x, np.ascontiguousarray(w.T, kind),
                    np.ascontiguousarray(h.T, kind), w, h)
    w, h = w / w.sum(axis=0), h / h.sum(axis=0)
    check_start(program, work, "shares", x, np.ascontiguousarray(w.T), np.ascontiguousarray(h.T), w,
                h * x.sum(axis=0))


def main():
    program, work = Path(sys.argv[1]), Path(sys.argv[2])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    check_matrices(program, work)
    check_starts(program, work)


if __name__ == "__main__":
    main()
