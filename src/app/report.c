/* themata report: a model as a page for the browser. */
#include "app/commands.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "app/page_output.h"
#include "app/reading.h"
#include "base/file.h"
#include "model/store.h"
#include "report/page.h"

#include <stdlib.h>

/* Where the page goes: as asked, or into the model, where one that this program wrote is replaced
 * as it follows from the model. */
static Status choose_place(const Options *options, OutputFile *output, char **path, Error *error)
{
    const char *model = options->arguments[0];
    output->force = options->force;
    if (options->output) {
        output->place = options->output;
        return STATUS_OK;
    }
    output->force |= file_begins_with(model, PAGE_FILE, PAGE_MARK_BEGIN);
    output->place = *path = file_join(model, PAGE_FILE, error);
    return *path ? STATUS_OK : error_status(error);
}

static Status load_model(const Options *options, Model *model, Error *error)
{
    Status status = model_load(options->arguments[0], model, error);
    if (!status && options->labels) {
        status = model_read_labels(model, options->labels, error);
    }
    return status;
}

/* By the model's rules and what it records of the corpus; `how` are the options of the page. */
static Status gather_texts(PageOutput *page, Options *how, Error *error)
{
    const Model *model = page->model;
    Status status = STATUS_OK;
    if (how->text != PAGE_TEXT_NONE && model->input == MODEL_OF_CORPUS) {
        status = reading_check_rules(model, page->directory, error);
        if (status == STATUS_INPUT) {
            return error_hint(error, "--text none makes a page without texts");
        }
    }
    status = status ? status : options_recall(model, how, error);
    return status ? status : page_output_gather(page, error);
}

static Status write_page(const PageOutput *page, OutputFile *output, Error *error)
{
    interrupt_defer();
    Status status = output_file_begin(output, error);
    if (!status) {
        status = page_output_write(page, output->file, error);
    }
    if (!status) {
        status = output_file_commit(output, error);
    }
    output_file_end(output);
    interrupt_release();
    return status;
}

Status report_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    Model model = {0};
    OutputFile output = {0};
    char *path = NULL;
    Status status = choose_place(options, &output, &path, error);
    if (!status) {
        status = load_model(options, &model, error);
    }
    if (!status) {
        status = output_file_check(&output, error);
    }
    Options how = *options;
    PageOutput page = {
        .options = &how,
        .model = &model,
        .directory = options->arguments[0],
        .corpus = options->files_from ? options->files_from : options->corpus_path,
        .avoid = options->arguments[0],
    };
    if (!status) {
        status = page_output_check(&page, model.input != MODEL_OF_CORPUS, false, error);
    }
    if (!status) {
        status = gather_texts(&page, &how, error);
    }
    if (!status) {
        status = write_page(&page, &output, error);
    }
    if (!status && !options->quiet) {
        message_line("wrote %s", output.place);
    }
    page_output_free(&page);
    model_free(&model);
    free(path);
    return status;
}
