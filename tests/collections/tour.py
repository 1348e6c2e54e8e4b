"""Every command of a document such as docs/tour.md, and what it prints.

    tour.py THEMATA COLLECTIONS SCRATCH DOCUMENT           test: the output is what stands there
    tour.py THEMATA COLLECTIONS SCRATCH DOCUMENT --write   writes the output there

COLLECTIONS: the folder of unpacked collections; corpora/cases stands beside them as `cases`. A command stands in a block ``` behind "$ ", its output below it.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys

THEMATA, COLLECTIONS, SCRATCH, DOCUMENT = map(os.path.abspath, sys.argv[1:5])
BLOCK = re.compile(r"^```console\n\$ (.*?)\n((?:(?!```).*\n)*)```$", re.MULTILINE)


def prepare():
    """A folder with the collections in it, and the program on the path."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    os.makedirs(SCRATCH + "/bin")
    os.symlink(THEMATA, SCRATCH + "/bin/themata")
    for name in os.listdir(COLLECTIONS):
        os.symlink(os.path.join(COLLECTIONS, name), os.path.join(SCRATCH, name))
    root = os.path.dirname(os.path.dirname(DOCUMENT))
    os.symlink(os.path.join(root, "corpora", "cases"), os.path.join(SCRATCH, "cases"))


def run(command):
    path = SCRATCH + "/bin" + os.pathsep + os.environ["PATH"]
    done = subprocess.run(["sh", "-c", command], cwd=SCRATCH, env=dict(os.environ, PATH=path),
                          text=True, encoding="utf-8", stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit(f"tour: {command}: ends with {done.returncode}\n{done.stdout}")
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def main():
    prepare()
    with open(DOCUMENT, encoding="utf-8") as file:
        document = file.read()
    if len(BLOCK.findall(document)) < 4 or document.count("```") != 2 * len(BLOCK.findall(document)):
        sys.exit(f"tour: {DOCUMENT} has blocks that are no commands")
    actual = BLOCK.sub(lambda block: f"```console\n$ {block[1]}\n{run(block[1])}```", document)
    if sys.argv[5:] == ["--write"]:
        with open(DOCUMENT, "w", encoding="utf-8") as file:
            file.write(actual)
    elif actual != document:
        lines = difflib.unified_diff(document.splitlines(), actual.splitlines(), "document", "now",
                                     lineterm="")
        sys.exit("tour: other output\n" + "\n".join(lines))


if __name__ == "__main__":
    if not os.path.isdir(f"{COLLECTIONS}/ag_news_test"):
        print(f"skipped: no collections in {COLLECTIONS}")
        sys.exit(77)
    main()
