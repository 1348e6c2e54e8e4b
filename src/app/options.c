#include "app/options.h"

#include "app/commands.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/safe_text.h"
#include "base/utf8.h"

#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(WeightScheme) == sizeof(int) && sizeof(WeightIdf) == sizeof(int) &&
                   sizeof(WeightNorm) == sizeof(int) && sizeof(NmfInit) == sizeof(int) &&
                   sizeof(CorpusHeader) == sizeof(int) && sizeof(CorpusLine) == sizeof(int) &&
                   sizeof(DateOrder) == sizeof(int) && sizeof(TokenizerHyphens) == sizeof(int) &&
                   sizeof(TokenizerCjk) == sizeof(int) && sizeof(TokenizerUnspaced) == sizeof(int),
               "choices are stored through an int");

/* ---- the table ---- */

#define MEMBER(member) offsetof(Options, member)

static const char group_main[] = "Main options";
static const char group_table[] = "Tables: CSV, TSV";
static const char group_json[] = "JSON";
static const char group_lines[] = "A document in each line";
static const char group_corpus[] = "Any corpus";
static const char group_matrix[] = "A matrix in place of a corpus";
static const char group_metadata[] = "More about the documents";
static const char group_labels[] = "Labels of the documents";
static const char group_clean[] = "Cleaning";
static const char group_text[] = "Words";
static const char group_language[] = "Languages";
static const char group_terms[] = "Words that stay";
static const char group_weight[] = "Weights";
static const char group_fit[] = "Factorisation";
static const char group_show[] = "Output";

