#!/usr/bin/env python3
"""The report's page in a real browser.

    check_page.py PROGRAM SCRATCH PART [AXE]

AXE: the folder that get-axe made, for `access`. PART: a function of this file without its `check_`. Skipped (77) without Chromium, or if the program
was built without what bundles the page."""
import csv
import io
import json
import math
import pathlib
import re
import shutil
import sqlite3
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import models
from browser import Browser
from hostile import STRINGS

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SCRATCH = pathlib.Path(sys.argv[2]).resolve() / sys.argv[3]
STATIC = 'data-static="true"'


def quiet(browser, where):
    """Nothing on the console, no breach of the policy, no request."""
    complaints, requests = browser.complaints(), browser.requests()
    assert not complaints, f"{where}: the console says {complaints}"
    assert not requests, f"{where}: the page asks for {requests}"


def places(browser, k, documents):
    """Every address that the navigation has, and one of each kind that it has not."""
    listed = browser.run("return [...document.querySelectorAll('nav [data-view]')].map((link) => link.getAttribute('href'))")
    topics = [f"#/topic/{t}" for t in sorted({1, k // 2 + 1, k})]
    browser.go("#/words")
    words = [browser.run("return document.querySelector('main a.word').getAttribute('href')")]
    browser.go("#/")
    pairs = ["#/compare/1/2"] if k > 1 else []
    return listed + topics + words + pairs + [f"#/document/{d}" for d in documents] + ["#/documents?q=water&topic=1&least=0.2"]


def visit(browser, place):
    browser.go(place)
    heading = browser.text("main h1")
    assert heading and heading != "There is nothing at this address.", f"{place}: {heading!r}"
    assert len(browser.text("main")) > len(heading) + 20, f"{place}: there is nothing but a heading"


def check_sections():
    """Every section renders for one topic, two, five and sixty; what there is no data for is absent."""
    for k in (1, 2, 5, 60):
        model = models.demo(PROGRAM, SCRATCH / f"demo-{k}", k)
        with Browser() as browser:
            browser.open(model / "report.html")
            for place in places(browser, k, [1, 160]):
                visit(browser, place)
                quiet(browser, f"k = {k}, {place}")
            assert not browser.count("#static"), "the static table stays beside the page"
            has = browser.run("return [...document.querySelectorAll('nav [data-view]')].map((link) => link.dataset.view)")
            assert {"overview", "documents", "time", "groups", "words", "quality", "about"} <= set(has), has
            assert ("similarity" in has) == (k > 1) and ("map" in has) == (k > 1), has
    model = models.plain(PROGRAM, SCRATCH / "plain", 3)
    with Browser() as browser:
        browser.open(model / "report.html")
        has = browser.run("return [...document.querySelectorAll('nav [data-view]')].map((link) => link.dataset.view)")
        assert "time" not in has and "groups" not in has, has
        browser.go("#/time")
        assert browser.text("main h1") == "There is nothing at this address."
        browser.go("#/about")
        notices = (model / "report.html").read_text(encoding="utf-8").split("This page contains:\n", 1)[1].split("\n\n", 1)[0]
        assert browser.texts("main li")[-len(notices.splitlines()):] == notices.splitlines(), "the notices of the script are not told"


def check_static():
    """Without script the topics and their words are there to be read."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 5)
    with Browser(script=False) as browser:
        browser._ask("POST", f"{browser.base}/url", {"url": (model / "report.html").as_uri()})
        page = (model / "report.html").read_text(encoding="utf-8")
    head = page.split('<script type=', 1)[0]
    for row in models.rows(model / "tables" / "topics.csv"):
        for word in re.split(r"[;,]? +", row["top_words"])[:5]:
            assert word in head, f"topic {row['topic']}: {word} is not in the static table"


def check_keyboard():
    """All can be reached and used without a mouse."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 5)
    with Browser() as browser:
        browser.open(model / "report.html")
        browser.press("Tab")
        assert "skip" in browser.run("return document.activeElement.className")
        browser.press("Enter")
        assert browser.run("return document.activeElement.tagName") == "H1"
        # the box that finds: arrows choose, Enter follows
        browser.run("document.querySelector('[role=combobox]').focus()")
        browser.press("w", "a", "t", "e", "r")
        assert browser.run("return document.querySelector('[role=combobox]').getAttribute('aria-expanded')") == "true"
        browser.press("Down", "Enter")
        assert browser.run("return location.hash") == "#/word/water", browser.run("return location.hash")
        # a table is sorted by its heading
        browser.go("#/")
        browser.run("document.querySelector('button.sort[data-column=share]').focus()")
        browser.press("Enter")
        first = browser.run("return document.querySelector('th[aria-sort]').textContent + document.querySelector('th[aria-sort]').getAttribute('aria-sort')")
        assert first.startswith("Share") and first.endswith("descending"), first
        browser.press("Enter")
        assert browser.run("return document.querySelector('th[aria-sort]').getAttribute('aria-sort')") == "ascending"
        # the slider
        browser.go("#/topic/1")
        browser.run("document.querySelector('input[type=range]').focus()")
        before = browser.run("return document.querySelector('input[type=range]').value")
        browser.press("Right")
        assert browser.run("return document.querySelector('input[type=range]').value") != before
        # in every view Tab walks through all and comes out again
        for place in places(browser, 5, [1]):
            browser.go(place)
            reachable = browser.run("""return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
                .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility() && e.getClientRects().length > 0).length""")
            seen = walk(browser, reachable + 5)
            assert seen >= 0.9 * min(reachable, 150), f"{place}: Tab reaches {seen} of {reachable}"
        quiet(browser, "keyboard")


def walk(browser, most):
    """Presses Tab and counts what gets the focus; each must be seen to have it."""
    browser.run("const first = document.querySelector('.skip'); first.focus(); window.walked = new Set([first])")
    for _ in range(min(most, 150)):
        browser.press("Tab")
        state = browser.run("""const e = document.activeElement; if (!e || e === document.body) return 'out';
            if (window.walked.has(e)) return 'again'; window.walked.add(e);
            const style = getComputedStyle(e);
            const drawn = () => [...e.querySelectorAll('*')].some((part) => getComputedStyle(part).stroke !== 'none' && parseFloat(getComputedStyle(part).strokeWidth) >= 2);
            const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || (e.closest('svg') && drawn());
            return ring ? 'ok' : e.outerHTML.slice(0, 100)""")
        if state in ("out", "again"):
            break
        assert state == "ok", f"the focus is not seen on {state}"
    return browser.run("return window.walked.size")


# What is said in the page, with characters that act in place of being seen.
UNSEEN = r"""
const said = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) if (!walker.currentNode.parentNode.closest('script')) said.push(walker.currentNode.data);
for (const node of document.querySelectorAll('[title], [aria-label]')) said.push(node.getAttribute('title') ?? '', node.getAttribute('aria-label') ?? '');
return said.filter((text) => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text)).slice(0, 3);
"""


def check_hostile():
    """Hostile texts everywhere stay texts, in the page and in its static part."""
    model, labels = models.hostile(PROGRAM, SCRATCH, STRINGS)
    page = SCRATCH / "hostile.html"
    models.themata(PROGRAM, "report", model, "--labels", labels, "--title", STRINGS[0], "--force", "-o", page)
    with Browser() as browser:
        browser.open(page)
        assert browser.run("return document.title").startswith(STRINGS[0])
        for place in places_of(browser):
            browser.go(place)
            assert browser.text("main h1"), place
            assert browser.run(UNSEEN) == [], f"{place}: {browser.run(UNSEEN)}"
            quiet(browser, place)
        browser.type("[role=combobox]", "script")
        browser.go("#/documents?q=" + "%3Cscript")
        pwned = browser.run("return typeof window.PWN")
        assert pwned == "undefined", "a text has run"
        links = browser.run("return [...document.querySelectorAll('a')].map((a) => a.getAttribute('href')).filter((h) => !h.startsWith('#'))")
        assert not [link for link in links if not link.startswith(("https://", "http://"))], links
        # the policy is what stops them, should one ever come through
        blocked = browser.run("""try { document.createElement('div').innerHTML = '<b>x</b>'; return 'no'; } catch (error) { return error.name; }""")
        assert blocked == "TypeError", blocked


def places_of(browser):
    views = browser.run("return [...document.querySelectorAll('nav [data-view], nav [data-topic]')].map((link) => link.getAttribute('href'))")
    words = browser.run("""location.hash = '#/words'; return new Promise((done) => setTimeout(() =>
        done([...document.querySelectorAll('main a.word')].slice(0, 40).map((a) => a.getAttribute('href'))), 200))""")
    return views + words + [f"#/document/{d}" for d in range(1, 3 * len(STRINGS), 3)] + ["#/compare/1/2", "#/%00%ff", "#/word/__proto__", "#/document/__proto__", "#/topic/1e9"]


def numbers(path):
    """A matrix of float32 in an .npy file: its rows."""
    data = path.read_bytes()
    length = struct.unpack("<H", data[8:10])[0]
    shape = eval(data[10 : 10 + length].decode(), {"__builtins__": {}})["shape"]
    values = struct.unpack(f"<{shape[0] * shape[1]}f", data[10 + length :])
    return [values[row * shape[1] : (row + 1) * shape[1]] for row in range(shape[0])]


def check_words():
    """The slider orders words as the formula has it, from the model's own files; and at .6 as the
    program's table has it."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 6)
    topics, table = numbers(model / "topics.npy"), models.rows(model / "tables" / "topics.csv")
    terms = [row["surface"] or row["term"] for row in models.rows(model / "vocabulary.csv")]
    shares = [float(row["share"]) for row in table]
    mean = [sum(share * topic[w] for share, topic in zip(shares, topics)) for w in range(len(terms))]
    with Browser() as browser:
        browser.open(model / "report.html")
        for number, topic in enumerate(topics, 1):
            relevance = lambda w, lam: lam * math.log(topic[w]) + (1 - lam) * math.log(topic[w] / mean[w])
            present = [w for w in range(len(terms)) if topic[w] > 0]
            for lam in (0, 0.01, 0.2, 0.37, 0.6, 0.85, 1):
                browser.go(f"#/topic/{number}")
                browser.run("""const slider = document.querySelector('main input[type=range]'); slider.value = arguments[0];
                               slider.dispatchEvent(new Event('input', { bubbles: true }))""", lam)
                shown = browser.texts("table.word-bars tbody th a")
                assert len(shown) == min(30, len(present)), f"topic {number}: {len(shown)} words"
                wanted = sorted(present, key=lambda w: (-relevance(w, lam), w))[:30]
                place = {terms[w]: w for w in present}
                for i, (word, w) in enumerate(zip(shown, wanted)):  # but for ties within rounding
                    assert abs(relevance(place[word], lam) - relevance(w, lam)) < 2e-6, f"topic {number}, {lam}, place {i + 1}: {word}, not {terms[w]}"
                if lam == 0.6:
                    ours = re.split(r"[;,]? +", table[number - 1]["top_words_relevant"])
                    assert shown[: len(ours)] == ours, f"topic {number}: {shown[: len(ours)]}, and the program's table has {ours}"
        quiet(browser, "words")


def check_topics():
    """A topic's words, two topics compared, and the index of words say what the model's own files say."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 6)
    topics, mixtures = numbers(model / "topics.npy"), numbers(model / "mixtures.npy")
    table, words = models.rows(model / "tables" / "topics.csv"), models.rows(model / "vocabulary.csv")
    place = {row["surface"] or row["term"]: w for w, row in enumerate(words)}
    tokens = sum(float(row["term_freq"]) for row in words)
    estimated = [[tokens * float(row["mass_share"]) * p for p in topic] for row, topic in zip(table, topics)]
    near = lambda shown, value: abs(float(shown.replace(",", "").replace("\u2212", "-").rstrip("%")) - value)
    with Browser() as browser:
        browser.open(model / "report.html")
        for t in range(6):
            browser.go(f"#/topic/{t + 1}")
            cells = browser.texts("table.word-bars tbody :is(th, td.numeric)")
            for word, here, elsewhere in zip(cells[::3], cells[1::3], cells[2::3]):
                ours = [topic[place[word]] for topic in estimated]
                assert near(here, ours[t]) < 0.51 and near(elsewhere, sum(ours) - ours[t]) < 0.51, f"topic {t + 1}, {word}: {here}, {elsewhere}; {ours}"
        for pair in models.rows(model / "tables" / "topic_similarity.csv"):
            a, b = int(pair["topic_a"]), int(pair["topic_b"])
            browser.go(f"#/compare/{b}/{a}")
            shown = browser.texts(".together .large")
            for text, name in zip(shown, ["js_distance", "cosine", "pmi"]):
                assert near(text, float(pair[name])) < 0.0051 if pair[name] else text == "\u2013", f"{a}, {b}: {name} is {text}, not {pair[name]}"
            both = sum(row[a - 1] >= 0.05 and row[b - 1] >= 0.05 for row in mixtures)
            heading = browser.texts("main h2")[-1]
            assert heading.startswith(f"{both or 'No'} "), f"{a}, {b}: {heading}, not {both}"
        browser.go("#/words?sort=documents")
        index = browser.texts(".words tbody :is(th, td:nth-child(2))")
        for word, frequency in zip(index[::2], index[1::2]):
            assert frequency == words[place[word]]["doc_freq"], f"{word} is in {frequency}"
        assert sorted(map(int, index[1::2]), reverse=True) == list(map(int, index[1::2])), "the most frequent first"
        share = [float(row["share"]) for row in table]
        for word in index[:20:2]:
            browser.go(f"#/word/{words[place[word]]['term']}")
            joint = [s * topic[place[word]] for s, topic in zip(share, topics)]
            wanted = sorted((100 * p / sum(joint) for p in joint if p / sum(joint) >= 0.001), reverse=True)
            parts = browser.texts(".of-word .figure")
            assert len(parts) == len(wanted) and all(near(part, p) < 0.051 for part, p in zip(parts, wanted)), f"{word}: {parts}, not {wanted}"
        quiet(browser, "topics")


# Addresses of the documents' view, and the same question to the database. `share` is that of the
# topic asked for; a mixture's share is kept in parts of 1/60000, rounded down.
QUESTIONS = [
    ("", "1", "d.doc"),
    ("?topic=2&least=0.05", "s.share >= 0.05", "-CAST(s.share * 60000 AS INTEGER), d.doc"),
    ("?topic=2&least=0.5&sort=date", "s.share >= 0.5", "date, d.doc"),
    ("?topic=3&least=0.21&from=2019&to=2021&sort=-length", "s.share >= 0.21 AND date >= '2019' AND date < '2022'", "-n_tokens, d.doc"),
    ("?from=2020-03&to=2020-09-15&sort=-date", "date >= '2020-03' AND date <= '2020-09-15'", "date DESC, d.doc"),
    ("?by=source&value=SOURCE&sort=main", "json_extract(meta, '$.source') = 'SOURCE'", "d.topic, d.doc"),
    ("?q=water&sort=-share", "folded LIKE '%water%'", "-CAST(d.share * 60000 AS INTEGER), d.doc"),
    ("?q=water+the&sort=length", "folded LIKE '%water%' AND folded LIKE '%the%'", "n_tokens, d.doc"),
    ("?q=%22of+the%22&topic=1&least=0.01", "folded LIKE '%of the%' AND s.share >= 0.01", "-CAST(s.share * 60000 AS INTEGER), d.doc"),
    ("?q=nothinglikethis", "0", "d.doc"),
]


def check_documents():
    """Search, filters and sorts give the rows that SQL gives on the database of the same model."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 6)
    models.themata(PROGRAM, "export", model, "--to", "sqlite", "-o", SCRATCH / "export", "--quiet")
    database = sqlite3.connect(next((SCRATCH / "export").glob("*.sqlite")))
    source = database.execute("SELECT json_extract(meta, '$.source') FROM documents ORDER BY doc LIMIT 1").fetchone()[0]
    asked = 0
    with Browser() as browser:
        browser.open(model / "report.html")
        for place, where, order in QUESTIONS:
            place, where = place.replace("SOURCE", source.replace(" ", "+")), where.replace("SOURCE", source)
            topic = int(place.split("topic=")[1][0]) if "topic=" in place else 0
            wanted = [row[0] for row in database.execute(
                f"""WITH d AS (SELECT *, lower(coalesce(title, '') || char(10) || doc_id || char(10) || substr(excerpt, 1, 240)) AS folded FROM documents)
                    SELECT doc_id FROM d LEFT JOIN doc_topics s ON s.doc = d.doc AND s.topic = {topic}
                    WHERE {where} ORDER BY {order}""")]
            browser.go("#/documents" + place)
            if not wanted:
                assert not browser.count("main table.document-table"), place
                continue
            rows = list(csv.DictReader(io.StringIO(browser.download(".result button").decode("utf-8"))))
            found = [row["doc_id"] for row in rows]
            assert sorted(found) == sorted(wanted), f"{place}: {len(found)} rows, SQL has {len(wanted)}: {set(found) ^ set(wanted)}"
            assert found == wanted, f"{place}: another order: {[pair for pair in zip(found, wanted) if pair[0] != pair[1]][:3]}"
            asked += len(wanted)
        quiet(browser, "documents")
    assert asked > 200, f"the questions find {asked} rows: too few to tell anything"


def check_matrix():
    """A model of a matrix, whose sums are no whole numbers: sections, and documents by length."""
    matrix, words = SCRATCH / "x.mtx", SCRATCH / "words.txt"
    documents, terms = 100, 30
    cells = [(w, d, 0.001 * ((w * 7919 + d * 104729) % 997) + 0.1) for d in range(1, documents + 1) for w in range(1, terms + 1) if (w + d) % 3]
    matrix.write_text(f"%%MatrixMarket matrix coordinate real general\n{terms} {documents} {len(cells)}\n" + "".join(f"{w} {d} {x:.6f}\n" for w, d, x in cells))
    words.write_text("".join(f"word{w}\n" for w in range(terms)))
    models.themata(PROGRAM, "fit", "--matrix", matrix, "--vocabulary", words, "--stopwords", "none", "--max-df", "1.0", "-k", 3, "-q", "-o", SCRATCH / "model")
    by_number = models.rows(SCRATCH / "model" / "documents.csv")
    wanted = sorted(by_number, key=lambda row: float(row["n_tokens"]))
    assert any("." in row["n_tokens"] for row in wanted), "the sums are whole numbers"
    with Browser() as browser:
        browser.open(SCRATCH / "model" / "report.html")
        for place in places(browser, 3, [1, documents]):
            visit(browser, place)
        for place, rows in (("length", wanted), ("-length", sorted(by_number, key=lambda row: -float(row["n_tokens"])))):
            browser.go(f"#/documents?sort={place}")
            found = list(csv.DictReader(io.StringIO(browser.download(".result button").decode("utf-8"))))
            assert [row["doc_id"] for row in found] == [row["doc_id"] for row in rows], f"{place}: another order"
        quiet(browser, "matrix")


def check_labels():
    """A topic that is renamed, noted and hidden in the page is so for the program, once the file is
    downloaded and given to it."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 5)
    name, note = 'Schools, "new"', "a note\nof two lines"
    with Browser() as browser:
        browser.open(model / "report.html", "#/topic/2")
        browser.click("main .name-editor button")
        browser.type("main .name-editor input[type=text]", name)
        browser.type("main .name-editor textarea", note)
        browser.click("main .name-editor button[type=submit]")
        assert name in browser.text("main h1"), browser.text("main h1")
        assert any(name in text for text in browser.texts("nav .topics a")), "the list has the old name"
        browser.go("#/topic/4")
        browser.click("main .name-editor button")
        browser.click("main .name-editor input[type=checkbox]")
        labels = SCRATCH / "labels.csv"
        labels.write_bytes(browser.download(".changes button.primary"))
        browser.open(model / "report.html", "#/")  # it is kept
        assert any(name in text for text in browser.texts("nav .topics a")), "the name is not kept"
        quiet(browser, "labels")
    rows = models.rows(labels)
    assert [row["topic"] for row in rows] == ["1", "2", "3", "4", "5"], rows
    assert (rows[1]["label"], rows[1]["note"]) == (name, note), rows[1]
    page = SCRATCH / "renamed.html"
    models.themata(PROGRAM, "report", model, "--labels", labels, "-o", page, "--quiet")
    with Browser() as browser:
        browser.open(page, "#/topic/2")
        assert name in browser.text("main h1") and "of two lines" in browser.text("main")
        assert not any(text.startswith("4") for text in browser.texts("nav .topics a")), "topic 4 is not hidden"
    shutil.copy(labels, model / "labels.csv")
    told = json.loads(models.themata(PROGRAM, "topics", model, "--json").stdout)
    assert name in json.dumps(told, ensure_ascii=False).replace('\\"', '"'), "the program does not read the labels"


def check_access():
    """axe-core finds nothing serious, in any view, light, dark and narrow."""
    source = pathlib.Path(sys.argv[4]) / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        print("skipped: there is no axe-core (tests/page/get-axe)")
        sys.exit(77)
    axe = source.read_text(encoding="utf-8")
    model = models.demo(PROGRAM, SCRATCH / "demo", 5)
    found = []
    with Browser() as browser:
        browser.cdp("Page.setBypassCSP", {"enabled": True})  # axe is put into the page from outside
        browser.open(model / "report.html")
        all_places = places(browser, 5, [1])
        for features, width in (([("prefers-color-scheme", "light")], 1280), ([("prefers-color-scheme", "dark")], 1280),
                                ([("prefers-color-scheme", "light")], 400)):
            browser.emulate(width=width, features=features)
            for place in all_places:
                browser.go(place)
                browser.run(axe)
                result = browser.run("return axe.run(document, { resultTypes: ['violations'] })")
                found += [f"{place} {features[0][1]} {width}: {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:120]}"
                          for one in result["violations"] if one["impact"] in ("serious", "critical")]
    assert not found, "\n".join(found)


models.run_part(globals(), SCRATCH)
