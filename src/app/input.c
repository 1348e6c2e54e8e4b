#include "app/input.h"

#include "app/diagnosis.h"
#include "app/messages.h"
#include "base/memory.h"
#include "text/language.h"
#include "text/script.h"
#include "text/word_breaks.h"

#include <inttypes.h>
#include <stdlib.h>

Status input_prepare(Input *input, Error *error)
{
    const Options *options = input->options;
    input->words = (Words){.options = options, .path = input->path, .threads = input->threads};
    Status status = words_prepare(&input->words, input->model, error);
    if (!status) {
        status = metadata_input_read(&input->metadata, options, input->path, error);
    }
    if (!status && !options->matrix) {
        status = reading_open(options, input->path, input->avoid, &input->corpus, error);
    }
    return status;
}

const CorpusNotes *input_notes(const Input *input)
{
    static const CorpusNotes none = {0};
    return input->corpus ? corpus_notes(input->corpus) : &none;
}

/* ---- corpus, text ---- */

/* Says when much of the text is in scripts whose words were not told apart. Where none of it is,
 * the model does not ask for ICU: it is the same, and good for the same, in every build. */
static void judge_unspaced(Input *input)
{
    static const double share_min = 0.05;
    const double *tokens;
    const Vocabulary *letters = collected_letters(&input->words.all, &tokens);
    const UnspacedFacts facts = script_unspaced(letters, tokens);
    if (facts.share == 0.0) {
        input->words.rules.unspaced = UNSPACED_WHOLE;
    } else if (facts.share > share_min && input->words.rules.unspaced == UNSPACED_WHOLE) {
        message_warning("%.0f %% of the letters are in a script without blanks between words (%s); "
                        "the words of such a text are not told apart%s",
                        100.0 * facts.share, facts.name,
                        word_breaks_built_in() ? " (--unspaced)" : ": this program is without ICU");
    }
}

/* Whether the language that was found has rules that were not applied: it was found too late. */
static bool has_more_rules(const Input *input)
{
    const Language *language = language_find(input->words.stop.language);
    return !input->options->matrix && language && (language->elided || language->dotless_i) &&
           input->words.rules.language == NULL;
}

/* What is to be decided from all the words: the language of the stop words, and whether there is
 * something to warn of. */
static Status judge_words(Input *input, Error *error)
{
    const StopWords *stop = &input->words.stop;
    const bool automatic = stop->automatic;
    if (!input->options->matrix) {
        judge_unspaced(input);
    }
    Status status = words_settle_stop_words(&input->words, error);
    if (status || !automatic) {
        return status;
    }
    if (!stop->language && input->words.all.words.count > 0) {
        message_warning("no built-in stop word list fits this corpus; none is used (--stopwords)");
    } else if (stop->language && !input->options->quiet) {
        const bool more = has_more_rules(input);
        message_line("stop words: %s, %.0f %% of the %s%s%s", stop->language,
                     100.0 * stop->coverage, input->options->matrix ? "counts" : "tokens",
                     more ? "; its rules for words hold with --lang " : "",
                     more ? stop->language : "");
    }
    if (stop->second) {
        message_warning("%.0f %% of the %s are stop words of %s and stay; --stopwords %s,%s takes "
                        "both languages' out",
                        100.0 * stop->second_coverage, input->options->matrix ? "counts" : "tokens",
                        stop->second, stop->language, stop->second);
    }
    return STATUS_OK;
}

/* Says what was read. */
static void say_reading(const Input *input)
{
    const Model *model = input->model;
    const int64_t documents = model->documents.count;
    const uint32_t words = input->words.all.words.count;
    if (input->options->matrix) {
        const int64_t pairs = counts_pairs(&input->words.given);
        message_line("read %" PRId64 " document%s, %u word%s, %" PRId64 " count%s", documents,
                     plural(documents), words, plural(words), pairs, plural(pairs));
        return;
    }
    message_line("read %" PRId64 " document%s, %" PRId64 " token%s", documents, plural(documents),
                 model->tally.tokens.matched, plural(model->tally.tokens.matched));
    if (cleaning_should_suggest_html(&input->words.reading.cleaned)) {
        cleaning_suggest_html(&input->words.reading.cleaned);
    }
    const char *option;
    const char *kind = diagnose_names(input->corpus, &model->documents, &option);
    if (kind) {
        message_warning("most files are named as %s, and each was read as one text; %s NAME takes "
                        "the documents out of them",
                        kind, option);
    }
}