/* clang-format off */
const OptionSpec option_specs[] = {
    {group_main, "topics", 'k', "N", OPTION_TOPICS, MEMBER(topics), COMMAND_FIT, true, 1, INT32_MAX / 2, NULL,
     "number of topics, or auto for the one that a sweep over 2:30 recommends; that of the start if --start-topics is given"},
    {group_main, "topics", 'k', "N", OPTION_WHOLE, MEMBER(topics), COMMAND_CHECK, false, 1, INT32_MAX / 2, NULL,
     "number of topics"},
    {group_main, "topics", 'k', "RANGE", OPTION_SWEEP, MEMBER(range), COMMAND_SWEEP, false, 2, INT32_MAX / 2, NULL,
     "numbers of topics: 4:60 for all from 4 to 60, 4:60:4 for every fourth"},
    {group_main, "stability", 0, "B", OPTION_WHOLE, MEMBER(stability), COMMAND_FIT, true, 0, 100000, NULL,
     "measure how stable the topics are, by B fits on random samples of the documents; 0: do not"},
    {group_main, "stability", 0, "B", OPTION_WHOLE, MEMBER(samples), COMMAND_SWEEP, false, 1, 100000, NULL,
     "samples of the documents that each number of topics is tried on"},
    {group_main, "to", 0, "FORMATS", OPTION_TEXT, MEMBER(formats), COMMAND_EXPORT, false, 0, 0, NULL,
     "one or several of csv, excel-csv, xlsx, sqlite, npz, mm, mallet, ldavis, tidytext, json, with commas between them"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_FIT, false, 0, 0, NULL,
     "where the model goes; otherwise the corpus' name with .themata"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_EXPORT, false, 0, 0, NULL,
     "where the files go; otherwise the model's name with .export"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_INFER, false, 0, 0, NULL,
     "write the mixtures into this directory, in place of printing them"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_SWEEP | COMMAND_COMPARE, false, 0, 0, NULL,
     "keep the result in this directory, too"},
    {group_main, "output", 'o', "FILE", OPTION_TEXT, MEMBER(output), COMMAND_EVAL, false, 0, 0, NULL,
     "write the names that are suggested for topics as a labels.csv"},
    {group_main, "resume", 0, NULL, OPTION_SWITCH, MEMBER(resume), COMMAND_SWEEP, false, 0, 0, NULL,
     "go on from what -o holds of the same sweep, and add to it"},
    {group_main, "force", 0, NULL, OPTION_SWITCH, MEMBER(force), COMMAND_FIT | COMMAND_SWEEP | COMMAND_INFER | COMMAND_COMPARE | COMMAND_EVAL | COMMAND_EXPORT, false, 0, 0, NULL,
     "replace an existing result"},
    {group_main, "strict", 0, NULL, OPTION_SWITCH, MEMBER(strict), COMMAND_FIT | COMMAND_INFER | COMMAND_CHECK | COMMAND_SWEEP, false, 0, 0, NULL,
     "exit with 4 if a file was skipped or repaired or, in fit, the solver did not converge"},
    {group_main, "threads", 0, "N", OPTION_WHOLE, MEMBER(threads), COMMAND_FIT | COMMAND_INFER | COMMAND_CHECK | COMMAND_SWEEP, false, 0, 1024, NULL,
     "threads, 0 for as many as there are processors; the result does not depend on it"},
    {group_main, "memory", 0, "SIZE", OPTION_BYTES, MEMBER(memory_bytes), COMMAND_FIT | COMMAND_INFER | COMMAND_CHECK | COMMAND_SWEEP, false, 0, 0, NULL,
     "memory that may be used, such as 500M or 8G; 0 for three quarters of the machine's"},

    {group_table, "text-column", 0, "NAMES", OPTION_TEXT, MEMBER(corpus.text_column), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "columns that hold the text, names or numbers, comma-separated; usual names are found without it"},
    {group_table, "id-column", 0, "NAME", OPTION_TEXT, MEMBER(corpus.id_column), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "the column that holds the document's id, or none to number the rows"},
    {group_table, "date-column", 0, "NAME", OPTION_TEXT, MEMBER(corpus.date_column), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "the column that holds the document's date, or none; with --metadata, one of that table"},
    {group_table, "delimiter", 0, "CHAR", OPTION_TEXT, MEMBER(corpus.delimiter), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "what separates columns, a character or tab; found out otherwise"},
    {group_table, "quote", 0, "CHAR", OPTION_TEXT, MEMBER(corpus.quote), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "what stands around fields, a character or none; found out otherwise"},
    {group_table, "header", 0, "KIND", OPTION_CHOICE, MEMBER(corpus.header), COMMAND_FIT | COMMAND_INFER, true, 0, 0, corpus_header_names,
     "whether the first row is a heading"},
    {group_json, "text-field", 0, "NAMES", OPTION_TEXT, MEMBER(corpus.text_field), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "fields that hold the text, comma-separated; a.b is b within a, a[].b that of each element of a"},
    {group_json, "id-field", 0, "NAME", OPTION_TEXT, MEMBER(corpus.id_field), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "the field that holds the document's id, or none to number the objects"},
    {group_json, "date-field", 0, "NAME", OPTION_TEXT, MEMBER(corpus.date_field), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "the field that holds the document's date, or none"},
    {group_lines, "lines", 0, NULL, OPTION_SWITCH, MEMBER(corpus.lines), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "take every line of a file for a document"},
    {group_lines, "line-fields", 0, "KIND", OPTION_CHOICE, MEMBER(corpus.line), COMMAND_FIT | COMMAND_INFER, true, 0, 0, corpus_line_names,
     "what stands in a line, with --lines"},
    {group_corpus, "encoding", 0, "NAME", OPTION_TEXT, MEMBER(corpus.encoding), COMMAND_FIT | COMMAND_INFER | COMMAND_TOKENS, true, 0, 0, NULL,
     "encoding of all files, a name that iconv knows (windows-1252, koi8-r, gb18030); UTF-8, UTF-16 and UTF-32 are recognised"},
    {group_corpus, "files-from", 0, "LIST", OPTION_TEXT, MEMBER(files_from), COMMAND_FIT | COMMAND_INFER, false, 0, 0, NULL,
     "in place of CORPUS: read the files whose paths are in this file (- for standard input), one a line"},
    {group_corpus, "null", '0', NULL, OPTION_SWITCH, MEMBER(nul_separated), COMMAND_FIT | COMMAND_INFER, false, 0, 0, NULL,
     "there are NUL bytes between these paths, not lines"},

    {group_corpus, "duplicates", 0, "KIND", OPTION_CHOICE, MEMBER(duplicates), COMMAND_FIT, true, 0, 0, duplicates_names,
     "what becomes of documents whose text is that of an earlier one"},

    {group_clean, "html", 0, NULL, OPTION_SWITCH, MEMBER(html), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "take out HTML: tags, comments, scripts; read &eacute; as é"},
    {group_clean, "email", 0, NULL, OPTION_SWITCH, MEMBER(email), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "take out what letters and news have around the text: header, quoted lines, signature"},
    {group_clean, "strip-urls", 0, NULL, OPTION_SWITCH, MEMBER(strip_urls), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "take out addresses of pages and people"},
    {group_clean, "drop", 0, "REGEX", OPTION_LIST, MEMBER(clean_rules), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "take out what this PCRE2 pattern matches in the text as it is; may be given again"},
    {group_clean, "replace", 0, "REGEX=TEXT", OPTION_LIST, MEMBER(clean_rules), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "replace it by TEXT, in which $1 is a group; \\= is a = in the pattern; may be given again"},

    {group_matrix, "matrix", 0, "FILE", OPTION_TEXT, MEMBER(matrix), COMMAND_FIT, false, 0, 0, NULL,
     "words × documents: Matrix Market, a bag of words of the UCI repository, or lines of lda-c, packed or not; its values stand for counts"},
    {group_matrix, "vocabulary", 0, "FILE", OPTION_TEXT, MEMBER(vocabulary), COMMAND_FIT, false, 0, 0, NULL,
     "the words of its rows, one a line"},
    {group_matrix, "documents", 0, "FILE", OPTION_TEXT, MEMBER(document_ids), COMMAND_FIT, false, 0, 0, NULL,
     "the names of its columns, one a line; they are numbered otherwise"},

    {group_metadata, "metadata", 0, "FILE", OPTION_TEXT, MEMBER(metadata), COMMAND_FIT | COMMAND_INFER, false, 0, 0, NULL,
     "a table (CSV, TSV) with more about the documents, a row for each"},
    {group_metadata, "metadata-id", 0, "NAME", OPTION_TEXT, MEMBER(metadata_id), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "its column that says which document a row is about; found out otherwise"},
    {group_metadata, "date-format", 0, "ORDER", OPTION_CHOICE, MEMBER(date_order), COMMAND_FIT | COMMAND_INFER, true, 0, 0, date_order_names,
     "how dates such as 05/04/1984 are written; found out from all of them otherwise; unix: seconds since 1970"},

    {group_labels, "labels", 0, "FILE", OPTION_TEXT, MEMBER(labels), COMMAND_EVAL, false, 0, 0, NULL,
     "a table (CSV, TSV) with labels of the documents, a row for each; the metadata in the model otherwise"},
    {group_labels, "column", 0, "NAME", OPTION_TEXT, MEMBER(label_column), COMMAND_EVAL, false, 0, 0, NULL,
     "its column with the labels"},
    {group_labels, "id-column", 0, "NAME", OPTION_TEXT, MEMBER(corpus.id_column), COMMAND_EVAL, false, 0, 0, NULL,
     "the column of --labels that says which document a row is about; found out otherwise"},
    {group_labels, "encoding", 0, "NAME", OPTION_TEXT, MEMBER(corpus.encoding), COMMAND_EVAL, false, 0, 0, NULL,
     "encoding of --labels, a name that iconv knows; UTF-8, UTF-16 and UTF-32 are recognised"},

    {group_text, "stopwords", 0, "LIST", OPTION_TEXT, MEMBER(stopwords), COMMAND_FIT, true, 0, 0, NULL,
     "words to leave out: languages (english, de …), files, auto or none, comma-separated"},
    {group_text, "token-pattern", 0, "REGEX", OPTION_TEXT, MEMBER(tokenizer.pattern), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "what a word is, as a PCRE2 pattern on case-folded text"},
    {group_language, "lang", 0, "NAME", OPTION_TEXT, MEMBER(tokenizer.language), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "language whose rules hold: a name or code, none, or auto for the one that --stopwords names"},
    {group_language, "stem", 0, NULL, OPTION_SWITCH, MEMBER(tokenizer.stem), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "count words with one stem as one, by the Snowball stemmer of --lang"},
    {group_language, "hyphens", 0, "KIND", OPTION_CHOICE, MEMBER(tokenizer.hyphens), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, tokenizer_hyphens_names,
     "whether well-known is two words, one, or both"},
    {group_language, "strip-accents", 0, NULL, OPTION_SWITCH, MEMBER(tokenizer.strip_accents), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "drop the accents of Latin and Greek letters and the vowel marks of Arabic ones"},
    {group_language, "cjk", 0, "KIND", OPTION_CHOICE, MEMBER(tokenizer.cjk), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, tokenizer_cjk_names,
     "Han and Kana characters two by two, or the words that the pattern finds"},
    {group_language, "unspaced", 0, "KIND", OPTION_CHOICE, MEMBER(tokenizer.unspaced), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, tokenizer_unspaced_names,
     "Thai, Lao, Khmer and Burmese as words, which needs ICU, or as whole phrases"},
    {group_terms, "keep-numbers", 0, NULL, OPTION_SWITCH, MEMBER(tokenizer.keep_numbers), COMMAND_FIT | COMMAND_TOKENS, true, 0, 0, NULL,
     "keep tokens without a letter"},
    {group_terms, "ngrams", 0, "N", OPTION_RANGE, MEMBER(ngrams), COMMAND_FIT, true, 0, 0, NULL,
     "words in a term: 1-2 for single words and pairs that follow one another, stop words passed over; up to 3"},
    {group_terms, "phrases", 0, "NPMI", OPTION_NUMBER, MEMBER(phrases), COMMAND_FIT, true, 0, 0, NULL,
     "join words that belong together, such as state_of_the_art: those whose mutual information, from 0 to 1, is at least this; 0.6 takes the firm ones, 0 none"},
    {group_terms, "min-df", 0, "N", OPTION_SHARE, MEMBER(prune.min), COMMAND_FIT, true, 0, 0, NULL,
     "leave out words in fewer documents: a number (2) or a fraction (0.01, 1%)"},
    {group_terms, "max-df", 0, "N", OPTION_SHARE, MEMBER(prune.max), COMMAND_FIT, true, 0, 0, NULL,
     "leave out words in more documents: a number or a fraction"},
    {group_terms, "max-features", 0, "N", OPTION_WHOLE, MEMBER(prune.words_most), COMMAND_FIT, true, 0, INT32_MAX, NULL,
     "of the words that are left, keep the N that stand most often; 0 for all"},

    {group_weight, "weight", 0, "SCHEME", OPTION_CHOICE, MEMBER(weight.scheme), COMMAND_FIT, true, 0, 0, weight_scheme_names,
     "weight of a word in a document"},
    {group_weight, "idf", 0, "KIND", OPTION_CHOICE, MEMBER(weight.idf), COMMAND_FIT, true, 0, 0, weight_idf_names,
     "inverse document frequency, with --weight tfidf"},
    {group_weight, "tf", 0, "KIND", OPTION_CHOICE, MEMBER(weight.tf), COMMAND_FIT, true, 0, 0, weight_tf_names,
     "what --weight tfidf makes of a word's frequency tf in a document: tf, ln(1 + tf), 1 + ln tf"},
    {group_weight, "normalize", 0, "NORM", OPTION_CHOICE, MEMBER(weight.norm), COMMAND_FIT, true, 0, 0, weight_norm_names,
     "norm that each document's column is brought to 1 by"},

    {group_fit, "solver", 0, "NAME", OPTION_CHOICE, MEMBER(solver), COMMAND_FIT | COMMAND_SWEEP, true, 0, 0, nmf_solver_names,
     "coordinate descent; multiplicative updates (slower, for comparison); or anchor words, without a search"},
    {group_fit, "init", 0, "KIND", OPTION_CHOICE, MEMBER(init), COMMAND_FIT | COMMAND_SWEEP, true, 0, 0, nmf_init_names,
     "start of the solver"},
    {group_fit, "start-topics", 0, "FILE", OPTION_TEXT, MEMBER(start_topics), COMMAND_FIT, false, 0, 0, NULL,
     "a start in place of --init: topics × words as a .npy file, such as a model's topics.npy"},
    {group_fit, "start-mixtures", 0, "FILE", OPTION_TEXT, MEMBER(start_mixtures), COMMAND_FIT, false, 0, 0, NULL,
     "documents × topics of that start: shares, if every row sums to 1 or 0, of the documents' sums; taken as they are otherwise"},
    {group_fit, "restarts", 0, "N", OPTION_WHOLE, MEMBER(restarts), COMMAND_FIT, true, 1, 1000000, NULL,
     "starts to try, all but the first random; the one with the lowest objective is kept"},
    {group_fit, "seed", 0, "N", OPTION_WHOLE, MEMBER(seed), COMMAND_FIT | COMMAND_SWEEP, true, 0, INT64_MAX, NULL,
     "seed of all random numbers"},
    {group_fit, "tolerance", 0, "X", OPTION_NUMBER, MEMBER(tolerance), COMMAND_FIT | COMMAND_SWEEP, true, 0, 0, NULL,
     "stop when a pass lowers the objective by less than this part of it"},
    {group_fit, "max-passes", 0, "N", OPTION_WHOLE, MEMBER(passes_max), COMMAND_FIT | COMMAND_SWEEP, true, 1, 100000000, NULL,
     "stop after so many passes at the latest"},

    {group_fit, "coherence", 0, "KIND", OPTION_CHOICE, MEMBER(coherence), COMMAND_FIT, true, 0, 0, coherence_names,
     "what the coherence of topics is measured by: whole documents, or windows of text too, for which the corpus is read again"},

    {group_show, "export-matrix", 0, "FILE", OPTION_TEXT, MEMBER(export_matrix), COMMAND_FIT, false, 0, 0, NULL,
     "write the weighted matrix, as the solver is given it, as a Matrix Market file"},
    {group_show, "topic", 0, "T", OPTION_WHOLE, MEMBER(topic), COMMAND_TOPICS, false, 1, INT32_MAX, NULL,
     "the words of this topic alone"},
    {group_show, "topic", 0, "T", OPTION_WHOLE, MEMBER(topic), COMMAND_DOCS, false, 1, INT32_MAX, NULL,
     "the documents that show this topic best"},
    {group_show, "top", 0, "N", OPTION_WHOLE, MEMBER(top), COMMAND_TOPICS, false, 1, INT32_MAX, NULL,
     "how many values to show with --by"},
    {group_show, "top", 0, "N", OPTION_WHOLE, MEMBER(top), COMMAND_DOCS, false, 1, INT32_MAX, NULL,
     "how many documents to show of a topic"},
    {group_show, "top", 0, "N", OPTION_WHOLE, MEMBER(top), COMMAND_COMPARE, false, 1, INT32_MAX, NULL,
     "how many documents to show of those that moved"},
    {group_show, "over-time", 0, NULL, OPTION_SWITCH, MEMBER(over_time), COMMAND_TOPICS, false, 0, 0, NULL,
     "the topics over time, by the documents' dates"},
    {group_show, "by", 0, "FIELD", OPTION_TEXT, MEMBER(by), COMMAND_TOPICS, false, 0, 0, NULL,
     "the topics of the documents with each value of this column of metadata"},
    {group_show, "time-bin", 0, "BIN", OPTION_CHOICE, MEMBER(time_bin), COMMAND_FIT | COMMAND_TOPICS, false, 0, 0, time_bin_names,
     "how much time is put together: auto takes what makes at most 60 bins that hold 5 documents on average"},
    {group_show, "words", 0, "N", OPTION_WHOLE, MEMBER(words), COMMAND_FIT | COMMAND_TOPICS | COMMAND_DOCS | COMMAND_CHECK | COMMAND_COMPARE | COMMAND_EVAL, false, 1, INT32_MAX, NULL,
     "how many words to show of a topic"},
    {group_show, "min-similarity", 0, "X", OPTION_NUMBER, MEMBER(least_similarity), COMMAND_COMPARE, false, 0, 0, NULL,
     "topics whose similarity, from 0 to 1, is less have nothing to do with each other"},
    {group_show, "csv", 0, NULL, OPTION_SWITCH, MEMBER(csv), COMMAND_FIT | COMMAND_SWEEP | COMMAND_TOPICS | COMMAND_DOCS | COMMAND_INFER | COMMAND_COMPARE | COMMAND_EVAL, false, 0, 0, NULL,
     "print the table as CSV"},
    {group_show, "json", 0, NULL, OPTION_SWITCH, MEMBER(json), COMMAND_FIT | COMMAND_SWEEP | COMMAND_TOPICS | COMMAND_DOCS | COMMAND_INFER | COMMAND_CHECK | COMMAND_COMPARE | COMMAND_EVAL, false, 0, 0, NULL,
     "print the table as JSON"},
    {group_show, "quiet", 'q', NULL, OPTION_SWITCH, MEMBER(quiet), COMMAND_FIT | COMMAND_SWEEP | COMMAND_INFER | COMMAND_TOKENS | COMMAND_CHECK | COMMAND_COMPARE | COMMAND_EVAL | COMMAND_EXPORT, false, 0, 0, NULL,
     "no progress and no summary on standard error, warnings only"},
    {.name = NULL},
};
/* clang-format on */

