#include "text/sketch.h"

#include "base/memory.h"

#include <stdlib.h>

Status sketch_begin(Sketch *sketch, int64_t additions, int threads, Error *error)
{
    enum { SLOTS_LEAST = 1 << 12, SLOTS_MOST = 1 << 25 };
    size_t slots = SLOTS_LEAST;
    while (slots < SLOTS_MOST && (int64_t)slots < 4 * additions) {
        slots *= 2;
    }
    sketch->mask = slots - 1;
    sketch->shared = threads > 1;
    sketch->slots = memory_new(slots, sizeof *sketch->slots, error);
    return sketch->slots ? STATUS_OK : error_status(error);
}

void sketch_free(Sketch *sketch)
{
    free(sketch->slots);
    *sketch = (Sketch){0};
}
