#include "base/clock.h"

#include <sys/resource.h>
#include <time.h>

static double seconds(clockid_t clock)
{
    struct timespec time = {0};
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

Moment clock_now(void)
{
    return (Moment){.wall_s = seconds(CLOCK_MONOTONIC), .cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

Moment clock_between(Moment earlier, Moment later)
{
    return (Moment){.wall_s = later.wall_s - earlier.wall_s, .cpu_s = later.cpu_s - earlier.cpu_s};
}

int64_t clock_peak_memory(void)
{
    struct rusage usage = {0};
    getrusage(RUSAGE_SELF, &usage);
    return (int64_t)usage.ru_maxrss * 1024; /* Linux counts in KiB */
}
