"""How well the main topics of a model agree with labels that people gave.

    agreement.py MODEL LABELS     LABELS: tab-separated, with a heading `file  label`

Prints normalised mutual information (by the arithmetic mean of the entropies, as scikit-learn's
normalized_mutual_info_score) and purity. A label belongs to the document whose doc_id ends its
file; documents that are not modelled count as a topic of their own.
"""
import collections
import csv
import math
import sys


def read_pairs(model, labels):
    """(topic, label) of every document that has a label."""
    with open(labels, newline="", encoding="utf-8") as file:
        label_of = {row["file"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}
    with open(f"{model}/documents.csv", newline="", encoding="utf-8") as file:
        topic_of = {row["doc_id"]: row["topic"] for row in csv.DictReader(file)}
    return [(topic_of[name], label) for name, label in strip_folder(label_of).items()
            if name in topic_of]


def strip_folder(label_of):
    """Names as they are below the folder docs/, which is the corpus."""
    return {name.removeprefix("docs/"): label for name, label in label_of.items()}


def entropy(counts, total):
    return -sum(c / total * math.log(c / total) for c in counts)


def agreement(pairs):
    """(NMI, purity)"""
    total = len(pairs)
    both = collections.Counter(pairs)
    topics = collections.Counter(topic for topic, _ in pairs)
    labels = collections.Counter(label for _, label in pairs)
    mutual = sum(c / total * math.log(c * total / (topics[topic] * labels[label]))
                 for (topic, label), c in both.items())
    mean = (entropy(topics.values(), total) + entropy(labels.values(), total)) / 2
    largest = collections.Counter()
    for (topic, _), count in both.items():
        largest[topic] = max(largest[topic], count)
    return (mutual / mean if mean > 0 else 1.0), sum(largest.values()) / total


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    pairs = read_pairs(sys.argv[1], sys.argv[2])
    if not pairs:
        sys.exit("agreement: no document of the model has a label")
    nmi, purity = agreement(pairs)
    print(f"{len(pairs)} documents: NMI {nmi:.4f}, purity {purity:.4f}")


if __name__ == "__main__":
    main()
