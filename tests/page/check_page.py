#!/usr/bin/env python3
"""The report's page in a real browser.

    check_page.py PROGRAM SCRATCH PART [AXE]

AXE: the folder that get-axe made, for `access`. PART: a function of this file without its `check_`. Skipped (77) without Chromium, or if the program
was built without what bundles the page."""
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import models
from browser import Browser, missing
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
    word = browser.run("location.hash = '#/words'; return null")
    words = ["#/word/" + "water"]
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


def check_static():
    """Without script the topics and their words are there to be read."""
    model = models.demo(PROGRAM, SCRATCH / "demo", 5)
    with Browser(script=False) as browser:
        browser._ask("POST", f"{browser.base}/url", {"url": (model / "report.html").as_uri()})
        page = (model / "report.html").read_text(encoding="utf-8")
    head = page.split('<script type=', 1)[0]
    for row in models.rows(model / "tables" / "topics.csv"):
        for word in row["top_words"].split()[:5]:
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
            browser.run("document.body.focus(); document.activeElement.blur()")
            reachable = browser.run("""return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
                .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility() && e.getClientRects().length > 0).length""")
            seen = walk(browser, reachable + 5)
            assert seen >= 0.9 * min(reachable, 150), f"{place}: Tab reaches {seen} of {reachable}"
        quiet(browser, "keyboard")


def walk(browser, most):
    """Presses Tab and counts what gets the focus; each must be seen to have it."""
    browser.run("window.walked = new Set()")
    for _ in range(min(most, 150)):
        browser.press("Tab")
        state = browser.run("""const e = document.activeElement; if (!e || e === document.body) return 'out';
            if (window.walked.has(e)) return 'again'; window.walked.add(e);
            const style = getComputedStyle(e); const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
            return ring ? 'ok' : e.outerHTML.slice(0, 100)""")
        if state in ("out", "again"):
            break
        assert state == "ok", f"the focus is not seen on {state}"
    return browser.run("return window.walked.size")


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


def main():
    lacking = missing()
    if lacking:
        print("skipped: there is no " + ", ".join(lacking))
        sys.exit(77)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    globals()[f"check_{sys.argv[3]}"]()
    print("ok")


main()
