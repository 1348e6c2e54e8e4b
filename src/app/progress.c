#include "app/progress.h"

#include "app/messages.h"

#include <math.h>
#include <stdio.h>

enum { RING = 2 * PROGRESS_WINDOW + 1 };

static const double line_every_s = 10.0;

/* D after a pass that is at most 2·PROGRESS_WINDOW passes ago. */
static double objective_after(const Progress *progress, int pass)
{
    return progress->objectives[pass % RING];
}

double progress_seconds_left(const Progress *progress, int pass, double wall_s, bool *bound)
{
    const double each = wall_s / pass;
    const double most = (double)(progress->passes_max - pass);
    *bound = true;
    if (pass <= 2 * PROGRESS_WINDOW || progress->tolerance <= 0.0) {
        return most * each;
    }
    const double now = objective_after(progress, pass);
    const double middle = objective_after(progress, pass - PROGRESS_WINDOW);
    const double before = objective_after(progress, pass - 2 * PROGRESS_WINDOW);
    const double change = (middle - now) / now, earlier = (before - middle) / now;
    if (!(change > 0.0 && change < earlier)) {
        return most * each;
    }
    *bound = false;
    const double fall = log(earlier / change) / PROGRESS_WINDOW;
    /* the mean change of a window is that in its middle */
    const double wanted =
        log(change / PROGRESS_WINDOW / progress->tolerance) / fall - PROGRESS_WINDOW / 2.0;
    return (wanted < 0.0 ? 0.0 : wanted < most ? wanted : most) * each;
}

/* "12 s", "3 min 20 s", "2 h 5 min". */
static void format_seconds(double seconds, char *text, size_t size)
{
    const long long whole = (long long)(seconds + 0.5);
    if (whole < 60) {
        snprintf(text, size, "%lld s", whole);
    } else if (whole < 3600) {
        snprintf(text, size, "%lld min %lld s", whole / 60, whole % 60);
    } else {
        snprintf(text, size, "%lld h %lld min", whole / 3600, whole % 3600 / 60);
    }
}

void progress_pass(Progress *progress, int pass, const NmfPass *facts)
{
    progress->objectives[pass % RING] = facts->objective;
    bool bound;
    char elapsed[48], left[48];
    format_seconds(facts->wall_s, elapsed, sizeof elapsed);
    format_seconds(progress_seconds_left(progress, pass, facts->wall_s, &bound), left, sizeof left);
    const bool due = facts->wall_s - progress->said_s >= line_every_s;
    const bool said = message_progress(due, "pass %d, objective %.8g, change %.1e, %s, %s %s left",
                                       pass, facts->objective, facts->relative_change, elapsed,
                                       bound ? "at most" : "about", left);
    progress->said_s = said && due ? facts->wall_s : progress->said_s;
}

void progress_starts(Progress *progress, int ended, int starts, double lowest, double wall_s)
{
    const bool due = wall_s - progress->said_s >= line_every_s;
    char elapsed[48], left[48];
    format_seconds(wall_s, elapsed, sizeof elapsed);
    format_seconds(wall_s / ended * (starts - ended), left, sizeof left);
    const bool said = message_progress(due,
                                       "%d of %d starts, lowest objective %.8g, %s, about %s "
                                       "left",
                                       ended, starts, lowest, elapsed, left);
    progress->said_s = said && due ? wall_s : progress->said_s;
}
