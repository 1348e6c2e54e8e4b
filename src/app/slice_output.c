#include "app/slice_output.h"

#include "app/diagnosis.h"
#include "app/messages.h"
#include "app/result.h"
#include "report/slice_tables.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- over time ---- */

/* Prints a table that was just made with `status`, and frees it. */
static Status print_table(const Options *options, Status status, Table *table, Error *error)
{
    if (!status) {
        status = result_print(options, table, error);
    }
    table_free(table);
    return status;
}

static Status make_timeline(const Options *options, const Model *model, Timeline *timeline,
                            Error *error)
{
    return timeline_make(&model->documents, model->mixtures, model->k, options->time_bin, timeline,
                         error);
}

static void say_left_out(const Timeline *timeline)
{
    if (timeline->undated > 0) {
        message_warning("%" PRId64 " document%s without a date %s not in it", timeline->undated,
                        plural(timeline->undated), timeline->undated == 1 ? "is" : "are");
    }
    if (timeline->inexact > 0) {
        message_warning(
            "%" PRId64 " date%s not exact enough for a %s and %s not in it (--time-bin)",
            timeline->inexact, timeline->inexact == 1 ? " is" : "s are",
            time_bin_names[TIME_BIN_DAY + timeline->unit], timeline->inexact == 1 ? "is" : "are");
    }
}

static Status save_time(const Options *options, const Model *model, const char *directory,
                        Error *error)
{
    Timeline timeline = {0};
    Status status = make_timeline(options, model, &timeline, error);
    if (!status && timeline.bins.count > 0) {
        Table table;
        status = topic_time_table(model, &timeline, 0, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    timeline_free(&timeline);
    return status;
}

Status slice_output_print_time(const Options *options, const Model *model, Error *error)
{
    Timeline timeline = {0};
    Table table;
    Status status = make_timeline(options, model, &timeline, error);
    if (!status && timeline.bins.count == 0) {
        error_set(error, STATUS_INPUT, "%s: no document has a date", options->arguments[0]);
        status = error_hint(error, "fit takes dates from a column or field (--date-column, "
                                   "--date-field), or from a table of --metadata");
    }
    if (!status) {
        const int topic = (int)options->topic;
        say_left_out(&timeline);
        status =
            options->csv || options->json ? topic_time_table(model, &timeline, topic, &table, error)
            : topic                       ? time_topic_table(model, &timeline, topic, &table, error)
                    : time_overview_table(model, &timeline, (int)options->words, &table, error);
        status = print_table(options, status, &table, error);
    }
    timeline_free(&timeline);
    return status;
}

/* ---- by group ---- */

static Status make_groups(const Model *model, size_t column, int64_t most, GroupField *field,
                          Error *error)
{
    field->field = model->documents.columns.items[column];
    return groups_make(&model->documents, model->mixtures, model->k, column, most, &field->groups,
                       error);
}

static Status save_groups(const Model *model, const char *directory, Error *error)
{
    GroupField *fields;
    size_t count;
    Status status = group_fields_make(model, &fields, &count, error);
    if (!status && count > 0) {
        Table table;
        status = topic_groups_table(model, fields, count, 0, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    group_fields_free(fields, count);
    return status;
}

/* The column that --by names. */
static Status find_column(const Options *options, const Model *model, size_t *column, Error *error)
{
    const NameList *columns = &model->documents.columns;
    const int found = name_list_find(columns, options->by);
    if (columns->count == 0) {
        error_set(error, STATUS_INPUT, "%s: its documents have no metadata", options->arguments[0]);
        return error_hint(error, "fit takes it from the columns of a table, the fields of JSON, "
                                 "folders, or --metadata");
    }
    if (found == NAME_NOT_FOUND) {
        return name_list_set_missing(columns, options->arguments[0], "column", options->by, "--by",
                                     error);
    }
    *column = (size_t)found;
    return STATUS_OK;
}

static Status print_field(const Options *options, const Model *model, const GroupField *field,
                          Error *error)
{
    Table table;
    const int topic = (int)options->topic;
    if (options->csv || options->json) {
        Status status = topic_groups_table(model, field, 1, topic, &table, error);
        return print_table(options, status, &table, error);
    }
    Status status = topic ? group_topic_table(model, field, topic, options->top, &table, error)
                          : groups_overview_table(model, field, options->top, &table, error);
    status = print_table(options, status, &table, error);
    if (!status && field->groups.distinct > options->top) {
        const int64_t more = field->groups.distinct - options->top;
        message_line("%" PRId64 " more value%s of %s (--top)", more, plural(more), field->field);
    }
    return status;
}

Status slice_output_print_groups(const Options *options, const Model *model, Error *error)
{
    size_t column = 0;
    GroupField field = {0};
    Status status = find_column(options, model, &column, error);
    if (!status) {
        status = make_groups(model, column, GROUPS_MOST, &field, error);
    }
    if (!status && field.groups.distinct > GROUPS_MOST) {
        status = error_set(error, STATUS_INPUT,
                           "--by %s: there are %" PRId64 " values (at most %d are groups)",
                           options->by, field.groups.distinct, GROUPS_MOST);
    }
    if (!status && field.groups.distinct == 0) {
        status = error_set(error, STATUS_INPUT, "--by %s: no document that is modelled has a value",
                           options->by);
    }
    if (!status) {
        if (field.groups.without > 0) {
            message_warning("%" PRId64 " document%s without a value of %s %s not in it",
                            field.groups.without, plural(field.groups.without), field.field,
                            field.groups.without == 1 ? "is" : "are");
        }
        status = print_field(options, model, &field, error);
    }
    groups_free(&field.groups);
    return status;
}

/* ---- both ---- */

Status slice_output_save(const Options *options, const Model *model, const char *directory,
                         Error *error)
{
    Status status = save_time(options, model, directory, error);
    return status ? status : save_groups(model, directory, error);
}
