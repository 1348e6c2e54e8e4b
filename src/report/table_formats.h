/* The formats of report/table.h, one function each. */
#ifndef THEMATA_REPORT_TABLE_FORMATS_H
#define THEMATA_REPORT_TABLE_FORMATS_H

#include "base/json_writer.h"
#include "report/table.h"

/* For people: aligned columns, fitted to the terminal's width if FILE is one (libsmartcols).
 * Control characters are shown, never sent. */
Status table_write_terminal(const Table *table, FILE *file, Error *error);

/* RFC 4180 with a heading; missing values are empty. */
Status table_write_csv(const Table *table, FILE *file, Error *error);

/* The same for spreadsheets: a byte order mark, CRLF, and text that they would take for a formula
 * with a ' in front (base/csv_writer.h). */
Status table_write_excel_csv(const Table *table, FILE *file, Error *error);

/* An object with `schema` ("themata.NAME/1") and `rows`, an array of objects; missing values are
 * null. */
Status table_write_json(const Table *table, FILE *file, Error *error);

/* The array of rows alone, as a value in a larger document. */
void table_write_json_rows(const Table *table, JsonWriter *json);

#endif
