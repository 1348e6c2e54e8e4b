#include "report/convergence.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void add(Convergence *convergence, const char *solver, int count, const double *objectives)
{
    NmfResult result = {.pass_count = count};
    result.passes = calloc((size_t)count, sizeof *result.passes);
    for (int p = 0; p < count; p++) {
        result.passes[p] = (NmfPass){.objective = objectives[p], .cpu_s = 0.5 * (p + 1)};
    }
    convergence_add(convergence, solver, &result);
    cr_assert(result.passes == NULL, "the run was not taken over");
}

static Convergence make(void)
{
    static const double fast[] = {30, 11, 10};
    static const double slow[] = {120, 60, 28, 18.5, 18.5};
    Convergence convergence = {.start = 110, .lowest = 110};
    add(&convergence, "fast", 3, fast);
    add(&convergence, "slow", 5, slow);
    return convergence;
}

Test(convergence, counts_what_is_left_of_the_way)
{
    Convergence made = make();
    cr_assert(made.lowest == 10.0);
    cr_assert(convergence_left(&made, 110) == 1.0 && convergence_left(&made, 10) == 0.0);
    cr_assert(convergence_left(&made, 120) == 1.1);
    cr_assert(convergence_pass(&made, 0, 0.2) == 1 && convergence_pass(&made, 0, 0.01) == 2);
    cr_assert(convergence_pass(&made, 1, 0.1) == 4 && convergence_pass(&made, 1, 0.01) == 0);
    convergence_free(&made);
}

Test(convergence, has_a_row_for_each_pass_and_the_start)
{
    static const double objectives[] = {110, 30, 11, 10, 110, 120, 60, 28, 18.5, 18.5};
    Convergence made = make();
    Table table;
    Value values[TABLE_COLUMNS_MAX];
    passes_table(&made, &table);
    cr_assert(table.row_count == 10);
    for (int row = 0; row < 10; row++) {
        table_row(&table, row, values);
        cr_assert_str_eq(values[0].text, row < 4 ? "fast" : "slow");
        cr_assert(values[1].whole == (row < 4 ? row : row - 4));
        cr_assert(values[2].number == 0.5 * (double)values[1].whole);
        cr_assert(values[3].number == objectives[row]);
    }
    solvers_table(&made, &table);
    cr_assert(table.row_count == 2);
    table_row(&table, 1, values);
    cr_assert(values[5].whole == 4 && values[6].number == 2.0);
    cr_assert(values[7].missing && values[8].missing);
    convergence_free(&made);
}

static char *draw(const Convergence *convergence)
{
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    cr_assert(file != NULL);
    convergence_chart(file, convergence);
    fclose(file);
    return text;
}

static int count(const char *text, const char *what)
{
    int found = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what)) {
        found++;
    }
    return found;
}

Test(convergence, draws_every_run_in_both_panels)
{
    Convergence made = make();
    char *text = draw(&made);
    cr_assert(count(text, "<polyline") == 4 && count(text, "not measured") == 0);
    cr_assert(count(text, ">100 %<") == 2 && count(text, ">10 %<") == 2);
    /* points: the start and all passes but the lowest, which has nothing left */
    cr_assert(count(text, "<circle") == 2 * (3 + 6), "%d", count(text, "<circle"));
    cr_assert(count(text, "nan") == 0 && count(text, "inf") == 0);
    free(text);
    convergence_free(&made);
}

Test(convergence, draws_nothing_where_there_is_nothing)
{
    Convergence empty = {.start = 1, .lowest = 1};
    char *text = draw(&empty);
    cr_assert(count(text, "not measured") == 2 && count(text, "</svg>") == 1);
    free(text);
    Convergence still = {.start = 0, .lowest = 0};
    static const double exact[] = {0};
    add(&still, "fast", 1, exact);
    text = draw(&still);
    cr_assert(count(text, "nan") == 0 && count(text, "not measured") == 2);
    free(text);
    convergence_free(&still);
}
