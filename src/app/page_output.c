#include "app/page_output.h"

#include "app/messages.h"
#include "app/repeat.h"
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

/* ---- the page ---- */

Status page_output_write(const Options *options, const Model *model, const char *directory,
                         FILE *file, Error *error)
{
    NumberTable convergence = {0}, sweep = {0};
    Buffer title = {0}, command = {0};
    bool has_convergence = false, has_sweep = false;
    Page page = {
        .model = model,
        .version = THEMATA_VERSION,
        .text = (PageText)options->text,
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

Status page_output_save(const Options *options, const Model *model, const char *directory,
                        Error *error)
{
    if (model->k > PAGE_TOPICS_MOST) {
        message_warning("there is no report: a page has at most %d topics", PAGE_TOPICS_MOST);
        return STATUS_OK;
    }
    char *path = file_join(directory, PAGE_FILE, error);
    FILE *file = path ? file_create(path, error) : NULL;
    Status status =
        file ? page_output_write(options, model, directory, file, error) : error_status(error);
    if (file) {
        status = file_finish(file, path, status, error);
    }
    free(path);
    return status;
}
