#!/usr/bin/env python3
"""The page's map, similarity, quality and printed summary against the tables of the same model.

    check_charts.py PROGRAM SCRATCH PART

PART: a function of this file without its `check_`. Skipped (77) without Chromium."""
import csv
import io
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import models
from browser import Browser

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SCRATCH = pathlib.Path(sys.argv[2]).resolve() / f"charts-{sys.argv[3]}"

POINTS = """return [...document.querySelectorAll('main .map .point')].map((a) => { const c = a.querySelector('.disc');
  return { topic: Number(a.getAttribute('href').split('/')[2]), x: Number(c.getAttribute('cx')), y: Number(c.getAttribute('cy')), r: Number(c.getAttribute('r')), told: a.getAttribute('aria-label') }; })"""
NAMES = """return [...document.querySelectorAll('main .point-name text')].map((t) => { const b = t.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height, t.textContent]; })"""


def file_of(browser, selector):
    return list(csv.DictReader(io.StringIO(browser.download(selector).decode("utf-8"))))


def close(a, b, tolerance):
    assert abs(a - b) <= tolerance, f"{a} is not {b}"


def open_table(browser, figure="main figure"):
    """The table of a figure, made when it is opened; the selector of its button."""
    browser.run("document.querySelector(arguments[0]).open = true", f"{figure} details.as-table")
    browser.wait("return document.querySelector(arguments[0])", f"{figure} details.as-table > button")
    return f"{figure} details.as-table > button"


# ---- the map ----


def no_two_meet(boxes):
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            assert wide < 2 or high < 3, f"{a[4]!r} and {b[4]!r} stand over one another"


def one_scale(points, place):
    """All distances between circles are the same number of pixels for a unit, along either axis."""
    first, last = min(points, key=lambda p: place[p["topic"]][0]), max(points, key=lambda p: place[p["topic"]][0])
    unit = (last["x"] - first["x"]) / (place[last["topic"]][0] - place[first["topic"]][0])
    for p in points:
        close(p["x"] - first["x"], unit * (place[p["topic"]][0] - place[first["topic"]][0]), 0.01)
        close(first["y"] - p["y"], unit * (place[p["topic"]][1] - place[first["topic"]][1]), 0.01)


def areas(points, share):
    constants = [p["r"] ** 2 / share[p["topic"]] for p in points if share[p["topic"]] > 0 and p["r"] > 2]
    assert max(constants) / min(constants) < 1.0001, "areas are not in the proportion of what they say"


def check_map():
    """Places on one scale, areas by share or by a word, names that do not meet, two topics as a line."""
    for k in (8, 60):
        model = models.demo(PROGRAM, SCRATCH / f"demo-{k}", k)
        shares = {int(row["topic"]): float(row["share"]) for row in models.rows(model / "tables" / "topics.csv")}
        with Browser() as browser:
            for width in (1280, 400):
                browser.emulate(width=width)
                browser.open(model / "report.html", "#/map")
                points = browser.wait(POINTS)
                assert len(points) == k
                places = {int(row["Topic"].split()[0]): (float(row["Axis 1"]), float(row["Axis 2"])) for row in file_of(browser, open_table(browser))}
                one_scale(points, places)
                areas(points, shares)
                names = browser.run(NAMES)
                assert len(names) > k / 2, f"{len(names)} of {k} topics have a name"
                no_two_meet(names)
                browser.open(model / "report.html", "#/map")
                assert browser.wait(POINTS) == points and browser.run(NAMES) == names, "another time the map is another"
            word = browser.run("""location.hash = '#/words'; return new Promise((done) => setTimeout(() => done(document.querySelector('main a.word').textContent), 200))""")
            browser.go("#/map")
            browser.wait(POINTS)
            browser.type("main .word-box input", word)
            part = {int(row["Topic"].split()[0]): float(row[f"p(topic | {word})"]) for row in file_of(browser, open_table(browser))}
            areas(browser.run(POINTS), part)
            assert abs(sum(part.values()) - 1) < 0.001 * k and browser.run("return location.hash").startswith("#/map?word="), part
            browser.go("#/map?word=zzzzz")
            areas(browser.wait(POINTS), shares)
            assert not browser.complaints()
    model = models.demo(PROGRAM, SCRATCH / "demo-2", 2)
    with Browser() as browser:
        browser.open(model / "report.html", "#/map")
        assert len({p["y"] for p in browser.wait(POINTS)}) == 1


