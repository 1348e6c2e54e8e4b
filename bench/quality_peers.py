"""One fit of a peer to a labelled collection; prints JSON.

    quality_peers.py PEER COLLECTION FOLDER SEED

"shares": each document's topic by its largest share of mass; "entries": by the largest entry of
what the model gives; "top": the first words of each topic; "cpu_s": from the texts to the
documents' topics, without imports and reading.
"""
import json
import sys
import time
import warnings

import numpy
from gensim.matutils import Sparse2Corpus
from gensim.models import LdaModel
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

import quality_plan
import quality_texts


def count(labelled, vectorizer, **more):
    """(documents × words, words)"""
    made = vectorizer(token_pattern=quality_plan.WORD, lowercase=False,
                      stop_words=labelled.stop_words(), min_df=quality_plan.MIN_DF,
                      max_df=quality_plan.MAX_DF, **more)
    return made.fit_transform(labelled.texts), made.get_feature_names_out()


# Each returns (documents × topics, topics × words, words).

def nmf_kl(labelled, seed):
    x, words = count(labelled, TfidfVectorizer, norm="l1")
    model = NMF(labelled.collection.topics, init="nndsvda", solver="mu",
                beta_loss="kullback-leibler", random_state=seed)
    return model.fit_transform(x), model.components_, words


def nmf_frobenius(labelled, seed):
    x, words = count(labelled, TfidfVectorizer, norm="l2")
    model = NMF(labelled.collection.topics, init="nndsvda", solver="cd", random_state=seed)
    return model.fit_transform(x), model.components_, words


def lda(labelled, seed):
    x, words = count(labelled, CountVectorizer)
    model = LatentDirichletAllocation(labelled.collection.topics, random_state=seed)
    mixtures = model.fit_transform(x)
    return mixtures, model.components_ / model.components_.sum(axis=1, keepdims=True), words


def gensim_lda(labelled, seed):
    x, words = count(labelled, CountVectorizer)
    corpus = list(Sparse2Corpus(x, documents_columns=False))
    model = LdaModel(corpus, num_topics=labelled.collection.topics, passes=10, random_state=seed,
                     id2word=dict(enumerate(words)))
    return model.inference(corpus)[0], model.get_topics(), words


PEERS = {"nmf-kl": nmf_kl, "nmf-frobenius": nmf_frobenius, "lda": lda, "gensim-lda": gensim_lda}


def main():
    peer, name, folder, seed = sys.argv[1:]
    warnings.simplefilter("ignore")  # that 200 iterations were not enough
    labelled = quality_texts.Labelled(quality_plan.COLLECTIONS[name], folder)
    begin = time.process_time()
    mixtures, topics, words = PEERS[peer](labelled, int(seed))
    cpu_s = time.process_time() - begin
    top = numpy.argsort(-topics, axis=1, kind="stable")[:, :quality_plan.TOP]
    print(json.dumps({
        "shares": (mixtures * topics.sum(axis=1)).argmax(axis=1).tolist(),
        "entries": mixtures.argmax(axis=1).tolist(),
        "top": [[words[word] for word in topic] for topic in top], "cpu_s": cpu_s}))


if __name__ == "__main__":
    main()
