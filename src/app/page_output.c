#include "app/page_output.h"

#include "app/messages.h"
#include "app/reading.h"
#include "app/repeat.h"
#include "app/text_reading.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/safe_text.h"
#include "base/utf8.h"
#include "model/store.h"
#include "report/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what a page shows beside the model ---- */

/* Reads a table of the model's. *found is false, and the table empty, if it is not there or cannot
 * be used; then it is told, unless it need not be there. */
static Status read_table(const char *directory, const char *name, bool needed,
                         const char *const *columns, int count, NumberTable *table, bool *found,
                         Error *error)
{
    *found = false;
    char *path = file_join(directory, name, error);
    if (!path) {
        return error_status(error);
    }
    const bool absent = access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR);
    Status status =
        absent && !needed ? STATUS_OK : number_table_read(path, columns, count, table, error);
    *found = !status && !(absent && !needed);
    if (status == STATUS_INPUT) {
        message_warning("%s; the report is without it", error->message);
        number_table_free(table);
        *error = (Error){0};
        status = STATUS_OK;
    }
    free(path);
    return status;
}

/* The title that is asked for, or that the model was given; empty: none. What is not UTF-8 in it is
 * shown as the record of options does. */
static Status find_title(const Options *options, const Model *model, Buffer *title, Error *error)
{
    const char *text = options->title;
    for (int i = 0; i < model->option_count && !text; i++) {
        if (strcmp(model->options[i].name, "title") == 0 &&
            model->options[i].kind == MODEL_OPTION_TEXT) {
            text = model->options[i].text;
        }
    }
    if (!text) {
        return STATUS_OK;
    }
    return utf8_is_valid(text) ? buffer_append_text(title, text, error)
                               : safe_text_append(title, text, error);
}

static Status hash_model(const char *directory, uint64_t *hash, Error *error)
{
    int64_t size;
    char *path = file_join(directory, MODEL_MARK, error);
    Status status = path ? hash_file(path, hash, &size, error) : error_status(error);
    free(path);
    return status;
}

/* ---- texts ---- */

enum { EXCERPT_SHOWN = 2000 }; /* characters of a text with --text excerpts */

Status page_output_check(const PageOutput *output, bool without_texts, bool again, Error *error)
{
    const Options *options = output->options;
    const char *kind = page_text_names[options->text];
    if (options->text != PAGE_TEXT_EXCERPTS && options->text != PAGE_TEXT_FULL) {
        return STATUS_OK;
    }
    if (without_texts) {
        return error_set(error, again ? STATUS_USAGE : STATUS_INPUT,
                         "--text %s: a model of a matrix has no texts", kind);
    }
    if (!output->corpus) {
        error_set(error, STATUS_USAGE, "--text %s needs --corpus, of which the model was made",
                  kind);
        return error_hint(error, "a model has the beginnings of documents only: --text snippets");
    }
    if (again && reading_is_once(output->corpus)) {
        error_set(error, STATUS_USAGE,
                  "--text %s: reads the corpus twice, and %s can be read only "
                  "once",
                  kind, strcmp(output->corpus, "-") == 0 ? "standard input" : output->corpus);
        return error_hint(error, "save it to a file first");
    }
    return STATUS_OK;
}

static Status find_best(PageOutput *output, Error *error)
{
    BestDocuments best = {0};
    Status status = best_documents_find(output->model, BEST_SHOWN, &best, error);
    status = status ? status : document_texts_of_best(&best, &output->texts, error);
    best_documents_free(&best);
    return status;
}

/* The texts that the model has. */
static Status take_beginnings(PageOutput *output, Error *error)
{
    Status status = output->model->input == MODEL_OF_CORPUS ? find_best(output, error) : STATUS_OK;
    return status ? status : document_texts_take_excerpts(output->model, &output->texts, error);
}

static Status find_selection(PageOutput *output, Error *error)
{
    DocumentSelection shown = {0};
    Status status = selection_make(output->model, SELECTION_MOST, &shown, error);
    status = status ? status : document_texts_of_selection(&shown, &output->texts, error);
    selection_free(&shown);
    return status;
}

