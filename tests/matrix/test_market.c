#include "matrix/market.h"

#include "base/random.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reads a file of this text. */
static Status read_bytes(const char *bytes, size_t length, MarketSize *size, CountMatrix *counts,
                         Error *error)
{
    char *directory = support_directory(), path[256];
    support_write(directory, "x.mtx", bytes, length);
    snprintf(path, sizeof path, "%s/x.mtx", directory);
    Market *market;
    Status status = market_open(path, &market, size, error);
    if (!status) {
        status = market_read(market, counts, error);
        market_close(market);
    }
    unlink(path);
    rmdir(directory);
    free(directory);
    return status;
}

static Status read_text(const char *text, CountMatrix *counts, Error *error)
{
    MarketSize size;
    return read_bytes(text, strlen(text), &size, counts, error);
}

/* The value of a cell, words × documents as in the file; 0 if it is not there. */
static double cell(const CountMatrix *counts, int64_t row, int64_t column)
{
    for (int64_t p = counts->starts[column]; p < counts->starts[column + 1]; p++) {
        if (counts->indices[p] == row) {
            return counts->amounts ? counts->amounts[p] : (double)counts->values[p];
        }
    }
    return 0.0;
}

#define REAL    "%%MatrixMarket matrix coordinate real general\n"
#define INTEGER "%%MatrixMarket matrix coordinate integer general\n"
#define PATTERN "%%MatrixMarket matrix coordinate pattern general\n"

Test(market, reads_entries_in_any_order_between_comments_and_blank_lines)
{
    CountMatrix counts = {0};
    Error error;
    cr_assert(read_text("%%MatrixMarket  MATRIX\tcoordinate Real general \r\n%\n%% c\n\n"
                        " 3\t2 4 \r\n3 2 0.5\r\n% between\n\n1 1 2e0\n  2   2  1.25  \n1 2 7",
                        &counts, &error) == STATUS_OK,
              "%s", error.message);
    cr_assert(counts.rows == 2 && counts.columns == 3 && counts.starts[2] == 4);
    cr_assert(counts.amounts != NULL && counts.values == NULL);
    cr_assert(cell(&counts, 0, 0) == 2.0 && cell(&counts, 0, 1) == 7.0);
    cr_assert(cell(&counts, 1, 1) == 1.25 && cell(&counts, 2, 1) == 0.5);
    cr_assert(counts.indices[1] == 0 && counts.indices[2] == 1 && counts.indices[3] == 2);
    count_matrix_free(&counts);
}

Test(market, whole_values_become_whole_counts)
{
    static const char *const texts[] = {
        INTEGER "2 2 2\n1 1 4294967295\n2 2 1\n",
        "%%MatrixMarket matrix coordinate unsigned-integer general\n2 2 2\n1 1 4294967295\n2 2 1\n",
        REAL "2 2 2\n1 1 4.294967295e9\n2 2 1.0\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CountMatrix counts = {0};
        Error error;
        cr_assert(read_text(texts[i], &counts, &error) == STATUS_OK, "%s", error.message);
        cr_assert(counts.amounts == NULL && counts.values[0] == UINT32_MAX &&
                  counts.values[1] == 1);
        count_matrix_free(&counts);
    }
    CountMatrix counts = {0};
    Error error;
    cr_assert(read_text(REAL "1 1 1\n1 1 4294967296\n", &counts, &error) == STATUS_OK);
    cr_assert(counts.values == NULL && counts.amounts[0] == 4294967296.0);
    count_matrix_free(&counts);
    cr_assert(read_text(PATTERN "2 2 2\n2 1\n1 2\n", &counts, &error) == STATUS_OK);
    cr_assert(counts.amounts == NULL && counts.values[0] == 1 && counts.values[1] == 1);
    count_matrix_free(&counts);
}

