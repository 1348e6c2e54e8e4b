/* The files of MALLET's train-topics (version 2.0.8 and later): topics and documents are counted
 * from 0. */
#include "base/memory.h"
#include "base/number.h"
#include "report/export_formats.h"

#include <inttypes.h>
#include <stdlib.h>

enum { KEYS = 20 }; /* words of a topic in topic-keys, as MALLET has them */

static void put_number(FILE *file, double number)
{
    char text[NUMBER_TEXT_SIZE];
    number_format(number, text);
    fputs(text, file);
}

static void put_float(FILE *file, float number)
{
    char text[NUMBER_TEXT_SIZE];
    number_format_float(number, text);
    fputs(text, file);
}

/* A term among others between blanks: those within it become underscores. */
static void put_key(FILE *file, const char *term)
{
    for (const char *at = term; *at; at++) {
        putc((unsigned char)*at <= ' ' ? '_' : *at, file);
    }
}

static Status write_keys(Export *export, FILE *file, Error *error)
{
    const Model *model = export->model;
    TopicWord words[KEYS];
    const int64_t wanted = model->vocabulary.count < KEYS ? model->vocabulary.count : KEYS;
    for (int t = 0; t < model->k; t++) {
        const int64_t count = model_top_words(model, t + 1, wanted, words, error);
        if (count < 0) {
            return error_status(error);
        }
        fprintf(file, "%d\t", t);
        put_number(file, model->shares[t]);
        putc('\t', file);
        for (int64_t i = 0; i < count; i++) {
            put_key(file, vocabulary_word(&model->vocabulary, words[i].word));
            putc(' ', file);
        }
        putc('\n', file);
    }
    return STATUS_OK;
}

static Status write_documents(Export *export, FILE *file, Error *error)
{
    const Model *model = export->model;
    int64_t changed = 0;
    for (int64_t d = 0; d < model->documents.count; d++) {
        fprintf(file, "%" PRId64 "\t", d);
        changed += export_plain_text(file, model->documents.items[d].id);
        for (int t = 0; t < model->k; t++) {
            putc('\t', file);
            put_float(file, model->mixtures[d * model->k + t]);
        }
        putc('\n', file);
    }
    return export_note_controls(export, changed, "names of documents", error);
}

static Status write_weights(Export *export, FILE *file, Error *error)
{
    const Model *model = export->model;
    const int64_t m = model->vocabulary.count;
    int64_t changed = 0;
    for (int t = 0; t < model->k; t++) {
        for (int64_t w = 0; w < m; w++) {
            const float probability = model->topics[t * m + w];
            if (probability > 0.0F) {
                fprintf(file, "%d\t", t);
                changed += export_plain_text(file, vocabulary_word(&model->vocabulary, (WordId)w));
                putc('\t', file);
                put_number(file, (double)probability * model->topic_mass[t]);
                putc('\n', file);
            }
        }
    }
    return export_note_controls(export, changed, "words in topic-word-weights.txt", error);
}

Status export_mallet(Export *export, const char *path, Error *error)
{
    static const ExportPart parts[] = {
        {"topic-keys.txt", "topic, its share, its 20 most probable words", write_keys},
        {"doc-topics.txt", "number and name of a document, then the share of every topic",
         write_documents},
        {"topic-word-weights.txt", "topic, word, weight", write_weights},
        {.name = NULL},
    };
    return export_parts(
        export, path, "mallet", parts,
        "Topics and documents are counted from 0 here, from 1 everywhere else in themata: topic 0 "
        "is\ntopic 1 there. In place of MALLET's alpha, topic-keys.txt has the topic's share. A "
        "document that\nis not modelled has 0 of every topic. A weight is the word's part of the "
        "topic's mass in the\nweighted matrix, no number of tokens; weights of 0 are left out. "
        "Blanks within a term are\nunderscores in topic-keys.txt.\n",
        error);
}