const char *const duplicates_names[] = {"keep", "drop", NULL};

const char *const coherence_names[] = {"doc", "all", NULL};

/* Whether the option is about where documents come from. */
static bool is_of_corpus(const OptionSpec *spec)
{
    return spec->group == group_table || spec->group == group_json || spec->group == group_lines ||
           spec->group == group_corpus || spec->group == group_clean;
}

static bool is_of_metadata(const OptionSpec *spec)
{
    return spec->group == group_metadata;
}

static bool is_of_words(const OptionSpec *spec)
{
    return spec->group == group_text || spec->group == group_language || spec->group == group_terms;
}

bool options_belong(const OptionSpec *spec, unsigned command)
{
    const bool reads = is_of_corpus(spec) || is_of_words(spec);
    const bool as_check = reads || is_of_metadata(spec);
    const bool as_sweep = reads || spec->group == group_matrix || spec->group == group_weight;
    const bool of_fit = spec->commands & COMMAND_FIT;
    return (spec->commands & command) || (command == COMMAND_CHECK && as_check && of_fit) ||
           (command == COMMAND_SWEEP && as_sweep && of_fit);
}

const TopicRange topic_range_default = {.first = 2, .last = 30, .step = 1};

Options options_defaults(void)
{
    return (Options){
        .topics = 20,
        .range = topic_range_default,
        .samples = 10,
        .corpus = corpus_defaults,
        .stopwords = "auto",
        .tokenizer = tokenizer_defaults,
        .ngrams = ngram_defaults,
        .prune = prune_defaults,
        .weight = weight_defaults,
        .init = NMF_INIT_STAGED,
        .restarts = 1,
        .seed = 1,
        .tolerance = nmf_defaults.tolerance,
        .passes_max = nmf_defaults.passes_max,
        .words = 10,
        .top = 10,
        .least_similarity = 0.5,
    };
}

