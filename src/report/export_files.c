/* Tables as files, one for each: CSV, CSV for spreadsheets, JSON. */
#include "base/buffer.h"
#include "base/file.h"
#include "report/export_formats.h"
#include "report/export_tables.h"
#include "report/table_formats.h"

#include <inttypes.h>
#include <stdlib.h>

enum { SPREADSHEET_ROWS = 1048576, TABLES_MAX = 32 };

typedef Status WriteTable(const Table *table, FILE *file, Error *error);

/* What makes one format of files differ from another. */
typedef struct TableFiles {
    const char *format;
    const char *suffix;
    const char *text; /* for README.txt */
    bool for_spreadsheets;
    WriteTable *write;
} TableFiles;

static Status write_table(const char *directory, const char *name, const Table *table,
                          WriteTable *write, Error *error)
{
    char *path = file_join(directory, name, error);
    FILE *file = path ? file_create(path, error) : NULL;
    Status status =
        file ? file_finish(file, path, write(table, file, error), error) : error_status(error);
    free(path);
    return status;
}

static Status note_rows(Export *export, const Table *table, const char *name, Error *error)
{
    return table->row_count >= SPREADSHEET_ROWS
               ? export_note(export, error,
                             "%s has %" PRId64 " rows, of which a spreadsheet shows the first "
                             "1,048,575; take the database or csv to see all",
                             name, table->row_count)
               : STATUS_OK;
}

/* One table, whose file's name is added to `names`. */
static Status add_table(Export *export, const char *directory, const TableFiles *files,
                        const ExportTable *entry, NameList *names, Error *error)
{
    Table table = {0};
    Buffer name = {0};
    Status status = entry->make(export->model, &table, error);
    if (!status) {
        status = buffer_print(&name, error, "%s%s", table.name, files->suffix);
    }
    if (!status) {
        status = write_table(directory, name.bytes, &table, files->write, error);
    }
    if (!status && files->for_spreadsheets) {
        status = note_rows(export, &table, name.bytes, error);
    }
    if (!status) {
        status = name_list_add(names, name.bytes, error);
    }
    buffer_free(&name);
    table_free(&table);
    return status;
}

static Status write_tables(Export *export, const char *directory, const TableFiles *files,
                           Error *error)
{
    NameList names = {0};
    NameList descriptions = {0};
    ExportPart parts[TABLES_MAX] = {0};
    Status status = STATUS_OK;
    for (const ExportTable *entry = export_tables; entry->make && !status; entry++) {
        assert(names.count + 1 < TABLES_MAX);
        Buffer what = {0};
        status = add_table(export, directory, files, entry, &names, error);
        if (!status) {
            status = buffer_print(&what, error, "a row for %s", entry->what);
        }
        if (!status) {
            status = name_list_add(&descriptions, what.bytes, error);
        }
        buffer_free(&what);
    }
    for (size_t i = 0; i < names.count && !status; i++) {
        parts[i] = (ExportPart){.name = names.items[i], .what = descriptions.items[i]};
    }
    if (!status) {
        status = export_parts(export, directory, files->format, parts, files->text, error);
    }
    name_list_free(&names);
    name_list_free(&descriptions);
    return status;
}

Status export_csv(Export *export, const char *path, Error *error)
{
    static const TableFiles files = {
        .format = "csv",
        .suffix = ".csv",
        .text = "UTF-8, RFC 4180; text is as it was, and a spreadsheet may take some of it for "
                "formulas:\n--to excel-csv disarms them.\n",
        .write = table_write_csv,
    };
    return write_tables(export, path, &files, error);
}

Status export_excel_csv(Export *export, const char *path, Error *error)
{
    static const TableFiles files = {
        .format = "excel-csv",
        .suffix = ".csv",
        .text = "UTF-8 with a byte order mark, lines end in CRLF. Text that a spreadsheet would "
                "take for a\nformula has a ' in front, which was not there.\n",
        .for_spreadsheets = true,
        .write = table_write_excel_csv,
    };
    return write_tables(export, path, &files, error);
}

Status export_json(Export *export, const char *path, Error *error)
{
    static const TableFiles files = {
        .format = "json",
        .suffix = ".json",
        .text = "Each is an object with `schema` and `rows`, as themata's --json prints tables.\n",
        .write = table_write_json,
    };
    return write_tables(export, path, &files, error);
}
