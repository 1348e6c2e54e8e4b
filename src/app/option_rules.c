#include "app/option_rules.h"

#include "nmf/method.h"
#include "report/page.h"

#include <string.h>

/* Whether the option with this member was given. */
bool option_was_given(const bool given[SPECS_MAX], size_t offset)
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
bool option_is_token_rule(const OptionSpec *spec)
{
    return spec->offset == MEMBER(ngrams) || spec->offset == MEMBER(phrases) ||
           (spec->offset >= MEMBER(tokenizer) &&
            spec->offset < MEMBER(tokenizer) + sizeof(TokenizerOptions));
}

/* Words of a matrix are taken as they are. */
static Status check_token_rules(const bool given[SPECS_MAX], Error *error)
{
    for (int i = 0; option_specs[i].name; i++) {
        if (given[i] && option_is_token_rule(&option_specs[i])) {
            return error_set(error, STATUS_USAGE,
                             "--%s has a meaning with a corpus only, not with --matrix",
                             option_specs[i].name);
        }
    }
    return STATUS_OK;
}

/* Whether an option is about starts and passes, which not every solver has. */
bool option_is_of_search(const OptionSpec *spec)
{
    return spec->offset == MEMBER(init) || spec->offset == MEMBER(restarts) ||
           spec->offset == MEMBER(tolerance) || spec->offset == MEMBER(passes_max);
}

/* Whether what was chosen makes topics without a start and passes. */
bool options_are_startless(const Options *options)
{
    return !method_is_signed(options->method) &&
           method_solver(options->method, options->solver)->startless;
}

