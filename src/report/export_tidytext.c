/* R's tidytext: one row for each number, under the names that tidy() gives them. */
#include "base/csv_writer.h"
#include "report/export_formats.h"

static Status write_beta(Export *export, FILE *file, Error *error)
{
    (void)error;
    const Model *model = export->model;
    const int64_t m = model->vocabulary.count;
    CsvWriter csv = {.file = file};
    fputs("topic,term,beta\n", file);
    for (int t = 0; t < model->k; t++) {
        for (int64_t w = 0; w < m; w++) {
            if (model->topics[t * m + w] > 0.0F) {
                csv_whole(&csv, t + 1);
                csv_text(&csv, vocabulary_word(&model->vocabulary, (WordId)w));
                csv_number_float(&csv, model->topics[t * m + w]);
                csv_end_line(&csv);
            }
        }
    }
    return STATUS_OK;
}

static Status write_gamma(Export *export, FILE *file, Error *error)
{
    (void)error;
    const Model *model = export->model;
    CsvWriter csv = {.file = file};
    fputs("document,topic,gamma\n", file);
    for (int64_t d = 0; d < model->documents.count; d++) {
        for (int t = 0; t < model->k; t++) {
            if (model->mixtures[d * model->k + t] > 0.0F) {
                csv_text(&csv, model->documents.items[d].id);
                csv_whole(&csv, t + 1);
                csv_number_float(&csv, model->mixtures[d * model->k + t]);
                csv_end_line(&csv);
            }
        }
    }
    return STATUS_OK;
}

Status export_tidytext(Export *export, const char *path, Error *error)
{
    static const ExportPart parts[] = {
        {"beta.csv", "topic, term, beta: the probability of the term in the topic", write_beta},
        {"gamma.csv", "document, topic, gamma: the share of the topic in the document",
         write_gamma},
        {.name = NULL},
    };
    return export_parts(export, path, "tidytext", parts,
                        "Numbers that are 0 are left out. Topics are counted from 1.\n", error);
}
