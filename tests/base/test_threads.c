#include "base/threads.h"

#include <criterion/criterion.h>

Test(threads, there_is_at_least_one)
{
    cr_assert(threads_available() >= 1);
    cr_assert(threads_current() == 0, "outside a parallel region");
}

Test(threads, small_work_wakes_few_and_large_work_all)
{
    cr_assert(threads_worth(8, 0.0) == 1);
    cr_assert(threads_worth(8, 1e4) == 1);
    cr_assert(threads_worth(8, 1e12) == 8);
    cr_assert(threads_worth(1, 1e12) == 1);
    int before = 0;
    for (double operations = 1.0; operations < 1e8; operations *= 2) {
        const int threads = threads_worth(64, operations);
        cr_assert(threads >= before && threads >= 1 && threads <= 64);
        before = threads;
    }
}
