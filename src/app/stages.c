#include "app/stages.h"

const char *const stage_names[STAGE_COUNT] = {"corpus", "text",  "weight",    "start",
                                              "nmf",    "model", "stability", "report"};

StageClock stages_begin(void)
{
    StageClock clock = {.stage = STAGE_CORPUS, .since = clock_now()};
    clock.since.cpu_s = 0.0;
    return clock;
}

void stages_enter(StageClock *clock, Stage stage)
{
    const Moment now = clock_now();
    const Moment spent = clock_between(clock->since, now);
    clock->spent[clock->stage].wall_s += spent.wall_s;
    clock->spent[clock->stage].cpu_s += spent.cpu_s;
    clock->peak_bytes[clock->stage] = clock_peak_memory();
    clock->stage = stage;
    clock->since = now;
}