Test(market, explicit_zeros_are_left_out_and_columns_may_be_empty)
{
    CountMatrix counts = {0};
    Error error;
    cr_assert(read_text(REAL "2 4 4\n1 1 0\n2 2 0.000\n1 2 3\n2 4 -0\n", &counts, &error) ==
              STATUS_OK);
    cr_assert(counts.rows == 4 && counts.starts[4] == 1 && cell(&counts, 0, 1) == 3.0);
    count_matrix_free(&counts);
    cr_assert(read_text(REAL "2 3 0\n", &counts, &error) == STATUS_OK);
    cr_assert(counts.starts[3] == 0);
    count_matrix_free(&counts);
}

/* Numbers written in many ways, each to be read as the C library reads it. */
Test(market, numbers_are_read_to_the_last_bit_in_any_locale)
{
    static const char *const numbers[] = {
        "1e-30",
        "1e30",
        "1E+5",
        "0.1",
        ".5",
        "5.",
        "+2",
        "00012",
        "1e22",
        "1e23",
        "123456.789e-20",
        "0.3",
        "2.2250738585072014e-90",
        "9007199254740993",
        "9007199254740992",
        "123456789012345678",
        "0.000000000000000000001",
        "5.241645645400106e-01",
        "1.7976931348623157e99",
        "4.35e-5",
        "1e-022",
    };
    setlocale(LC_NUMERIC, "de_DE.UTF-8"); /* where there is none, the test still holds */
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[256];
        CountMatrix counts = {0};
        Error error;
        snprintf(text, sizeof text, "%s1 1 1\n1 1 %s\n", REAL, numbers[i]);
        cr_assert(read_text(text, &counts, &error) == STATUS_OK, "%s", error.message);
        setlocale(LC_NUMERIC, "C");
        const double expected = strtod(numbers[i], NULL);
        setlocale(LC_NUMERIC, "de_DE.UTF-8");
        cr_assert(cell(&counts, 0, 0) == expected, "%s: %.17g", numbers[i], cell(&counts, 0, 0));
        count_matrix_free(&counts);
    }
    setlocale(LC_NUMERIC, "C");
}

/* A matrix of random values of all magnitudes. */
static SparseMatrix *random_matrix(int m, int n, uint64_t seed)
{
    double *values = calloc((size_t)m * (size_t)n, sizeof *values);
    const RandomStream stream = {.seed = seed, .stream = 0};
    for (int i = 0; i < m * n; i++) {
        const uint64_t at = 3 * (uint64_t)i;
        if (random_uniform(stream, at) < 0.4) {
            values[i] = random_uniform(stream, at + 1) *
                        pow(10.0, floor(60.0 * random_uniform(stream, at + 2)) - 30.0);
        }
    }
    SparseMatrix *x = support_sparse(m, n, values);
    free(values);
    return x;
}

Test(market, what_is_written_is_read_again)
{
    for (uint64_t seed = 0; seed < 20; seed++) {
        SparseMatrix *x = random_matrix(1 + (int)seed, 23, seed);
        char *text = NULL;
        size_t length;
        FILE *file = open_memstream(&text, &length);
        market_write(file, x, "a test");
        fclose(file);
        MarketSize size;
        CountMatrix counts = {0};
        Error error;
        cr_assert(read_bytes(text, length, &size, &counts, &error) == STATUS_OK, "%s",
                  error.message);
        cr_assert(size.rows == x->rows && size.columns == 23 && size.entries == sparse_entries(x));
        cr_assert(memcmp(counts.starts, x->starts, 24 * sizeof *x->starts) == 0);
        for (int64_t p = 0; p < sparse_entries(x); p++) {
            const double value = counts.amounts ? counts.amounts[p] : (double)counts.values[p];
            cr_assert(counts.indices[p] == x->row_indices[p] && value == x->values[p]);
        }
        count_matrix_free(&counts);
        sparse_free(x);
        free(text);
    }
}

