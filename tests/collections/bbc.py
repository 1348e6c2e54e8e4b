"""What must hold of a model of BBC News with five topics and default options.

    bbc.py THEMATA COLLECTION SCRATCH     COLLECTION: the unpacked folder bbc_news
"""
import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import unittest

from agreement import agreement, read_pairs

THEMATA, COLLECTION, SCRATCH = sys.argv[1:4]
TOPICS = 5


def fit(name, *options):
    model = f"{SCRATCH}/{name}"
    subprocess.run([THEMATA, "fit", f"{COLLECTION}/docs", "-k", str(TOPICS), "-q", "-o", model,
                    *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return model


def digest(model):
    """A checksum over the names and bytes of all files but run.json."""
    total = hashlib.sha256()
    for folder, folders, files in os.walk(model):
        folders.sort()
        for name in sorted(files):
            if name != "run.json":
                path = os.path.join(folder, name)
                total.update(os.path.relpath(path, model).encode())
                with open(path, "rb") as file:
                    total.update(file.read())
    return total.hexdigest()


def objective(model):
    with open(f"{model}/model.json", encoding="utf-8") as file:
        return json.load(file)["objective"]


def read_floats(path, width):
    """The rows of a float32 .npy file."""
    with open(path, "rb") as file:
        content = file.read()
    begin = 10 + struct.unpack("<H", content[8:10])[0]
    numbers = struct.unpack(f"<{(len(content) - begin) // 4}f", content[begin:])
    return [numbers[i:i + width] for i in range(0, len(numbers), width)]


class Model(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        os.makedirs(SCRATCH)
        cls.model = fit("one", "--threads", "1")

    def test_main_topics_agree_with_the_labels(self):
        nmi, purity = agreement(read_pairs(self.model, f"{COLLECTION}/labels.tsv"))
        print(f"NMI {nmi:.4f}, purity {purity:.4f}", file=sys.stderr)
        self.assertGreaterEqual(nmi, 0.82)
        self.assertGreaterEqual(purity, 0.92)

    def test_multiplicative_updates_agree_too_end_higher_and_do_not_depend_on_threads(self):
        model = fit("mu", "--solver", "mu", "--threads", "1")
        nmi, purity = agreement(read_pairs(model, f"{COLLECTION}/labels.tsv"))
        self.assertGreaterEqual(nmi, 0.82)
        self.assertGreaterEqual(purity, 0.92)
        self.assertGreater(objective(model), objective(self.model))
        self.assertEqual(digest(fit("mu-4", "--solver", "mu", "--threads", "4")), digest(model))

    def test_bytes_do_not_depend_on_threads(self):
        expected = digest(self.model)
        for threads in ("2", "4"):
            self.assertEqual(digest(fit(f"threads-{threads}", "--threads", threads)), expected)

    def test_columns_of_both_factors_sum_to_one(self):
        mixtures = read_floats(f"{self.model}/mixtures.npy", TOPICS)
        self.assertEqual(len(mixtures), 2225)
        with open(f"{self.model}/vocabulary.csv", "rb") as file:
            words = file.read().count(b"\n") - 1
        topics = read_floats(f"{self.model}/topics.npy", words)
        self.assertEqual(len(topics), TOPICS)
        for row in mixtures + topics:
            self.assertGreaterEqual(min(row), 0.0)
            self.assertAlmostEqual(sum(row), 1.0, delta=1e-5)

    def test_inference_on_the_training_documents_gives_the_stored_mixtures(self):
        result = f"{SCRATCH}/inferred"
        subprocess.run([THEMATA, "infer", self.model, f"{COLLECTION}/docs", "-q", "-o", result],
                       check=True, stderr=subprocess.DEVNULL)
        stored = read_floats(f"{self.model}/mixtures.npy", TOPICS)
        inferred = read_floats(f"{result}/mixtures.npy", TOPICS)
        self.assertEqual(len(inferred), len(stored))
        largest = max(abs(a - b) for x, y in zip(stored, inferred) for a, b in zip(x, y))
        self.assertLessEqual(largest, 1e-6)

    def test_divergence_never_rises(self):
        model = fit("nndsvda", "--init", "nndsvda")  # the default start leaves few passes to make
        with open(f"{model}/tables/convergence.csv", encoding="utf-8") as file:
            objectives = [float(line.split(",")[1]) for line in file.readlines()[1:]]
        self.assertGreater(len(objectives), 10)
        for before, after in zip(objectives, objectives[1:]):
            self.assertLessEqual(after, before * (1 + 1e-7))


if __name__ == "__main__":
    if not os.path.isdir(COLLECTION):
        print(f"skipped: no folder {COLLECTION}")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
