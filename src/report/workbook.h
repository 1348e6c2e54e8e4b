/* A workbook as spreadsheets read it (XLSX, by libxlsxwriter), written row by row: of what was
 * written no more than a row is in memory. Text is stored as text and never calculated. What does
 * not fit is told: rows beyond 1,048,576 go on another sheet, text beyond 32,767 characters is cut
 * and ends in "…"; both are counted. */
#ifndef THEMATA_REPORT_WORKBOOK_H
#define THEMATA_REPORT_WORKBOOK_H

#include "base/error.h"
#include "report/table.h"

#include <stdint.h>
#include <xlsxwriter.h>

enum {
    WORKBOOK_ROWS = LXW_ROW_MAX,
    WORKBOOK_COLUMNS = LXW_COL_MAX,
    WORKBOOK_TEXT = 32767, /* UTF-16 units in a cell */
};

/* Start with an all-zero Workbook. */
typedef struct Workbook {
    const char *path;   /* borrowed */
    const char *place;  /* borrowed: what errors call it */
    int errors;         /* where standard error is meanwhile; 0: where it should be */
    lxw_workbook *book; /* NULL unless it is open */
    lxw_worksheet *sheet;
    lxw_format *heading;
    lxw_format *link;
    lxw_format *share;
    lxw_format *decimals[10]; /* made as they are needed */
    lxw_error failure;        /* the first that the library told of */
    int system_error;         /* errno at the end */
    int64_t cells;            /* that were written */
    int64_t cut;              /* texts that were cut */
} Workbook;

/* Begins a workbook in the file `path`, which may be there, and which errors call `place`. Until
 * workbook_end nothing can be said on standard error: the library would. */
Status workbook_begin(Workbook *workbook, const char *path, const char *place, Error *error);

/* The sheet that is written to from here on. Rows are written in order. */
Status workbook_sheet(Workbook *workbook, const char *name, Error *error);

/* One cell of the sheet; `format` may be NULL. An empty text is an empty cell. After a failure,
 * which workbook_table and workbook_finish return, nothing is written. */
void workbook_text(Workbook *workbook, int64_t row, int column, const char *text,
                   lxw_format *format);
void workbook_value(Workbook *workbook, int64_t row, int column, const Column *kind,
                    const Value *value);

/* A whole number that leads to a place in the workbook: "internal:'Words'!A1". */
void workbook_link(Workbook *workbook, int64_t row, int column, int64_t number, const char *place);

/* A table as a sheet, or several, `name`, `name 2` …, of at most `rows_most` rows each: its heading
 * stays in sight, every column can be filtered, shares have bars. links[row] (may be NULL) is where
 * the first column leads. Returns how many sheets there are in *sheets. */
Status workbook_table(Workbook *workbook, const char *name, const Table *table,
                      const char *const *links, int64_t rows_most, int *sheets, Error *error);

/* Writes the file and closes it, and then looks whether all of it arrived, which the library does
 * not always tell. */
Status workbook_finish(Workbook *workbook, Error *error);

/* Whether every part of the workbook at `path` is whole, not cut off by a full disk, and all of
 * them have so many cells. */
bool workbook_is_whole(const char *path, int64_t cells);

/* Closes what was not finished; takes an all-zero or finished Workbook too. */
void workbook_end(Workbook *workbook);

#endif
