/* themata export: a model in the formats of other programs. Each is complete or absent by itself.
 */
#include "report/export.h"
#include "app/commands.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "base/file.h"
#include "base/memory.h"
#include "model/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXPORTERS_MAX = 32 };

/* The formats that are asked for, in the order of the table. */
typedef struct Plan {
    const Options *options;
    char *directory; /* owned: where they go */
    bool asked[EXPORTERS_MAX];
} Plan;

/* ---- what is asked for ---- */

static Status set_unknown_format(const char *name, Error *error)
{
    NameList names = {0};
    Buffer list = {0};
    Status status = STATUS_OK;
    for (const Exporter *exporter = exporters; exporter->name && !status; exporter++) {
        status = name_list_add(&names, exporter->name, error);
        status = status ? status
                        : buffer_print(&list, error, "%s%s", exporter == exporters ? "" : ", ",
                                       exporter->name);
    }
    if (!status) {
        const char *nearest = name_list_nearest(&names, name);
        error_set(error, STATUS_USAGE, "--to: there is no format '%.100s' (%s)", name, list.bytes);
        if (nearest) {
            error_hint(error, "did you mean '%s'?", nearest);
        }
    }
    buffer_free(&list);
    name_list_free(&names);
    return error_status(error);
}

static Status ask_for(Plan *plan, const char *name, Error *error)
{
    for (int i = 0; exporters[i].name; i++) {
        if (strcmp(exporters[i].name, name) == 0) {
            plan->asked[i] = true;
            return STATUS_OK;
        }
    }
    return set_unknown_format(name, error);
}

static Status read_formats(Plan *plan, Error *error)
{
    const char *formats = plan->options->formats;
    NameList names = {0};
    if (!formats || !formats[0]) {
        error_set(error, STATUS_USAGE,
                  "export needs --to FORMATS, such as --to csv or --to "
                  "xlsx,sqlite");
        return error_hint(error, "themata help export tells which there are");
    }
    Status status = name_list_split(&names, formats, error);
    for (size_t i = 0; i < names.count && !status; i++) {
        status = ask_for(plan, names.items[i], error);
    }
    name_list_free(&names);
    return status;
}

/* The output's directory: as asked, or the model's name with .export. */
static char *name_directory(const Options *options, Error *error)
{
    static const char suffix[] = ".themata";
    if (options->output) {
        return memory_copy_text(options->output, strlen(options->output), error);
    }
    const char *name;
    size_t length = file_last_name(options->arguments[0], &name);
    const size_t tail = sizeof suffix - 1;
    if (length > tail && memcmp(name + length - tail, suffix, tail) == 0) {
        length -= tail;
    }
    Buffer text = {0};
    if (length == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        error_set(error, STATUS_USAGE, "%s: gives no name for the output", options->arguments[0]);
        error_hint(error, "name it with -o");
        return NULL;
    }
    return buffer_print(&text, error, "%.*s.export", (int)length, name) ? NULL : text.bytes;
}

/* ---- one format ---- */

/* Where a format goes. */
typedef struct Place {
    const Exporter *exporter;
    char *path;       /* owned */
    char *mark;       /* owned: how README.txt begins */
    Output directory; /* one of these two */
    OutputFile file;
} Place;

static Status place_begin(Place *place, const Plan *plan, const Exporter *exporter, Error *error)
{
    Buffer mark = {0};
    *place = (Place){.exporter = exporter};
    place->path = file_join(plan->directory, exporter->place, error);
    if (!place->path || buffer_print(&mark, error, "%s%s\n", EXPORT_MARK_BEGIN, exporter->name)) {
        return error_status(error);
    }
    place->mark = mark.bytes;
    place->directory = (Output){.place = place->path,
                                .mark = EXPORT_MARK,
                                .mark_begin = place->mark,
                                .force = plan->options->force};
    place->file = (OutputFile){.place = place->path, .force = plan->options->force};
    return STATUS_OK;
}

