"""Every number in a report's data against the files of its model.

    page_data.py MODEL [REPORT]

Prints what blocks there are; ends with an exception where a number is another one than the model has, or a member is missing or unknown."""
import base64
import csv
import decimal
import json
import math
import os
import struct
import sys

from page_text import blocks

FORMATS = {"u16": ("<H", 2), "u32": ("<I", 4), "f32": ("<f", 4)}


def unpacked(value):
    """The data with packed arrays as lists."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in FORMATS:
            kind, width = FORMATS[next(iter(value))]
            raw = base64.b64decode(next(iter(value.values())), validate=True)
            assert len(raw) % width == 0
            count = len(raw) // width
            return [struct.unpack(kind, bytes(raw[place * count + i] for place in range(width)))[0] for i in range(count)]
        return {name: unpacked(member) for name, member in value.items()}
    return [unpacked(item) for item in value] if isinstance(value, list) else value


def table(model, name):
    path = os.path.join(model, name)
    if not os.path.exists(path):
        return None
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def floats(model, name, width):
    with open(os.path.join(model, name), "rb") as file:
        raw = file.read()
    numbers = struct.unpack(f"<{(len(raw) - 128) // 4}f", raw[128:])
    return [numbers[i:i + width] for i in range(0, len(numbers), width)]


def single(number):
    """The float32 that the shortest text of it was read as."""
    return struct.unpack("<f", struct.pack("<f", number))[0]


def shortest(number):
    """The shortest decimal that is read as this float32."""
    digits = next(digits for digits in range(1, 10) if single(float(f"{number:.{digits}g}")) == number)
    return decimal.Decimal(f"{number:.{digits}g}")


def at_most(number):
    """What stands for a number beyond float32."""
    return min(number, struct.unpack("<f", b"\xff\xff\x7f\x7f")[0])


def near(a, b, tolerance=1e-6):
    if a is None or b == "":
        assert a is None and b == "", (a, b)
        return
    assert math.isclose(float(a), float(b), rel_tol=tolerance, abs_tol=1e-9), (a, b)


def members(value, needed, optional=()):
    assert set(needed) <= set(value) <= set(needed) | set(optional), sorted(set(value) ^ set(needed))


class Model:
    def __init__(self, path):
        self.path = path
        with open(os.path.join(path, "model.json"), encoding="utf-8") as file:
            self.json = json.load(file)
        self.k = self.json["counts"]["topics"]
        self.words = table(path, "vocabulary.csv")
        self.documents = table(path, "documents.csv")
        self.topics = floats(path, "topics.npy", len(self.words))
        self.mixtures = floats(path, "mixtures.npy", self.k)
        self.table = table(path, "tables/topics.csv")
        self.shares = [float(row["share"]) for row in self.table]

    def mass(self, w):
        return sum(share * topic[w] for share, topic in zip(self.shares, self.topics))


# ---- the blocks ----

def check_meta(model, meta):
    members(meta, ["schema", "version", "title", "fingerprint", "k", "words", "documents", "modelled", "tokens", "shown", "selection", "dated", "columns",
                   "text", "source", "objective", "nouns", "facts"], ["best_per_topic", "first_date", "last_date"])
    counts = model.json["counts"]
    assert (meta["k"], meta["words"], meta["documents"], meta["modelled"]) == (model.k, counts["words"], counts["documents"], counts["modelled"])
    assert meta["source"] == model.json["input"] and meta["schema"] == "themata.page/1"
    dates = sorted(row["date"] for row in model.documents if row["date"])
    assert meta["dated"] == len(dates) and [meta.get("first_date"), meta.get("last_date")] == ([dates[0], dates[-1]] if dates else [None, None])
    near(meta["tokens"], sum(float(row["n_tokens"]) for row in model.documents))
    assert meta["columns"] == list(model.documents[0])[15:]


def check_topics(model, topics):
    labels = table(model.path, "labels.csv")
    uniqueness = table(model.path, "tables/uniqueness.csv")
    anchors = table(model.path, "tables/anchors.csv")
    assert len(topics) == model.k
    for t, (topic, row) in enumerate(zip(topics, model.table)):
        optional = ["similarity", "stability", "uniqueness", "anchor"]
        members(topic, ["topic", "label", "auto_label", "note", "hidden", "share", "mass_share", "n_docs", "n_docs_5pct", "npmi", "exclusivity", "eff_words",
                        "eff_docs", "doc_entropy", "rank1", "corpus_distance", "similar", "flags", "histogram", "top_documents"], optional)
        for name in ("topic", "share", "mass_share", "n_docs", "n_docs_5pct", "exclusivity", "eff_words", "eff_docs", "doc_entropy", "rank1",
                     "corpus_distance"):
            near(topic[name], row[name], 1e-12)
        near(topic["npmi"], row["coherence"], 1e-12)
        for name in ("similar", "similarity", "stability"):
            near(topic.get(name), row[name], 1e-12)
        assert topic["auto_label"] == row["auto_label"] and topic["flags"] == [flag for flag in row["flags"].split("; ") if flag]
        assert (topic["label"], topic["note"], topic["hidden"]) == (labels[t]["label"], labels[t]["note"], labels[t]["hidden"] == "1")
        column = [mixture[t] for mixture in model.mixtures]
        histogram = [0] * 20
        for share in column:
            if share > 0:
                histogram[min(19, int(share * 20))] += 1
        assert topic["histogram"] == histogram
        tokens = [float(document["n_tokens"]) for document in model.documents]
        by_share = sorted((d for d in range(len(column)) if column[d] > 0), key=lambda d: (-math.ceil(1000 * column[d]) - tokens[d] / (tokens[d] + 1), d))[:20]
        by_mass = sorted((d for d in range(len(column)) if column[d] > 0), key=lambda d: (-column[d] * tokens[d], d))[:20]
        assert topic["top_documents"] == {"share": by_share, "mass": by_mass}
        assert ("uniqueness" in topic) == (uniqueness is not None) and ("anchor" in topic) == (anchors is not None)
        if uniqueness:
            names = {"documents": "docs", "documents_kept": "docs_kept"}
            for name, value in topic["uniqueness"].items():
                near(value, uniqueness[t][names.get(name, name)], 1e-12)
        assert not anchors or topic["anchor"] == anchors[t]["surface"]


def check_words(model, words):
    members(words, ["shown", "term", "doc_freq", "term_freq", "idf", "mass", "saliency", "count", "topics_of", "lists"], ["surface"])
    places = {row["term"]: w for w, row in enumerate(model.words)}
    shown = [places[term] for term in words["term"]]
    assert len(shown) == words["shown"] == len(set(shown)) and len(words["lists"]) == model.k
    assert words["mass"] == sorted(words["mass"], reverse=True)
    surfaces = words.get("surface", [None] * len(shown))
    tokens = sum(float(row["term_freq"]) for row in model.words)
    for i, w in enumerate(shown):
        row, mass = model.words[w], model.mass(w)
        near(words["count"][i], at_most(sum(tokens * float(row["mass_share"]) * topic[w] for row, topic in zip(model.table, model.topics))))
        assert (surfaces[i] or row["term"]) == row["surface"] and words["doc_freq"][i] == int(row["doc_freq"])
        near(words["term_freq"][i], row["term_freq"])
        near(words["idf"][i], row["idf"])
        near(words["mass"][i], mass)
        parts = [share * topic[w] / mass for share, topic in zip(model.shares, model.topics)]
        near(words["saliency"][i], mass * sum(part * math.log(part / share) for part, share in zip(parts, model.shares) if part > 0), 1e-5)
        of = words["topics_of"]
        found = list(zip(of["topic"], of["p"]))[of["starts"][i]:of["starts"][i + 1]]
        assert [t for t, _ in found] == [t + 1 for t in sorted(range(model.k), key=lambda t: (-single(parts[t]), t)) if parts[t] >= .001]
        for t, part in found:
            near(part, parts[t - 1])
    for t, listed in enumerate(words["lists"]):
        check_list(model, words, shown, t, listed)


def check_list(model, words, shown, t, listed):
    rows = {row["term"]: row for row in table(model.path, "tables/topic_words.csv") if int(row["topic"]) == t + 1}
    tokens = sum(float(row["term_freq"]) for row in model.words) * float(model.table[t]["mass_share"])
    probabilities = [model.topics[t][shown[i]] for i in listed["word"]]
    assert list(map(single, listed["prob"])) == probabilities == sorted(probabilities, reverse=True) and min(probabilities, default=1) > 0
    assert {row["term"] for row in rows.values()} <= {words["term"][i] for i in listed["word"]}
    for i, place in enumerate(listed["word"]):
        p, mass = probabilities[i], model.mass(shown[place])
        near(listed["logprob"][i], math.log(p), 1e-5)
        assert math.isclose(listed["loglift"][i], math.log(p / mass), abs_tol=1e-6)
        near(listed["lift"][i], p / mass)
        near(listed["count"][i], at_most(p * tokens))
        row = rows.get(words["term"][place])
        if row:
            near(listed["frex"][i], row["frex"])
            if "stability" in listed:
                near(listed["stability"][i], row["stability"])
    # whatever the weight, the thirty most relevant words are those of the whole vocabulary
    every = [(p, p / model.mass(w), w) for w, p in enumerate(model.topics[t]) if p > 0]
    for step in range(0, 101, 20):
        weight = step / 100
        best = sorted((-(weight * math.log(p) + (1 - weight) * math.log(lift)), w) for p, lift, w in every)
        least = -best[min(29, len(best) - 1)][0] if best else 0
        inside = {shown[i] for i in listed["word"]}
        assert all(w in inside for value, w in best if -value > least + 1e-5)


def check_documents(model, documents, meta):
    members(documents, ["number", "id", "title", "tokens", "starts", "topic", "share", "main"], ["date", "snippet", "columns"])
    assert meta["selection"] == "all" and documents["number"] == list(range(1, len(model.documents) + 1))
    assert documents["id"] == [row["doc_id"] for row in model.documents] and documents["title"] == [row["title"] for row in model.documents]
    assert documents.get("date", [""] * len(model.documents)) == [row["date"] for row in model.documents]
    assert ("date" in documents) == any(row["date"] for row in model.documents)
    assert ("snippet" in documents) == (meta["text"] != "none")
    for d, row in enumerate(model.documents):
        near(documents["tokens"][d], row["n_tokens"])
        assert documents["main"][d] == int(row["topic"] or 0)
        mixture = model.mixtures[d]
        first, end = documents["starts"][d], documents["starts"][d + 1]
        assert documents["topic"][first:end] == [t + 1 for t in sorted(range(model.k), key=lambda t: (-mixture[t], t)) if mixture[t] >= .00499999][:16]
        for t, share in zip(documents["topic"][first:end], documents["share"][first:end]):
            assert share == math.floor(shortest(mixture[t - 1]) * 60000)
        if "snippet" in documents:
            text = row["excerpt"]
            text = text if len(text) <= 240 else text[:239] + "…"
            title = row["title"]
            if title and row["excerpt"].startswith(title):  # which the page has anyway
                text = text[len(title) :].removeprefix(" ") if len(title) < 240 else ""
            assert documents["snippet"][d] == text
    for column, name in zip(documents.get("columns", []), meta["columns"], strict=True):
        assert column["name"] == name and len(set(column["values"])) == len(column["values"])
        shown = [column["values"][code - 1] if code else "" for code in column["codes"]]
        assert shown == [value if len(value) <= 200 else value[:199] + "…" for value in (row[name] for row in model.documents)]


def check_slices(slices, rows, k):
    """Rows of a table, a topic behind the other in each slice."""
    count = len(rows) // k
    for name, column in (("mean", "mean_share"), ("mass", "mass_share"), ("main", "main_share")):
        assert len(slices[name]) == k and all(len(topic) == count for topic in slices[name])
        for i, row in enumerate(rows):
            near(slices[name][i % k][i // k], row[column])
    assert slices["n_docs"] == [int(row["n_docs"]) for row in rows[::k]] and len(slices["tokens"]) == count


def check_time(model, time):
    members(time, ["unit", "bins", "starts", "undated", "inexact", "n_docs", "tokens", "mean", "mass", "main"])
    rows = table(model.path, "tables/topic_time.csv")
    check_slices(time, rows, model.k)
    assert time["bins"] == [row["bin"] for row in rows[::model.k]] and time["starts"] == [row["bin_start"] for row in rows[::model.k]]
    assert sum(time["n_docs"]) + time["undated"] + time["inexact"] in (model.json["counts"]["modelled"], model.json["counts"]["documents"])


def check_groups(model, groups):
    rows = table(model.path, "tables/topic_groups.csv")
    for field in groups:
        members(field, ["field", "values", "without", "n_docs", "tokens", "mean", "mass", "main"])
        own = [row for row in rows if row["field"] == field["field"]]
        assert [value[:199] for value in field["values"]] == [row["value"][:199] for row in own[::model.k]]
        check_slices(field, own, model.k)
    assert sum(len(field["values"]) for field in groups) * model.k == len(rows)


def check_pairs(model, pairs, place):
    members(pairs, ["js_distance", "cosine", "pmi", "merges", "order"])
    rows = table(model.path, "tables/topic_similarity.csv")
    for name in ("js_distance", "cosine", "pmi"):
        assert len(pairs[name]) == len(rows)
        for value, row in zip(pairs[name], rows):
            near(value, row[name])
    k = model.k
    assert len(pairs["merges"]) == k - 1 and sorted(pairs["order"]) == list(range(1, k + 1))
    assert sorted(side for merge in pairs["merges"] for side in merge[:2]) == list(range(2 * k - 2)) and pairs["merges"][-1][3] == k
    assert len(place["x"]) == len(place["y"]) == k and 0 <= sum(place["explained"]) <= 1.000001
    distances = {frozenset((int(row["topic_a"]) - 1, int(row["topic_b"]) - 1)): float(row["js_distance"]) for row in rows}
    if k <= 3:  # so many points are in a plane
        for pair, distance in distances.items():
            a, b = pair
            assert math.isclose(math.hypot(place["x"][a] - place["x"][b], place["y"][a] - place["y"][b]), distance, abs_tol=1e-5)


def check_quality(model, quality):
    optional = ["convergence", "restarts", "restart_kept", "near", "stability_samples", "sweep"]
    members(quality, ["solver", "stop", "passes", "objective", "seed", "diversity", "topics_hoyer", "topics_zeros", "mixtures_hoyer", "mixtures_zeros"],
            optional)
    for name in ("solver", "stop", "passes", "objective"):
        assert quality[name] == model.json[name]
    assert quality["seed"] == str(model.json["seed"])
    for row in table(model.path, "tables/quality.csv"):
        near(quality[row["measure"]], row["value"], 1e-12)
    passes = table(model.path, "tables/convergence.csv")
    for name, values in quality["convergence"].items():
        assert values == [float(row[name]) for row in passes]
    restarts = model.json["restart_objectives"]
    assert quality.get("restarts", restarts[:1]) == restarts and quality.get("restart_kept", 1) == restarts.index(min(restarts)) + 1
    sweep = table(model.path, "tables/sweep.csv")
    assert ("sweep" in quality) == (sweep is not None)
    if sweep:
        told = quality["sweep"]
        assert told["k"] == [int(row["k"]) for row in sweep]
        assert told["advice"] == model.json["choice"]
        chosen = sorted((row for row in sweep if row["recommended"]), key=lambda row: int(row["recommended"]))
        assert told["recommended"] == [int(row["k"]) for row in chosen] and len(told["measures"]) == 9
        for measure in told["measures"]:
            for part in ("value", "least", "most"):
                column = measure["name"] + ("" if part == "value" else "_" + part)
                assert (part in measure) == (column in sweep[0])
                for value, row in zip(measure.get(part, []), sweep):
                    near(value, row[column], 1e-12)


def check_about(model, about):
    members(about, ["settings", "dropped", "stop_words", "command", "libraries"], ["text_rules", "stop_language"])
    told = [(setting["name"], setting["value"]) for setting in about["settings"]]
    expected = []
    for name, value in model.json["options"].items():
        values = value if isinstance(value, list) else [value]
        expected += [(name, {True: "yes", False: "no"}[value] if isinstance(value, bool) else value) for value in values]
    assert len(told) == len(expected)
    for (name, text), (expected_name, value) in zip(told, expected):
        assert name == expected_name and (float(text) == value if isinstance(value, (int, float)) else text == value), (name, text, value)
    assert about["stop_words"] == model.json["text"]["stop_words"] and about.get("stop_language") == model.json["text"]["stop_language"]
    assert ("text_rules" in about) == (model.json["input"] == "corpus")
    counts = [value for name, value in model.json["counts"].items() if value and name.startswith(
        ("skipped", "repaired", "dropped", "tokens_in", "tokens_without", "tokens_too", "tokens_stopped", "tokens_rare", "tokens_freq", "tokens_bey"))]
    assert [item["count"] for item in about["dropped"]] == counts


def main():
    model = Model(sys.argv[1])
    data = {name: unpacked(block) for name, block in blocks(sys.argv[2] if len(sys.argv) > 2 else os.path.join(sys.argv[1], "report.html")).items()}
    check_meta(model, data["meta"])
    check_topics(model, data["topics"])
    check_words(model, data["words"])
    check_documents(model, data["documents"], data["meta"])
    for name, path in (("time", "tables/topic_time.csv"), ("groups", "tables/topic_groups.csv"), ("pairs", "tables/topic_similarity.csv")):
        assert (name in data) == os.path.exists(os.path.join(model.path, path)), name
    assert ("map" in data) == ("pairs" in data)
    if "time" in data:
        check_time(model, data["time"])
    if "groups" in data:
        check_groups(model, data["groups"])
    if "pairs" in data:
        check_pairs(model, data["pairs"], data["map"])
    check_quality(model, data["quality"])
    check_about(model, data["about"])
    print(*data)


if __name__ == "__main__":
    main()
