"""Matrices and starts: made once, kept with their checksums."""
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys

import plan
import processes

SEED = 1


def checksum(*paths):
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            while block := file.read(1 << 20):
                total.update(block)
    return total.hexdigest()


def write_json(path, value):
    """Whole or not at all."""
    with open(f"{path}.part", "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)
        file.write("\n")
    os.replace(f"{path}.part", path)


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Inputs:
    """Folders below `cache`; `collections` holds NAME.tar.zst."""

    def __init__(self, cache, collections, themata, core):
        self.cache, self.collections = cache, collections
        self.themata, self.core = themata, core

    def matrix(self, cell, make=True):
        """The facts of the cell's matrix, with its folder; None if it is not there to be read."""
        folder = f"{self.cache}/matrices/{cell.matrix}"
        facts = f"{folder}/facts.json"
        if not os.path.exists(facts):
            if not make:
                return None
            self._make_matrix(cell, folder, facts)
        return {**read_json(facts), "folder": folder}

    def start(self, cell, matrix, make=True):
        """The same for the start of its k. It belongs to the matrix and goes with it."""
        folder = f"{matrix['folder']}/start-{cell.k}"
        facts = f"{folder}/facts.json"
        if not os.path.exists(facts):
            if not make:
                return None
            os.makedirs(folder, exist_ok=True)
            processes.python("arrays.py", "start", f"{matrix['folder']}/X.npz", cell.k, SEED,
                             folder, core=self.core)
            write_json(facts, {"checksum": checksum(f"{folder}/W.npy", f"{folder}/H.npy")})
        return {**read_json(facts), "folder": folder}

    def _make_matrix(self, cell, folder, facts):
        print(f"bench: preparing {cell.matrix}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        model = f"{folder}/model"
        processes.run([self.themata, "fit", self._documents(cell.collection), "-k", "2",
                       "--init", "random", "--max-passes", "1", *plan.KINDS[cell.kind],
                       "--export-matrix", f"{folder}/X.mtx", "-q", "-o", model], self.core)
        copy_column(f"{model}/vocabulary.csv", "term", f"{folder}/words.txt")
        copy_column(f"{model}/documents.csv", "doc_id", f"{folder}/documents.txt")
        shutil.rmtree(model)
        shape = json.loads(processes.python("arrays.py", "matrix", f"{folder}/X.mtx",
                                            f"{folder}/X.npz", core=self.core))
        write_json(facts, {**shape, "checksum": checksum(f"{folder}/X.mtx")})

    def _documents(self, collection):
        """The folder of documents, unpacked if it is not there."""
        packed, inside = plan.COLLECTIONS[collection]
        return f"{unpacked(self.cache, self.collections, packed)}/{inside}"


def unpacked(cache, collections, packed):
    """The folder of a collection, unpacked if it is not there."""
    folder = f"{cache}/collections/{packed}"
    if not os.path.exists(folder):
        archive = f"{collections}/{packed}.tar.zst"
        if not os.path.exists(archive):
            sys.exit(f"bench: no packed collection {archive} (--collections DIR)")
        part = f"{folder}.part"
        shutil.rmtree(part, ignore_errors=True)
        os.makedirs(part)
        subprocess.run(["tar", "--zstd", "-xf", archive, "-C", part], check=True)
        os.rename(f"{part}/{packed}" if os.path.exists(f"{part}/{packed}") else part, folder)
        shutil.rmtree(part, ignore_errors=True)
    return folder


def copy_column(table, column, target):
    """One line for each value."""
    with open(table, newline="", encoding="utf-8") as source, \
            open(target, "w", encoding="utf-8", newline="\n") as lines:
        for row in csv.DictReader(source):
            lines.write(row[column] + "\n")
