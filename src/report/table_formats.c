#include "report/table_formats.h"

void table_free(Table *table)
{
    if (table->release && table->context) {
        table->release(table->context);
    }
    *table = (Table){0};
}

const TableFormat table_formats[] = {
    {.name = "table", .write = table_write_terminal},
    {.name = "csv", .write = table_write_csv},
    {.name = "json", .write = table_write_json},
    {.name = NULL},
};