/* ---- values ---- */

static Status set_bad_value(const OptionSpec *spec, const char *text, const char *expected,
                            Error *error)
{
    return error_set(error, STATUS_USAGE, "--%s: '%s' is not %s", spec->name, text, expected);
}

static Status store_whole(const OptionSpec *spec, const char *text, int64_t *member, Error *error)
{
    int64_t value;
    const bool is_whole = number_parse_whole(text, &value);
    if (is_whole && value >= spec->least && value <= spec->most) {
        *member = value;
        return STATUS_OK;
    }
    const bool too_large = strspn(text, "0123456789") == strlen(text) && text[0] && text[0] != '0';
    if (!too_large && spec->most >= INT32_MAX / 2) {
        return set_bad_value(spec, text,
                             spec->least > 0 ? "a positive whole number"
                                             : "a whole number that is 0 or more",
                             error);
    }
    return error_set(error, STATUS_USAGE, "--%s: '%s' is not a whole number from %lld to %lld",
                     spec->name, text, (long long)spec->least, (long long)spec->most);
}

/* "2" is a number of documents; "0.5", "1.0" and "50%" are fractions. */
static Status store_share(const OptionSpec *spec, const char *text, DocumentShare *member,
                          Error *error)
{
    char number[64];
    const size_t length = strlen(text);
    const bool percent = length > 1 && length < sizeof number && text[length - 1] == '%';
    double value;
    if (percent) {
        memcpy(number, text, length - 1);
        number[length - 1] = '\0';
    }
    int64_t whole;
    const bool is_whole = !percent && number_parse_whole(text, &whole);
    if (!number_parse(percent ? number : text, &value) || value < 0.0 ||
        (percent && value > 100.0) || (!percent && !is_whole && value > 1.0)) {
        return set_bad_value(spec, text,
                             "a number of documents (2) or a fraction of them (0.01, 1%)", error);
    }
    *member = (DocumentShare){.value = percent ? value / 100.0 : value, .is_fraction = !is_whole};
    return STATUS_OK;
}