static Status read_documents(Input *input, Error *error)
{
    Status status;
    if (input->options->matrix) {
        status = words_read_matrix(&input->words, input->model, error);
        stages_enter(input->stages, STAGE_TEXT);
    } else {
        stages_enter(input->stages, STAGE_TEXT);
        status = words_read_corpus(&input->words, input->corpus, input->model, error);
    }
    if (!status && !input->options->quiet) {
        say_reading(input);
    }
    return status ? status
                  : metadata_input_settle(&input->metadata, input->options, input->path,
                                          input->avoid, &input->model->documents, error);
}

static Status settle_duplicates(Input *input, Error *error)
{
    Status status = words_settle_duplicates(&input->words, input->model, error);
    if (!status && input->words.duplicates.count > 0 && !input->options->quiet) {
        reading_say_duplicates(&input->words.duplicates, input->model->tally.dropped > 0);
    }
    return status;
}

/* Says why there is nothing to find topics of, if there is nothing. */
static Status check_words(const Input *input, Error *error)
{
    if (input->model->vocabulary.count > 0) {
        return STATUS_OK;
    }
    diagnose_no_words(input->path, &input->model->tally, error);
    if (input->corpus && corpus_is_one_text(input->corpus)) {
        return error_hint(error, "a text file is one document; --lines takes every line for one, "
                                 "a directory holds many");
    }
    return error_status(error);
}

Status input_read(Input *input, Error *error)
{
    Status status = read_documents(input, error);
    if (!status) {
        status = settle_duplicates(input, error);
    }
    if (!status) {
        status = judge_words(input, error);
    }
    if (!status) {
        status = words_choose(&input->words, input->model, error);
    }
    words_release(&input->words);
    if (!status && input->options->phrases > 0.0 && !input->options->quiet) {
        const size_t phrases = input->model->text.phrases.count;
        message_line("joined %zu phrase%s (tables/phrases.csv)", phrases, plural((int64_t)phrases));
    }
    if (!status) {
        status = check_words(input, error);
    }
    return status ? status : words_keep_rules(&input->words, input->model, error);
}

/* ---- weight ---- */

/* Factors are float32: what no norm has brought into reach must be there by itself. */
static Status check_masses(const Input *input, Error *error)
{
    static const double least = 1e-15, most = 1e15; /* starts may hold their squares */
    double *mass = memory_new((size_t)input->x->columns, sizeof *mass, error);
    if (!mass) {
        return error_status(error);
    }
    sparse_column_sums(input->x, mass);
    Status status = STATUS_OK;
    for (int64_t d = 0; d < input->x->columns && !status; d++) {
        if (mass[d] != 0.0 && (mass[d] < least || mass[d] > most)) {
            const bool table = input->model->input == MODEL_OF_TABLE;
            error_set(error, STATUS_INPUT,
                      "%s %.100s: its %s sum to %.3g (1e-15 to 1e15 was expected)",
                      model_nouns(input->model)->document, input->model->documents.items[d].id,
                      table ? "values" : "weights", mass[d]);
            status =
                input->options->missing == MISSING_IGNORE
                    ? error_hint(error, "give the table in another unit")
                    : error_hint(error, "%s, or take --normalize l1",
                                 table ? "give the table in another unit" : "scale the matrix");
        }
    }
    free(mass);
    return status;
}

Status input_weigh(Input *input, Error *error)
{
    Model *model = input->model;
    const size_t words = model->vocabulary.count;
    model->weight = input->options->weight;
    model->idf = memory_new(words, sizeof *model->idf, error);
    if (!model->idf) {
        return error_status(error);
    }
    weight_idf(&model->weight, model->counts.documents, model->document_frequency,
               model->vocabulary.count, model->idf);
    input->x = weight_matrix(&model->weight, &model->counts, model->idf, model->vocabulary.count,
                             input->threads, error);
    /* Which file it was is known here. */
    const Status status = input->x ? check_masses(input, error) : error_status(error);
    return status == STATUS_INPUT ? error_put_subject(error, input->path) : status;
}

void input_free(Input *input)
{
    corpus_free(input->corpus);
    metadata_input_free(&input->metadata);
    words_free(&input->words);
    sparse_free(input->x);
}
