"""The texts in a report, each word that is marked between brackets with its topic and strength.

    page_text.py REPORT [ID]...        the documents with these ids, all if there are none
"""
import base64
import json
import re
import sys
import zlib


def blocks(path):
    """The data blocks of a report by their names, unpacked."""
    with open(path, encoding="utf-8") as file:
        page = file.read()
    found = {}
    for kind, name, body in re.findall(
            r'<script type="application/(json|octet-stream)"[^>]* id="themata-([a-z]+)">(.*?)</script>', page, re.S):
        found[name] = json.loads(body if kind == "json" else zlib.decompress(base64.b64decode(body)))
    return found


def marked(item):
    """The text with its marks, which are in UTF-16 code units."""
    units = item["text"].encode("utf-16-le")
    text, at = "", 0
    for mark in range(0, len(item["marks"]), 4):
        gap, length, topic, strength = item["marks"][mark:mark + 4]
        begin, end = at + gap, at + gap + length
        text += units[2 * at:2 * begin].decode("utf-16-le")
        text += f"[{units[2 * begin:2 * end].decode('utf-16-le')}|{topic}{'-=#'[strength - 1]}]"
        at = end
    return text + units[2 * at:].decode("utf-16-le") + ("…" if item["cut"] else "")


def main():
    data = blocks(sys.argv[1])
    ids = data["documents"]["id"]
    items = data.get("text", {"items": []})["items"]
    print(f"text: {data['meta']['text']}, {len(items)} of {len(ids)} documents")
    for item in items:
        if ids[item["document"]] in sys.argv[2:] or len(sys.argv) == 2:
            print(f"-- {ids[item['document']]}")
            print(marked(item))


if __name__ == "__main__":
    main()
