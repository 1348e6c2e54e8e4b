"""The corpora of the text benchmark in the forms they are read in; made once."""
import json
import os
import subprocess
import sys

import prepare

sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/../tests/reference")
import make_tfidf  # noqa: E402  (found through the line above)


class TextInputs:
    """Folders below `cache`; `collections` holds NAME.tar.zst."""

    def __init__(self, cache, collections):
        self.cache, self.collections = cache, collections
        self.folder = f"{cache}/text"
        self._known = {}

    def corpus(self, corpus):
        """{"path", "bytes": of text, "checksum": of the packed collection}."""
        if corpus.name not in self._known:
            folder = prepare.unpacked(self.cache, self.collections, corpus.packed)
            source = f"{folder}/{corpus.path}"
            self._known[corpus.name] = {
                "path": self._formed(corpus, source), "bytes": total_bytes(source),
                "checksum": prepare.checksum(f"{self.collections}/{corpus.packed}.tar.zst")}
        return self._known[corpus.name]

    def _formed(self, corpus, source):
        if corpus.form == "jsonl":
            return self._made(f"{corpus.packed}.jsonl", write_jsonl, source)
        if corpus.form == "tar":
            return self._made(f"{corpus.packed}.tar.zst", write_tar, source)
        return source

    def _made(self, name, write, source):
        path = f"{self.folder}/{name}"
        if not os.path.exists(path):
            print(f"bench: preparing {name}", file=sys.stderr)
            os.makedirs(self.folder, exist_ok=True)
            write(source, f"{path}.part")
            os.replace(f"{path}.part", path)
        return path


def total_bytes(path):
    """Of a file, or of all below a folder."""
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name))
               for folder, _, names in os.walk(path) for name in names)


def write_jsonl(source, path):
    """The documents in the order of their paths, an object a line."""
    with open(path, "w", encoding="utf-8") as file:
        for text in make_tfidf.read_documents(source):
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")


def write_tar(source, path):
    parent, name = os.path.split(source)
    subprocess.run(["tar", "--zstd", "--sort=name", "-cf", path, "-C", parent, name], check=True)
