"""A table with a row more than a spreadsheet has goes on to a second sheet.

    check_rows.py PROGRAM
"""

import os
import re
import subprocess
import sys
import tempfile
import zipfile


def numbers(book, name):
    """The values of a sheet, in order. (openpyxl takes minutes for so many rows.)"""
    with book.open(name) as file:
        return [int(value) for value in re.findall(rb"<v>(\d+)</v>", file.read())]


def main():
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "rows.xlsx")
        said = subprocess.run([sys.argv[1], path], check=True, capture_output=True, text=True)
        if said.stdout != "2 sheets\n":
            sys.exit(f"check_rows: {said.stdout}")
        with zipfile.ZipFile(path) as book:
            found = [numbers(book, f"xl/worksheets/sheet{number}.xml") for number in (1, 2)]
    if [len(values) for values in found] != [1048575, 1]:
        sys.exit(f"check_rows: {[len(values) for values in found]} rows")
    if found[0] + found[1] != list(range(1048576)):
        sys.exit("check_rows: the rows are others")


if __name__ == "__main__":
    main()
