/* The corpus as others read it: Matrix Market, documents × words, in the documents' order, which
 * gensim needs; and gensim's dictionary as text. */
#include "base/number.h"
#include "report/export_formats.h"

#include <inttypes.h>

static Status write_corpus(Export *export, FILE *file, Error *error)
{
    (void)error;
    const Counts *counts = &export->model->counts;
    fprintf(file,
            "%%%%MatrixMarket matrix coordinate real general\n%" PRId64 " %" PRIu32 " %" PRId64
            "\n",
            counts->documents, export->model->vocabulary.count, counts_pairs(counts));
    for (int64_t d = 0; d < counts->documents; d++) {
        for (int64_t p = counts->starts[d]; p < counts->starts[d + 1]; p++) {
            char text[NUMBER_TEXT_SIZE];
            if (counts->values) {
                fprintf(file, "%" PRId64 " %" PRIu32 " %" PRIu32 "\n", d + 1, counts->words[p] + 1,
                        counts->values[p]);
            } else {
                number_format(counts->amounts[p], text);
                fprintf(file, "%" PRId64 " %" PRIu32 " %s\n", d + 1, counts->words[p] + 1, text);
            }
        }
    }
    return STATUS_OK;
}

static Status write_dictionary(Export *export, FILE *file, Error *error)
{
    const Model *model = export->model;
    (void)error;
    fprintf(file, "%" PRId64 "\n", model->documents.count);
    for (uint32_t w = 0; w < model->vocabulary.count; w++) {
        fprintf(file, "%" PRIu32 "\t", w);
        export_plain_text(file, vocabulary_word(&model->vocabulary, w));
        fprintf(file, "\t%" PRId64 "\n", model->document_frequency[w]);
    }
    return STATUS_OK;
}

Status export_market(Export *export, const char *path, Error *error)
{
    static const ExportPart parts[] = {
        {"corpus.mm", "how often each word is in each document: a row for each document",
         write_corpus},
        {"corpus.dict.txt", "the words as gensim's Dictionary.load_from_text reads them",
         write_dictionary},
        {"vocabulary.txt", "the words, one a line: the columns of corpus.mm", export_write_terms},
        {"documents.txt", "the documents' ids, one a line: its rows", export_write_ids},
        {.name = NULL},
    };
    return export_parts(export, path, "mm", parts,
                        "Rows and columns are counted from 1, as the format has it; gensim counts "
                        "words and documents from 0.\n",
                        error);
}
