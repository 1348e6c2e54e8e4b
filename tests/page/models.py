"""Models for the tests of the page, made by the program as a person would."""
import csv
import pathlib
import re
import shutil
import subprocess
import sys

from browser import missing

SOURCE = pathlib.Path(__file__).resolve().parents[2]
DEMO = SOURCE / "corpora" / "demo"


def themata(program, *arguments, code=0):
    done = subprocess.run([program, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == code, f"{arguments}: exit code {done.returncode}\n{done.stderr}"
    return done


def demo(program, place, k, *more):
    """The demonstration corpus: dates and groups."""
    themata(program, "fit", DEMO / "docs", "--metadata", DEMO / "meta.csv", "-k", k, "--quiet", "--force", "-o", place, *more)
    return pathlib.Path(place)


def plain(program, place, k):
    """The same without metadata: no dates, no groups."""
    themata(program, "fit", DEMO / "docs", "-k", k, "--quiet", "--force", "-o", place)
    return pathlib.Path(place)


def hostile(program, folder, strings):
    """A corpus in which names, titles, words, texts, metadata and labels are hostile."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    corpus = folder / "corpus.csv"
    with open(corpus, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "title", "date", "text", "kind", "link"])
        for i, string in enumerate(strings * 3):
            rows.writerow([f"{i} {string}", string, f"20{10 + i % 12}-01-01", f"{string} flour water dough {i} {string} oven bread" if i % 2 else
                           f"ship sail {string} storm mast {string} crew", string, string])
    themata(program, "fit", corpus, "--text-column", "text", "--token-pattern", r"\S+", "--id-column", "id", "-k", "4", "--min-df", "1", "--max-df", "1.0",
            "--quiet", "--force", "-o", folder / "model")
    labels = folder / "labels.csv"
    with open(labels, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["topic", "label", "note", "hidden"])
        unseen = [string for string in strings if re.search("[\x00-\x1f\u202a-\u202e]", string)]
        for topic in range(1, 5):
            rows.writerow([topic, (unseen + strings[1:])[topic - 1], strings[(topic + 4) % len(strings)], 0])
    return folder / "model", labels


def blocks(page):
    """Which data blocks a page has."""
    return re.findall(r'id="themata-([a-z]+)"', pathlib.Path(page).read_text(encoding="utf-8"))


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run_part(scope, scratch):
    """Runs the function check_PART of a script, PART being its third argument, in a folder of its own."""
    lacking = missing()
    if lacking:
        print("skipped: there is no " + ", ".join(lacking))
        sys.exit(77)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    scope[f"check_{sys.argv[3]}"]()
    print("ok")
