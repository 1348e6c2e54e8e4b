/* themata sweep: several numbers of topics of one corpus, measured in the same way, and which of
 * them are worth a look. */
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/input.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "app/result.h"
#include "app/run_record.h"
#include "app/sweep_work.h"
#include "base/file.h"
#include "base/threads.h"
#include "model/choice.h"
#include "model/sweep_file.h"
#include "report/sweep_chart.h"
#include "report/sweep_tables.h"

#include <inttypes.h>
#include <stdlib.h>

/* A sweep on its way; every part starts all-zero and is freed in the end. */
typedef struct Course {
    Invocation *invocation;
    const Options *options;
    Output output;
    int threads;
    Model model; /* words and counts; it never gets topics */
    Input input;
    SweepWork work;
    Sweep sweep;
    Choice choice;
} Course;

/* ---- what is there already ---- */

static Status prepare_output(Course *course, Error *error)
{
    const Options *options = course->options;
    course->output = (Output){
        .place = options->output,
        .mark = SWEEP_MARK,
        .mark_begin = SWEEP_MARK_BEGIN,
        .force = options->force || options->resume,
    };
    Status status = output_check(&course->output, error);
    if (status || !options->resume ||
        !file_begins_with(options->output, SWEEP_MARK, SWEEP_MARK_BEGIN)) {
        return status;
    }
    char *path = file_join(options->output, SWEEP_MARK, error);
    status = path ? sweep_read(path, &course->sweep, error) : error_status(error);
    free(path);
    return status;
}

/* Values may only stand beside each other that were measured alike. */
static Status check_resumed(Course *course, Error *error)
{
    const uint64_t fingerprint = sweep_work_fingerprint(&course->work);
    if (course->sweep.count > 0 && course->sweep.fingerprint != fingerprint) {
        error_set(error, STATUS_INPUT,
                  "%s: its values are of another corpus, or were found with other options",
                  course->options->output);
        return error_hint(error, "give the same ones, another -o, or --force to begin anew");
    }
    course->sweep.fingerprint = fingerprint;
    return STATUS_OK;
}

/* ---- result ---- */

static Status save_tables(const Course *course, const char *directory, Error *error)
{
    const SweepReport report = {.sweep = &course->sweep, .choice = &course->choice};
    Table table;
    Status status = result_make_tables(directory, error);
    if (!status) {
        sweep_table(&report, &table);
        status = result_save_table(directory, &table, error);
    }
    if (!status) {
        singular_values_table(&report, &table);
        status = result_save_table(directory, &table, error);
    }
    return status;
}

static void write_json(FILE *file, const SweepReport *report)
{
    sweep_write(file, report->sweep, report->choice);
}

static Status save_file(const Course *course, const char *directory, const char *name,
                        void (*write)(FILE *, const SweepReport *), Error *error)
{
    const SweepReport report = {.sweep = &course->sweep, .choice = &course->choice};
    char *path = file_join(directory, name, error);
    FILE *file = path ? file_create(path, error) : NULL;
    Status status = file ? STATUS_OK : error_status(error);
    if (file) {
        write(file, &report);
        status = file_close(file, path, error);
    }
    free(path);
    return status;
}

static Status save_run(Course *course, const char *directory, Error *error)
{
    const RunRecord record = {
        .argc = course->invocation->argc,
        .argv = course->invocation->argv,
        .corpus = course->input.path,
        .output = course->output.place,
        .threads = course->threads,
        .stages = &course->invocation->stages,
    };
    char *path = file_join(directory, "run.json", error);
    Status status = path ? run_record_write(&record, path, error) : error_status(error);
    free(path);
    return status;
}

static Status save_all(void *context, const char *directory, Error *error)
{
    Course *course = context;
    Status status = save_tables(course, directory, error);
    if (!status) {
        status = save_file(course, directory, SWEEP_MARK, write_json, error);
    }
    if (!status) {
        status = save_file(course, directory, "sweep.svg", sweep_chart, error);
    }
    return status ? status : save_run(course, directory, error);
}

static Status write_output(Course *course, Error *error)
{
    Output output = course->output;
    return output_write(&output, save_all, course, error);
}

static Status print_result(const Course *course, Error *error)
{
    const SweepReport report = {.sweep = &course->sweep, .choice = &course->choice};
    if (course->options->json) {
        write_json(stdout, &report);
        return STATUS_OK;
    }
    Table table;
    sweep_table(&report, &table);
    Status status = result_print(course->options, &table, error);
    if (!status && !course->options->csv) {
        printf("\n%s\n", course->choice.advice);
    }
    return status;
}

/* ---- the whole ---- */

static Status read_input(Course *course, Error *error)
{
    Status status = input_prepare(&course->input, error);
    if (!status && course->options->output) {
        status = prepare_output(course, error);
    }
    if (!status) {
        status = input_read(&course->input, error);
    }
    stages_enter(&course->invocation->stages, STAGE_WEIGHT);
    if (!status) {
        status = input_weigh(&course->input, error);
    }
    return status ? status : diagnose_topics(course->options->range.last, &course->model, error);
}

static Status measure_values(Course *course, Error *error)
{
    course->work.x = course->input.x;
    stages_enter(&course->invocation->stages, STAGE_START);
    Status status = sweep_work_begin(&course->work, error);
    if (!status) {
        status = check_resumed(course, error);
    }
    stages_enter(&course->invocation->stages, STAGE_STABILITY);
    return status ? status
                  : sweep_work_range(&course->work, &course->options->range, &course->sweep, error);
}

static Status finish(Course *course, int *exit_code, Error *error)
{
    stages_enter(&course->invocation->stages, STAGE_REPORT);
    result_warn_notes(input_notes(&course->input), NULL);
    if (interrupt_seen()) {
        *exit_code = EXIT_INTERRUPTED;
    } else if (course->options->strict && input_notes(&course->input)->count > 0) {
        *exit_code = EXIT_STRICT;
    }
    if (course->sweep.count == 0) {
        message_line("interrupted before the first number of topics was measured");
        return STATUS_OK;
    }
    Status status = choice_make(&course->sweep, &course->choice, error);
    if (!status && course->options->output) {
        status = write_output(course, error);
    }
    interrupt_release();
    if (!status && course->options->output && !course->options->quiet) {
        message_line("wrote %s", course->options->output);
    }
    return status ? status : print_result(course, error);
}

static void course_free(Course *course)
{
    sweep_work_end(&course->work);
    sweep_free(&course->sweep);
    choice_free(&course->choice);
    input_free(&course->input);
    model_free(&course->model);
}

Status sweep_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Course course = {
        .invocation = invocation,
        .options = options,
        .threads = options->threads ? (int)options->threads : threads_available(),
    };
    course.input = (Input){
        .options = options,
        .path = options->matrix       ? options->matrix
                : options->files_from ? options->files_from
                                      : options->arguments[0],
        .avoid = options->output,
        .stages = &invocation->stages,
        .model = &course.model,
        .threads = course.threads,
    };
    course.work = (SweepWork){
        .options = options,
        .model = &course.model,
        .runs = (int)options->samples,
        .most = (int)options->range.last,
        .threads = course.threads,
    };
    Status status = read_input(&course, error);
    if (!status) {
        status = measure_values(&course, error);
    }
    if (!status) {
        status = finish(&course, exit_code, error);
    }
    course_free(&course);
    return status;
}