/* The texts that the corpus has. */
static Status read_texts(PageOutput *output, Error *error)
{
    const bool full = output->text == PAGE_TEXT_FULL;
    const TextReading reading = {
        .options = output->options,
        .model = output->model,
        .path = output->corpus,
        .avoid = output->avoid,
        .characters = full ? INT64_MAX : EXCERPT_SHOWN,
        .bytes_most = full ? output->options->text_most : 0,
    };
    Status status = full ? find_selection(output, error) : find_best(output, error);
    return status ? status : text_reading_run(&reading, &output->texts, error);
}

Status page_output_gather(PageOutput *output, Error *error)
{
    output->text = (PageText)output->options->text;
    return output->text == PAGE_TEXT_NONE       ? STATUS_OK
           : output->text == PAGE_TEXT_SNIPPETS ? take_beginnings(output, error)
                                                : read_texts(output, error);
}

/* ---- the page ---- */

Status page_output_write(const PageOutput *output, FILE *file, Error *error)
{
    const Options *options = output->options;
    const Model *model = output->model;
    const char *directory = output->directory;
    NumberTable convergence = {0}, sweep = {0};
    Buffer title = {0}, command = {0};
    bool has_convergence = false, has_sweep = false;
    Page page = {
        .model = model,
        .version = THEMATA_VERSION,
        .text = output->text,
        .texts = &output->texts,
        .time_bin = options->time_bin,
    };
    Status status =
        read_table(directory, "tables/convergence.csv", true, page_convergence_columns,
                   page_convergence_column_count, &convergence, &has_convergence, error);
    if (!status) {
        status = read_table(directory, "tables/sweep.csv", false, page_sweep_columns,
                            page_sweep_column_count, &sweep, &has_sweep, error);
    }
    status = status ? status : find_title(options, model, &title, error);
    status = status ? status : repeat_command(model, &command, error);
    status = status ? status : hash_model(directory, &page.fingerprint, error);
    if (!status) {
        page.title = title.length > 0 ? title.bytes : NULL;
        page.command = command.bytes;
        page.convergence = has_convergence ? &convergence : NULL;
        page.sweep = has_sweep ? &sweep : NULL;
        status = page_write(&page, file, error);
    }
    number_table_free(&convergence);
    number_table_free(&sweep);
    buffer_free(&title);
    buffer_free(&command);
    return status;
}

/* Of a model that took long to make, a page without all the texts is better than nothing. */
static Status gather_or_tell(PageOutput *output, Error *error)
{
    Status status = page_output_gather(output, error);
    if (status != STATUS_INPUT) {
        return status;
    }
    message_warning("%s; the report shows the beginnings of documents alone", error->message);
    *error = (Error){0};
    document_texts_free(&output->texts);
    output->text = PAGE_TEXT_SNIPPETS;
    return take_beginnings(output, error);
}

Status page_output_save(PageOutput *output, Error *error)
{
    const Model *model = output->model;
    if (model->k > PAGE_TOPICS_MOST) {
        message_warning("there is no report: a page has at most %d topics", PAGE_TOPICS_MOST);
        return STATUS_OK;
    }
    Status status = gather_or_tell(output, error);
    char *path = status ? NULL : file_join(output->directory, PAGE_FILE, error);
    FILE *file = path ? file_create(path, error) : NULL;
    status = file ? page_output_write(output, file, error) : error_status(error);
    if (file) {
        status = file_finish(file, path, status, error);
    }
    free(path);
    return status;
}

void page_output_say(const Options *options, const char *place)
{
    if (options->no_report) {
        message_line("wrote %s (tables in %s/tables)", place, place);
    } else {
        message_line("wrote %s (report in %s/" PAGE_FILE ", tables in %s/tables)", place, place,
                     place);
    }
}

void page_output_free(PageOutput *output)
{
    document_texts_free(&output->texts);
}
