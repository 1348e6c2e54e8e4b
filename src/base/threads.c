#include "base/threads.h"

#ifdef _OPENMP
#include <omp.h>
#endif
#include <sched.h>

int threads_available(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return 1; /* more processors than a cpu_set_t holds */
    }
    int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
}

int threads_worth(int threads, double operations)
{
    const double each = 2e5; /* about a tenth of a millisecond */
    const double most = operations / each + 1.0;
    return (double)threads < most ? threads : (int)most;
}

int threads_current(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}
