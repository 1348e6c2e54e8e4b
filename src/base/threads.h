/* How many threads to use. */
#ifndef THEMATA_BASE_THREADS_H
#define THEMATA_BASE_THREADS_H

/* The number of processors this process may run on (its affinity mask); at least 1. */
int threads_available(void);

/* At most `threads`, and no more than have `operations` (multiplications, about) worth waking them
 * for. Results never depend on it. */
int threads_worth(int threads, double operations);

/* The number of the calling thread in its team, from 0; 0 outside a parallel region. */
int threads_current(void);

#endif