# ---- similarity ----


def groups_at(k, distance, cut):
    """Average linkage, the plain way: groups whose mean similarity is at least the cut."""
    groups = [{t} for t in range(1, k + 1)]
    mean = lambda a, b: sum(distance[min(i, j), max(i, j)] for i in a for j in b) / (len(a) * len(b))
    while len(groups) > 1:
        least, a, b = min((mean(a, b), i, j) for i, a in enumerate(groups) for j, b in enumerate(groups) if i < j)
        if 1 - least / math.sqrt(math.log(2)) < cut:
            break
        groups[a] |= groups[b]
        del groups[b]
    return {frozenset(group) for group in groups}


def check_similarity():
    """All pairs and their figures; the tree cut anywhere; cells by arrow keys, and where they lead."""
    k = 12
    model = models.demo(PROGRAM, SCRATCH / "demo", k)
    table = {(int(r["topic_a"]), int(r["topic_b"])): r for r in models.rows(model / "tables" / "topic_similarity.csv")}
    distance = {pair: float(row["js_distance"]) for pair, row in table.items()}
    with Browser() as browser:
        browser.open(model / "report.html", "#/similarity")
        browser.wait("return document.querySelector('main .cell')")
        pairs = file_of(browser, open_table(browser))
        assert len(pairs) == k * (k - 1) // 2
        for row in pairs:
            wanted = table[int(row["topic_a"]), int(row["topic_b"])]
            close(float(row["similarity"]), max(0.0, 1 - float(wanted["js_distance"]) / math.sqrt(math.log(2))), 1e-6)
            close(float(row["cosine"]), float(wanted["cosine"]), 1e-6)
            assert (row["pmi"] == "") == (wanted["pmi"] == ""), row
            if row["pmi"]:
                close(float(row["pmi"]), float(wanted["pmi"]), 1e-5)
        similarities = sorted(1 - d / math.sqrt(math.log(2)) for d in distance.values())
        for part in (0, 0.3, 0.5, 0.7, 0.9, 1):
            cut = round(similarities[0] + part * (similarities[-1] - similarities[0]), 4) + 0.00005
            browser.go(f"#/similarity?cut={cut:.5f}")
            shown = browser.run("""const topics = (node) => [...node.querySelectorAll('a.topic')].map((a) => Number(a.getAttribute('href').split('/')[2]));
              return [...[...document.querySelectorAll('main .tree-groups li')].map(topics), ...topics(document.querySelector('main .tree-groups').nextElementSibling ?? document.createElement('p')).map((t) => [t])]""")
            assert {frozenset(group) for group in shown} == groups_at(k, distance, cut), f"cut at {cut}: {shown}"
        browser.go("#/similarity")
        browser.wait("return document.querySelector('main .cell')")
        browser.run("document.querySelector('main .cell').focus()")
        seen = set()
        for r in range(k):
            for c in range(k - 1):
                seen.add(browser.run("return document.activeElement.getAttribute('href')"))
                browser.press("Right" if r % 2 == 0 else "Left")
            browser.press("Down")
        assert len(seen) > k * (k - 1) * 0.7 and all(place.startswith("#/compare/") for place in seen), len(seen)
        place, told = browser.run("return [document.activeElement.getAttribute('href'), document.querySelector('main .told').textContent]")
        a, b = sorted(map(int, place.split("/")[2:]))
        assert f"distance {distance[a, b]:.2f}" in told, (place, told)
        browser.press("Enter")
        browser.wait("return location.hash === arguments[0]", place)
        assert not browser.complaints()


# ---- quality ----


def sections(browser):
    return browser.texts("main h2")


