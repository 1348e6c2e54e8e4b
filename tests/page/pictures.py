#!/usr/bin/env python3
"""Makes the pictures of the report in docs/pictures anew, from the demonstration corpus.

    pictures.py PROGRAM PLACE"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import models
from browser import Browser

PICTURES = [  # name, address, width, height, dark
    ("overview", "#/", 1200, 880, False),
    ("topic", "#/topic/3", 1200, 1000, False),
    ("document", "#/document/12", 1200, 640, False),
    ("documents", "#/documents?q=water&topic=2", 1200, 640, False),
    ("time", "#/time?topics=1,2,3,4", 1200, 900, False),
    ("groups", "#/groups", 1200, 560, False),
    ("map", "#/map", 1200, 800, True),
    ("similarity", "#/similarity", 1200, 900, False),
    ("narrow", "#/topic/3", 400, 860, False),
]


def main():
    program, place = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        model = models.demo(str(program), pathlib.Path(scratch) / "demo", 8, "--title", "News of 2018 to 2024", "--time-bin", "year")
        for name, address, width, height, dark in PICTURES:
            with Browser(width=width, height=height) as browser:
                browser.open(model / "report.html")
                browser.emulate(width=width, height=height, features=[("prefers-color-scheme", "dark" if dark else "light")])
                browser.go(address)
                browser.screenshot(place / f"report-{name}.png", full=False)


main()