static Status store_choice(const OptionSpec *spec, const char *text, int *member, Error *error)
{
    Buffer expected = {0};
    Status status = buffer_append_text(&expected, "one of ", error);
    for (int i = 0; spec->choices[i] && !status; i++) {
        if (strcmp(text, spec->choices[i]) == 0) {
            *member = i;
            buffer_free(&expected);
            return STATUS_OK;
        }
        status = buffer_print(&expected, error, "%s%s", i ? ", " : "", spec->choices[i]);
    }
    if (!status) {
        status = set_bad_value(spec, text, buffer_text(&expected), error);
    }
    buffer_free(&expected);
    return status;
}

static Status store_number(const OptionSpec *spec, const char *text, double *member, Error *error)
{
    double value;
    if (!number_parse(text, &value) || value < 0.0) {
        return set_bad_value(spec, text, "a number that is 0 or more", error);
    }
    *member = value;
    return STATUS_OK;
}

static Status store_item(const OptionSpec *spec, const char *text, OptionList *list, Error *error)
{
    Status status = text[0] ? memory_reserve(&list->items, &list->capacity, list->count + 1,
                                             sizeof *list->items, error)
                            : error_set(error, STATUS_USAGE, "--%s: is empty (%s was expected)",
                                        spec->name, spec->value);
    if (!status) {
        list->items[list->count++] = (OptionListItem){.option = spec->name, .text = text};
    }
    return status;
}

/* Two digits with a dash between them, or one for both. */
static Status store_range(const OptionSpec *spec, const char *text, NgramOptions *member,
                          Error *error)
{
    const size_t length = strlen(text);
    const int least = text[0] - '0', most = length == 3 ? text[2] - '0' : least;
    if ((length != 1 && (length != 3 || text[1] != '-')) || least < 1 || most < least ||
        most > NGRAM_MAX) {
        return set_bad_value(spec, text, "a number of words from 1 to 3, or two such as 1-2",
                             error);
    }
    *member = (NgramOptions){.least = least, .most = most};
    return STATUS_OK;
}

static Status store_topics(const OptionSpec *spec, const char *text, int64_t *member, Error *error)
{
    if (strcmp(text, "auto") == 0) {
        *member = TOPICS_AUTO;
        return STATUS_OK;
    }
    return store_whole(spec, text, member, error);
}

/* One number, two with a colon between them, or three. */
static Status store_sweep(const OptionSpec *spec, const char *text, TopicRange *member,
                          Error *error)
{
    int64_t numbers[3] = {0, 0, 1};
    char part[NUMBER_TEXT_SIZE];
    int count = 0;
    for (const char *at = text; at; at = strchr(at, ':') ? strchr(at, ':') + 1 : NULL) {
        const size_t length = strcspn(at, ":");
        if (count == 3 || length >= sizeof part) {
            count = 0;
            break;
        }
        memcpy(part, at, length);
        part[length] = '\0';
        if (!number_parse_whole(part, &numbers[count++])) {
            count = 0;
            break;
        }
    }
    const TopicRange range = {
        .first = numbers[0], .last = count > 1 ? numbers[1] : numbers[0], .step = numbers[2]};
    if (count == 0) {
        return set_bad_value(spec, text, "a range such as 4:60 or 4:60:4", error);
    }
    if (range.first < spec->least || range.last > spec->most || range.step < 1 ||
        range.last < range.first) {
        return error_set(error, STATUS_USAGE,
                         range.last < range.first ? "--%s: %s is empty: it ends before it begins"
                         : range.first < spec->least
                             ? "--%s: %s begins below 2, with nothing to tell apart"
                             : "--%s: %s is out of range",
                         spec->name, text);
    }
    *member = range;
    return STATUS_OK;
}

