#include "report/convergence.h"

#include "report/chart.h"
#include "report/values.h"

#include <assert.h>

_Static_assert((int)CONVERGENCE_RUNS_MAX <= (int)CHART_LINES_MAX, "a line for each run");

void convergence_free(Convergence *convergence)
{
    for (int r = 0; r < convergence->count; r++) {
        nmf_result_free(&convergence->runs[r].result);
    }
    *convergence = (Convergence){0};
}

void convergence_add(Convergence *convergence, const char *solver, NmfResult *result)
{
    assert(convergence->count < CONVERGENCE_RUNS_MAX);
    for (int p = 0; p < result->pass_count; p++) {
        const double objective = result->passes[p].objective;
        convergence->lowest = objective < convergence->lowest ? objective : convergence->lowest;
    }
    convergence->runs[convergence->count++] = (ConvergenceRun){solver, *result};
    *result = (NmfResult){0};
}

double convergence_left(const Convergence *convergence, double objective)
{
    const double way = convergence->start - convergence->lowest;
    return way > 0.0 ? (objective - convergence->lowest) / way : 0.0;
}

int convergence_pass(const Convergence *convergence, int run, double part)
{
    const NmfResult *result = &convergence->runs[run].result;
    for (int p = 0; p < result->pass_count; p++) {
        if (convergence_left(convergence, result->passes[p].objective) <= part) {
            return p + 1;
        }
    }
    return 0;
}

/* ---- tables ---- */

static const Column solvers_columns[] = {
    {"solver", COLUMN_TEXT, false, 0},        {"passes", COLUMN_WHOLE, false, 0},
    {"cpu_s", COLUMN_NUMBER, false, 2},       {"objective", COLUMN_NUMBER, false, 2},
    {"left", COLUMN_NUMBER, false, 6},        {"passes_10pct", COLUMN_WHOLE, false, 0},
    {"cpu_s_10pct", COLUMN_NUMBER, false, 2}, {"passes_1pct", COLUMN_WHOLE, false, 0},
    {"cpu_s_1pct", COLUMN_NUMBER, false, 2},  {"passes_01pct", COLUMN_WHOLE, false, 0},
    {"cpu_s_01pct", COLUMN_NUMBER, false, 2},
};

static void fill_solver(void *context, int64_t row, Value *values)
{
    static const double parts[] = {0.1, 0.01, 0.001};
    const Convergence *convergence = context;
    const NmfResult *result = &convergence->runs[row].result;
    const NmfPass *last = result->pass_count ? &result->passes[result->pass_count - 1] : NULL;
    const double objective = last ? last->objective : convergence->start;
    values[0] = text_value(convergence->runs[row].solver);
    values[1] = whole_value(result->pass_count);
    values[2] = number_value(last ? last->cpu_s : 0.0);
    values[3] = number_value(objective);
    values[4] = number_value(convergence_left(convergence, objective));
    for (int i = 0; i < 3; i++) {
        const int pass = convergence_pass(convergence, (int)row, parts[i]);
        values[5 + 2 * i] = pass ? whole_value(pass) : missing_value;
        values[6 + 2 * i] = pass ? number_value(result->passes[pass - 1].cpu_s) : missing_value;
    }
}

void solvers_table(const Convergence *convergence, Table *table)
{
    *table = (Table){.name = "solvers",
                     COLUMNS_OF(solvers_columns),
                     .row_count = convergence->count,
                     .fill = fill_solver,
                     .context = (void *)convergence};
}

static const Column passes_columns[] = {
    {"solver", COLUMN_TEXT, false, 0},  {"pass", COLUMN_WHOLE, false, 0},
    {"cpu_s", COLUMN_NUMBER, false, 3}, {"objective", COLUMN_NUMBER, false, 2},
    {"left", COLUMN_NUMBER, false, 6},
};

/* Row 0 of each solver is the start. */
static void fill_pass(void *context, int64_t row, Value *values)
{
    const Convergence *convergence = context;
    const ConvergenceRun *run = convergence->runs;
    for (; row > run->result.pass_count; run++) {
        row -= run->result.pass_count + 1;
    }
    const NmfPass *pass = row > 0 ? &run->result.passes[row - 1] : NULL;
    const double objective = pass ? pass->objective : convergence->start;
    values[0] = text_value(run->solver);
    values[1] = whole_value(row);
    values[2] = number_value(pass ? pass->cpu_s : 0.0);
    values[3] = number_value(objective);
    values[4] = number_value(convergence_left(convergence, objective));
}

void passes_table(const Convergence *convergence, Table *table)
{
    *table = (Table){.name = "convergence",
                     COLUMNS_OF(passes_columns),
                     .fill = fill_pass,
                     .context = (void *)convergence};
    for (int r = 0; r < convergence->count; r++) {
        table->row_count += convergence->runs[r].result.pass_count + 1;
    }
}

/* ---- picture ---- */

/* What a line of the picture shows. */
typedef struct LineContext {
    const Convergence *convergence;
    const NmfResult *result;
} LineContext;

/* The start is point 0. What is below 0.01 % is left out: it says more of where runs were
 * stopped than of how they went. */
static ChartPoint point_at(const LineContext *line, int i)
{
    static const double least = 1e-4;
    const double objective =
        i > 0 ? line->result->passes[i - 1].objective : line->convergence->start;
    const double left = convergence_left(line->convergence, objective);
    return (ChartPoint){.x = i, .y = left, .missing = left < least};
}

static ChartPoint by_passes(const void *context, int i)
{
    return point_at(context, i);
}

static ChartPoint by_time(const void *context, int i)
{
    const LineContext *line = context;
    ChartPoint point = point_at(line, i);
    point.x = i > 0 ? line->result->passes[i - 1].cpu_s : 0.0;
    return point;
}

static void draw_panel(FILE *file, int place, const Convergence *convergence, const char *title,
                       ChartPoint (*at)(const void *, int))
{
    LineContext contexts[CONVERGENCE_RUNS_MAX];
    ChartLine lines[CONVERGENCE_RUNS_MAX];
    for (int r = 0; r < convergence->count; r++) {
        const NmfResult *result = &convergence->runs[r].result;
        contexts[r] = (LineContext){convergence, result};
        lines[r] = (ChartLine){.at = at, .context = &contexts[r], .count = result->pass_count + 1};
    }
    const ChartPanel panel = {.title = title,
                              .lines = lines,
                              .line_count = convergence->count,
                              .whole = at == by_passes,
                              .logarithmic = true};
    chart_panel(file, place, &panel);
}

void convergence_chart(FILE *file, const Convergence *convergence)
{
    const char *names[CONVERGENCE_RUNS_MAX];
    for (int r = 0; r < convergence->count; r++) {
        names[r] = convergence->runs[r].solver;
    }
    chart_begin(file, "How solvers converge",
                "What is left of the way from one start to the lowest objective that any of them "
                "found",
                1);
    chart_legend(file, names, convergence->count);
    draw_panel(file, 0, convergence, "By passes", by_passes);
    draw_panel(file, 1, convergence, "By seconds of processor time", by_time);
    chart_end(file);
}