/* Longer than the buffer that lines are read through, so that one lies across every end of it. */
Test(market, lines_lie_across_the_ends_of_the_buffer)
{
    enum { N = 40000 };
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    fprintf(file, "%s3 %d %d\n", REAL, N, N);
    for (int i = N; i > 0; i--) {
        fprintf(file, "%d %d %d.5\n", i % 3 + 1, i, i);
        if (i % 97 == 0) {
            fprintf(file, "%%%*s\n\n", i % 500, "comment");
        }
    }
    fclose(file);
    MarketSize size;
    CountMatrix counts = {0};
    Error error;
    cr_assert(read_bytes(text, length, &size, &counts, &error) == STATUS_OK, "%s", error.message);
    for (int i = 1; i <= N; i++) {
        cr_assert(counts.starts[i] == i && counts.indices[i - 1] == (uint32_t)(i % 3) &&
                  counts.amounts[i - 1] == i + 0.5);
    }
    count_matrix_free(&counts);
    free(text);
}

Test(market, mistakes_are_named_with_their_line)
{
    static const struct {
        const char *text;
        const char *expected;
    } cases[] = {
        {"", "no Matrix Market file"},
        {"%MatrixMarket matrix coordinate real general\n1 1 0\n", "no Matrix Market file"},
        {"%%MatrixMarkets matrix coordinate real general\n1 1 0\n", "no Matrix Market file"},
        {"%%MatrixMarket matrix array real general\n1 1\n", "line 1: 'array'"},
        {"%%MatrixMarket matrix coordinate complex general\n1 1 0\n", "line 1: 'complex'"},
        {"%%MatrixMarket matrix coordinate real skew-symmetric\n1 1 0\n", "line 1: 'skew-symm"},
        {"%%MatrixMarket matrix coordinate real hermitian\n1 1 0\n", "line 1: 'hermitian'"},
        {"%%MatrixMarket matrix coordinate real general more\n1 1 0\n", "line 1: 'more'"},
        {"%%MatrixMarket matrix coordinate realgeneral\n1 1 0\n", "line 1: 'realgeneral'"},
        {"%%MatrixMarket\n1 1 0\n", "line 1: ''"},
        {REAL, "ends before the line of its sizes"},
        {REAL "% only\n\n", "ends before the line of its sizes"},
        {REAL "2 2\n", "line 2: '' is no size"},
        {REAL "2 x 1\n", "line 2: 'x' is no size"},
        {REAL "2 2 1e3\n", "line 2: '1e3' is no size"},
        {REAL "2 2 -1\n", "line 2: '-1' is no size"},
        {REAL "2 2 1 0\n1 1 1\n", "line 2: '0' stands behind the sizes"},
        {REAL "2 2 5\n1 1 1\n1 2 1\n2 1 1\n2 2 1\n", "line 2: 5 entries are too many for 2 × 2"},
        {REAL "9 9 30\n1 1 1\n", "line 2: 30 entries do not fit into a file of "},
        {REAL "4294967295 1 1\n1 1 1\n", "line 2: a matrix of 4294967295 × 1 is too large"},
        {REAL "1 9223372036854775807 1\n1 1 1\n", "is too large"},
        {REAL "1 9223372036854775808 1\n1 1 1\n", "'9223372036854775808' is no size"},
        {REAL "4294967294 4294967294 9223372036854775807\n1 1 1\n", "do not fit"},
        {REAL "2 2 1\n0 1 1\n", "line 3: row 0 (they are counted from 1)"},
        {REAL "2 2 1\n1 0 1\n", "line 3: column 0"},
        {REAL "2 2 1\n3 1 1\n", "line 3: row 3 of 2"},
        {REAL "2 2 1\n1 4294967297 1\n", "line 3: column 4294967297 of 2"},
        {REAL "2 2 1\n1 99999999999999999999 1\n", "line 3: '99999999999999999999' is not the"},
        {REAL "2 2 1\n-1 1 1\n", "line 3: '-1' is not the number of a row"},
        {REAL "2 2 1\n1 1 -0.5\n", "line 3: -0.5 is negative"},
        {REAL "2 2 1\n1 1 NaN\n", "line 3: 'NaN' is not a finite number"},
        {REAL "2 2 1\n1 1 Inf\n", "line 3: 'Inf' is not a finite number"},
        {REAL "2 2 1\n1 1 1e400\n", "line 3: '1e400' is not a finite number"},
        {REAL "2 2 1\n1 1 1e-400\n", "line 3: 1e-400 is out of range"},
        {REAL "2 2 1\n1 1 1.1e100\n", "line 3: 1.1e100 is out of range"},
        {REAL "2 2 1\n1 1 +-1\n", "line 3: '+-1' is not a finite number"},
        {REAL "2 2 1\n1 1 ++1\n", "line 3: '++1' is not a finite number"},
        {REAL "2 2 1\n1 1 1e\n", "line 3: '1e' is not a finite number"},
        {REAL "2 2 1\n1 1 .\n", "line 3: '.' is not a finite number"},
        {REAL "2 2 1\n1 1 1.2.3\n", "line 3: '1.2.3' is not a finite number"},
        {REAL "2 2 1\n1 1 0x1p3\n", "line 3: '0x1p3' is not a finite number"},
        {REAL "2 2 1\n1 1 1,5\n", "line 3: '1,5' is not a finite number"},
        {REAL "2 2 1\n1 1\n", "line 3: an entry without a value"},
        {REAL "2 2 1\n1 1 1 2\n", "line 3: '2' stands behind the entry"},
        {REAL "2 2 1\n1 1 1 % note\n", "line 3: '%' stands behind the entry"},
        {INTEGER "2 2 1\n1 1 0.5\n", "line 3: 0.5 is not whole"},
        {PATTERN "2 2 1\n1 1 1\n", "line 3: '1' stands behind the entry"},
        {REAL "2 2 3\n1 1 1\n2 2 1\n", "ends after 2 of 3 entries"},
        {REAL "2 2 2\n1 1 1\n2 2", "line 4: an entry without a value"},
        {REAL "2 2 1\n1 1 1\n% note\n\n2 2 1\n", "line 6: more than the 1 entries"},
        {REAL "2 2 3\n2 2 1\n% note\n1 1 1\n2 2 1\n", "line 6: row 2, column 2 is there twice"},
        {REAL "2 2 3\n2 2 1\n2 2 1\n2 2 1\n", "line 4: row 2, column 2 is there twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CountMatrix counts = {0};
        Error error;
        cr_assert(read_text(cases[i].text, &counts, &error) == STATUS_INPUT, "case %zu", i);
        cr_assert(strstr(error.message, cases[i].expected) != NULL, "case %zu: %s", i,
                  error.message);
        cr_assert(counts.starts == NULL && counts.indices == NULL);
    }
}

Test(market, survives_every_damage_of_one_byte_and_every_cut)
{
    static const char good[] = REAL "3 4 4\n1 1 1.5\n2 2 2\n3 3 0.25\n1 4 1e2\n";
    const size_t length = sizeof good - 1;
    static const char others[] = {'\0', '\n', '\r', ' ', '9', '-', '.', 'e', '%', '\xFF'};
    for (size_t at = 0; at <= length; at++) {
        for (size_t o = 0; o < sizeof others; o++) {
            char bad[sizeof good];
            MarketSize size;
            CountMatrix counts = {0};
            Error error;
            memcpy(bad, good, sizeof good);
            bad[at] = others[o];
            const Status status = read_bytes(bad, o == 0 ? at : length, &size, &counts, &error);
            cr_assert(status == STATUS_OK || status == STATUS_INPUT);
            count_matrix_free(&counts);
        }
    }
}

Test(market, refuses_lines_without_end_and_files_that_are_none)
{
    char *text = malloc(1200000);
    MarketSize size;
    CountMatrix counts = {0};
    Error error;
    memset(text, '1', 1200000);
    memcpy(text, REAL, sizeof REAL - 1);
    cr_assert(read_bytes(text, 1200000, &size, &counts, &error) == STATUS_INPUT);
    cr_assert(strstr(error.message, "line 2: is longer than") != NULL, "%s", error.message);
    Market *market;
    cr_assert(market_open("/nonexistent/x.mtx", &market, &size, &error) == STATUS_INPUT);
    cr_assert(market_open("/dev/null", &market, &size, &error) == STATUS_INPUT);
    cr_assert(market == NULL);
    free(text);
}
