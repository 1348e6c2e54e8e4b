/* Writes a workbook of a table with one row more than a sheet has room for: rows FILE */
#include "report/workbook.h"

static const Column columns[] = {{"number", COLUMN_WHOLE, false, 0}};

static void fill(void *context, int64_t row, Value *values)
{
    (void)context;
    values[0].whole = row;
}

int main(int argc, char **argv)
{
    const Table table = {.name = "numbers",
                         .columns = columns,
                         .column_count = 1,
                         .row_count = WORKBOOK_ROWS,
                         .fill = fill};
    Workbook workbook = {0};
    Error error = {0};
    int sheets = 0;
    if (argc != 2) {
        fputs("usage: rows FILE\n", stderr);
        return 2;
    }
    Status status = workbook_begin(&workbook, argv[1], argv[1], &error);
    if (!status) {
        status = workbook_table(&workbook, "Numbers", &table, NULL, WORKBOOK_ROWS, &sheets, &error);
    }
    if (!status) {
        status = workbook_finish(&workbook, &error);
    }
    workbook_end(&workbook);
    if (status) {
        fprintf(stderr, "%s\n", error.message);
    }
    printf("%d sheets\n", sheets);
    return (int)status;
}
