"""What needs numpy, each as a process of its own, so that bench.py stays small: the peak memory
that Linux reports of a process is never below that of the process it was started from.

    arrays.py matrix X.mtx X.npz            documents x words in CSR, float64; prints its facts
    arrays.py start X.npz K SEED FOLDER     W.npy (k x words) and H.npy (documents x k)
    arrays.py divergence X.npz MODEL        prints D of a saved model, in float64
"""
import json
import sys

import numpy as np
import scipy.io
import scipy.sparse

BLOCK = 2_000_000  # numbers held at a time by divergence()


def divergence(x, h, w):
    """D(X||HW) of CSR X (documents x words), H (documents x k) and W (k x words).

    Sums over the non-zeros of X alone, because the sum of HW is a product of sums; a product that
    is 0 counts as 1e-300, as in the program.
    """
    topics = np.ascontiguousarray(w.T)
    documents = np.repeat(np.arange(x.shape[0]), np.diff(x.indptr))
    step = max(1, BLOCK // w.shape[0])
    total = float(h.sum(axis=0) @ w.sum(axis=1)) - float(x.data.sum())
    for begin in range(0, x.nnz, step):
        part = slice(begin, begin + step)
        products = np.einsum("ij,ij->i", h[documents[part]], topics[x.indices[part]])
        values = x.data[part]
        total += float(values @ np.log(values / np.maximum(products, 1e-300)))
    return total


def save_matrix(source, target):
    """Words x documents in, documents x words out."""
    x = scipy.sparse.csr_matrix(scipy.io.mmread(source).T, dtype=np.float64)
    x.sort_indices()
    scipy.sparse.save_npz(target, x, compressed=False)
    documents, words = x.shape
    print(json.dumps({"words": words, "documents": documents, "entries": int(x.nnz),
                      "sum": float(x.sum())}))


def save_start(source, k, seed, folder):
    """Uniform on (0, 1), both scaled so that the mean of HW is that of X."""
    x = scipy.sparse.load_npz(source)
    documents, words = x.shape
    generator = np.random.default_rng(seed)
    w, h = generator.random((k, words)), generator.random((documents, k))
    scale = np.sqrt(x.sum() / (h.sum(axis=0) @ w.sum(axis=1)))
    np.save(f"{folder}/W.npy", (scale * w).astype(np.float32))
    np.save(f"{folder}/H.npy", (scale * h).astype(np.float32))


def model_divergence(source, model):
    """Of the topics and mixtures as saved; a mixture has its document's sum of X to give away."""
    x = scipy.sparse.load_npz(source)
    w = np.load(f"{model}/topics.npy").astype(np.float64)
    h = np.load(f"{model}/mixtures.npy").astype(np.float64)
    sums = np.asarray(x.sum(axis=1))
    return divergence(x, h * sums, w)


def main():
    what, *rest = sys.argv[1:]
    if what == "matrix":
        save_matrix(*rest)
    elif what == "start":
        save_start(rest[0], int(rest[1]), int(rest[2]), rest[3])
    else:
        print(json.dumps(model_divergence(*rest)))


if __name__ == "__main__":
    main()
