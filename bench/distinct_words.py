#!/usr/bin/env python3
"""Writes a corpus of very many distinct words to standard output, a document a line: what the table
of words costs, and what --memory saves.

    distinct_words.py WORDS DOCUMENTS > words.txt
    themata fit words.txt --lines -k 2 --memory 400M

Nearly half of all tokens are words that come but once, as names and misspellings do in large
collections; a tenth of as many come three times, and the rest of the text is 2000 words that are in
many documents. The same bytes for the same numbers."""
import random
import sys

LETTERS = "bcdfghklmnprstvz", "aeiou"


def word(number):
    """A word of its own for each number, nine letters at least, not in alphabetic order."""
    number = number * 0x9E3779B97F4A7C15 % 2**40  # odd: one to one
    letters = []
    for place in range(13):
        number, letter = divmod(number, len(LETTERS[place % 2]))
        letters.append(LETTERS[place % 2][letter])
    return "".join(letters)


def main():
    words, documents = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(1)
    rare = max(1, words // 10)
    frequent = [word(words + i) for i in range(2000)]
    once = 0
    for document in range(documents):
        until = (document + 1) * (words - rare) // documents
        text = [word(i) for i in range(once, until)]
        text += [word(words - 1 - rng.randrange(rare)) for _ in range(3 * rare // documents)]
        text += [frequent[int(rng.random() ** 2 * 2000)] for _ in range(until - once)]
        once = until
        rng.shuffle(text)
        print(" ".join(text).capitalize())


main()
