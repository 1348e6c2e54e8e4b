#!/usr/bin/python3
"""Truncated SVD and LSA of the program beside scikit-learn's TruncatedSVD.

    check_dimensions.py PROGRAM DOCUMENTS WORK

Both decompose the X that --export-matrix writes; for LSA its columns are brought to length 1.
Singular values have to be the same, and up to its sign each dimension's coordinates of documents
and loadings of words. Leaves with 77, which ctest reports as skipped, when scikit-learn is missing.
"""

import csv
import subprocess
import sys
from pathlib import Path

try:
    import numpy as np
    import scipy.io
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

RANK = 7
VALUES = 1e-9  # of singular values, relative
VECTORS = 1e-5  # of coordinates and loadings, of the largest


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def decompose(program, documents, work, method):
    """What the program finds, and X, words × documents."""
    result, export = work / method, work / "x.mtx"
    subprocess.run([program, "fit", documents, "-k", str(RANK), "--method", method, "-o", result,
                    "--export-matrix", export, "--force", "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    return result / "tables", scipy.io.mmread(export).tocsr()


def expect_near(name, found, expected, bound):
    worst = np.max(np.abs(found - expected))
    print(f"{name}: differs by {worst:.2g}")
    if not worst <= bound:
        sys.exit(f"{name}: differs by {worst:.3g}, more than {bound:.3g}")


def check(program, documents, work, method):
    tables, x = decompose(program, documents, work, method)
    rows = x.T.tocsr()
    if method == "lsa":
        rows = normalize(rows)
    svd = TruncatedSVD(RANK, algorithm="arpack", random_state=1)
    expected = svd.fit_transform(rows)
    values = np.array([float(row["singular_value"]) for row in rows_of(tables / "dimensions.csv")])
    expect_near(f"{method}: singular values", values / svd.singular_values_, 1.0, VALUES)
    found = np.array([float(row["coordinate"])
                      for row in rows_of(tables / "document_dimensions.csv")]).reshape(-1, RANK)
    signs = np.sign(np.sum(found * expected, axis=0))
    expect_near(f"{method}: documents", found, expected * signs, VECTORS * np.abs(expected).max())
    for row in rows_of(tables / "dimension_words.csv"):
        t, loading = int(row["dimension"]) - 1, float(row["loading"])
        component = svd.components_[t] * signs[t]
        side = np.sort(component if loading < 0 else -component)
        expect_near(f"{method}: {row['term']} in {t + 1}", abs(loading),
                    abs(side[int(row["rank"]) - 1]), VECTORS)
    parts = values**2 / (x.data**2).sum() if method == "svd" else values**2 / rows.power(2).sum()
    shares = [float(row["squares_share"]) for row in rows_of(tables / "dimensions.csv")]
    expect_near(f"{method}: shares of the squares", np.array(shares), parts, 1e-12)


def main():
    program, documents, work = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    work.mkdir(parents=True, exist_ok=True)
    for method in ("svd", "lsa"):
        check(program, documents, work, method)


if __name__ == "__main__":
    main()
