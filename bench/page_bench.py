"""What bench/page does: a corpus of film reviews cut in two, a model of it, its page, and the figures.

Every review gives two documents, so that there are 100,000 of real English; dates and groups are
made up. The model is fitted in a few passes: what is measured is the page. Each figure is the median
of the runs, every run in a browser of its own.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "page"))
from browser import Browser  # noqa: E402

PROGRAM = "build/release/themata"
TOPICS = 50
LIMITS = {"file, MB": 20.0, "ready, s": 2.0, "search, ms": 150.0}


def unpack(collections, work):
    folder = work / "imdb_reviews"
    if not folder.exists():
        subprocess.run(["tar", "-C", work, "-xf", pathlib.Path(collections) / "imdb_reviews.tar.zst"], check=True)
    return sorted(path for path in folder.rglob("*.txt") if path.is_file())


def write_corpus(path, reviews, documents):
    """Halves of reviews, again from the first when there are too few."""
    with open(path, "w", encoding="utf-8") as file:
        for number in range(documents):
            text = reviews[number // 2 % len(reviews)].read_text(encoding="utf-8", errors="replace")
            middle = text.find(" ", len(text) // 2)
            half = text[:middle] if number % 2 == 0 else text[middle + 1 :]
            date = f"{1990 + number % 30}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            row = {"id": f"review-{number:06d}", "title": " ".join(half.split()[:7]), "date": date, "group": f"group {number % 17}", "text": half}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def prepare(arguments, work):
    corpus, model = work / f"corpus-{arguments.documents}.jsonl", work / f"model-{arguments.documents}"
    if not corpus.exists():
        write_corpus(corpus, unpack(arguments.collections, work), arguments.documents)
    if not model.exists():
        subprocess.run([PROGRAM, "fit", corpus, "--text-field", "text", "--html", "-k", str(TOPICS), "--max-passes", "20", "--no-report", "-q", "-o", model],
                       check=True, stdout=subprocess.DEVNULL)
    return model


# Runs in the page: types a query and waits until its result is on the screen. The pause in which the
# page waits for the next key is part of it.
SEARCH = """
const field = document.querySelector('main input[type=search]');
const result = document.querySelector('main .result');
return new Promise((done) => {
  const observer = new MutationObserver(() => {
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin), 0));
  });
  observer.observe(result, { childList: true });
  const begin = performance.now();
  field.value = arguments[0];
  field.dispatchEvent(new Event('input', { bubbles: true }));
});
"""


def measure(page):
    with Browser() as browser:
        browser.open(page)
        figures = {"ready, s": browser.run("return Number(document.documentElement.dataset.ready)") / 1000}
        browser.go("#/documents")
        browser.wait("return document.querySelector('main input[type=search]') !== null")
        time.sleep(2)  # a reader needs that long to begin to type; what can be prepared, is
        searches = [browser.run(SEARCH, query) for query in ("a", "an", "horror film", "wonderful", "zzz", "the best of")]
        figures["search, ms"] = max(searches)
        figures["sort, ms"] = browser.run("""const begin = performance.now();
            document.querySelector('main button.sort[data-column=title]').click();
            return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin), 0)));""")
        figures["heap, MB"] = browser.run("return performance.memory.usedJSHeapSize") / 1e6
    return figures


def main():
    parser = argparse.ArgumentParser(prog="bench/page")
    parser.add_argument("collections", help="the folder with imdb_reviews.tar.zst")
    parser.add_argument("--documents", type=int, default=100_000, help="default: 100000")
    parser.add_argument("--runs", type=int, default=3, help="default: 3")
    parser.add_argument("--work", help="a folder to keep corpus, model and page in")
    arguments = parser.parse_args()
    work = pathlib.Path(arguments.work or tempfile.mkdtemp(prefix="page-bench-"))
    work.mkdir(parents=True, exist_ok=True)
    try:
        model = prepare(arguments, work)
        page = work / "report.html"
        taken = []
        for _ in range(arguments.runs):
            begin = time.monotonic()
            subprocess.run([PROGRAM, "report", model, "-o", page, "--force", "-q"], check=True)
            taken.append(time.monotonic() - begin)
        runs = [measure(page) for _ in range(arguments.runs)]
        figures = {"written in, s": statistics.median(taken), "file, MB": os.path.getsize(page) / 1e6}
        figures |= {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        print(f"{arguments.documents} documents, {TOPICS} topics, snippets; medians of {arguments.runs}")
        for name, value in figures.items():
            limit = LIMITS.get(name)
            told = "" if limit is None else f"  asked {limit:g}: {'reached' if value <= limit else 'NOT REACHED'}"
            print(f"{name:14} {value:8.2f}{told}")
    finally:
        if not arguments.work:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
