/* Topics over time: the documents with a date, put into bins of the calendar. */
#ifndef THEMATA_MODEL_TIMELINE_H
#define THEMATA_MODEL_TIMELINE_H

#include "base/calendar.h"
#include "base/error.h"
#include "model/documents.h"
#include "model/slices.h"

#include <stdint.h>

/* How wide bins are: `TIME_BIN_AUTO`, then the units of the calendar. */
typedef enum TimeBin { TIME_BIN_AUTO, TIME_BIN_DAY } TimeBin; /* TIME_BIN_DAY + CalendarUnit */

/* auto, day, week, month, quarter, year, decade; ends with NULL. */
extern const char *const time_bin_names[];

/* Start all-zero. */
typedef struct Timeline {
    CalendarUnit unit;
    int64_t first; /* the number of the first bin in the calendar */
    Slices bins;   /* one behind the other without gaps, empty ones too, the last as any other */
    int64_t undated;
    int64_t inexact; /* documents whose date does not say in which bin they are */
} Timeline;

/* Puts the documents into bins. `mixtures` is n × k.
 *
 * TIME_BIN_AUTO takes the finest unit for which at least 95 % of the dates are exact enough and
 * which makes at most 60 bins with at least 5 documents on average; the coarsest one for which
 * these dates are exact enough if there is none. Without a date there are no bins. STATUS_USAGE if
 * there would be more than 20,000. O(n·k). */
Status timeline_make(const DocumentList *documents, const float *mixtures, int k, int time_bin,
                     Timeline *timeline, Error *error);

/* What timeline_make would refuse, before there are mixtures. */
Status timeline_check(const DocumentList *documents, int time_bin, Error *error);

void timeline_free(Timeline *timeline);

#endif
