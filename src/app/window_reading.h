/* The second reading of a corpus, for --coherence all: in which windows of text the topics' top
 * words stand, which the counts do not tell. */
#ifndef THEMATA_APP_WINDOW_READING_H
#define THEMATA_APP_WINDOW_READING_H

#include "app/options.h"
#include "base/error.h"
#include "model/model.h"

/* What is read, and how. All is borrowed. */
typedef struct WindowReading {
    const Options *options;
    const char *path;  /* the corpus', or the list's */
    const char *avoid; /* the place of the result, which is no part of the corpus */
    int threads;
} WindowReading;

/* Before the long work: STATUS_USAGE or STATUS_INPUT, with a sentence, if windows are asked for of
 * what has none or can be read only once. */
Status window_reading_check(const WindowReading *reading, Error *error);

/* Reads the corpus as the model's rules say and adds to its quality, which is measured already,
 * what windows tell. STATUS_INPUT if the documents are not the model's any more. Memory as the
 * first reading of a corpus takes it that keeps the order of words. */
Status window_reading_measure(const WindowReading *reading, Model *model, Error *error);

#endif