/* Whether one was given, or a start. */
static bool has_search_option(const bool given[SPECS_MAX], const Options *options)
{
    for (int i = 0; option_specs[i].name; i++) {
        if (given[i] && option_is_of_search(&option_specs[i])) {
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
    if (!is_nmf && option_was_given(given, MEMBER(objective))) {
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
    if (!is_nmf && option_was_given(given, MEMBER(solver))) {
        return error_set(error, STATUS_USAGE, "--solver says how NMF is solved, not --method %s",
                         name);
    }
    if (!is_nmf && (options->stability > 0 || options->topics == TOPICS_AUTO)) {
        return error_set(error, STATUS_USAGE, "%s looks at the topics of NMF, not of --method %s",
                         options->stability > 0 ? "--stability" : "-k auto", name);
    }
    if (options->method == METHOD_KMEANS &&
        (option_was_given(given, MEMBER(init)) || options->start_topics)) {
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
    if (is_signed &&
        (option_was_given(given, MEMBER(coherence)) || option_was_given(given, MEMBER(time_bin)))) {
        return error_set(error, STATUS_USAGE,
                         "--method %s makes dimensions, no topics: --coherence and --time-bin "
                         "have no meaning with it",
                         name);
    }
    return STATUS_OK;
}

/* A combination that makes no sense, and what is said of it. */
typedef struct Rule {
    bool wrong;
    const char *sentence;
} Rule;

static Status check_rules(const Rule *rules, size_t count, Error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (rules[i].wrong) {
            return error_set(error, STATUS_USAGE, "%s", rules[i].sentence);
        }
    }
    return STATUS_OK;
}

/* Documents, words and a matrix in their place. */
static Status check_reading(unsigned command, const bool given[SPECS_MAX], const Options *options,
                            Error *error)
{
    const bool tfidf = options->weight.scheme == WEIGHT_TFIDF;
    const Rule rules[] = {
        {options->nul_separated && !options->files_from, "-0 has a meaning with --files-from only"},
        {options->files_from && options->matrix, "--files-from and --matrix exclude each other"},
        {options->files_from && options->corpus_path,
         "--files-from and --corpus exclude each other"},
        {options->matrix && has_corpus_option(given),
         "options that say how a corpus is read have no meaning with --matrix"},
        {options->metadata_id && !options->metadata,
         "--metadata-id has a meaning with --metadata only"},
        {!tfidf && option_was_given(given, MEMBER(weight.idf)),
         "--idf has a meaning with --weight tfidf only"},
        {!tfidf && option_was_given(given, MEMBER(weight.tf)),
         "--tf has a meaning with --weight tfidf only"},
        {command == COMMAND_EVAL && options->corpus.id_column && !options->labels,
         "--id-column has a meaning with --labels only"},
        {command == COMMAND_EVAL && options->corpus.encoding && !options->labels,
         "--encoding has a meaning with --labels only"},
        {options->vocabulary && !options->matrix, "--vocabulary has a meaning with --matrix only"},
        {options->document_ids && !options->matrix, "--documents has a meaning with --matrix only"},
        {options->matrix && !options->vocabulary,
         "--matrix needs --vocabulary, the words of its rows"},
        {options->phrases > 1.0, "--phrases: mutual information is at most 1"},
    };
    return check_rules(rules, sizeof rules / sizeof *rules, error);
}

/* What is printed and written. */
static Status check_output(unsigned command, const bool given[SPECS_MAX], const Options *options,
                           Error *error)
{
    const Rule rules[] = {
        {options->csv && options->json, "--csv and --json exclude each other"},
        {command == COMMAND_REPORT && (options->corpus_path || options->files_from) &&
             options->text != PAGE_TEXT_EXCERPTS && options->text != PAGE_TEXT_FULL,
         "--corpus and --files-from have a meaning with --text excerpts or full only"},
        {options->text != PAGE_TEXT_FULL && option_was_given(given, MEMBER(text_most)),
         "--max-text has a meaning with --text full only"},
        {options->no_report && (option_was_given(given, MEMBER(text)) || options->title),
         "--text and --title have no meaning with --no-report"},
        {command == COMMAND_DOCS && option_was_given(given, MEMBER(top)) && !options->topic,
         "--top has a meaning with --topic only"},
        {command == COMMAND_TOPICS && option_was_given(given, MEMBER(top)) && !options->by,
         "--top has a meaning with --by only"},
        {command == COMMAND_TOPICS && option_was_given(given, MEMBER(time_bin)) &&
             !options->over_time,
         "--time-bin has a meaning with --over-time only"},
        {options->over_time && options->by, "--over-time and --by are two questions: ask one"},
        {command == COMMAND_INFER && options->output && (options->csv || options->json),
         "--csv and --json print the table that -o writes to files: give one or the other"},
        {command != COMMAND_FIT && command != COMMAND_FACTOR && command != COMMAND_REPORT &&
             options->force && !options->output,
         "--force has a meaning with -o only"},
        {options->least_similarity <= 0.0 || options->least_similarity > 1.0,
         "--min-similarity: a similarity is more than 0 and at most 1"},
        {options->resume && !options->output, "--resume has a meaning with -o only"},
        {options->resume && options->force, "--resume and --force exclude each other"},
    };
    return check_rules(rules, sizeof rules / sizeof *rules, error);
}

/* Tables of numbers: cells held out, several numbers of factors. */
static Status check_tables(unsigned command, const bool given[SPECS_MAX], const Options *options,
                           Error *error)
{
    const Rule rules[] = {
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
              option_was_given(given, MEMBER(top))),
         "-k with a range prints a table and makes no model: -o, --force, --export-matrix, "
         "--start-topics, --title, --no-report and --top have no meaning with it"},
        {options->missing == MISSING_IGNORE &&
             (options->weight.scheme != WEIGHT_COUNT || options->weight.norm != NORM_NONE),
         "--weight and --normalize have no meaning with --missing ignore: what an unknown cell "
         "would add is not known"},
    };
    return check_rules(rules, sizeof rules / sizeof *rules, error);
}

/* Other methods beside NMF. */
static Status check_baselines(unsigned command, const bool given[SPECS_MAX], const Options *options,
                              Error *error)
{
    const Rule rules[] = {
        {command == COMMAND_BASELINES && options->output && !options->convergence,
         "-o has a meaning with --convergence only"},
        {options->convergence && (options->labels || options->label_column),
         "--labels and --label-column have no meaning with --convergence"},
        {command == COMMAND_BASELINES && options->objective == NMF_FROBENIUS &&
             !options->convergence,
         "--objective has a meaning with --convergence only: the table has both"},
        {options->convergence && option_was_given(given, MEMBER(restarts)),
         "--restarts has no meaning with --convergence: all begin from one start"},
        {options->convergence && option_was_given(given, MEMBER(solver)),
         "--solver has no meaning with --convergence, which shows all of them"},
        {command == COMMAND_BASELINES && nmf_solvers[options->solver].startless,
         "--solver is NMF's; anchor words have a row of their own"},
    };
    return check_rules(rules, sizeof rules / sizeof *rules, error);
}

/* Objective, start and solver. */
static Status check_solver(const bool given[SPECS_MAX], const Options *options, Error *error)
{
    const Rule rules[] = {
        {!options->start_topics != !options->start_mixtures,
         "--start-topics and --start-mixtures have a meaning together only"},
        {options->topics == TOPICS_AUTO && options->start_topics,
         "-k auto and --start-topics exclude each other"},
        {options->penalty.l1_ratio > 1.0, "--l1-ratio is from 0 to 1"},
        {options->penalty.l1_ratio > 0.0 && !nmf_is_penalised(&options->penalty),
         "--l1-ratio has a meaning with --alpha-w or --alpha-h only"},
        {options->learning_rate > 0.0 && strcmp(nmf_solvers[options->solver].name, "gradient") != 0,
         "--learning-rate has a meaning with --solver gradient only"},
        {options->start_topics && option_was_given(given, MEMBER(init)),
         "--init and --start-topics exclude each other"},
        {options_are_startless(options) && has_search_option(given, options),
         "anchor words have no start and no passes: --init, --start-topics, --restarts, "
         "--tolerance and --max-passes have no meaning with them"},
        {is_scaled(options) && options->topics == TOPICS_AUTO,
         "-k auto compares plain divergences: --objective frobenius and penalties need a number "
         "of topics"},
        {is_scaled(options) && options->stability > 0,
         "--stability measures topics of the plain divergence: not with --objective frobenius or "
         "penalties"},
    };
    return check_rules(rules, sizeof rules / sizeof *rules, error);
}

Status options_check_together(unsigned command, const bool given[SPECS_MAX], const Options *options,
                              Error *error)
{
    Status status = check_reading(command, given, options, error);
    status = status ? status : check_output(command, given, options, error);
    status = status ? status : check_baselines(command, given, options, error);
    status = status ? status : check_tables(command, given, options, error);
    status = status ? status : check_solver(given, options, error);
    if (status) {
        return status;
    }
    const NmfOptions nmf = options_nmf(options);
    status = check_method(given, options, error);
    if (!status && !method_is_signed(options->method)) {
        status = nmf_solver_check(method_solver(options->method, options->solver), &nmf, error);
    }
    if (!status && options->matrix) {
        status = check_token_rules(given, error);
    }
    return status ? status : corpus_options_check(&options->corpus, error);
}