/* A whole number of bytes, or of as many as a letter says. */
static Status store_bytes(const OptionSpec *spec, const char *text, int64_t *member, Error *error)
{
    static const char units[] = "KMGT";
    char number[32] = "";
    const size_t digits = strspn(text, "0123456789");
    const char *unit = digits < strlen(text) ? strchr(units, text[digits] & ~0x20) : NULL;
    const bool ends = !text[digits] || (unit && !text[digits + 1]);
    int64_t value = 0, scale = 1;
    if (digits < sizeof number && ends) {
        memcpy(number, text, digits);
        for (int i = 0; unit && i <= unit - units; i++) {
            scale *= 1024;
        }
    }
    if (!number_parse_whole(number, &value) || __builtin_mul_overflow(value, scale, member)) {
        return set_bad_value(spec, text, "a size in bytes, such as 500M or 2G", error);
    }
    return STATUS_OK;
}

static Status store_value(const OptionSpec *spec, const char *text, Options *options, Error *error)
{
    void *member = (char *)options + spec->offset;
    switch (spec->kind) {
    case OPTION_SWITCH:
        *(bool *)member = true;
        return STATUS_OK;
    case OPTION_TEXT:
        *(const char **)member = text;
        return STATUS_OK;
    case OPTION_WHOLE:
        return store_whole(spec, text, member, error);
    case OPTION_NUMBER:
        return store_number(spec, text, member, error);
    case OPTION_CHOICE:
        return store_choice(spec, text, member, error);
    case OPTION_SHARE:
        return store_share(spec, text, member, error);
    case OPTION_LIST:
        return store_item(spec, text, member, error);
    case OPTION_BYTES:
        return store_bytes(spec, text, member, error);
    case OPTION_RANGE:
        return store_range(spec, text, member, error);
    case OPTION_TOPICS:
        return store_topics(spec, text, member, error);
    case OPTION_SWEEP:
        return store_sweep(spec, text, member, error);
    }
    __builtin_unreachable();
}

static Status format_list(const OptionSpec *spec, const OptionList *list, Buffer *text,
                          Error *error)
{
    Status status = STATUS_OK;
    for (size_t i = 0; i < list->count && !status; i++) {
        if (strcmp(list->items[i].option, spec->name) == 0) {
            status =
                buffer_append(text, list->items[i].text, strlen(list->items[i].text) + 1, error);
        }
    }
    return status;
}

Status options_format_value(const OptionSpec *spec, const Options *options, Buffer *text,
                            Error *error)
{
    const void *member = (const char *)options + spec->offset;
    char number[NUMBER_TEXT_SIZE];
    switch (spec->kind) {
    case OPTION_SWITCH:
        return buffer_append_text(text, *(const bool *)member ? "true" : "false", error);
    case OPTION_TEXT: {
        const char *value = *(const char *const *)member;
        return buffer_append_text(text, value ? value : "", error);
    }
    case OPTION_SWEEP: {
        const TopicRange *range = member;
        Status status =
            buffer_print(text, error, "%lld:%lld", (long long)range->first, (long long)range->last);
        return status || range->step == 1
                   ? status
                   : buffer_print(text, error, ":%lld", (long long)range->step);
    }
    case OPTION_TOPICS:
    case OPTION_WHOLE:
    case OPTION_BYTES:
        return buffer_print(text, error, "%lld", (long long)*(const int64_t *)member);
    case OPTION_RANGE: {
        const NgramOptions *range = member;
        return range->least < range->most
                   ? buffer_print(text, error, "%d-%d", range->least, range->most)
                   : buffer_print(text, error, "%d", range->least);
    }
    case OPTION_NUMBER:
        number_format(*(const double *)member, number);
        return buffer_append_text(text, number, error);
    case OPTION_CHOICE:
        return buffer_append_text(text, spec->choices[*(const int *)member], error);
    case OPTION_SHARE: {
        const DocumentShare *share = member;
        number_format(share->value, number);
        const bool looks_whole = share->is_fraction && !strpbrk(number, ".e");
        return buffer_print(text, error, "%s%s", number, looks_whole ? ".0" : "");
    }
    case OPTION_LIST:
        return format_list(spec, member, text, error);
    }
    __builtin_unreachable();
}

/* ---- parsing ---- */

enum { SPECS_MAX = 128, VALUE_HELP = SPECS_MAX + 1 };
_Static_assert(sizeof option_specs / sizeof *option_specs <= SPECS_MAX, "raise SPECS_MAX");

/* popt's own table for one command, made from ours; option i returns i + 1. */
static void make_popt_table(unsigned command, struct poptOption *table)
{
    int filled = 0;
    for (int i = 0; option_specs[i].name; i++) {
        const OptionSpec *spec = &option_specs[i];
        if (options_belong(spec, command)) {
            table[filled++] = (struct poptOption){
                .longName = spec->name,
                .shortName = spec->letter,
                .argInfo = spec->kind == OPTION_SWITCH ? POPT_ARG_NONE : POPT_ARG_STRING,
                .val = i + 1,
            };
        }
    }
    table[filled++] = (struct poptOption){.longName = "help", .shortName = 'h', .val = VALUE_HELP};
    table[filled] = (struct poptOption)POPT_TABLEEND;
}

/* Whether the option with this member was given. */
static bool was_given(const bool given[SPECS_MAX], size_t offset)
{
    for (int i = 0; option_specs[i].name; i++) {
        if (given[i] && option_specs[i].offset == offset) {
            return true;
        }
    }
    return false;
}

/* Whether an option of the corpus was given that would change the result. */
static bool has_corpus_option(const bool given[SPECS_MAX])
{
    for (int i = 0; option_specs[i].name; i++) {
        if (given[i] && option_specs[i].recorded && is_of_corpus(&option_specs[i])) {
            return true;
        }
    }
    return false;
}

/* Whether the option says how a text becomes tokens. */
static bool is_token_rule(const OptionSpec *spec)
{
    return spec->offset == MEMBER(ngrams) || spec->offset == MEMBER(phrases) ||
           (spec->offset >= MEMBER(tokenizer) &&
            spec->offset < MEMBER(tokenizer) + sizeof(TokenizerOptions));
}

