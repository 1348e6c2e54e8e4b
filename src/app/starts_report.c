#include "app/starts_report.h"

#include "app/messages.h"
#include "app/result.h"
#include "base/buffer.h"
#include "report/start_tables.h"

Status starts_save_tables(const Model *model, const char *directory, Error *error)
{
    Status status = STATUS_OK;
    if (model->fit.anchors) {
        const Table table = anchors_table(model);
        status = result_save_table(directory, &table, error);
    }
    if (!status && model->uniqueness.topics) {
        const Table table = restarts_table(model);
        status = result_save_table(directory, &table, error);
    }
    if (!status && model->uniqueness.compared > 0) {
        const Table table = uniqueness_table(model);
        status = result_save_table(directory, &table, error);
    }
    return status;
}

/* The anchors in the order of their topics, "-" for one that has none. */
static Status say_anchors(const Model *model, Error *error)
{
    Buffer line = {0};
    Status status = buffer_append_text(&line, "anchor words:", error);
    for (int t = 0; t < model->k && !status; t++) {
        const WordId word = model->fit.anchors[t];
        status = buffer_print(&line, error, "%s %s", t ? "," : "",
                              word == WORD_NONE ? "-" : model_surface(model, word));
    }
    if (!status) {
        message_line("%s", buffer_text(&line));
    }
    buffer_free(&line);
    return status;
}

static bool keeps_words(const TopicUniqueness *topic)
{
    return topic->words_kept == topic->words;
}

/* "; topics 3 and 5 do not", nothing if all do. */
static Status name_others(const Model *model, int others, Buffer *line, Error *error)
{
    enum { NAMED_MAX = 5 };
    Status status = STATUS_OK;
    for (int t = 0, seen = 0; t < model->k && !status && seen < others; t++) {
        if (keeps_words(&model->uniqueness.topics[t])) {
            continue;
        }
        seen++;
        const bool last = seen == others;
        const char *before = seen > 1 ? last ? " and" : "," : "; ";
        if (seen == NAMED_MAX + 1 && !last) {
            return buffer_print(line, error, " and %d more do not", others - NAMED_MAX);
        }
        const ModelNouns *nouns = model_nouns(model);
        const char *noun = seen > 1 ? "" : others == 1 ? nouns->topic : nouns->topics;
        status = buffer_print(line, error, "%s%s %d%s", before, noun, t + 1,
                              !last        ? ""
                              : others > 1 ? " do not"
                                           : " does not");
    }
    return status;
}

/* "in the 4 of 10 starts that end within 0.1 % of the lowest objective". */
static Status name_solutions(const Uniqueness *uniqueness, Buffer *line, Error *error)
{
    const int compared = uniqueness->compared + 1; /* with the model's own */
    Status status;
    if (compared < uniqueness->near) {
        status = buffer_print(line, error, " in the best %d of %d starts (of %d) that", compared,
                              uniqueness->near, uniqueness->starts);
    } else if (compared < uniqueness->starts) {
        status =
            buffer_print(line, error, " in the %d of %d starts that", compared, uniqueness->starts);
    } else {
        status = buffer_print(line, error, " in all %d starts, which", compared);
    }
    return status ? status
                  : buffer_append_text(line, " end within 0.1 % of the lowest objective", error);
}

/* Which topics keep their words. */
static Status say_words(const Model *model, Buffer *line, Error *error)
{
    const ModelNouns *nouns = model_nouns(model);
    int keep = 0, most = 0;
    for (int t = 0; t < model->k; t++) {
        const TopicUniqueness *topic = &model->uniqueness.topics[t];
        keep += keeps_words(topic);
        most = topic->words > most ? topic->words : most;
    }
    const char *ten = most == UNIQUENESS_WORDS ? "ten " : "";
    const bool one = keep == 1;
    Status status =
        keep == model->k
            ? buffer_print(line, error, "%s %s keep%s %s %s%s", one ? "the" : "all",
                           one ? nouns->topic : nouns->topics, one ? "s" : "",
                           one ? "its" : "their", ten, nouns->words)
            : buffer_print(line, error, "%d of %d %s keep%s %s %s%s", keep, model->k, nouns->topics,
                           one ? "s" : "", one ? "its" : "their", ten, nouns->words);
    if (!status) {
        status = name_solutions(&model->uniqueness, line, error);
    }
    return status ? status : name_others(model, model->k - keep, line, error);
}

/* How far documents and shares stay. */
static Status say_documents(const Model *model, Buffer *line, Error *error)
{
    int64_t kept = 0;
    int widest = 0;
    double width = 0.0;
    for (int t = 0; t < model->k; t++) {
        const TopicUniqueness *topic = &model->uniqueness.topics[t];
        kept += topic->documents_kept;
        if (topic->share_max - topic->share_min > width) {
            width = topic->share_max - topic->share_min;
            widest = t;
        }
    }
    const ModelNouns *nouns = model_nouns(model);
    Status status = buffer_print(line, error, ". %.1f %% of the %s keep their main %s, and shares ",
                                 100.0 * (double)kept / (double)model->modelled, nouns->documents,
                                 nouns->topic);
    if (status) {
        return status;
    }
    return width < 0.0005 ? buffer_append_text(line, "are the same", error)
                          : buffer_print(line, error, "differ by up to %.1f points (%s %d)",
                                         100.0 * width, nouns->topic, widest + 1);
}

static Status say_uniqueness(const Model *model, Error *error)
{
    const Uniqueness *uniqueness = &model->uniqueness;
    if (uniqueness->compared == 0) {
        if (uniqueness->starts > 1) {
            message_line("no other of %d starts ends within 0.1 %% of the lowest objective, so "
                         "there is nothing as good to compare the %s with",
                         uniqueness->starts, model_nouns(model)->topics);
        }
        return STATUS_OK;
    }
    Buffer line = {0};
    Status status = say_words(model, &line, error);
    if (!status) {
        status = say_documents(model, &line, error);
    }
    if (!status) {
        message_line("%s (tables/uniqueness.csv)", buffer_text(&line));
    }
    buffer_free(&line);
    return status;
}

Status starts_say(const Model *model, Error *error)
{
    Status status = model->fit.anchors ? say_anchors(model, error) : STATUS_OK;
    return status || !model->uniqueness.topics ? status : say_uniqueness(model, error);
}
