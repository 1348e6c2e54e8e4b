#!/usr/bin/python3
"""Writes coherence.txt: texts, topics, and the coherence that gensim gives each topic.

    /usr/bin/python3 make_coherence.py >coherence.txt        (Debian 12: python3-gensim 4.2.0)

The texts are made up: words of three subjects and common ones, drawn by a small generator; of
every length around the widths of windows, 10 and 110, and with words that come again within one.
tests/model/test_coherence.c reads the file; each line is what its first word says.
"""
from gensim.corpora.dictionary import Dictionary
from gensim.models.coherencemodel import CoherenceModel

SUBJECTS = [
    "flour yeast dough oven crust loaf bread water salt rise knead warm".split(),
    "wind sail mast deck crew ship tide harbour anchor storm captain waves".split(),
    "star moon planet orbit galaxy telescope mirror light night sky dust sun".split(),
]
COMMON = "day year man way thing part place case week number".split()
LENGTHS = [1, 2, 5, 9, 10, 11, 20, 40, 60, 108, 109, 110, 111, 112, 150, 260]
TOPICS = [
    "flour yeast dough oven crust loaf bread water salt rise".split(),
    "ship wind sail mast deck crew tide harbour anchor storm".split(),
    "star moon planet orbit galaxy telescope mirror light night sky".split(),
    "day flour ship star man dough mast orbit way loaf".split(),  # of everything
    "knead sun waves everywhere".split(),  # rare ones, and one that is in all texts
    "dust knead".split(),  # a pair that never meets
]
WINDOWED = ["c_uci", "c_npmi", "c_v"]


class Generator:
    def __init__(self):
        self.state = 7

    def below(self, limit):
        self.state = (self.state * 69069 + 1) % 2**32
        return (self.state >> 8) % limit


def make_texts():
    generator = Generator()
    texts = []
    for number in range(3 * len(LENGTHS)):
        subject = SUBJECTS[number % 3]
        text = ["everywhere"]
        while len(text) < LENGTHS[number // 3]:
            kind = generator.below(10)
            # The last two words of a subject come seldom, and in some texts only.
            known = len(subject) if number % 4 == 0 else len(subject) - 2
            words = subject[:known] if kind < 6 else COMMON
            if kind == 9 and number % 5 == 0:
                words = SUBJECTS[(number + 1) % 3][:4]
            text.append(words[generator.below(len(words))])
        texts.append(text)
    return texts


def main():
    texts = make_texts()
    dictionary = Dictionary(texts)
    corpus = [dictionary.doc2bow(text) for text in texts]
    for text in texts:
        print("text", *text)
    for topic in TOPICS:
        print("topic", *topic)
    for measure in ["u_mass", *WINDOWED]:
        values = []
        for topic in TOPICS:  # one at a time: their lengths differ
            model = CoherenceModel(topics=[topic], texts=texts, corpus=corpus, dictionary=dictionary,
                                   coherence=measure, processes=1)
            values += model.get_coherence_per_topic()
        print(measure, *(f"{value:.15g}" for value in values))
    # The direct measures by whole documents: windows as wide as the longest text, of which every
    # text is one.
    for measure in ["c_uci", "c_npmi"]:
        values = []
        for topic in TOPICS:
            model = CoherenceModel(topics=[topic], texts=texts, dictionary=dictionary,
                                   coherence=measure, window_size=max(LENGTHS), processes=1)
            values += model.get_coherence_per_topic()
        print(measure.replace("c_", "document_"), *(f"{value:.15g}" for value in values))


main()
