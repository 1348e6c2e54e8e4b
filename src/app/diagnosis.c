#include "app/diagnosis.h"

#include "app/messages.h"
#include "base/number.h"
#include "corpus/recognise.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* One filter: what it is, how many tokens it took, and what lets them through. */
typedef struct Filter {
    const char *what;
    double tokens;
    const char *hint;
} Filter;

Status diagnose_no_words(const char *corpus, const ModelTally *tally, Error *error)
{
    const Filter filters[] = {
        {"without a letter", (double)tally->tokens.without_letter, "keep them with --keep-numbers"},
        {"too short", (double)tally->tokens.too_short, "words need two letters"},
        {"too long", (double)tally->tokens.too_long, "words of more than 64 letters are left out"},
        {"stop words", tally->pruned.stopped, "choose other --stopwords, or none"},
        {"in too few documents", tally->pruned.rare, "lower --min-df"},
        {"in too many documents", tally->pruned.frequent,
         "raise --max-df; 1 is one document, 1.0 or 100% are all"},
        {"in repeated documents", tally->repeated, "keep those with --duplicates keep"},
    };
    if (tally->found <= 0.0) {
        error_set(error, STATUS_INPUT, "%s: the documents hold no words", corpus);
        return error_hint(error, "nothing in them matches the token pattern");
    }
    Buffer list = {0};
    /* Stop words and the like always take many; if a frequency limit took any, it took the last. */
    const bool limited = tally->pruned.rare + tally->pruned.frequent > 0.0;
    char number[NUMBER_TEXT_SIZE];
    const Filter *largest = limited ? &filters[4] : filters;
    Status status = STATUS_OK;
    for (size_t i = 0; i < sizeof filters / sizeof *filters && !status; i++) {
        if (filters[i].tokens > 0.0) {
            number_format(filters[i].tokens, number);
            status = buffer_print(&list, error, "%s%s %s", list.length ? ", " : "", number,
                                  filters[i].what);
        }
        if ((!limited || i > 3) && filters[i].tokens > largest->tokens) {
            largest = &filters[i];
        }
    }
    if (!status) {
        number_format(tally->found, number);
        error_set(error, STATUS_INPUT, "%s: no words are left of %s token%s: %s", corpus, number,
                  tally->found == 1.0 ? "" : "s", buffer_text(&list));
        status = error_hint(error, "%s", largest->hint);
    }
    buffer_free(&list);
    return status;
}

Status diagnose_topics(int64_t topics, const Model *model, Error *error)
{
    const int64_t m = model->vocabulary.count;
    int64_t n = 0;
    for (int64_t d = 0; d < model->documents.count; d++) {
        n += model->documents.items[d].terms > 0;
    }
    const int64_t most = m < n ? m : n;
    if (topics > most) {
        error_set(error, STATUS_INPUT,
                  "%" PRId64 " topics are too many for %" PRId64
                  " document%s with words and %" PRId64 " word%s",
                  topics, n, plural(n), m, plural(m));
        return error_hint(error, "-k may go up to %" PRId64, most);
    }
    /* In float64, so that no product can overflow. */
    const double cells = (double)m * (double)n, numbers = (double)(m + n);
    if (numbers * (double)topics >= cells) {
        const int64_t sound = (int64_t)((cells - 1.0) / numbers);
        char advice[64] = "";
        if (sound >= 1) {
            snprintf(advice, sizeof advice, "; at most %" PRId64 " with -k would have fewer",
                     sound);
        }
        message_warning("%" PRId64 " topic%s for %" PRId64 " word%s and %" PRId64
                        " document%s: the factors have as many free numbers as the matrix, "
                        "(m + n)·k ≥ m·n%s",
                        topics, plural(topics), m, plural(m), n, plural(n), advice);
    }
    return STATUS_OK;
}

const char *diagnose_names(const Corpus *corpus, const DocumentList *documents, const char **option)
{
    if (corpus_format_counts(corpus)[FORMAT_TEXT] < documents->count) {
        return NULL; /* names of another origin */
    }
    int64_t tables = 0, json = 0;
    for (int64_t d = 0; d < documents->count; d++) {
        const char *id = documents->items[d].id;
        tables += name_is_of_table(id);
        json += name_is_of_json(id);
    }
    const int64_t named = tables > json ? tables : json;
    if (named == 0 || 2 * named < documents->count) {
        return NULL;
    }
    *option = tables > json ? "--text-column" : "--text-field";
    return tables > json ? "tables" : "JSON";
}

const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}
