#include "app/compare_report.h"

#include "app/diagnosis.h"
#include "app/printer.h"
#include "base/json_writer.h"
#include "report/table_formats.h"
#include "report/tables.h"

#include <inttypes.h>

/* ---- for people ---- */

static double per_cent(int64_t part, int64_t all)
{
    return all ? 100.0 * (double)part / (double)all : 0.0;
}

static void print_model(Printer *printer, const char *label, const char *path, const Model *model)
{
    printer_line(printer, label, "%s: %d topic%s, %" PRId64 " word%s, %" PRId64 " document%s", path,
                 model->k, plural(model->k), (int64_t)model->vocabulary.count,
                 plural(model->vocabulary.count), model->documents.count,
                 plural(model->documents.count));
}

static void print_documents(Printer *printer, const ComparedModels *models,
                            const DocumentPairs *pairs)
{
    const Movement *movement = models->movement;
    const Contingency *topics = &movement->topics;
    printer_line(printer, "documents",
                 "%" PRId64 " in both, %" PRId64 " in A alone, %" PRId64 " in B alone",
                 pairs->count, models->first->documents.count - pairs->count,
                 models->second->documents.count - pairs->count);
    if (pairs->renamed > 0) {
        printer_line(printer, "", "%" PRId64 " of them with another id, known by their text",
                     pairs->renamed);
    }
    if (movement->left_out > 0) {
        printer_line(printer, "", "%" PRId64 " of them not modelled, or of a hidden topic",
                     movement->left_out);
    }
    if (topics->total == 0) {
        printer_line(printer, "", "what moved cannot be told: there is none to compare");
        return;
    }
    static const char *const what[] = {
        [MOVE_STAYED] = "in the partner of their topic",
        [MOVE_FOLLOWED] = "in another part of their topic, or what it merged into",
        [MOVE_MOVED] = "anywhere else",
    };
    for (MoveKind kind = MOVE_STAYED; kind <= MOVE_MOVED; kind++) {
        printer_line(printer, move_names[kind], "%" PRId64 " (%.1f %%) %s", movement->kinds[kind],
                     per_cent(movement->kinds[kind], topics->total), what[kind]);
    }
    printer_line(printer, "agreement", "NMI %.3f, adjusted Rand %.3f", agreement_nmi(topics),
                 agreement_adjusted_rand(topics));
}

/* Prints a table behind a heading, if it has rows. */
static Status print_table(const char *heading, Table *table, Status made, Error *error)
{
    Status status = made;
    if (!status && table->row_count > 0) {
        printf("\n%s\n", heading);
        status = table_write_terminal(table, stdout, error);
    }
    table_free(table);
    return status;
}

static Status print_report(const ComparedModels *models, const DocumentPairs *pairs,
                           const Options *options, Error *error)
{
    Printer printer = {.error = error};
    const Alignment *alignment = models->alignment;
    Table table = {0};
    print_model(&printer, "A", options->arguments[0], models->first);
    print_model(&printer, "B", options->arguments[1], models->second);
    printer_line(
        &printer, "words", "%" PRId64 " in both, %" PRId64 " in A alone, %" PRId64 " in B alone",
        alignment->shared_words, (int64_t)models->first->vocabulary.count - alignment->shared_words,
        (int64_t)models->second->vocabulary.count - alignment->shared_words);
    print_documents(&printer, models, pairs);
    Status status = printer.status;
    if (!status) {
        status = topic_matches_table(models, true, &table, error);
        status = print_table("Topics that are partners", &table, status, error);
    }
    if (!status) {
        status = topic_relations_table(models, &table, error);
        status = print_table("Topics that were split or merged, are new or have vanished", &table,
                             status, error);
    }
    if (!status) {
        status = moved_documents_table(models, options->top, &table, error);
        status = print_table("Documents that did not stay, those with the clearest topics first",
                             &table, status, error);
    }
    return status;
}

/* ---- as JSON ---- */

static void write_model(JsonWriter *json, const char *name, const Model *model)
{
    json_key(json, name);
    json_open_object(json);
    json_key_whole(json, "topics", model->k);
    json_key_whole(json, "words", model->vocabulary.count);
    json_key_whole(json, "documents", model->documents.count);
    json_close_object(json);
}

/* Agreement of documents that there are none of is unknown. */
static void write_documents(JsonWriter *json, const ComparedModels *models,
                            const DocumentPairs *pairs)
{
    const Movement *movement = models->movement;
    const bool any = movement->topics.total > 0;
    json_key(json, "documents");
    json_open_object(json);
    json_key_whole(json, "both", pairs->count);
    json_key_whole(json, "renamed", pairs->renamed);
    json_key_whole(json, "changed", pairs->changed);
    json_key_whole(json, "left_out", movement->left_out);
    for (MoveKind kind = MOVE_STAYED; kind <= MOVE_MOVED; kind++) {
        json_key_whole(json, move_names[kind], movement->kinds[kind]);
    }
    json_key(json, "nmi");
    any ? json_number(json, agreement_nmi(&movement->topics)) : json_nothing(json);
    json_key(json, "adjusted_rand");
    any ? json_number(json, agreement_adjusted_rand(&movement->topics)) : json_nothing(json);
    json_close_object(json);
}

static void write_figures(JsonWriter *json, const ComparedModels *models,
                          const DocumentPairs *pairs)
{
    write_model(json, "a", models->first);
    write_model(json, "b", models->second);
    json_key_whole(json, "words_both", models->alignment->shared_words);
    write_documents(json, models, pairs);
}

static Status write_table(JsonWriter *json, Table *table, Status made)
{
    if (!made) {
        json_key(json, table->name);
        table_write_json_rows(table, json);
    }
    table_free(table);
    return made;
}

static Status write_report(const ComparedModels *models, const DocumentPairs *pairs,
                           const Options *options, Error *error)
{
    Table table = {0};
    JsonWriter json = {.file = stdout};
    json_open_object(&json);
    json_key(&json, "schema");
    json_text(&json, "themata.compare/1");
    write_figures(&json, models, pairs);
    Status status = write_table(&json, &table, topic_matches_table(models, false, &table, error));
    if (!status) {
        status = write_table(&json, &table, topic_relations_table(models, &table, error));
    }
    if (!status) {
        status =
            write_table(&json, &table, moved_documents_table(models, options->top, &table, error));
    }
    json_close_object(&json);
    json_end(&json);
    return status;
}

Status compare_report_print(const ComparedModels *models, const DocumentPairs *pairs,
                            const Options *options, Error *error)
{
    return options->json ? write_report(models, pairs, options, error)
                         : print_report(models, pairs, options, error);
}

void compare_report_save(const ComparedModels *models, const DocumentPairs *pairs, FILE *file)
{
    JsonWriter json = {.file = file};
    json_open_object(&json);
    json_key(&json, "format");
    json_text(&json, "themata-comparison");
    json_key(&json, "format_version");
    json_whole(&json, 1);
    json_key(&json, "program_version");
    json_text(&json, THEMATA_VERSION);
    write_figures(&json, models, pairs);
    json_close_object(&json);
    json_end(&json);
}
