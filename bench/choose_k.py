"""How often the first recommendation of `themata sweep` is right: on corpora with a known number of
topics (planted.py), and on collections whose number of classes is known. And what a sweep costs.

The rule (src/model/choice.h) was frozen after seeds 1 to 10 with 90 tokens and the collections below
had been looked at; so were the samples' starts (src/model/sample.h), after some of these seeds. Seeds
71 to 100 had not been drawn before either; seeds 11 to 40 not before the rule."""

import argparse
import json
import resource
import statistics
import subprocess
import tempfile
from pathlib import Path

import planted

HERE = Path(__file__).resolve().parent
THEMATA = HERE.parent / "build/release/themata"
RANGE = "2:25"
COLLECTIONS = {  # by construction 3; the others have so many labels
    "greene_stability_sample": 3,
    "bbc_news": 5,
    "greene_dynamic_sample": 5,
}


def sweep(corpus, options, keep):
    """The sweep's JSON: from `keep` if it is there, so that a long run can be gone on with."""
    if keep and keep.exists():
        return json.loads(keep.read_text(encoding="utf-8"))
    done = subprocess.run([THEMATA, "sweep", corpus, *options, "-k", RANGE, "--threads", "1", "-q",
                           "--json"], check=True, capture_output=True, text=True)
    if keep:
        keep.write_text(done.stdout, encoding="utf-8")
    return json.loads(done.stdout)


def describe(name, true, found):
    stability = {value["k"]: value["stability"]["value"] for value in found["values"]}
    predicts = min((value["perplexity"]["value"], value["k"]) for value in found["values"])[1]
    chosen = found["recommended"]
    right = chosen[0] == true
    others = ", ".join(map(str, chosen[1:]))
    print(f"| {name} | {true} | {chosen[0]} | {others} | {'yes' if right else 'no'} | "
          f"{stability[chosen[0]]:.3f} | {stability[true]:.3f} | {predicts} |", flush=True)
    return right


def heading(what):
    print(f"\n| {what} | topics | first | also | right | stability of the first | of the right one | "
          "least perplexity at |\n| --- | --- | --- | --- | --- | --- | --- | --- |")


def parse_seeds(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def run_seeds(seeds, tokens, keep):
    heading("seed")
    right = 0
    for seed in seeds:
        k, lines = planted.plant(seed, median=tokens)
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            found = sweep(file.name, ["--lines"], keep and keep / f"seed-{seed}-{tokens}.json")
        right += describe(seed, k, found)
    print(f"\nSeeds {seeds[0]} to {seeds[-1]}, {tokens} tokens in the median document: {right} of "
          f"{len(seeds)} right.")


def run_collections(folder, keep):
    heading("collection")
    for name, classes in COLLECTIONS.items():
        describe(name, classes, sweep(folder / name / "docs", [], keep and keep / f"{name}.json"))


# ---- cost ----

def cpu_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def sklearn_fit(matrix):
    """CPU seconds of 200 iterations of scikit-learn's KL solver at k = 20 in float64."""
    code = ("import sys, time, warnings; warnings.simplefilter('ignore')\n"
            "from scipy.io import mmread\n"
            "from sklearn.decomposition import NMF\n"
            "x = mmread(sys.argv[1]).tocsr().T.tocsr().astype('float64')\n"
            "model = NMF(20, solver='mu', beta_loss='kullback-leibler', init='nndsvda', tol=0.0,\n"
            "            max_iter=200, random_state=1)\n"
            "begin = time.process_time(); model.fit_transform(x)\n"
            "print(time.process_time() - begin)")
    done = subprocess.run(["/usr/bin/python3", "-c", code, matrix], check=True, capture_output=True,
                          text=True, env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
                                          "PATH": "/usr/bin:/bin"})
    return float(done.stdout)


def run_cost(folder, repeats):
    corpus = folder / "bbc_news" / "docs"
    with tempfile.TemporaryDirectory() as scratch:
        matrix = f"{scratch}/x.mtx"
        fit = [THEMATA, "fit", corpus, "-k", "20", "--threads", "1", "-q", "--force", "-o",
               f"{scratch}/model"]
        subprocess.run([*fit, "--export-matrix", matrix], check=True, capture_output=True)
        ours, with_stability, whole, theirs = [], [], [], []
        for _ in range(repeats):
            ours.append(cpu_seconds(fit))
            with_stability.append(cpu_seconds([*fit, "--stability", "20"]))
            whole.append(cpu_seconds([THEMATA, "sweep", corpus, "-k", "4:40:4", "--stability", "10",
                                      "--threads", "1", "-q", "--json"]))
            theirs.append(sklearn_fit(matrix))
    ours, with_stability, whole, theirs = map(statistics.median,
                                              (ours, with_stability, whole, theirs))
    print(f"BBC News, processor time, median of {repeats}:\n\n"
          "| what | seconds |\n| --- | --- |\n"
          f"| `fit -k 20` | {ours:.2f} |\n"
          f"| `fit -k 20 --stability 20` | {with_stability:.2f} |\n"
          f"| `sweep -k 4:40:4 --stability 10` | {whole:.2f} |\n"
          f"| scikit-learn, KL, k = 20, 200 iterations, float64 | {theirs:.2f} |\n\n"
          f"Stability on 20 samples costs {(with_stability - ours) / ours:.1f} fits; the sweep "
          f"{whole / theirs:.2f} fits of scikit-learn.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seeds", default="1-10,71-100", help="ranges, each counted by itself")
    parser.add_argument("--tokens", type=int, default=planted.TOKENS,
                        help="median length of the documents")
    parser.add_argument("--collections", type=Path, help="the folder of unpacked collections")
    parser.add_argument("--keep", type=Path, help="a folder for the sweeps, which are not made again")
    parser.add_argument("--cost", action="store_true", help="what it costs, and nothing else")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    if options.cost:
        run_cost(options.collections, options.repeats)
        return
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    if options.collections:
        run_collections(options.collections, options.keep)
    for part in options.seeds.split(","):
        run_seeds(parse_seeds(part), options.tokens, options.keep)


if __name__ == "__main__":
    main()
