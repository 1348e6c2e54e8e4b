#!/usr/bin/env python3
"""The page's views of documents, time and groups against the tables of the same model.

    check_views.py PROGRAM SCRATCH PART

PART: a function of this file without its `check_`. Skipped (77) without Chromium."""
import csv
import io
import math
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import models
from browser import Browser

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SCRATCH = pathlib.Path(sys.argv[2]).resolve() / f"views-{sys.argv[3]}"
MEASURES = {"mean": "mean_share", "mass": "mass_share", "main": "main_share"}
FEW = 20


def file_of(browser, selector):
    return list(csv.DictReader(io.StringIO(browser.download(selector).decode("utf-8"))))


def number(text):
    return None if text == "" else float(text)


def near(a, b, tolerance=1e-6):
    return a is None and b is None or a is not None and b is not None and abs(a - b) <= tolerance


def tokens_of(model, table):
    """Tokens of the documents of each bin: by the first four characters of the date, and the quarter."""
    sums = {}
    for row in models.rows(model / "documents.csv"):
        if row["modelled"] == "1":
            name = f"{row['date'][:4]}-Q{(int(row['date'][5:7]) + 2) // 3}"
            sums[name] = sums.get(name, 0) + int(row["n_tokens"])
    assert {row["bin"] for row in table if int(row["n_docs"]) > 0} == set(sums), "these bins are not quarters"
    return sums


def check_time():
    """The lines are those of topic_time.csv; the moving average is the value of its bins together."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 6)
    table = models.rows(model / "tables" / "topic_time.csv")
    tokens = tokens_of(model, table)
    with Browser() as browser:
        browser.open(model / "report.html")
        for measure, column in MEASURES.items():
            for width in (1, 3):
                browser.go(f"#/time?topics=5,2&measure={measure}&smooth={width}")
                assert ("moving average" in browser.text("main figure h2")) == (width > 1), browser.text("main figure h2")
                browser.run("document.querySelector('main figure details').open = true; return new Promise((done) => setTimeout(done, 50))")
                rows = file_of(browser, "main figure details button")
                for topic in (2, 5):
                    bins = [row for row in table if row["topic"] == str(topic)]
                    weights = [tokens.get(row["bin"], 0) if measure == "mass" else int(row["n_docs"]) for row in bins]
                    head = next(name for name in rows[0] if name.startswith(f"{topic} "))
                    assert [row["Quarter"] for row in rows] == [row["bin"] for row in bins]
                    for i, row in enumerate(rows):
                        around = range(max(0, i - width // 2), min(len(bins), i + width // 2 + 1))
                        weight = sum(weights[j] for j in around)
                        wanted = sum(weights[j] * (number(bins[j][column]) or 0) for j in around) / weight if int(bins[i]["n_docs"]) else None
                        assert near(number(row[head]), wanted), f"{measure}, {width}, topic {topic}, {row['Quarter']}: {row[head]}, not {wanted}"
        # bins of few documents have hollow points, and a topic is chosen by its small chart
        browser.go("#/time?topics=1")
        few = sum(0 < int(row["n_docs"]) < FEW for row in table if row["topic"] == "1")
        assert few > 0 and browser.count("main .time-lines circle.hollow") == few, f"{few} bins of few documents"
        browser.click("main .multiple[data-topic='4']")
        assert browser.run("return location.hash") == "#/time?topics=1%2C4", browser.run("return location.hash")
        assert browser.run("return document.querySelector('main .multiple[data-topic=\"4\"]').getAttribute('aria-pressed')") == "true"
        assert not browser.complaints()


def shares_of(model):
    """{ document, counted from 1: { topic: share } }"""
    place = {row["doc_id"]: i for i, row in enumerate(models.rows(model / "documents.csv"), 1)}
    shares = {number: {} for number in place.values()}
    for row in models.rows(model / "tables" / "doc_topics.csv"):
        shares[place[row["doc_id"]]][int(row["topic"])] = float(row["share"])
    return shares


def check_groups():
    """Cells are those of topic_groups.csv, and lead to the documents behind them."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 6)
    table = [row for row in models.rows(model / "tables" / "topic_groups.csv") if row["field"] == "source"]
    topics = models.rows(model / "tables" / "topics.csv")
    with Browser() as browser:
        browser.open(model / "report.html")
        for measure, column in MEASURES.items():
            browser.go(f"#/groups?by=source&measure={measure}")
            rows = {row["source"]: row for row in file_of(browser, "main p.controls button:last-child")}
            assert set(rows) == {""} | {row["value"] for row in table}, set(rows)
            for row in table:
                head = next(name for name in rows[""] if name.startswith(f"{row['topic']} "))
                assert near(float(rows[row["value"]][head]), float(row[column])), f"{measure}: {row}"
                assert rows[row["value"]]["n_docs"] == row["n_docs"], row
        # a difference is from the value of the collection, and is written as it is coloured
        browser.go("#/groups?by=source&difference=1")
        cells = browser.run("""return [...document.querySelectorAll('main .heat td')].map((td) => [td.textContent, td.querySelector('a').getAttribute('href')])""")
        assert len(cells) == len(table)
        for text, href in cells:
            topic, value = int(re.search(r"topic=(\d+)", href)[1]), re.search(r"value=([^&]+)", href)[1].replace("+", " ")
            row = next(row for row in table if row["topic"] == str(topic) and row["value"] == value)
            wanted = 100 * (float(row["mean_share"]) - float(topics[topic - 1]["share"]))
            assert abs(float(text.replace("−", "-")) - wanted) <= 0.0501, f"{href}: {text}, not {wanted}"
        shares = shares_of(model)
        source = [row["source"] for row in models.rows(model / "documents.csv")]
        wanted = sum(source[d - 1] == value and mixture.get(topic, 0) >= 0.05 for d, mixture in shares.items())
        browser.go(href)
        found = browser.text("main .result")
        assert found.startswith(f"{wanted} of ") or (wanted == 0 and "Nothing found" in browser.text()), f"{href}: {found!r}, and the table has {wanted}"
        assert not browser.complaints()


