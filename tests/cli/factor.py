"""What the cases of `themata factor` look into: a model's files, and its product W·H."""
import csv
import json
import math
import struct


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def npy(path):
    """Rows of an array of float32."""
    with open(path, "rb") as file:
        data = file.read()
    begin = 10 + struct.unpack("<H", data[8:10])[0]
    width = int(data[:begin].split(b"'shape': (")[1].split(b",")[1].split(b")")[0])
    values = struct.unpack(f"<{(len(data) - begin) // 4}f", data[begin:])
    return [values[i:i + width] for i in range(0, len(values), width)]


def near(value, other, part=1e-5):
    return abs(value - other) <= part * abs(other)


def measures(model):
    return {row["measure"]: float(row["value"]) for row in rows(f"{model}/tables/fit.csv")}


def description(model):
    with open(f"{model}/model.json", encoding="utf-8") as file:
        return json.load(file)


def product(model):
    """What the factors give back, as {(item, entry): number}, from the files alone."""
    topics, mixtures, masses = (npy(f"{model}/{name}.npy") for name in ("topics", "mixtures", "masses"))
    entries = [row["term"] for row in rows(f"{model}/vocabulary.csv")]
    items = [row["doc_id"] for row in rows(f"{model}/documents.csv")]
    return {(item, entry): mass[0] * math.fsum(m * t[e] for m, t in zip(mixture, topics))
            for item, mixture, mass in zip(items, mixtures, masses) for e, entry in enumerate(entries)}


def table(path, missing=()):
    """A case's table as {(item, entry): number or None}."""
    with open(path, newline="", encoding="utf-8") as file:
        (_, *entries), *lines = csv.reader(file)
    return {(line[0], entry): None if cell in missing else float(cell.replace(",", ""))
            for line in lines for entry, cell in zip(entries, line[1:])}


def divergence(x, y):
    """D and F over the cells that are known, by the formulas as they stand."""
    known = [(value, y[cell]) for cell, value in x.items() if value is not None]
    return (math.fsum((a * math.log(a / b) if a else 0) - a + b for a, b in known),
            math.fsum((a - b) ** 2 for a, b in known))
