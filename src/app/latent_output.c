#include "app/latent_output.h"

#include "app/result.h"
#include "base/file.h"
#include "base/json_writer.h"

#include <stdlib.h>

enum { TABLE_WORDS = 100 }; /* at either end of a dimension, in tables/dimension_words.csv */

static void write_description(FILE *file, const Options *options, const LatentReport *report)
{
    const Latent *latent = report->latent;
    JsonWriter json = {.file = file};
    json_open_object(&json);
    json_key(&json, "schema");
    json_text(&json, "themata.decomposition/1");
    json_key(&json, "program_version");
    json_text(&json, THEMATA_VERSION);
    json_key(&json, "method");
    json_text(&json, method_names[options->method]);
    json_key(&json, "weight");
    json_text(&json, weight_scheme_names[options->weight.scheme]);
    json_key(&json, "idf");
    json_text(&json, weight_idf_names[options->weight.idf]);
    json_key(&json, "tf");
    json_text(&json, weight_tf_names[options->weight.tf]);
    json_key(&json, "normalize");
    json_text(&json, weight_norm_names[options->weight.norm]);
    json_key_whole(&json, "seed", options->seed);
    json_key_whole(&json, "words", latent->rows);
    json_key_whole(&json, "documents", latent->columns);
    json_key_number(&json, "sum_of_squares", latent->squares);
    json_key(&json, "singular_values");
    json_open_array(&json);
    for (int t = 0; t < latent->svd.rank; t++) {
        json_number(&json, latent->svd.s[t]);
    }
    json_close_array(&json);
    json_close_object(&json);
    json_end(&json);
}

static Status save_description(const Options *options, const LatentReport *report,
                               const char *directory, Error *error)
{
    char *path = file_join(directory, LATENT_MARK, error);
    FILE *file = path ? file_create(path, error) : NULL;
    Status status = file ? STATUS_OK : error_status(error);
    if (file) {
        write_description(file, options, report);
        status = file_close(file, path, error);
    }
    free(path);
    return status;
}

Status latent_output_save(const Options *options, const LatentReport *report, const char *directory,
                          Error *error)
{
    Table table;
    Status status = result_make_tables(directory, error);
    if (!status) {
        status = dimensions_table(report, (int)options->words, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        status = dimension_words_table(report, TABLE_WORDS, &table, error);
        status = result_save_made(directory, status, &table, error);
    }
    if (!status) {
        document_dimensions_table(report, &table);
        status = result_save_table(directory, &table, error);
    }
    return status ? status : save_description(options, report, directory, error);
}

Status latent_output_show(const Options *options, const LatentReport *report, Error *error)
{
    Table table;
    Status status = dimensions_table(report, (int)options->words, &table, error);
    if (!status) {
        status = result_print(options, &table, error);
    }
    table_free(&table);
    return status;
}
