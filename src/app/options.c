#include "app/option_table.h"

#include "app/commands.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/safe_text.h"
#include "base/utf8.h"
#include "nmf/kmeans.h"
#include "report/page.h"

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
    if (range.first < spec->least) {
        return error_set(error, STATUS_USAGE,
                         "--%s: %s begins below %lld, with nothing to tell apart", spec->name, text,
                         (long long)spec->least);
    }
    if (range.last > spec->most || range.step < 1 || range.last < range.first) {
        return error_set(error, STATUS_USAGE,
                         range.last < range.first ? "--%s: %s is empty: it ends before it begins"
                                                  : "--%s: %s is out of range",
                         spec->name, text);
    }
    *member = range;
    return STATUS_OK;
}

static Status store_factors(const OptionSpec *spec, const char *text, Options *options,
                            Error *error)
{
    if (!strchr(text, ':')) {
        return store_whole(spec, text, &options->topics, error);
    }
    options->topics = TOPICS_RANGE;
    return store_sweep(spec, text, &options->range, error);
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
    case OPTION_FACTORS:
        return store_factors(spec, text, options, error);
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
    case OPTION_FACTORS:
    case OPTION_WHOLE:
        return buffer_print(text, error, "%lld", (long long)*(const int64_t *)member);
    case OPTION_BYTES: {
        const int64_t bytes = *(const int64_t *)member;
        const bool in_mb = bytes > 0 && bytes % (1 << 20) == 0;
        return buffer_print(text, error, "%lld%s", (long long)(in_mb ? bytes >> 20 : bytes),
                            in_mb ? "M" : "");
    }
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

enum { VALUE_HELP = SPECS_MAX + 1 };

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
        if (given[i] && option_specs[i].recorded && option_is_of_corpus(&option_specs[i])) {
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

/* Whether what was chosen makes topics without a start and passes. */
static bool is_startless(const Options *options)
{
    return !method_is_signed(options->method) &&
           method_solver(options->method, options->solver)->startless;
}

/* To see where solvers end it takes more passes than for topics. */
static const double convergence_tolerance = 1e-9;

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

/* Whether something else than the divergence alone is minimised. */
static bool is_scaled(const Options *options)
{
    return options->objective != NMF_KL || nmf_is_penalised(&options->penalty);
}

/* What has no meaning with some method. */
static Status check_method(const bool given[SPECS_MAX], const Options *options, Error *error)
{
    const char *name = method_names[options->method];
    const bool is_nmf = options->method == METHOD_NMF;
    const bool is_signed = method_is_signed(options->method);
    if (!is_nmf && was_given(given, MEMBER(objective))) {
        return error_set(error, STATUS_USAGE,
                         "--objective says what NMF minimises, not --method %s", name);
    }
    if (!is_nmf && options->missing == MISSING_IGNORE) {
        return error_set(error, STATUS_USAGE,
                         "--method %s cannot leave unknown cells out, as --missing ignore asks: "
                         "nmf can",
                         name);
    }
    if (is_signed && nmf_is_penalised(&options->penalty)) {
        return error_set(error, STATUS_USAGE, "--method %s takes no penalties", name);
    }
    if (!is_nmf && was_given(given, MEMBER(solver))) {
        return error_set(error, STATUS_USAGE, "--solver says how NMF is solved, not --method %s",
                         name);
    }
    if (!is_nmf && (options->stability > 0 || options->topics == TOPICS_AUTO)) {
        return error_set(error, STATUS_USAGE, "%s looks at the topics of NMF, not of --method %s",
                         options->stability > 0 ? "--stability" : "-k auto", name);
    }
    if (options->method == METHOD_KMEANS &&
        (was_given(given, MEMBER(init)) || options->start_topics)) {
        return error_set(error, STATUS_USAGE,
                         "--method kmeans begins with documents, by k-means++: --init and "
                         "--start-topics have no meaning with it");
    }
    if (is_signed && has_search_option(given, options)) {
        return error_set(error, STATUS_USAGE,
                         "--method %s has one solution: --init, --start-topics, --restarts, "
                         "--tolerance and --max-passes have no meaning with it",
                         name);
    }
    if (is_signed && (was_given(given, MEMBER(coherence)) || was_given(given, MEMBER(time_bin)))) {
        return error_set(error, STATUS_USAGE,
                         "--method %s makes dimensions, no topics: --coherence and --time-bin "
                         "have no meaning with it",
                         name);
    }
    return STATUS_OK;
}

/* The start that suits what is minimised: where cells are unknown, a decomposition that reads them
 * as 0 would lead there; and the default of NMF is nearly a solution, from which there is nothing
 * to be seen of other methods and solvers. */
static NmfInit default_init(const Options *options)
{
    const bool is_random = options->missing == MISSING_IGNORE || options->method == METHOD_PLSA ||
                           options->convergence;
    return is_random                             ? NMF_INIT_RANDOM
           : options->objective == NMF_FROBENIUS ? NMF_INIT_NNDSVDA
                                                 : options->init;
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
        {options->files_from && options->corpus_path,
         "--files-from and --corpus exclude each other"},
        {command == COMMAND_REPORT && (options->corpus_path || options->files_from) &&
             options->text != PAGE_TEXT_EXCERPTS && options->text != PAGE_TEXT_FULL,
         "--corpus and --files-from have a meaning with --text excerpts or full only"},
        {options->text != PAGE_TEXT_FULL && was_given(given, MEMBER(text_most)),
         "--max-text has a meaning with --text full only"},
        {options->no_report && (was_given(given, MEMBER(text)) || options->title),
         "--text and --title have no meaning with --no-report"},
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
        {command != COMMAND_FIT && command != COMMAND_FACTOR && command != COMMAND_REPORT &&
             options->force && !options->output,
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
        {command == COMMAND_BASELINES && options->output && !options->convergence,
         "-o has a meaning with --convergence only"},
        {options->convergence && (options->labels || options->label_column),
         "--labels and --label-column have no meaning with --convergence"},
        {command == COMMAND_BASELINES && options->objective == NMF_FROBENIUS &&
             !options->convergence,
         "--objective has a meaning with --convergence only: the table has both"},
        {options->convergence && was_given(given, MEMBER(restarts)),
         "--restarts has no meaning with --convergence: all begin from one start"},
        {options->convergence && was_given(given, MEMBER(solver)),
         "--solver has no meaning with --convergence, which shows all of them"},
        {command == COMMAND_BASELINES && nmf_solvers[options->solver].startless,
         "--solver is NMF's; anchor words have a row of their own"},
        {options->resume && !options->output, "--resume has a meaning with -o only"},
        {options->resume && options->force, "--resume and --force exclude each other"},
        {options->topics == TOPICS_AUTO && options->start_topics,
         "-k auto and --start-topics exclude each other"},
        {options->penalty.l1_ratio > 1.0, "--l1-ratio is from 0 to 1"},
        {options->penalty.l1_ratio > 0.0 && !nmf_is_penalised(&options->penalty),
         "--l1-ratio has a meaning with --alpha-w or --alpha-h only"},
        {options->test_fraction >= 1.0, "--test-fraction is a part: less than 1"},
        {options->test_fraction > 0.0 && options->missing != MISSING_IGNORE,
         "--test-fraction has a meaning with --missing ignore only: cells that are held out are "
         "unknown to the fit"},
        {command == COMMAND_FACTOR && options->clip && options->test_fraction == 0.0,
         "--clip has a meaning with --test-fraction only; predict has it, too"},
        {options->consensus && options->restarts < 2,
         "--consensus needs --restarts, several starts to agree or not"},
        {options->consensus && options->topics == TOPICS_RANGE,
         "--consensus looks at one number of factors: not with a range of -k"},
        {options->topics == TOPICS_RANGE && options->test_fraction == 0.0,
         "-k with a range needs --test-fraction: numbers of factors are compared by how well they "
         "predict cells that are held out"},
        {options->topics == TOPICS_RANGE &&
             (options->output || options->force || options->export_matrix ||
              options->start_topics || options->title || options->no_report ||
              was_given(given, MEMBER(top))),
         "-k with a range prints a table and makes no model: -o, --force, --export-matrix, "
         "--start-topics, --title, --no-report and --top have no meaning with it"},
        {options->missing == MISSING_IGNORE &&
             (options->weight.scheme != WEIGHT_COUNT || options->weight.norm != NORM_NONE),
         "--weight and --normalize have no meaning with --missing ignore: what an unknown cell "
         "would add is not known"},
        {options->learning_rate > 0.0 && strcmp(nmf_solvers[options->solver].name, "gradient") != 0,
         "--learning-rate has a meaning with --solver gradient only"},
        {options->phrases > 1.0, "--phrases: mutual information is at most 1"},
        {options->start_topics && was_given(given, MEMBER(init)),
         "--init and --start-topics exclude each other"},
        {is_startless(options) && has_search_option(given, options),
         "anchor words have no start and no passes: --init, --start-topics, --restarts, "
         "--tolerance and --max-passes have no meaning with them"},
        {is_scaled(options) && options->topics == TOPICS_AUTO,
         "-k auto compares plain divergences: --objective frobenius and penalties need a number "
         "of topics"},
        {is_scaled(options) && options->stability > 0,
         "--stability measures topics of the plain divergence: not with --objective frobenius or "
         "penalties"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].wrong) {
            return error_set(error, STATUS_USAGE, "%s", rules[i].sentence);
        }
    }
    const NmfOptions nmf = options_nmf(options);
    Status status = check_method(given, options, error);
    if (!status && !method_is_signed(options->method)) {
        status = nmf_solver_check(method_solver(options->method, options->solver), &nmf, error);
    }
    if (!status && options->matrix) {
        status = check_token_rules(given, error);
    }
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

/* A command that has an option of this name, fit if it has, or 0. */
static unsigned find_owner(const char *name)
{
    unsigned owners = 0;
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        owners |= strcmp(spec->name, name) == 0 ? spec->commands : 0;
    }
    return owners & -owners;
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
    if (!was_given(given, MEMBER(solver))) {
        options->solver = nmf_solver_default(options->objective);
    }
    if (!was_given(given, MEMBER(init))) {
        options->init = default_init(options);
    }
    if (options->method == METHOD_KMEANS && !was_given(given, MEMBER(restarts))) {
        options->restarts = KMEANS_RESTARTS;
    }
    if (options->convergence && !was_given(given, MEMBER(tolerance))) {
        options->tolerance = convergence_tolerance;
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

NmfOptions options_nmf(const Options *options)
{
    NmfOptions nmf = nmf_defaults;
    nmf.objective = options->objective;
    nmf.penalty = options->penalty;
    nmf.observed_only = options->missing == MISSING_IGNORE;
    nmf.learning_rate = options->learning_rate;
    nmf.tolerance = options->tolerance;
    nmf.passes_max = (int)options->passes_max;
    return nmf;
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
    if (option_is_of_corpus(spec) ||
        option_is_of_metadata(spec)) { /* one that is not set says nothing */
        return spec->kind == OPTION_LIST     ? !has_item(spec, member)
               : spec->kind == OPTION_TEXT   ? !*(const char *const *)member
               : spec->kind == OPTION_CHOICE ? *(const int *)member == 0
                                             : !*(const bool *)member;
    }
    const bool of_penalty =
        spec->offset >= MEMBER(penalty) && spec->offset < MEMBER(penalty) + sizeof(NmfPenalty);
    return (options->learning_rate == 0.0 && spec->offset == MEMBER(learning_rate)) ||
           (of_penalty && !nmf_is_penalised(&options->penalty)) ||
           (options->start_topics && spec->offset == MEMBER(init)) ||
           (options->method != METHOD_NMF &&
            (spec->offset == MEMBER(solver) || spec->offset == MEMBER(objective))) ||
           (!method_has_init(options->method) && spec->offset == MEMBER(init)) ||
           (is_startless(options) && is_of_search(spec)) ||
           (options->stability == 0 && spec->offset == MEMBER(stability)) ||
           (!options->title && spec->offset == MEMBER(title)) ||
           (options->matrix && is_token_rule(spec));
}

/* Leaves of each name in a list, between commas, what stands behind its last slash: where a file is
 * on this machine is nobody's business whom the model is given to. */
static void drop_folders(char *list)
{
    char *to = list, *item = list;
    for (const char *at = list; *at; at++) {
        *to++ = *at;
        if (*at == ',') {
            item = to;
        } else if (*at == '/') {
            to = item;
        }
    }
    *to = '\0';
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
    const unsigned command = model->input == MODEL_OF_TABLE ? COMMAND_FACTOR : COMMAND_FIT;
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (!(spec->commands & command) || !spec->recorded || is_idle(spec, options)) {
            continue;
        }
        ModelOption *record = &model->options[model->option_count++];
        *record = (ModelOption){.name = memory_copy_text(spec->name, strlen(spec->name), error)};
        if (!record->name) {
            return error_status(error);
        }
        const void *member = (const char *)options + spec->offset;
        if (spec->kind == OPTION_SWITCH) {
            record->kind = MODEL_OPTION_SWITCH;
            record->whole = *(const bool *)member;
        } else if (spec->kind == OPTION_WHOLE || spec->kind == OPTION_TOPICS ||
                   spec->kind == OPTION_FACTORS) {
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
            if (spec->offset == MEMBER(stopwords)) {
                drop_folders(record->text);
            }
        }
    }
    return STATUS_OK;
}

/* The option of that name, if it says how a corpus is read. */
static const OptionSpec *find_reading(const char *name)
{
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (spec->recorded && spec->offset >= MEMBER(corpus) &&
            spec->offset < MEMBER(corpus) + sizeof(CorpusOptions) && option_is_of_corpus(spec) &&
            strcmp(spec->name, name) == 0) {
            return spec;
        }
    }
    return NULL;
}

Status options_recall(const Model *model, Options *options, Error *error)
{
    options->corpus = corpus_defaults;
    Status status = STATUS_OK;
    for (int i = 0; i < model->option_count && !status; i++) {
        const ModelOption *record = &model->options[i];
        const OptionSpec *spec = find_reading(record->name);
        const bool is_switch = spec && spec->kind == OPTION_SWITCH;
        if (spec && record->kind != (is_switch ? MODEL_OPTION_SWITCH : MODEL_OPTION_TEXT)) {
            status = error_set(error, STATUS_USAGE, "--%s: not a value of it", spec->name);
        } else if (spec && (!is_switch || record->whole)) {
            status = store_value(spec, record->text, options, error);
        }
    }
    status = status ? status : corpus_options_check(&options->corpus, error);
    if (status == STATUS_USAGE) { /* nobody gave them, the model was edited */
        const Error inner = *error;
        return error_set(error, STATUS_INPUT, "the model's record of options: %.700s",
                         inner.message);
    }
    return status;
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