/* Words of a matrix are taken as they are. */
static Status check_token_rules(const bool given[SPECS_MAX], Error *error)
{
    for (int i = 0; option_specs[i].name; i++) {
        if (given[i] && is_token_rule(&option_specs[i])) {
            return error_set(error, STATUS_USAGE,
                             "--%s has a meaning with a corpus only, not with --matrix",
                             option_specs[i].name);
        }
    }
    return STATUS_OK;
}

/* Whether an option is about starts and passes, which not every solver has. */
static bool is_of_search(const OptionSpec *spec)
{
    return spec->offset == MEMBER(init) || spec->offset == MEMBER(restarts) ||
           spec->offset == MEMBER(tolerance) || spec->offset == MEMBER(passes_max);
}

/* Whether one was given, or a start. */
static bool has_search_option(const bool given[SPECS_MAX], const Options *options)
{
    for (int i = 0; option_specs[i].name; i++) {
        if (given[i] && is_of_search(&option_specs[i])) {
            return true;
        }
    }
    return options->start_topics != NULL;
}

/* What only makes sense together: an option that would do nothing is a mistake. */
static Status check_together(unsigned command, const bool given[SPECS_MAX], const Options *options,
                             Error *error)
{
    const bool tfidf = options->weight.scheme == WEIGHT_TFIDF;
    const bool infers = command == COMMAND_INFER;
    const struct {
        bool wrong;
        const char *sentence;
    } rules[] = {
        {options->csv && options->json, "--csv and --json exclude each other"},
        {options->nul_separated && !options->files_from, "-0 has a meaning with --files-from only"},
        {options->files_from && options->matrix, "--files-from and --matrix exclude each other"},
        {options->matrix && has_corpus_option(given),
         "options that say how a corpus is read have no meaning with --matrix"},
        {options->metadata_id && !options->metadata,
         "--metadata-id has a meaning with --metadata only"},
        {!tfidf && was_given(given, MEMBER(weight.idf)),
         "--idf has a meaning with --weight tfidf only"},
        {!tfidf && was_given(given, MEMBER(weight.tf)),
         "--tf has a meaning with --weight tfidf only"},
        {command == COMMAND_DOCS && was_given(given, MEMBER(top)) && !options->topic,
         "--top has a meaning with --topic only"},
        {command == COMMAND_TOPICS && was_given(given, MEMBER(top)) && !options->by,
         "--top has a meaning with --by only"},
        {command == COMMAND_TOPICS && was_given(given, MEMBER(time_bin)) && !options->over_time,
         "--time-bin has a meaning with --over-time only"},
        {options->over_time && options->by, "--over-time and --by are two questions: ask one"},
        {infers && options->output && (options->csv || options->json),
         "--csv and --json print the table that -o writes to files: give one or the other"},
        {command != COMMAND_FIT && options->force && !options->output,
         "--force has a meaning with -o only"},
        {options->least_similarity <= 0.0 || options->least_similarity > 1.0,
         "--min-similarity: a similarity is more than 0 and at most 1"},
        {command == COMMAND_EVAL && options->corpus.id_column && !options->labels,
         "--id-column has a meaning with --labels only"},
        {command == COMMAND_EVAL && options->corpus.encoding && !options->labels,
         "--encoding has a meaning with --labels only"},
        {options->vocabulary && !options->matrix, "--vocabulary has a meaning with --matrix only"},
        {options->document_ids && !options->matrix, "--documents has a meaning with --matrix only"},
        {options->matrix && !options->vocabulary,
         "--matrix needs --vocabulary, the words of its rows"},
        {!options->start_topics != !options->start_mixtures,
         "--start-topics and --start-mixtures have a meaning together only"},
        {options->resume && !options->output, "--resume has a meaning with -o only"},
        {options->resume && options->force, "--resume and --force exclude each other"},
        {options->topics == TOPICS_AUTO && options->start_topics,
         "-k auto and --start-topics exclude each other"},
        {options->phrases > 1.0, "--phrases: mutual information is at most 1"},
        {options->start_topics && was_given(given, MEMBER(init)),
         "--init and --start-topics exclude each other"},
        {nmf_solvers[options->solver].startless && has_search_option(given, options),
         "--solver anchor has no start and no passes: --init, --start-topics, --restarts, "
         "--tolerance and --max-passes have no meaning with it"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].wrong) {
            return error_set(error, STATUS_USAGE, "%s", rules[i].sentence);
        }
    }
    Status status = options->matrix ? check_token_rules(given, error) : STATUS_OK;
    return status ? status : corpus_options_check(&options->corpus, error);
}

/* Copies of every text that outlives popt's context, in one array that ends with NULL. */
typedef struct Texts {
    char **items;
    size_t count;
    size_t capacity;
} Texts;

static Status keep_text(Texts *texts, char *text, Error *error)
{
    Status status = memory_reserve(&texts->items, &texts->capacity, texts->count + 2,
                                   sizeof *texts->items, error);
    if (status) {
        free(text);
        return status;
    }
    texts->items[texts->count++] = text;
    texts->items[texts->count] = NULL;
    return STATUS_OK;
}

/* The first command that has an option of this name, or 0. */
static unsigned find_owner(const char *name)
{
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (strcmp(spec->name, name) == 0) {
            return spec->commands & -spec->commands;
        }
    }
    return 0;
}

/* What popt found wrong with `option`. Without a hint here, that of the command is given. */
static Status set_popt_error(unsigned command, const char *option, int code, Error *error)
{
    error_set(error, STATUS_USAGE, "%s: %s", option, poptStrerror(code));
    if (code != POPT_ERROR_BADOPT || strncmp(option, "--", 2) != 0) {
        return error_status(error);
    }
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(option + 2, "="), option + 2);
    const unsigned owner = find_owner(name);
    if (owner) {
        return error_hint(error, "it is an option of themata %s", command_name(owner));
    }
    Nearest nearest = nearest_to(name);
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (options_belong(spec, command)) {
            nearest_consider(&nearest, spec->name);
        }
    }
    return nearest.found ? error_hint(error, "did you mean --%s?", nearest.found)
                         : error_status(error);
}