def check_quality():
    """Measures as in the tables and sorted by them; sections for what was measured, and none for what was not."""
    model = models.demo(PROGRAM, SCRATCH / "bare", 6)
    with Browser() as browser:
        browser.open(model / "report.html", "#/quality")
        assert not {"Stability", "Starts", "What does not depend on the start", "Other numbers of topics"} & set(sections(browser)), sections(browser)
    model = models.demo(PROGRAM, SCRATCH / "rich", "auto", "--stability", 3, "--restarts", 3)
    topics = models.rows(model / "tables" / "topics.csv")
    with Browser() as browser:
        browser.open(model / "report.html", "#/quality")
        assert {"Stability", "Starts", "Other numbers of topics", "Convergence"} <= set(sections(browser)), sections(browser)
        assert "There is no single right number of topics" in browser.text("main")
        order = "return [...document.querySelectorAll('main table.dense tbody th a')].map((a) => a.getAttribute('href').split('/')[2])"
        for measure, column in (("npmi", "coherence"), ("exclusivity", "exclusivity"), ("stability", "stability"), ("eff_docs", "eff_docs"), ("rank1", "rank1")):
            browser.click(f"main table.dense [data-column={measure}]")
            assert browser.run(order) == [r["topic"] for r in sorted(topics, key=lambda r: -float(r[column]))], measure
        figures = browser.count("main figure")
        browser.run("document.querySelectorAll('main figure').forEach((f, i) => { f.id = `figure-${i}`; })")
        files = [file_of(browser, open_table(browser, f"#figure-{i}")) for i in range(figures)]
        passes = next(rows for rows in files if "KKT residual" in rows[0])
        for row, wanted in zip(passes, models.rows(model / "tables" / "convergence.csv"), strict=True):
            close(float(row["Objective"]) / float(wanted["objective"]), 1, 1e-9)
        sweep = next(rows for rows in files if "k" in rows[0])
        for row, wanted in zip(sweep, models.rows(model / "tables" / "sweep.csv"), strict=True):
            assert row["k"] == wanted["k"]
            close(float(row["Stability"]), float(wanted["stability"]), 1e-9)
            close(float(row["Perplexity of held-out tokens"]) / float(wanted["perplexity"]), 1, 1e-9)
        assert not browser.complaints()


# ---- on paper ----


def check_print():
    """The overview is printed as a summary of all topics but the hidden; other views as they are."""
    k = 5
    model = models.demo(PROGRAM, SCRATCH / "demo", k)
    with Browser() as browser:
        browser.open(model / "report.html")
        browser.run("dispatchEvent(new Event('beforeprint'))")
        titles = browser.run("return [...document.querySelectorAll('.printed-topic h2')].map((h) => h.textContent)")
        assert [title.split()[0] for title in titles] == [str(t) for t in range(1, k + 1)], titles
        for topic in range(k):
            words = browser.run("return [...document.querySelectorAll('.printed-topic')][arguments[0]].querySelectorAll('p')[1].textContent", topic)
            wanted = [r["surface"] or r["term"] for r in models.rows(model / "tables" / "topic_words.csv") if int(r["topic"]) == topic + 1][:20]
            assert words == ", ".join(wanted), words
        browser.run("dispatchEvent(new Event('afterprint'))")
        assert not browser.count(".printed"), "the summary stays"
        pages = browser.pdf().count(b"/Type /Page\n")
        assert 2 <= pages <= 10, pages
        browser.run("localStorage.setItem(arguments[0], arguments[1])", browser.run("return 'themata ' + arguments[0]", fingerprint(model)), json.dumps({"2": {"hidden": True}}))
        browser.open(model / "report.html")
        browser.run("dispatchEvent(new Event('beforeprint'))")
        assert browser.count(".printed-topic") == k - 1 and "1 hidden topic is left out" in browser.run("return document.querySelector('.printed').textContent")
        browser.run("dispatchEvent(new Event('afterprint'))")
        browser.go("#/map")
        browser.run("dispatchEvent(new Event('beforeprint'))")
        assert not browser.count(".printed")


def fingerprint(model):
    page = (model / "report.html").read_text(encoding="utf-8")
    start = page.index('id="themata-meta">') + len('id="themata-meta">')
    return json.loads(page[start:page.index("</script>", start)])["fingerprint"]


models.run_part(globals(), SCRATCH)
