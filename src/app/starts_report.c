#include "app/starts_report.h"

#include "app/messages.h"
#include "app/result.h"
#include "base/buffer.h"
#include "report/start_tables.h"

Status starts_save_tables(const Model *model, const char *directory, Error *error)
{
    if (!model->fit.anchors) {
        return STATUS_OK;
    }
    const Table table = anchors_table(model);
    return result_save_table(directory, &table, error);
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

Status starts_say(const Model *model, Error *error)
{
    return model->fit.anchors ? say_anchors(model, error) : STATUS_OK;
}
