"""Runs every snippet of docs/tables.md: each must end well and say something.

    check_documented.py PROGRAM DOCUMENT

A snippet whose program or library is not there is passed over; the test then ends as skipped.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile

import corpus


def r_has(package):
    said = subprocess.run(
        ["Rscript", "-e", f"cat(requireNamespace('{package}', quietly = TRUE))"],
        capture_output=True,
        text=True,
    )
    return said.stdout == "TRUE"


def missing(language, text):
    """What a snippet needs and is not there, or None."""
    tool = {"sql": "sqlite3", "r": "Rscript"}.get(language)
    if text.startswith("soffice"):
        tool = "soffice"
    if tool and not shutil.which(tool):
        return tool
    if language == "python":
        for module in re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE):
            if importlib.util.find_spec(module) is None:
                return module
    if language == "r":
        for package in re.findall(r"library\((\w+)\)|(\w+)::", text):
            if not r_has("".join(package)):
                return "".join(package)
    return None


def command(language, text):
    return {
        "sh": ["sh", "-eu", "-c", text],
        "sql": ["sqlite3", "-bail", "speeches/model.sqlite", text],
        "python": [sys.executable, "-B", "-c", text],
        "r": ["Rscript", "--vanilla", "-e", text],
    }[language]


def main():
    program, document = sys.argv[1:]
    with open(document, encoding="utf-8") as file:
        snippets = re.findall(r"^```(\w+)\n(.*?)^```$", file.read(), re.MULTILINE | re.DOTALL)
    if {language for language, _ in snippets} != {"sh", "sql", "python", "r"}:
        sys.exit("check_documented: a language has no snippet")
    skipped = []
    with tempfile.TemporaryDirectory() as directory:
        os.mkdir(os.path.join(directory, "bin"))
        os.symlink(os.path.abspath(program), os.path.join(directory, "bin", "themata"))
        path = os.path.join(directory, "bin") + os.pathsep + os.environ["PATH"]
        os.rename(
            corpus.make_model(program, directory), os.path.join(directory, "speeches.themata")
        )
        for language, text in snippets:
            lacking = missing(language, text)
            if lacking:
                skipped.append(lacking)
                continue
            said = subprocess.run(
                command(language, text),
                cwd=directory,
                env=dict(os.environ, PATH=path, HOME=directory),
                capture_output=True,
                text=True,
            )
            if said.returncode != 0 or not said.stdout.strip():
                sys.exit(f"check_documented: {text}\n{said.stdout}{said.stderr}")
    if skipped:
        print("skipped: not installed:", ", ".join(sorted(set(skipped))))
        sys.exit(77)


if __name__ == "__main__":
    main()
