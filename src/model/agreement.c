#include "model/agreement.h"

#include "base/logarithm.h"
#include "base/memory.h"

#include <float.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

Status contingency_count(const int *first, int rows, const int *second, int columns, int64_t count,
                         Contingency *table, Error *error)
{
    *table = (Contingency){.rows = rows, .columns = columns};
    table->counts = memory_new((size_t)rows, (size_t)columns * sizeof *table->counts, error);
    table->row_sums = memory_new((size_t)rows, sizeof *table->row_sums, error);
    table->column_sums = memory_new((size_t)columns, sizeof *table->column_sums, error);
    if (!table->counts || !table->row_sums || !table->column_sums) {
        return error_status(error);
    }
    for (int64_t i = 0; i < count; i++) {
        assert(first[i] < rows && second[i] < columns);
        if (first[i] >= 0 && second[i] >= 0) {
            table->counts[(int64_t)first[i] * columns + second[i]]++;
            table->row_sums[first[i]]++;
            table->column_sums[second[i]]++;
            table->total++;
        }
    }
    return STATUS_OK;
}

void contingency_free(Contingency *table)
{
    free(table->counts);
    free(table->row_sums);
    free(table->column_sums);
    *table = (Contingency){0};
}

int contingency_largest(const Contingency *table, int row)
{
    const int64_t *counts = table->counts + (int64_t)row * table->columns;
    int largest = -1;
    for (int c = 0; c < table->columns; c++) {
        if (counts[c] > (largest < 0 ? 0 : counts[largest])) {
            largest = c;
        }
    }
    return largest;
}

int contingency_clear(const Contingency *table, int row)
{
    const int largest = contingency_largest(table, row);
    if (largest < 0) {
        return -1;
    }
    const double count = (double)table->counts[(int64_t)row * table->columns + largest];
    const double of_row = count / (double)table->row_sums[row];
    const double of_all = (double)table->column_sums[largest] / (double)table->total;
    return count >= 2.0 && of_row > 0.5 && of_row > of_all ? largest : -1;
}

double agreement_purity(const Contingency *table)
{
    int64_t sum = 0;
    for (int r = 0; r < table->rows; r++) {
        const int largest = contingency_largest(table, r);
        sum += largest < 0 ? 0 : table->counts[(int64_t)r * table->columns + largest];
    }
    return table->total ? (double)sum / (double)table->total : 1.0;
}

/* How many labels have something. */
static int used(const int64_t *sums, int count)
{
    int labels = 0;
    for (int i = 0; i < count; i++) {
        labels += sums[i] > 0;
    }
    return labels;
}

static double entropy(const int64_t *sums, int count, int64_t total)
{
    double sum = 0.0;
    for (int i = 0; i < count; i++) {
        if (sums[i] > 0) {
            sum -= (double)sums[i] / (double)total * logarithm((double)sums[i] / (double)total);
        }
    }
    return sum;
}

static double mutual_information(const Contingency *table)
{
    const double total = (double)table->total;
    double sum = 0.0;
    for (int r = 0; r < table->rows; r++) {
        for (int c = 0; c < table->columns; c++) {
            const double both = (double)table->counts[(int64_t)r * table->columns + c];
            if (both > 0.0) {
                const double apart =
                    (double)table->row_sums[r] / total * (double)table->column_sums[c];
                sum += both / total * logarithm(both / apart);
            }
        }
    }
    return sum;
}

double agreement_nmi(const Contingency *table)
{
    const int rows = used(table->row_sums, table->rows);
    const int columns = used(table->column_sums, table->columns);
    if (rows <= 1 && columns <= 1) {
        return 1.0;
    }
    const double information = mutual_information(table);
    if (information <= DBL_EPSILON) { /* rounding may leave it on either side of 0 */
        return 0.0;
    }
    const double mean = (entropy(table->row_sums, table->rows, table->total) +
                         entropy(table->column_sums, table->columns, table->total)) /
                        2.0;
    return information < mean ? information / mean : 1.0;
}

/* Ordered pairs of different things that have the same label. */
static double pairs(const int64_t *counts, int64_t count)
{
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++) {
        sum += (double)counts[i] * (double)(counts[i] - (counts[i] > 0));
    }
    return sum;
}

double agreement_adjusted_rand(const Contingency *table)
{
    const double all = pairs(&table->total, 1);
    const double both = pairs(table->counts, (int64_t)table->rows * table->columns);
    const double first = pairs(table->row_sums, table->rows) - both;
    const double second = pairs(table->column_sums, table->columns) - both;
    const double neither = all - both - first - second;
    if (first == 0.0 && second == 0.0) {
        return 1.0;
    }
    return 2.0 * (both * neither - first * second) /
           ((both + first) * (first + neither) + (both + second) * (second + neither));
}

/* ---- labels that are texts ---- */

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

Status classes_find(const char *const *texts, int64_t count, Classes *classes, Error *error)
{
    classes->names = memory_new((size_t)count, sizeof *classes->names, error);
    classes->of = memory_new((size_t)count, sizeof *classes->of, error);
    if (!classes->names || !classes->of) {
        return error_status(error);
    }
    size_t filled = 0;
    for (int64_t i = 0; i < count; i++) {
        if (texts[i] && texts[i][0]) {
            classes->names[filled++] = texts[i];
        }
    }
    if (filled > 0) {
        qsort(classes->names, filled, sizeof *classes->names, compare_texts);
    }
    for (size_t i = 0; i < filled; i++) {
        const char *name = classes->names[i];
        if (classes->count == 0 || strcmp(classes->names[classes->count - 1], name) != 0) {
            assert(classes->count < INT_MAX);
            classes->names[classes->count++] = name;
        }
    }
    for (int64_t i = 0; i < count; i++) {
        const char **found = texts[i] && texts[i][0]
                                 ? bsearch(&texts[i], classes->names, (size_t)classes->count,
                                           sizeof *classes->names, compare_texts)
                                 : NULL;
        classes->of[i] = found ? (int)(found - classes->names) : -1;
    }
    return STATUS_OK;
}

void classes_free(Classes *classes)
{
    free(classes->names);
    free(classes->of);
    *classes = (Classes){0};
}
