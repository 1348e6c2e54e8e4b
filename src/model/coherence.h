/* Coherence: whether the top words of a topic stand together in texts.
 *
 * All measures are of probabilities P(i) and P(i, j) that word i, or words i and j both, are in a
 * document or window taken at random. Sources: M. Röder, A. Both, A. Hinneburg, "Exploring the
 * space of topic coherence measures" (WSDM 2015); G. Bouma (2009) for NPMI; D. Mimno et al. (EMNLP
 * 2011) for UMass; D. Newman et al. (2010) for UCI. Where those leave open what becomes of
 * probabilities of 0, the functions say it; no result is NaN or infinite. Of fewer than two words
 * every coherence is 0: there are no pairs. O(words²), of c_v O(words³). */
#ifndef THEMATA_MODEL_COHERENCE_H
#define THEMATA_MODEL_COHERENCE_H

#include "text/cooccurrence.h"

#include <stdint.h>

/* What is added to P(i, j) by the measures that say so: as in gensim. */
#define COHERENCE_EPSILON 1e-12

/* The words of one topic, the most probable first, and how often they meet. */
typedef struct Meetings {
    int64_t units;       /* documents or windows; 0: there are none */
    const int64_t *both; /* borrowed: square, `depth` wide; of which the first `words` are used */
    int depth;
    int words;
} Meetings;

/* The group's part of what was counted. */
Meetings meetings_of(const Cooccurrence *counted, const WordGroups *groups, int group);

/* Mean over all pairs of ln(P(i, j)/(P(i)·P(j))) / −ln P(i, j), from −1 to 1. A pair that never
 * meets counts −1, which is the limit; a pair that is in every unit 0, since it tells nothing. */
double coherence_npmi(const Meetings *meetings);

/* The same with ε added to P(i, j) in both places, as gensim has it: a pair that never meets counts
 * ln(ε/(P(i)·P(j))) / −ln ε, which rare words lift well above −1; a pair that is in every unit −1.
 * A pair with a word that is nowhere counts 0. c_npmi, if the units are gensim's windows of 10. */
double coherence_npmi_epsilon(const Meetings *meetings);

/* Mean over all pairs of ln((P(i, j) + ε)/(P(i)·P(j))); a pair with a word that is nowhere counts
 * 0. c_uci, if the units are gensim's windows of 10. */
double coherence_uci(const Meetings *meetings);

/* Mean over all pairs i < j of ln((P(j, i) + ε)/P(i)): of the less probable word, given the more
 * probable one. gensim's u_mass. (Mimno's own is Σ ln((D(j, i) + 1)/D(i)), a sum over counts, and
 * MALLET's has another constant: neither compares with this.) A pair whose i is nowhere counts 0.
 */
double coherence_umass(const Meetings *meetings);

/* With v(i) = (npmi(i, j)) over all words j, itself among them, npmi as in coherence_npmi_epsilon:
 * the mean over i of the cosine of v(i) and Σ v. A word that is nowhere counts 0. c_v, if the units
 * are gensim's windows of 110. */
double coherence_cv(const Meetings *meetings);

#endif
