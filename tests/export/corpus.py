"""A small collection with everything in its names and values that a format could stumble over, and a
model of it with labels. Shared by the checks beside this file."""

import csv
import os
import subprocess

WORDS = {
    "bread": "flour water yeast dough oven crust loaf salt".split(),
    "ships": "mast sail deck anchor harbour crew captain tide".split(),
    "stars": "planet orbit telescope galaxy moon light sky night".split(),
}

HOSTILE = [
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "＝1＋1",
    "-3.5",
    "'; DROP TABLE documents; --",
    'quotes " and "" more',
    "a,b;c",
    "two\nlines",
    "tab\there",
    "control\x01\x1b[31m",
    "_x0041_ is no A",
    "not a character \uffff",
    "  blanks around  ",
    "日本語 العربية 😀",
    "<b>&amp;</b>",
    "null\u2028separator",
]

COLUMNS = ["party", 'a "quoted" name', "label", "=1+1", "meta'; --"]


def write_corpus(path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "date", "text"] + COLUMNS)
        for number in range(60):
            subject = list(WORDS)[number % 3]
            other = list(WORDS)[(number // 3) % 3]
            words = [WORDS[subject][(number + i) % 8] for i in range(9)]
            words += [WORDS[other][(number * 3 + i) % 8] for i in range(number % 5)]
            name = HOSTILE[number % len(HOSTILE)]
            text = "7 8 9" if number == 7 else " ".join(words)
            date = f"19{40 + number}-03-{number % 28 + 1:02d}"
            values = [name if number % 2 else "", subject, "x" * (number % 4), name, "v"]
            writer.writerow([f"{name} {number}", name, date, text] + values)


def make_model(program, directory, hide=True):
    """A model of it in `directory`/model; returns its path."""
    corpus = os.path.join(directory, "corpus.csv")
    model = os.path.join(directory, "model")
    write_corpus(corpus)
    command = [program, "fit", corpus, "-k", "4", "--min-df", "1", "--stopwords", "none"]
    subprocess.run(
        command + ["-o", model, "--quiet"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with open(os.path.join(model, "labels.csv"), "w", encoding="utf-8") as file:
        file.write("topic,label,note,hidden\n")
        file.write('1,"=1+1 ""Sterne""",noted,0\n')
        file.write(f"2,Schiffe & Meer,,{int(hide)}\n")
    return model


def export(program, model, formats, output):
    subprocess.run(
        [program, "export", model, "--to", formats, "-o", output, "--quiet"],
        check=True,
        stderr=subprocess.DEVNULL,
    )
