/* Arrays for NumPy and SciPy. */
#include "base/file.h"
#include "base/memory.h"
#include "matrix/npy.h"
#include "model/store.h"
#include "report/export_formats.h"

#include <stdlib.h>
#include <string.h>

/* ---- documents × topics ---- */

static void fill_mixture(const void *context, int64_t row, uint32_t *indices, double *values)
{
    const Model *model = context;
    int filled = 0;
    for (int t = 0; t < model->k; t++) {
        const float share = model->mixtures[row * model->k + t];
        if (share > 0.0F && indices) {
            indices[filled++] = (uint32_t)t;
        } else if (share > 0.0F) {
            values[filled++] = (double)share;
        }
    }
}

static Status write_mixtures(const Model *model, const char *path, Error *error)
{
    const int64_t n = model->documents.count;
    int64_t *starts = memory_new((size_t)n + 1, sizeof *starts, error);
    if (!starts) {
        return error_status(error);
    }
    for (int64_t d = 0; d < n; d++) {
        starts[d + 1] = starts[d];
        for (int t = 0; t < model->k; t++) {
            starts[d + 1] += model->mixtures[d * model->k + t] > 0.0F;
        }
    }
    const SparseRows rows = {.rows = n,
                             .columns = model->k,
                             .starts = starts,
                             .is_float32 = true,
                             .fill = fill_mixture,
                             .context = model};
    Status status = npz_write_rows(path, &rows, error);
    free(starts);
    return status;
}

/* ---- documents × words ---- */

static void fill_weights(const void *context, int64_t row, uint32_t *indices, double *values)
{
    const Model *model = context;
    const int64_t begin = model->counts.starts[row];
    if (indices) {
        memcpy(indices, model->counts.words + begin,
               (size_t)(model->counts.starts[row + 1] - begin) * sizeof *indices);
    } else {
        weight_document(&model->weight, &model->counts, model->idf, row, values);
    }
}

static Status write_weights(const Model *model, const char *path, Error *error)
{
    const SparseRows rows = {.rows = model->counts.documents,
                             .columns = model->vocabulary.count,
                             .starts = model->counts.starts,
                             .fill = fill_weights,
                             .context = model};
    return npz_write_rows(path, &rows, error);
}

/* ---- the factors ---- */

static Status write_topics(const Model *model, const char *path, Error *error)
{
    double *ones = memory_new((size_t)model->k, sizeof *ones, error);
    if (!ones) {
        return error_status(error);
    }
    for (int t = 0; t < model->k; t++) {
        ones[t] = 1.0;
    }
    Status status =
        npy_write_wide(path, model->topics, ones, model->k, model->vocabulary.count, error);
    free(ones);
    return status;
}

/* Each document's mixture times its sum in X, which a document that is modelled keeps in W·H. */
static Status write_document_factor(const Model *model, const char *path, Error *error)
{
    const Counts *counts = &model->counts;
    int64_t longest = 0;
    for (int64_t d = 0; d < counts->documents; d++) {
        const int64_t length = counts->starts[d + 1] - counts->starts[d];
        longest = length > longest ? length : longest;
    }
    double *sums = memory_new((size_t)counts->documents, sizeof *sums, error);
    double *values = sums ? memory_new((size_t)longest, sizeof *values, error) : NULL;
    Status status = values ? STATUS_OK : error_status(error);
    for (int64_t d = 0; d < counts->documents && !status; d++) {
        weight_document(&model->weight, counts, model->idf, d, values);
        for (int64_t i = 0; i < counts->starts[d + 1] - counts->starts[d]; i++) {
            sums[d] += values[i];
        }
    }
    if (!status) {
        status = npy_write_wide(path, model->mixtures, sums, counts->documents, model->k, error);
    }
    free(values);
    free(sums);
    return status;
}

/* ---- all of them ---- */

static Status write_arrays(const Model *model, const char *directory, const char *weights,
                           Error *error)
{
    const struct {
        const char *name;
        Status (*write)(const Model *, const char *, Error *);
    } arrays[] = {
        {"doc_topic.npz", write_mixtures}, {"doc_term_counts.npz", model_write_counts},
        {weights, write_weights},          {"H.npy", write_topics},
        {"W.npy", write_document_factor},
    };
    Status status = STATUS_OK;
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays && !status; i++) {
        char *path = file_join(directory, arrays[i].name, error);
        status = path ? arrays[i].write(model, path, error) : error_status(error);
        free(path);
    }
    return status;
}

Status export_arrays(Export *export, const char *path, Error *error)
{
    char weights[64];
    snprintf(weights, sizeof weights, "doc_term_%s.npz",
             export->model->weight.scheme == WEIGHT_COUNT
                 ? "weights"
                 : weight_scheme_names[export->model->weight.scheme]);
    const ExportPart parts[] = {
        {"doc_topic.npz", "documents × topics, float32: the mixtures, sparse (CSR)", NULL},
        {"doc_term_counts.npz", "documents × words: the counts, sparse (CSR)", NULL},
        {weights, "documents × words, float64: as the model was given them, sparse (CSR)", NULL},
        {"H.npy", "topics × words, float64: each row sums to 1", NULL},
        {"W.npy", "documents × topics, float64: W·H is the weighted matrix, as near as it gets",
         NULL},
        {"vocabulary.txt", "the words, one a line: the columns", export_write_terms},
        {"documents.txt", "the documents' ids, one a line: the rows", export_write_ids},
        {.name = NULL},
    };
    Status status = write_arrays(export->model, path, weights, error);
    return status ? status
                  : export_parts(export, path, "npz", parts,
                                 "scipy.sparse.load_npz reads the .npz, numpy.load the .npy. For "
                                 "scikit-learn, W and H are\nthose of NMF(beta_loss="
                                 "'kullback-leibler', solver='mu'): components_ = H. Topic t is "
                                 "row\nor column t − 1.\n",
                                 error);
}