static void place_end(Place *place)
{
    output_end(&place->directory);
    output_file_end(&place->file);
    free(place->path);
    free(place->mark);
}

static Status check_place(const Plan *plan, const Exporter *exporter, Error *error)
{
    Place place;
    Status status = place_begin(&place, plan, exporter, error);
    if (!status) {
        status = exporter->is_directory ? output_check(&place.directory, error)
                                        : output_file_check(&place.file, error);
    }
    place_end(&place);
    return status;
}

static Status write_directory(Place *place, Export *export, Error *error)
{
    Status status = output_begin(&place->directory, error);
    if (!status) {
        status = place->exporter->write(export, place->directory.work, error);
    }
    if (!status) {
        status = output_commit(&place->directory, error);
    }
    if (status) {
        output_explain(&place->directory, error);
    }
    return status;
}

static Status write_file(Place *place, Export *export, Error *error)
{
    Status status = output_file_begin(&place->file, error);
    if (!status) {
        export->file = place->file.file;
        status = place->exporter->write(export, place->file.work, error);
    }
    if (!status) {
        status = output_file_commit(&place->file, error);
    }
    return status;
}

static Status write_format(const Plan *plan, const Model *model, const Exporter *exporter,
                           Error *error)
{
    Place place;
    Export export = {.model = model};
    interrupt_defer();
    Status status = place_begin(&place, plan, exporter, error);
    export.place = place.path;
    if (!status) {
        status = exporter->is_directory ? write_directory(&place, &export, error)
                                        : write_file(&place, &export, error);
    }
    for (size_t i = 0; i < export.notes.count && !status; i++) {
        message_warning("%s: %s", place.path, export.notes.items[i]);
    }
    if (!status && !plan->options->quiet) {
        message_line("wrote %s", place.path);
    }
    place_end(&place);
    export_free(&export);
    interrupt_release();
    return status;
}

/* ---- all of them ---- */

/* Makes the output's directory if it is not there; *made says whether. */
static Status make_directory(const Plan *plan, bool *made, Error *error)
{
    *made = mkdir(plan->directory, 0777) == 0;
    if (*made || (errno == EEXIST && file_is_directory(plan->directory))) {
        return STATUS_OK;
    }
    if (plan->directory[0] == '\0') {
        return error_set(error, STATUS_USAGE, "the name of the output is empty");
    }
    return error_set(error, STATUS_INPUT, "%s: cannot be made (%s)", plan->directory,
                     errno == EEXIST ? "there is a file of that name" : strerror(errno));
}

/* Whether every format can have its place, before any work: a directory that was made for that is
 * taken away again. */
static Status check_places(const Plan *plan, Error *error)
{
    bool made = false;
    Status status = make_directory(plan, &made, error);
    for (int i = 0; exporters[i].name && !status; i++) {
        status = plan->asked[i] ? check_place(plan, &exporters[i], error) : STATUS_OK;
    }
    if (made) {
        rmdir(plan->directory);
    }
    return status;
}

static Status write_formats(const Plan *plan, const Model *model, Error *error)
{
    bool made = false;
    Status status = make_directory(plan, &made, error);
    for (int i = 0; exporters[i].name && !status && !interrupt_seen(); i++) {
        status = plan->asked[i] ? write_format(plan, model, &exporters[i], error) : STATUS_OK;
    }
    if (status && made) {
        rmdir(plan->directory); /* which fails if a format is in it */
    }
    return status;
}

Status export_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    Plan plan = {.options = options};
    Model model = {0};
    Status status = read_formats(&plan, error);
    if (!status) {
        plan.directory = name_directory(options, error);
        status = plan.directory ? check_places(&plan, error) : error_status(error);
    }
    if (!status) {
        status = model_load(options->arguments[0], &model, error);
    }
    if (!status) {
        status = write_formats(&plan, &model, error);
    }
    if (!status && interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    }
    model_free(&model);
    free(plan.directory);
    return status;
}
