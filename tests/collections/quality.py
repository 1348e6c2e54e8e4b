"""What topics of BBC News by default options must be worth, whatever the seed.

    quality.py THEMATA COLLECTION SCRATCH [OPTION…]     COLLECTION: the unpacked folder bbc_news

The figures are those of bench/quality. Options of fit can be added to see them fail.
"""
import csv
import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/../../bench")
import quality_figures  # noqa: E402  (found through the line above)
import quality_plan  # noqa: E402
import quality_texts  # noqa: E402

THEMATA, COLLECTION, SCRATCH, *MORE = sys.argv[1:]
LEAST = {"nmi": 0.87, "purity": 0.955, "npmi": 0.30}


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Quality(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        os.makedirs(SCRATCH)
        cls.labelled = quality_texts.Labelled(quality_plan.COLLECTIONS["bbc"], COLLECTION)
        cls.presence = cls.labelled.presence()

    def figures(self, seed):
        model = f"{SCRATCH}/model"
        subprocess.run([THEMATA, "fit", self.labelled.path, "-k", "5", "--seed", str(seed), "-q",
                        "--force", "-o", model, *MORE], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        top = {}
        for row in rows(f"{model}/tables/topic_words.csv"):
            if int(row["rank"]) <= quality_plan.TOP:
                top.setdefault(row["topic"], []).append(row["term"])
        run = {"shares": [row["topic"] for row in rows(f"{model}/documents.csv")],
               "top": list(top.values()), "cpu_s": 0.0}
        return quality_figures.judge(run, self.labelled.labels, self.presence)

    def test_topics_agree_with_the_labels_and_their_words_belong_together(self):
        for seed in quality_plan.SEEDS:
            found = self.figures(seed)
            print(f"seed {seed}: " + ", ".join(f"{name} {found[name]:.4f}" for name in LEAST),
                  file=sys.stderr)
            for name, least in LEAST.items():
                self.assertGreaterEqual(found[name], least, f"{name}, seed {seed}")


if __name__ == "__main__":
    if not os.path.isdir(COLLECTION):
        print(f"skipped: no folder {COLLECTION}")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
