#include "model/marks.h"

#include "base/memory.h"
#include "text/word_places.h"

#include <stdlib.h>

static const double strong = 0.8, fair = 0.5;

struct Marker {
    const Model *model;
    float *words; /* owned, m × k: each word's probability in the topics */
    WordFinder *finder;
    WordPlaces places;
    Mark *marks;
    size_t capacity;
};

Status marker_new(const Model *model, Marker **marker, Error *error)
{
    *marker = NULL;
    Marker *made = memory_new(1, sizeof *made, error);
    if (!made) {
        return error_status(error);
    }
    made->model = model;
    made->words = model_words_by_topic(model, error);
    const WordRules rules = {
        .tokenizer = model_token_rules(&model->text),
        .terms = &model->vocabulary,
        .stopped = &model->text.stopped,
        .phrases = &model->text.phrases,
        .ngrams = model->text.ngrams,
    };
    Status status =
        made->words ? word_finder_new(&rules, &made->finder, error) : error_status(error);
    if (status) {
        marker_free(made);
        return status;
    }
    *marker = made;
    return STATUS_OK;
}

void marker_free(Marker *marker)
{
    if (!marker) {
        return;
    }
    word_finder_free(marker->finder);
    word_places_free(&marker->places);
    free(marker->words);
    free(marker->marks);
    free(marker);
}

/* Sets topic and strength of a word in a document; false if there is no such topic. */
static bool choose_topic(const Marker *marker, int64_t document, WordId word, Mark *mark)
{
    const int k = marker->model->k;
    const float *mixture = marker->model->mixtures + document * k;
    const float *in_topics = marker->words + (int64_t)word * k;
    double sum = 0.0, most = 0.0;
    for (int t = 0; t < k; t++) {
        const double part = (double)mixture[t] * (double)in_topics[t];
        sum += part;
        if (part > most) {
            most = part;
            mark->topic = t + 1;
        }
    }
    mark->strength = most >= strong * sum ? 3 : most >= fair * sum ? 2 : 1;
    return most > 0.0;
}

/* Leaves the places that can be marked. */
static void drop_places(Marker *marker, int64_t document, size_t shown)
{
    WordPlaces *places = &marker->places;
    size_t kept = 0;
    for (size_t i = 0; i < places->count; i++) {
        const WordPlace place = places->items[i];
        Mark ignored;
        if (place.end <= shown && choose_topic(marker, document, place.word, &ignored)) {
            places->items[kept++] = place;
        }
    }
    places->count = kept;
}

/* How many UTF-16 code units bytes [begin, end) of UTF-8 are: one for each character, two for those
 * of four bytes. */
static int64_t count_units(const char *text, size_t begin, size_t end)
{
    int64_t units = 0;
    for (size_t i = begin; i < end; i++) {
        const unsigned char byte = (unsigned char)text[i];
        units += ((byte & 0xC0) != 0x80) + (byte >= 0xF0);
    }
    return units;
}

Status marker_find(Marker *marker, int64_t document, const char *text, size_t length, size_t shown,
                   const Mark **marks, size_t *count, Error *error)
{
    const WordPlaces *places = &marker->places;
    Status status = word_finder_find(marker->finder, text, length, &marker->places, error);
    if (status && word_finder_gave_up(marker->finder)) {
        marker->places.count = 0;
        *error = (Error){0};
        status = STATUS_OK;
    }
    if (!status) {
        drop_places(marker, document, shown);
        status = word_places_thin(&marker->places, length, error);
    }
    status = status ? status
                    : memory_reserve(&marker->marks, &marker->capacity, places->count + 1,
                                     sizeof *marker->marks, error);
    size_t at = 0;
    for (size_t i = 0; i < places->count && !status; i++) {
        const WordPlace place = places->items[i];
        Mark *mark = &marker->marks[i];
        choose_topic(marker, document, place.word, mark);
        mark->gap = count_units(text, at, place.begin);
        mark->length = count_units(text, place.begin, place.end);
        at = place.end;
    }
    *marks = marker->marks;
    *count = status ? 0 : places->count;
    return status;
}
