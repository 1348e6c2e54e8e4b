"""How the tolerance of `themata fit` shows in its result: the table in docs/method.md, "Stopping".

    stopping.py THEMATA CORPUS K SCRATCH

Fits with falling tolerances from the default start and prints, as Markdown, the passes, CPU seconds of the
factorisation, D above that of the tightest tolerance, the KKT residual of the last pass, the share
of the 20 top words of a topic that the tightest also has (each topic beside its nearest), and the
share of documents whose main topic is the same.
"""
import csv
import json
import subprocess
import sys

THEMATA, CORPUS, K, SCRATCH = sys.argv[1:5]
TOLERANCES = ("1e-3", "1e-4", "3e-5", "1e-5", "3e-6", "1e-6", "1e-7")
WORDS = 20


def rows(model, table):
    with open(f"{model}/{table}", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fit(tolerance):
    """What the table says of one fit."""
    model = f"{SCRATCH}/stopping"
    subprocess.run([THEMATA, "fit", CORPUS, "-k", K, "--tolerance", tolerance, "--max-passes",
                    "5000", "--threads", "1", "-q", "--force", "-o", model],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(f"{model}/model.json", encoding="utf-8") as file:
        facts = json.load(file)
    with open(f"{model}/run.json", encoding="utf-8") as file:
        stages = {s["name"]: s["cpu_seconds"] for s in json.load(file)["stages"]}
    top = {}
    for row in rows(model, "tables/topic_words.csv"):
        if int(row["rank"]) <= WORDS:
            top.setdefault(row["topic"], set()).add(row["term"])
    return {"passes": facts["passes"], "objective": facts["objective"], "cpu": stages["nmf"],
            "residual": float(rows(model, "tables/convergence.csv")[-1]["kkt_residual"]),
            "top": top, "main": [row["topic"] for row in rows(model, "documents.csv")]}


def nearest(top, reference):
    """{topic: the reference's topic with the most words in common}"""
    return {topic: max(reference, key=lambda other: len(words & reference[other]))
            for topic, words in top.items()}


def main():
    runs = {tolerance: fit(tolerance) for tolerance in TOLERANCES}
    last = runs[TOLERANCES[-1]]
    print(f"| tolerance | passes | CPU s | D above the tightest | KKT residual | top {WORDS} words "
          "the same | main topics the same |\n| --- | --- | --- | --- | --- | --- | --- |")
    for tolerance, run in runs.items():
        pairs = nearest(run["top"], last["top"])
        words = sum(len(run["top"][t] & last["top"][pairs[t]]) for t in pairs)
        main_same = sum(pairs.get(a, a) == b for a, b in zip(run["main"], last["main"]))
        print(f"| {tolerance} | {run['passes']} | {run['cpu']:.2f} | "
              f"{100 * (run['objective'] / last['objective'] - 1):.3f} % | {run['residual']:.1e} | "
              f"{100 * words / sum(map(len, last['top'].values())):.1f} % | "
              f"{100 * main_same / len(last['main']):.1f} % |")


if __name__ == "__main__":
    main()
