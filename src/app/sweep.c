/* themata sweep: several numbers of topics of one corpus, measured in the same way. */
#include "app/commands.h"
#include "app/diagnosis.h"
#include "app/input.h"
#include "app/interrupt.h"
#include "app/messages.h"
#include "app/result.h"
#include "app/sweep_work.h"
#include "base/memory.h"
#include "base/threads.h"
#include "model/choice.h"
#include "model/sweep_file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct Command_ {
    int x;
} Command_;

Status sweep_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    Model model = {0};
    Input input = {.options = options,
                   .path = options->matrix       ? options->matrix
                           : options->files_from ? options->files_from
                                                 : options->arguments[0],
                   .stages = &invocation->stages,
                   .model = &model,
                   .threads = options->threads ? (int)options->threads : threads_available()};
    Status status = input_prepare(&input, error);
    if (!status) status = input_read(&input, error);
    if (!status) status = input_weigh(&input, error);
    SweepWork work = {.options = options, .x = input.x, .model = &model, .runs = (int)options->samples, .most = (int)options->range.last, .threads = input.threads};
    if (!status) status = sweep_work_begin(&work, error);
    Sweep sweep = {0};
    Choice choice = {0};
    for (int64_t k = options->range.first; k <= options->range.last && !status; k += options->range.step) {
        SweepValue value;
        bool interrupted;
        status = sweep_work_measure(&work, (int)k, &value, &interrupted, error);
        if (!status && !interrupted) status = sweep_add(&sweep, &value, error);
    }
    if (!status) { sweep.singular = work.svd.s; sweep.singular_count = work.svd.rank; }
    if (!status) status = choice_make(&sweep, &choice, error);
    if (!status) sweep_write(stdout, &sweep, &choice);
    (void)exit_code;
    return status;
}
