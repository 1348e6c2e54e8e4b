#include "report/topic_text.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <stdlib.h>

/* The words of one topic; NULL without memory. `top` has room for `words`. */
static char *join_words(const Model *model, int topic, int64_t words, TopicWord *top, Error *error)
{
    Buffer text = {0};
    const int64_t count = model_top_words(model, topic, words, top, error);
    Status status = count < 0 ? error_status(error) : buffer_reserve(&text, 0, error);
    for (int64_t i = 0; i < count && !status; i++) {
        status =
            buffer_print(&text, error, "%s%s", i ? ", " : "", model_surface(model, top[i].word));
    }
    if (status) {
        buffer_free(&text);
    }
    return text.bytes;
}

char **topic_texts_new(const Model *model, int words, Error *error)
{
    const int64_t most = (int64_t)model->vocabulary.count;
    const int64_t count = words < most ? words : most;
    char **texts = memory_new((size_t)model->k, sizeof *texts, error);
    TopicWord *top = memory_new((size_t)count, sizeof *top, error);
    bool whole = texts && top;
    for (int t = 0; t < model->k && whole; t++) {
        texts[t] = join_words(model, t + 1, count, top, error);
        whole = texts[t] != NULL;
    }
    free(top);
    if (!whole) {
        topic_texts_free(texts, model->k);
        return NULL;
    }
    return texts;
}

void topic_texts_free(char **texts, int k)
{
    for (int t = 0; t < k && texts; t++) {
        free(texts[t]);
    }
    free(texts);
}
