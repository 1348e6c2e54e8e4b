#include "report/wide_table.h"

#include "base/csv_writer.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

static int digits_of(int number)
{
    int digits = 1;
    for (; number >= 10; number /= 10) {
        digits++;
    }
    return digits;
}

static void write_heading(CsvWriter *csv, int k)
{
    csv_text(csv, "doc_id");
    for (int t = 1; t <= k; t++) {
        char name[32];
        snprintf(name, sizeof name, "topic_%0*d", digits_of(k), t);
        csv_text(csv, name);
    }
    csv_end_line(csv);
}

static void write_rows(const Model *model, CsvWriter *csv)
{
    const int k = model->k;
    for (int64_t d = 0; d < model->documents.count; d++) {
        const float *mixture = model->mixtures + d * k;
        const bool modelled = mixture_summarise(mixture, k).modelled;
        csv_text(csv, model->documents.items[d].id);
        for (int t = 0; t < k; t++) {
            if (!modelled) {
                csv_empty(csv);
            } else if (mixture[t] > 0.0F) {
                csv_number_float(csv, mixture[t]);
            } else {
                csv_whole(csv, 0);
            }
        }
        csv_end_line(csv);
    }
}

Status wide_table_save(const Model *model, const char *directory, Error *error)
{
    char *path = file_join(directory, "tables/doc_topics_wide.csv", error);
    FILE *file = path ? file_create(path, error) : NULL;
    Status status = file ? STATUS_OK : error_status(error);
    if (file) {
        CsvWriter csv = {.file = file};
        write_heading(&csv, model->k);
        write_rows(model, &csv);
        status = file_close(file, path, error);
    }
    free(path);
    return status;
}
