#include "app/fit_stability.h"

#include "app/interrupt.h"
#include "app/messages.h"
#include "app/result.h"
#include "base/memory.h"
#include "report/stability_tables.h"

#include <stdlib.h>
#include <string.h>

static bool is_interrupted(void *context)
{
    (void)context;
    return interrupt_seen();
}

/* Each document's main topic, counted from 0. */
static int32_t *main_topics(const Model *model, Error *error)
{
    int32_t *main = memory_new((size_t)model->documents.count, sizeof *main, error);
    for (int64_t d = 0; d < model->documents.count && main; d++) {
        const MixtureSummary summary = mixture_summarise(model->mixtures + d * model->k, model->k);
        main[d] = summary.modelled ? summary.topic - 1 : -1;
    }
    return main;
}

/* What the model keeps: the figures of topics and words. */
static Status keep(const Stability *stability, Model *model, Error *error)
{
    const size_t k = (size_t)stability->k, depth = (size_t)stability->depth;
    ModelStability *kept = &model->stability;
    kept->topic = memory_new(k, sizeof *kept->topic, error);
    kept->cosine = memory_new(k, sizeof *kept->cosine, error);
    kept->words = memory_new(k, depth * sizeof *kept->words, error);
    if (!kept->topic || !kept->cosine || !kept->words) {
        return error_status(error);
    }
    memcpy(kept->topic, stability->topic, k * sizeof *kept->topic);
    memcpy(kept->cosine, stability->cosine, k * sizeof *kept->cosine);
    memcpy(kept->words, stability->word_part, k * depth * sizeof *kept->words);
    kept->samples = stability->run_count;
    kept->depth = stability->depth;
    return STATUS_OK;
}

Status fit_stability(const Options *options, int threads, Model *model, Stability *stability,
                     Error *error)
{
    const SampleSource source = {
        .counts = &model->counts,
        .weight = &model->weight,
        .idf = model->idf,
        .words = model->vocabulary.count,
        .seed = (uint64_t)options->seed,
    };
    StabilityOptions how = stability_defaults;
    how.runs = (int)options->stability;
    how.init = options->init;
    how.threads = threads;
    how.interrupted = is_interrupted;
    float *w = model_words_by_topic(model, error);
    int32_t *main = w ? main_topics(model, error) : NULL;
    const StabilityReference reference = {
        .k = model->k,
        .words = model->vocabulary.count,
        .documents = model->documents.count,
        .w = w,
        .main = main,
    };
    Status status =
        main ? stability_measure(&source, &reference, &how, stability, error) : error_status(error);
    if (!status && stability->interrupted) {
        message_warning("interrupted: how stable the topics are is not known");
        stability_free(stability);
    } else if (!status) {
        status = keep(stability, model, error);
    }
    free(w);
    free(main);
    return status;
}

Status fit_stability_save(const Model *model, const Stability *stability, const char *directory,
                          Error *error)
{
    const StabilityReport report = {.model = model, .stability = stability};
    Table table;
    topic_stability_table(&report, &table);
    Status status = result_save_table(directory, &table, error);
    if (!status) {
        doc_stability_table(&report, &table);
        status = result_save_table(directory, &table, error);
    }
    return status;
}
