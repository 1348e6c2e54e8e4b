/* The table of options, and their defaults. */
#include "app/option_table.h"

#include "report/page.h"

static const char group_main[] = "Main options";
static const char group_table[] = "Tables: CSV, TSV";
static const char group_grid[] = "Tables of numbers";
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
static const char group_report[] = "The report";
static const char group_show[] = "Output";

/* Of a table: those methods that make no negative numbers. */
static const char *const factor_method_names[] = {"nmf", "plsa", "kmeans", "anchor", NULL};
_Static_assert(METHOD_ANCHOR == 3, "numbered as method_names");

/* clang-format off */
const OptionSpec option_specs[] = {
    {group_main, "topics", 'k', "N", OPTION_TOPICS, MEMBER(topics), COMMAND_FIT, true, 1, INT32_MAX / 2, NULL,
     "number of topics, or auto for the one that a sweep over 2:30 recommends; that of the start if --start-topics is given"},
    {group_main, "topics", 'k', "N", OPTION_WHOLE, MEMBER(topics), COMMAND_CHECK | COMMAND_BASELINES, false, 1, INT32_MAX / 2, NULL,
     "number of topics"},
    {group_main, "topics", 'k', "RANGE", OPTION_SWEEP, MEMBER(range), COMMAND_SWEEP, false, 2, INT32_MAX / 2, NULL,
     "numbers of topics: 4:60 for all from 4 to 60, 4:60:4 for every fourth"},
    {group_main, "factors", 'k', "N", OPTION_FACTORS, MEMBER(topics), COMMAND_FACTOR, true, 1, INT32_MAX / 2, NULL,
     "number of factors, which must be said; or several to compare by --test-fraction, in place of a model: 2:20 for all from 2 to 20, 2:20:3 for every third"},
    {group_main, "stability", 0, "B", OPTION_WHOLE, MEMBER(stability), COMMAND_FIT, true, 0, 100000, NULL,
     "measure how stable the topics are, by B fits on random samples of the documents; 0: do not"},
    {group_main, "stability", 0, "B", OPTION_WHOLE, MEMBER(samples), COMMAND_SWEEP, false, 1, 100000, NULL,
     "samples of the documents that each number of topics is tried on"},
    {group_main, "to", 0, "FORMATS", OPTION_TEXT, MEMBER(formats), COMMAND_EXPORT, false, 0, 0, NULL,
     "one or several of csv, excel-csv, xlsx, sqlite, npz, mm, mallet, ldavis, tidytext, json, pgm, with commas between them"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_FIT, false, 0, 0, NULL,
     "where the model goes; otherwise the corpus' name with .themata"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_FACTOR, false, 0, 0, NULL,
     "where the model goes; otherwise the table's name with .themata"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_EXPORT, false, 0, 0, NULL,
     "where the files go; otherwise the model's name with .export"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_INFER, false, 0, 0, NULL,
     "write the mixtures into this directory, in place of printing them"},
    {group_main, "output", 'o', "DIR", OPTION_TEXT, MEMBER(output), COMMAND_SWEEP | COMMAND_COMPARE, false, 0, 0, NULL,
     "keep the result in this directory, too"},
    {group_main, "output", 'o', "FILE", OPTION_TEXT, MEMBER(output), COMMAND_EVAL, false, 0, 0, NULL,
     "write the names that are suggested for topics as a labels.csv"},
    {group_main, "output", 'o', "FILE", OPTION_TEXT, MEMBER(output), COMMAND_REPORT, false, 0, 0, NULL,
     "where the report goes; otherwise report.html in the model's directory, in place of the one that is there"},
    {group_main, "output", 'o', "FILE", OPTION_TEXT, MEMBER(output), COMMAND_BASELINES, false, 0, 0, NULL,
     "with --convergence: write the picture of it, as SVG"},
    {group_main, "convergence", 0, NULL, OPTION_SWITCH, MEMBER(convergence), COMMAND_BASELINES, false, 0, 0, NULL,
     "show how fast solvers converge from one start (random if --init does not say which), in place of methods"},
    {group_main, "labels", 0, "FILE", OPTION_TEXT, MEMBER(labels), COMMAND_REPORT, false, 0, 0, NULL,
     "names and notes of the topics, as labels.csv has them and the report's page saves them; otherwise the model's"},
    {group_main, "resume", 0, NULL, OPTION_SWITCH, MEMBER(resume), COMMAND_SWEEP, false, 0, 0, NULL,
     "go on from what -o holds of the same sweep, and add to it"},
    {group_main, "force", 0, NULL, OPTION_SWITCH, MEMBER(force), COMMAND_FIT | COMMAND_SWEEP | COMMAND_INFER | COMMAND_COMPARE | COMMAND_EVAL | COMMAND_EXPORT | COMMAND_REPORT | COMMAND_FACTOR | COMMAND_BASELINES, false, 0, 0, NULL,
     "replace an existing result"},
    {group_main, "strict", 0, NULL, OPTION_SWITCH, MEMBER(strict), COMMAND_FIT | COMMAND_INFER | COMMAND_CHECK | COMMAND_SWEEP | COMMAND_FACTOR | COMMAND_BASELINES, false, 0, 0, NULL,
     "exit with 4 if a file was skipped or repaired or, in fit, the solver did not converge"},
    {group_main, "threads", 0, "N", OPTION_WHOLE, MEMBER(threads), COMMAND_FIT | COMMAND_INFER | COMMAND_CHECK | COMMAND_SWEEP | COMMAND_FACTOR | COMMAND_BASELINES, false, 0, 1024, NULL,
     "threads, 0 for as many as there are processors; the result does not depend on it"},
    {group_main, "memory", 0, "SIZE", OPTION_BYTES, MEMBER(memory_bytes), COMMAND_FIT | COMMAND_INFER | COMMAND_CHECK | COMMAND_SWEEP | COMMAND_FACTOR | COMMAND_BASELINES, false, 0, 0, NULL,
     "memory that may be used, such as 500M or 8G; 0 for three quarters of the machine's"},

    {group_table, "text-column", 0, "NAMES", OPTION_TEXT, MEMBER(corpus.text_column), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "columns that hold the text, names or numbers, comma-separated; usual names are found without it"},
    {group_table, "id-column", 0, "NAME", OPTION_TEXT, MEMBER(corpus.id_column), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "the column that holds the document's id, or none to number the rows"},
    {group_table, "date-column", 0, "NAME", OPTION_TEXT, MEMBER(corpus.date_column), COMMAND_FIT | COMMAND_INFER, true, 0, 0, NULL,
     "the column that holds the document's date, or none; with --metadata, one of that table"},
    {group_table, "delimiter", 0, "CHAR", OPTION_TEXT, MEMBER(corpus.delimiter), COMMAND_FIT | COMMAND_INFER | COMMAND_FACTOR, true, 0, 0, NULL,
     "what separates columns, a character or tab; found out otherwise"},
    {group_table, "quote", 0, "CHAR", OPTION_TEXT, MEMBER(corpus.quote), COMMAND_FIT | COMMAND_INFER | COMMAND_FACTOR, true, 0, 0, NULL,
     "what stands around fields, a character or none; found out otherwise"},
    {group_table, "header", 0, "KIND", OPTION_CHOICE, MEMBER(corpus.header), COMMAND_FIT | COMMAND_INFER, true, 0, 0, corpus_header_names,
     "whether the first row is a heading"},
    {group_grid, "header", 0, "KIND", OPTION_CHOICE, MEMBER(corpus.header), COMMAND_FACTOR, true, 0, 0, corpus_header_names,
     "whether the first row holds the names of the columns; auto: if there is a word in it"},
    {group_grid, "names", 0, "KIND", OPTION_CHOICE, MEMBER(names), COMMAND_FACTOR, true, 0, 0, corpus_header_names,
     "whether the first column holds the names of the rows; auto: if it begins with a word, or its heading is empty or says id or date"},
    {group_grid, "columns", 0, "NAMES", OPTION_TEXT, MEMBER(table_columns), COMMAND_FACTOR, true, 0, 0, NULL,
     "columns of numbers to take, names or numbers, comma-separated; otherwise all"},
    {group_grid, "row-names", 0, "FILE", OPTION_TEXT, MEMBER(row_names), COMMAND_FACTOR, false, 0, 0, NULL,
     "the names of the rows of a table that has none (Matrix Market, .npy, .npz), one a line; they are numbered otherwise"},
    {group_grid, "column-names", 0, "FILE", OPTION_TEXT, MEMBER(column_names), COMMAND_FACTOR, false, 0, 0, NULL,
     "the names of its columns, one a line"},
    {group_grid, "triples", 0, NULL, OPTION_SWITCH, MEMBER(triples), COMMAND_FACTOR, true, 0, 0, NULL,
     "the file has a cell in each line: row, column, value; u.data, ratings.csv and such headings are known without it"},
    {group_grid, "orientation", 0, "KIND", OPTION_CHOICE, MEMBER(orientation), COMMAND_FACTOR, true, 0, 0, orientation_names,
     "what is described by shares of the factors: items; what factors are made of are the others, entries"},
    {group_grid, "missing", 0, "KIND", OPTION_CHOICE, MEMBER(missing), COMMAND_FACTOR, true, 0, 0, missing_names,
     "cells without a value (empty, /, -, ?, NA, NaN; pairs that no line names) are 0, or take no part; of a sparse file, those that it does not store"},
    {group_grid, "test-fraction", 0, "X", OPTION_NUMBER, MEMBER(test_fraction), COMMAND_FACTOR, true, 0, 0, NULL,
     "hold out this part of the known cells, and say how well they are predicted; with --missing ignore"},
    {group_grid, "clip", 0, "LOW:HIGH", OPTION_TEXT, MEMBER(clip), COMMAND_FACTOR | COMMAND_PREDICT, false, 0, 0, NULL,
     "keep predictions in this range; otherwise in that of the known values"},
    {group_grid, "row", 0, "NAME", OPTION_TEXT, MEMBER(row), COMMAND_PREDICT, false, 0, 0, NULL,
     "predict the cells of this item alone"},
    {group_grid, "threshold", 0, "X", OPTION_NUMBER, MEMBER(threshold), COMMAND_PREDICT, false, 0, 0, NULL,
     "only predictions above this"},
    {group_grid, "weight", 0, "SCHEME", OPTION_CHOICE, MEMBER(weight.scheme), COMMAND_FACTOR, true, 0, 0, weight_scheme_names,
     "what stands in place of a value: count leaves it as it is"},
    {group_grid, "normalize", 0, "NORM", OPTION_CHOICE, MEMBER(weight.norm), COMMAND_FACTOR, true, 0, 0, weight_norm_names,
     "norm that each item is brought to 1 by"},
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
    {group_corpus, "encoding", 0, "NAME", OPTION_TEXT, MEMBER(corpus.encoding), COMMAND_FIT | COMMAND_INFER | COMMAND_TOKENS | COMMAND_FACTOR, true, 0, 0, NULL,
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
    {group_labels, "labels", 0, "FILE", OPTION_TEXT, MEMBER(labels), COMMAND_BASELINES, false, 0, 0, NULL,
     "a table (CSV, TSV) with labels of the documents, a row for each; the documents' metadata otherwise"},
    {group_labels, "label-column", 0, "NAME", OPTION_TEXT, MEMBER(label_column), COMMAND_BASELINES, false, 0, 0, NULL,
     "its column with the labels"},
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

    {group_fit, "method", 0, "NAME", OPTION_CHOICE, MEMBER(method), COMMAND_FIT, true, 0, 0, method_names,
     "how topics are found: NMF, or to compare it with, PLSA by EM, spherical k-means, anchor words; SVD and LSA give dimensions in place of topics, and tables in place of a model"},
    {group_fit, "method", 0, "NAME", OPTION_CHOICE, MEMBER(method), COMMAND_FACTOR, true, 0, 0, factor_method_names,
     "how factors are found: NMF, or to compare it with, PLSA by EM, spherical k-means, anchor entries"},
    {group_fit, "objective", 0, "NAME", OPTION_CHOICE, MEMBER(objective), COMMAND_BASELINES, false, 0, 0, nmf_objective_names,
     "with --convergence: what the solvers minimise"},
    {group_fit, "objective", 0, "NAME", OPTION_CHOICE, MEMBER(objective), COMMAND_FIT | COMMAND_FACTOR, true, 0, 0, nmf_objective_names,
     "what is minimised: the Kullback-Leibler divergence, for counts, or the Frobenius error, the sum of squares"},
    {group_fit, "alpha-w", 0, "X", OPTION_NUMBER, MEMBER(penalty.alpha_w), COMMAND_FIT | COMMAND_FACTOR, true, 0, 0, NULL,
     "penalty on W, the words of topics: scikit-learn's alpha_H, scaled as there"},
    {group_fit, "alpha-h", 0, "X", OPTION_NUMBER, MEMBER(penalty.alpha_h), COMMAND_FIT | COMMAND_FACTOR, true, 0, 0, NULL,
     "penalty on H, the documents' parts of topics: scikit-learn's alpha_W"},
    {group_fit, "l1-ratio", 0, "X", OPTION_NUMBER, MEMBER(penalty.l1_ratio), COMMAND_FIT | COMMAND_FACTOR, true, 0, 0, NULL,
     "how much of the penalties is on sums, which makes zeros; the rest is on squares"},
    {group_fit, "solver", 0, "NAME", OPTION_CHOICE, MEMBER(solver), COMMAND_FIT | COMMAND_FACTOR | COMMAND_SWEEP | COMMAND_BASELINES, true, 0, 0, nmf_solver_names,
     "coordinate descent, cd for kl and hals for frobenius; multiplicative updates and, for frobenius, gradient descent (slow, for comparison); or anchor words, without a search"},
    {group_fit, "learning-rate", 0, "X", OPTION_NUMBER, MEMBER(learning_rate), COMMAND_FIT | COMMAND_FACTOR, true, 0, 0, NULL,
     "step of --solver gradient: part of the longest that never overshoots or, with --missing ignore, the step at each cell; 0 for one that suits"},
    {group_fit, "init", 0, "KIND", OPTION_CHOICE, MEMBER(init), COMMAND_FIT | COMMAND_SWEEP | COMMAND_FACTOR | COMMAND_BASELINES, true, 0, 0, nmf_init_names,
     "start of the solver"},
    {group_fit, "start-topics", 0, "FILE", OPTION_TEXT, MEMBER(start_topics), COMMAND_FIT | COMMAND_FACTOR, false, 0, 0, NULL,
     "a start in place of --init: topics × words as a .npy file, such as a model's topics.npy"},
    {group_fit, "start-mixtures", 0, "FILE", OPTION_TEXT, MEMBER(start_mixtures), COMMAND_FIT | COMMAND_FACTOR, false, 0, 0, NULL,
     "documents × topics of that start: shares, if every row sums to 1 or 0, of the documents' sums; taken as they are otherwise"},
    {group_fit, "restarts", 0, "N", OPTION_WHOLE, MEMBER(restarts), COMMAND_FIT | COMMAND_FACTOR | COMMAND_BASELINES, true, 1, 1000000, NULL,
     "starts to try, all but the first random; the one with the lowest objective is kept"},
    {group_fit, "consensus", 0, NULL, OPTION_SWITCH, MEMBER(consensus), COMMAND_FACTOR, false, 0, 0, NULL,
     "write how often the starts put two items together, of at most 2,000 items, and a picture of it"},
    {group_fit, "seed", 0, "N", OPTION_WHOLE, MEMBER(seed), COMMAND_FIT | COMMAND_SWEEP | COMMAND_FACTOR | COMMAND_BASELINES, true, 0, INT64_MAX, NULL,
     "seed of all random numbers"},
    {group_fit, "tolerance", 0, "X", OPTION_NUMBER, MEMBER(tolerance), COMMAND_FIT | COMMAND_SWEEP | COMMAND_BASELINES, true, 0, 0, NULL,
     "stop when a pass lowers the objective by less than this part of it"},
    {group_fit, "tolerance", 0, "X", OPTION_NUMBER, MEMBER(tolerance), COMMAND_FACTOR, true, 0, 0, NULL,
     "stop when a pass lowers the objective by less than this part of it"},
    {group_fit, "max-passes", 0, "N", OPTION_WHOLE, MEMBER(passes_max), COMMAND_FACTOR, true, 1, 100000000, NULL,
     "stop after so many passes at the latest"},
    {group_fit, "max-passes", 0, "N", OPTION_WHOLE, MEMBER(passes_max), COMMAND_FIT | COMMAND_SWEEP | COMMAND_BASELINES, true, 1, 100000000, NULL,
     "stop after so many passes at the latest"},

    {group_fit, "coherence", 0, "KIND", OPTION_CHOICE, MEMBER(coherence), COMMAND_FIT, true, 0, 0, coherence_names,
     "what the coherence of topics is measured by: whole documents, or windows of text too, for which the corpus is read again"},

    {group_report, "text", 0, "KIND", OPTION_CHOICE, MEMBER(text), COMMAND_FIT | COMMAND_REPORT, false, 0, 0, page_text_names,
     "how much of the documents' texts is in the report: nothing, the beginning of each, 2,000 characters of each topic's best beside it, or all; the last two read the corpus again"},
    {group_report, "corpus", 0, "CORPUS", OPTION_TEXT, MEMBER(corpus_path), COMMAND_REPORT, false, 0, 0, NULL,
     "what the model was made of, for --text excerpts and full; read as it was then"},
    {group_report, "files-from", 0, "LIST", OPTION_TEXT, MEMBER(files_from), COMMAND_REPORT, false, 0, 0, NULL,
     "in place of --corpus: read the files whose paths are in this file, one a line"},
    {group_report, "null", '0', NULL, OPTION_SWITCH, MEMBER(nul_separated), COMMAND_REPORT, false, 0, 0, NULL,
     "there are NUL bytes between these paths, not lines"},
    {group_report, "max-text", 0, "SIZE", OPTION_BYTES, MEMBER(text_most), COMMAND_FIT | COMMAND_REPORT, false, 0, 0, NULL,
     "how much text a report with --text full may hold, such as 200M; 0 for any amount"},
    {group_report, "title", 0, "TEXT", OPTION_TEXT, MEMBER(title), COMMAND_FIT | COMMAND_FACTOR | COMMAND_REPORT, true, 0, 0, NULL,
     "what the report is called"},
    {group_report, "no-report", 0, NULL, OPTION_SWITCH, MEMBER(no_report), COMMAND_FIT | COMMAND_FACTOR, false, 0, 0, NULL,
     "write no report.html"},

    {group_show, "export-matrix", 0, "FILE", OPTION_TEXT, MEMBER(export_matrix), COMMAND_FIT | COMMAND_FACTOR, false, 0, 0, NULL,
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
    {group_show, "time-bin", 0, "BIN", OPTION_CHOICE, MEMBER(time_bin), COMMAND_FIT | COMMAND_TOPICS | COMMAND_REPORT, false, 0, 0, time_bin_names,
     "how much time is put together: auto takes what makes at most 60 bins that hold 5 documents on average"},
    {group_show, "top", 0, "N", OPTION_WHOLE, MEMBER(top), COMMAND_PREDICT, false, 1, INT32_MAX, NULL,
     "how many predictions to show of an item, the largest first"},
    {group_show, "top", 0, "N", OPTION_WHOLE, MEMBER(top), COMMAND_FACTOR, false, 1, INT32_MAX, NULL,
     "how many entries and items to show of a factor"},
    {group_show, "words", 0, "N", OPTION_WHOLE, MEMBER(words), COMMAND_FIT | COMMAND_EXPLAIN | COMMAND_TOPICS | COMMAND_DOCS | COMMAND_CHECK | COMMAND_COMPARE | COMMAND_EVAL, false, 1, INT32_MAX, NULL,
     "how many words to show of a topic"},
    {group_show, "min-similarity", 0, "X", OPTION_NUMBER, MEMBER(least_similarity), COMMAND_COMPARE, false, 0, 0, NULL,
     "topics whose similarity, from 0 to 1, is less have nothing to do with each other"},
    {group_show, "csv", 0, NULL, OPTION_SWITCH, MEMBER(csv), COMMAND_FIT | COMMAND_PREDICT | COMMAND_EXPLAIN | COMMAND_SWEEP | COMMAND_TOPICS | COMMAND_DOCS | COMMAND_INFER | COMMAND_COMPARE | COMMAND_EVAL | COMMAND_FACTOR | COMMAND_BASELINES, false, 0, 0, NULL,
     "print the table as CSV"},
    {group_show, "json", 0, NULL, OPTION_SWITCH, MEMBER(json), COMMAND_FIT | COMMAND_PREDICT | COMMAND_EXPLAIN | COMMAND_SWEEP | COMMAND_TOPICS | COMMAND_DOCS | COMMAND_INFER | COMMAND_CHECK | COMMAND_COMPARE | COMMAND_EVAL | COMMAND_FACTOR | COMMAND_BASELINES, false, 0, 0, NULL,
     "print the table as JSON"},
    {group_show, "quiet", 'q', NULL, OPTION_SWITCH, MEMBER(quiet), COMMAND_FIT | COMMAND_SWEEP | COMMAND_INFER | COMMAND_TOKENS | COMMAND_CHECK | COMMAND_COMPARE | COMMAND_EVAL | COMMAND_EXPORT | COMMAND_REPORT | COMMAND_PREDICT | COMMAND_EXPLAIN | COMMAND_FACTOR | COMMAND_BASELINES, false, 0, 0, NULL,
     "no progress and no summary on standard error, warnings only"},
    {.name = NULL},
};
/* clang-format on */
_Static_assert(sizeof option_specs / sizeof *option_specs <= SPECS_MAX, "raise SPECS_MAX");

const char *const duplicates_names[] = {"keep", "drop", NULL};

const char *const missing_names[] = {"zero", "ignore", NULL};

const char *const orientation_names[] = {"rows-are-items", "columns-are-items", NULL};

const char *const coherence_names[] = {"doc", "all", NULL};

/* Whether the option is about where documents come from. */
bool option_is_of_corpus(const OptionSpec *spec)
{
    return spec->group == group_table || spec->group == group_json || spec->group == group_lines ||
           spec->group == group_corpus || spec->group == group_clean;
}

bool option_is_of_metadata(const OptionSpec *spec)
{
    return spec->group == group_metadata;
}

static bool is_of_words(const OptionSpec *spec)
{
    return spec->group == group_text || spec->group == group_language || spec->group == group_terms;
}

bool options_belong(const OptionSpec *spec, unsigned command)
{
    const bool reads = option_is_of_corpus(spec) || is_of_words(spec);
    const bool as_check = reads || option_is_of_metadata(spec);
    const bool as_sweep = reads || spec->group == group_matrix || spec->group == group_weight;
    const bool as_baselines = as_sweep || option_is_of_metadata(spec);
    const bool of_fit = spec->commands & COMMAND_FIT;
    return (spec->commands & command) || (command == COMMAND_CHECK && as_check && of_fit) ||
           (command == COMMAND_SWEEP && as_sweep && of_fit) ||
           (command == COMMAND_BASELINES && as_baselines && of_fit);
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
        .text = PAGE_TEXT_SNIPPETS,
        .text_most = (int64_t)60 << 20,
        .least_similarity = 0.5,
    };
}

/* A table is small, its values mean what they are, and how exact the result is matters more. */
static Options factor_defaults(void)
{
    Options options = options_defaults();
    options.topics = 0;
    options.stopwords = "none";
    options.weight.scheme = WEIGHT_COUNT;
    options.weight.norm = NORM_NONE;
    options.tolerance = 1e-9;
    options.passes_max = 5000;
    options.top = 5;
    return options;
}

Options options_defaults_of(unsigned commands)
{
    return commands == COMMAND_FACTOR ? factor_defaults() : options_defaults();
}