static Status take_options(unsigned command, poptContext context, Options *options, Texts *texts,
                           bool *help, Error *error)
{
    bool given[SPECS_MAX] = {false};
    int code;
    while ((code = poptGetNextOpt(context)) > 0) {
        if (code == VALUE_HELP) {
            *help = true;
            return STATUS_OK;
        }
        const OptionSpec *spec = &option_specs[code - 1];
        given[code - 1] = true;
        char *text = poptGetOptArg(context);
        if (!text && spec->kind != OPTION_SWITCH) { /* popt had no memory for a copy */
            return error_set(error, STATUS_FAILED, "out of memory: the command line");
        }
        Status status = store_value(spec, text, options, error);
        if (text) {
            Status kept = keep_text(texts, text, error);
            status = status ? status : kept;
        }
        if (status) {
            return status;
        }
    }
    if (code < -1) {
        return set_popt_error(command, poptBadOption(context, POPT_BADOPTION_NOALIAS), code, error);
    }
    if (options->start_topics && !was_given(given, MEMBER(topics))) {
        options->topics = 0;
    }
    return check_together(command, given, options, error);
}

/* The arguments that are not options, kept as pointers behind the texts. */
static Status take_arguments(poptContext context, Options *options, Texts *texts, Error *error)
{
    const char **arguments = poptGetArgs(context);
    const size_t first = texts->count;
    for (int i = 0; arguments && arguments[i]; i++) {
        char *copy = memory_copy_text(arguments[i], strlen(arguments[i]), error);
        Status status = copy ? keep_text(texts, copy, error) : error_status(error);
        if (status) {
            return status;
        }
    }
    options->argument_count = (int)(texts->count - first);
    options->arguments = texts->items ? (const char *const *)texts->items + first : NULL;
    return STATUS_OK;
}

Status options_parse(unsigned command, int argc, const char **argv, Options *options, bool *help,
                     Error *error)
{
    struct poptOption table[SPECS_MAX + 2];
    make_popt_table(command, table);
    *help = false;
    poptContext context = poptGetContext("themata", argc, argv, table, POPT_CONTEXT_KEEP_FIRST);
    if (!context) {
        return error_set(error, STATUS_FAILED, "out of memory: the command line");
    }
    Texts texts = {0};
    Status status = take_options(command, context, options, &texts, help, error);
    if (!status && !*help) {
        status = take_arguments(context, options, &texts, error);
    }
    options->memory = texts.items;
    poptFreeContext(context);
    return status;
}

/* ---- the record ---- */

static bool has_item(const OptionSpec *spec, const OptionList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].option, spec->name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether something else that was asked for leaves the option without effect. */
static bool is_idle(const OptionSpec *spec, const Options *options)
{
    const void *member = (const char *)options + spec->offset;
    if (is_of_corpus(spec) || is_of_metadata(spec)) { /* one that is not set says nothing */
        return spec->kind == OPTION_LIST     ? !has_item(spec, member)
               : spec->kind == OPTION_TEXT   ? !*(const char *const *)member
               : spec->kind == OPTION_CHOICE ? *(const int *)member == 0
                                             : !*(const bool *)member;
    }
    return (options->start_topics && spec->offset == MEMBER(init)) ||
           (nmf_solvers[options->solver].startless && is_of_search(spec)) ||
           (options->stability == 0 && spec->offset == MEMBER(stability)) ||
           (options->matrix && is_token_rule(spec));
}

/* The items are patterns that were compiled, so they are UTF-8. */
static Status record_list(const OptionSpec *spec, const OptionList *list, ModelOption *record,
                          Error *error)
{
    Buffer text = {0};
    Status status = format_list(spec, list, &text, error);
    record->kind = MODEL_OPTION_LIST;
    record->text = text.bytes;
    record->whole = (int64_t)text.length;
    return status;
}

Status options_record(const Options *options, Model *model, Error *error)
{
    model->options = memory_new(SPECS_MAX, sizeof *model->options, error);
    if (!model->options) {
        return error_status(error);
    }
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (!spec->recorded || is_idle(spec, options)) {
            continue;
        }
        ModelOption *record = &model->options[model->option_count++];
        *record = (ModelOption){.name = spec->name};
        const void *member = (const char *)options + spec->offset;
        if (spec->kind == OPTION_SWITCH) {
            record->kind = MODEL_OPTION_SWITCH;
            record->whole = *(const bool *)member;
        } else if (spec->kind == OPTION_WHOLE || spec->kind == OPTION_TOPICS) {
            record->kind = MODEL_OPTION_WHOLE;
            record->whole = spec->offset == MEMBER(topics) ? model->k : *(const int64_t *)member;
        } else if (spec->kind == OPTION_NUMBER) {
            record->kind = MODEL_OPTION_NUMBER;
            record->number = *(const double *)member;
        } else if (spec->kind == OPTION_LIST) {
            Status status = record_list(spec, member, record, error);
            if (status) {
                return status;
            }
        } else {
            Buffer value = {0}, text = {0}; /* a path may not be UTF-8, the record must be */
            Status status = buffer_reserve(&text, 0, error);
            if (!status) {
                status = options_format_value(spec, options, &value, error);
            }
            if (!status) {
                status = utf8_is_valid(buffer_text(&value))
                             ? buffer_append_text(&text, buffer_text(&value), error)
                             : safe_text_append(&text, buffer_text(&value), error);
            }
            buffer_free(&value);
            if (status) {
                buffer_free(&text);
                return status;
            }
            record->text = text.bytes;
        }
    }
    return STATUS_OK;
}

void options_free(Options *options)
{
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (spec->kind == OPTION_LIST) {
            OptionList *list = (OptionList *)((char *)options + spec->offset);
            free(list->items);
            *list = (OptionList){0};
        }
    }
    char **texts = (char **)options->memory;
    for (size_t i = 0; texts && texts[i]; i++) {
        free(texts[i]);
    }
    free(texts);
    *options = (Options){0};
}
