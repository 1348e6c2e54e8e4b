"""One run of scikit-learn's multiplicative updates, as a process of its own.

    sklearn_nmf.py X.npz START MARKS     START: a folder of W.npy and H.npy; MARKS: 10,20,50

Prints CPU seconds and D after so many iterations, and the peak memory of the process. Iterations
are timed without the cost of D: the run goes from mark to mark, each stretch beginning with the
factors the last one ended with, which gives the same bits as one run with max_iter = the last mark.
"""
import json
import sys
import time

import numpy as np
import scipy.sparse
from sklearn.decomposition import non_negative_factorization

from arrays import divergence


def peak_bytes():
    """Of this process image alone; getrusage would count that of the parent."""
    with open("/proc/self/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM in /proc/self/status")


def iterate(x, h, w, iterations):
    """Exactly so many iterations of NMF(solver="mu"), whose W and H are H and W here."""
    return non_negative_factorization(
        x, h, w, n_components=w.shape[0], init="custom", solver="mu",
        beta_loss="kullback-leibler", tol=0, max_iter=iterations)[:2]


def main():
    source, start, marks = sys.argv[1:4]
    x = scipy.sparse.load_npz(source)
    w = np.load(f"{start}/W.npy").astype(np.float64)
    h = np.load(f"{start}/H.npy").astype(np.float64)
    iterate(x[:50], h[:50].copy(), w.copy(), 1)  # what a first call loads is not to be timed
    done, cpu_s, curve, peak = 0, 0.0, [], None
    for mark in map(int, marks.split(",")):
        begin = time.process_time()
        h, w = iterate(x, h, w, mark - done)
        cpu_s += time.process_time() - begin
        peak = peak or peak_bytes()  # every iteration takes the same, and D must not count
        curve.append([mark, cpu_s, divergence(x, h, w)])
        done = mark
    print(json.dumps({"curve": curve, "peak_bytes": peak}))


if __name__ == "__main__":
    main()
