"""What topics are worth: pure functions."""
import itertools
import math
import os
import sys

sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/../tests/collections")
from agreement import agreement  # noqa: E402  (found through the line above)


def npmi(presence, documents, first, second):
    """Of two words, by the documents they stand in: ln(p(a, b) / (p(a)·p(b))) / −ln p(a, b); −1 for
    words that never meet, 1 for words that are in every document."""
    a, b = presence.get(first, ()), presence.get(second, ())
    both = len(a & b) if a and b else 0
    if both in (0, documents):
        return 1.0 if both else -1.0
    return math.log(both * documents / (len(a) * len(b))) / -math.log(both / documents)


def coherence(presence, documents, top):
    """The mean over the pairs of a topic's words, then over topics."""
    return mean(mean(npmi(presence, documents, *pair) for pair in itertools.combinations(words, 2))
                for words in top)


def diversity(top):
    """The part of all topics' words that are different."""
    return len({word for words in top for word in words}) / sum(map(len, top))


def mean(values):
    values = list(values)
    return math.fsum(values) / len(values)


def judge(run, labels, presence):
    """The figures of one run: main topics as "shares" (and "entries"), words as "top"."""
    nmi, purity = agreement(list(zip(run["shares"], labels)))
    return {"nmi": nmi, "purity": purity,
            "nmi_entries": agreement(list(zip(run["entries"], labels)))[0]
            if "entries" in run else nmi,
            "npmi": coherence(presence, len(labels), run["top"]),
            "diversity": diversity(run["top"]), "cpu_s": run["cpu_s"]}