def stored(mixture):
    """Shares as the page keeps them."""
    parts = sorted(((int(share * 60000), topic) for topic, share in mixture.items() if share >= 0.005), key=lambda pair: (-pair[0], pair[1]))[:16]
    return {topic: part / 60000 for part, topic in parts}


def check_document():
    """Similar documents by the affinity; words tinted and not; through the list one comes from."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 24)
    page = SCRATCH / "full.html"
    models.themata(PROGRAM, "report", model, "--corpus", models.DEMO / "docs", "--text", "full", "-o", page, "--quiet")
    mixtures = {d: stored(mixture) for d, mixture in shares_of(model).items()}
    mixed = sorted(mixtures, key=lambda d: -len(mixtures[d]))[:6]
    assert len(mixtures[mixed[-1]]) > 1, "no document has two topics"
    with Browser() as browser:
        browser.open(page)
        for d in mixed:
            browser.go(f"#/document/{d}")
            affinity = {e: sum(math.sqrt(share * other.get(topic, 0)) for topic, share in mixtures[d].items()) for e, other in mixtures.items() if e != d}
            shown = browser.run("""return [...document.querySelectorAll('main table.similar tbody tr')].map((row) =>
                [Number(row.querySelector('a.document').hash.split('/')[2]), Number(row.cells[0].textContent)])""")
            best = sorted((e for e in affinity if affinity[e] > 0), key=lambda e: -affinity[e])[:10]
            assert len(shown) == len(best), f"document {d}: {len(shown)} similar ones, not {len(best)}"
            for (e, text), wanted in zip(shown, best):
                assert abs(affinity[e] - affinity[wanted]) < 1e-4 and abs(text - affinity[e]) < 6e-4, f"document {d}: {e} {text}, and {wanted} has {affinity[wanted]}"
            # a button takes the tint from its words, and puts it back
            rows = browser.run("""return [...document.querySelectorAll('main .mixture-table tbody tr')].map((row) => Number(row.cells[2].textContent))""")
            assert sum(rows) > 0 and browser.count("main .document-text .tint") >= sum(rows)
            first = next(i for i, words in enumerate(rows) if words > 0)
            button = f"main .mixture-table tbody tr:nth-child({first + 1}) .tint-toggle"
            browser.click(button)
            assert browser.count("main .document-text .tint.off") == rows[first], f"document {d}: {browser.count('main .document-text .tint.off')} words without tint"
            browser.click(button)
            assert browser.count("main .document-text .tint.off") == 0
        browser.go("#/documents?sort=-length")
        listed = browser.run("return [...document.querySelectorAll('main .doc-cell a.document')].map((a) => a.getAttribute('href'))")
        browser.go(listed[0])
        assert "1 of 160" in browser.text("main .trail"), browser.text("main .trail")
        browser.click("main .trail [rel=next]")
        browser.wait("return location.hash === arguments[0]", listed[1])
        assert "2 of 160" in browser.text("main .trail")
        browser.click("main .trail span a")
        browser.wait("return location.hash.startsWith('#/documents')")
        assert not browser.complaints()


TITLES = ["Émile Zola", "Die große Straße", "STRASSENBAHN", "Ὀδυσσεύς", "naïve “façade”", "l’été", "L'ETE", "İstanbul", "coöperate", "plain words here", "words here, plain", "كِتَاب"]
QUERIES = {"emile": 1, "ÉMILE zola": 1, "strasse": 2, "οδυσσευσ": 1, "naive facade": 1, "l'ete": 2, "istanbul": 1, "cooper": 1, "words plain": 2, '"plain words"': 1,
           '"here, plain': 1, "كتاب": 1, "emile plain": 0, "%": 0, ".*": 0, '""': len(TITLES)}


def check_search():
    """Without case and accents; every word, anywhere; phrases as they are; nothing is a pattern."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    corpus = SCRATCH / "corpus.csv"
    with open(corpus, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "title", "text"])
        rows.writerows([f"d{i}", title, "flour dough oven" if i % 2 else "ship mast sail"] for i, title in enumerate(TITLES))
    models.themata(PROGRAM, "fit", corpus, "--text-column", "text", "--id-column", "id", "-k", "2", "--min-df", "1", "--max-df", "1.0", "--stopwords", "none",
                   "--quiet", "--force", "-o", SCRATCH / "model")
    with Browser() as browser:
        browser.open(SCRATCH / "model" / "report.html", "#/documents")
        for query, wanted in QUERIES.items():
            browser.run("document.querySelector('main .result').textContent = ''")
            browser.type("main input[type=search]", query)
            found = browser.wait("return document.querySelector('main .result').textContent")
            count = int(re.match(r"\d+", found)[0])
            assert count == wanted, f"{query}: {found}, not {wanted}"
            if 0 < wanted < len(TITLES):
                assert browser.count("main .doc-cell mark") >= wanted, f"{query}: what was found is not marked"
        assert not browser.complaints()


models.run_part(globals(), SCRATCH)
