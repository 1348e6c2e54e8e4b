#include "model/timeline.h"

#include <inttypes.h>
#include <stdbool.h>

const char *const time_bin_names[] = {"auto",    "day",  "week",   "month",
                                      "quarter", "year", "decade", NULL};

static const double exact_least = 0.95;    /* of the dates */
static const double documents_least = 5.0; /* of a bin, on average */
enum { AUTO_BINS_MOST = 60, BINS_MOST = 20000 };

/* The bins of one unit. */
typedef struct Span {
    int64_t exact; /* documents that are in one */
    int64_t first;
    int64_t last;
} Span;

static Span measure_span(const DocumentList *documents, CalendarUnit unit)
{
    Span span = {0};
    for (int64_t d = 0; d < documents->count; d++) {
        CalendarDate date;
        if (calendar_read(documents->items[d].date, &date) && calendar_is_exact(date, unit)) {
            const int64_t bin = calendar_bin(date, unit);
            span.first = span.exact == 0 || bin < span.first ? bin : span.first;
            span.last = span.exact == 0 || bin > span.last ? bin : span.last;
            span.exact++;
        }
    }
    return span;
}

static int64_t count_bins(Span span)
{
    return span.exact > 0 ? span.last - span.first + 1 : 0;
}

static CalendarUnit choose_unit(const DocumentList *documents)
{
    const int64_t dated = measure_span(documents, CALENDAR_DECADE).exact;
    for (CalendarUnit unit = CALENDAR_DAY; unit < CALENDAR_DECADE; unit++) {
        const Span span = measure_span(documents, unit);
        const int64_t bins = count_bins(span);
        if ((double)span.exact >= exact_least * (double)dated && bins <= AUTO_BINS_MOST &&
            (double)span.exact >= documents_least * (double)bins) {
            return unit;
        }
    }
    return CALENDAR_DECADE;
}

/* Decides on the unit and finds the span. */
static Status plan(const DocumentList *documents, int time_bin, CalendarUnit *unit, Span *span,
                   Error *error)
{
    *unit = time_bin == TIME_BIN_AUTO ? choose_unit(documents)
                                      : (CalendarUnit)(time_bin - TIME_BIN_DAY);
    *span = measure_span(documents, *unit);
    const int64_t bins = count_bins(*span);
    if (bins <= BINS_MOST) {
        return STATUS_OK;
    }
    char first[CALENDAR_LABEL_SIZE], last[CALENDAR_LABEL_SIZE];
    calendar_bin_label(span->first, *unit, first);
    calendar_bin_label(span->last, *unit, last);
    error_set(error, STATUS_USAGE,
              "--time-bin %s: from %s to %s there are %" PRId64 " of them (at most %d)",
              time_bin_names[TIME_BIN_DAY + *unit], first, last, bins, BINS_MOST);
    return error_hint(error, "take a wider one: --time-bin year, or auto");
}

Status timeline_check(const DocumentList *documents, int time_bin, Error *error)
{
    CalendarUnit unit;
    Span span;
    return plan(documents, time_bin, &unit, &span, error);
}

Status timeline_make(const DocumentList *documents, const float *mixtures, int k, int time_bin,
                     Timeline *timeline, Error *error)
{
    CalendarUnit unit;
    Span span;
    *timeline = (Timeline){0};
    Status status = plan(documents, time_bin, &unit, &span, error);
    if (!status) {
        timeline->unit = unit;
        timeline->first = span.first;
        status = slices_new(&timeline->bins, count_bins(span), k, error);
    }
    for (int64_t d = 0; d < documents->count && !status; d++) {
        const DocumentFacts *facts = &documents->items[d];
        CalendarDate date;
        if (!calendar_read(facts->date, &date)) {
            timeline->undated++;
        } else if (!calendar_is_exact(date, unit)) {
            timeline->inexact++;
        } else {
            slices_add(&timeline->bins, calendar_bin(date, unit) - span.first, facts,
                       mixtures + d * k);
        }
    }
    return status;
}

void timeline_free(Timeline *timeline)
{
    slices_free(&timeline->bins);
}
