#include "report/workbook.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char ellipsis[] = "…";

/* 1980-01-01, as the times in the archive: equal models are equal workbooks. */
static const time_t created = 315532800;

/* The library passes over memory that it did not get, of which errno still tells. */
static void keep_failure(Workbook *workbook, lxw_error failure)
{
    if (errno == ENOMEM && failure == LXW_NO_ERROR) {
        failure = LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    if (failure != LXW_NO_ERROR && workbook->failure == LXW_NO_ERROR) {
        workbook->failure = failure;
    }
}

static Status set_failure(const Workbook *workbook, Error *error)
{
    const lxw_error failure = workbook->failure;
    if (failure == LXW_ERROR_CREATING_TMPFILE || failure == LXW_ERROR_READING_TMPFILE) {
        error_set(error, STATUS_FAILED, "%s: cannot be written (no room for temporary files)",
                  workbook->place);
        return error_hint(error, "they go to the directory TMPDIR, or to /tmp");
    }
    const bool of_system = failure == LXW_ERROR_ZIP_FILE_OPERATION && workbook->system_error;
    return error_set(error, STATUS_FAILED, "%s: cannot be written (%s)", workbook->place,
                     of_system ? strerror(workbook->system_error) : lxw_strerror(failure));
}

static Status set_no_memory(const Workbook *workbook, Error *error)
{
    return error_set(error, STATUS_FAILED, "out of memory: %s", workbook->place);
}

static lxw_format *make_format(Workbook *workbook, const char *number)
{
    lxw_format *format = workbook_add_format(workbook->book);
    if (format && number) {
        format_set_num_format(format, number);
    }
    return format;
}

/* The library tells of its errors on standard error, too. */
static void hush(Workbook *workbook)
{
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    workbook->errors = nowhere < 0 ? -1 : fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (workbook->errors < 0 || dup2(nowhere, STDERR_FILENO) < 0) {
        workbook->errors = 0;
    }
    if (nowhere >= 0) {
        close(nowhere);
    }
}

static void unhush(Workbook *workbook)
{
    if (workbook->errors) {
        dup2(workbook->errors, STDERR_FILENO);
        close(workbook->errors);
        workbook->errors = 0;
    }
}

Status workbook_begin(Workbook *workbook, const char *path, const char *place, Error *error)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_TRUE};
    lxw_doc_properties properties = {.created = created};
    workbook->path = path;
    workbook->place = place;
    hush(workbook);
    errno = 0;
    workbook->book = workbook_new_opt(path, &options);
    if (!workbook->book) {
        return set_no_memory(workbook, error);
    }
    keep_failure(workbook, workbook_set_properties(workbook->book, &properties));
    workbook->heading = make_format(workbook, NULL);
    workbook->link = workbook_get_default_url_format(workbook->book);
    workbook->share = make_format(workbook, "0.0%");
    if (!workbook->heading || !workbook->share) {
        return set_no_memory(workbook, error);
    }
    format_set_bold(workbook->heading);
    return workbook->failure ? set_failure(workbook, error) : STATUS_OK;
}

Status workbook_sheet(Workbook *workbook, const char *name, Error *error)
{
    const lxw_error wrong = workbook_validate_sheet_name(workbook->book, name);
    keep_failure(workbook, wrong);
    workbook->sheet = wrong ? NULL : workbook_add_worksheet(workbook->book, name);
    if (!workbook->sheet && !workbook->failure) {
        workbook->failure = LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    return workbook->sheet ? STATUS_OK : set_failure(workbook, error);
}

/* ---- cells ---- */

/* Whether the text would be read as an escaped character: _x000A_. */
static bool looks_escaped(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 &&
           text[6] == '_';
}

/* Appends what XML can hold of a text, up to so many UTF-16 units, and returns whether that is all
 * of it. XML has no U+FFFE and U+FFFF, and spreadsheets read _xHHHH_ as that character. Control
 * characters the library itself escapes. */
static bool append_cell_text(Buffer *cell, const char *text, int64_t units_most, Error *error)
{
    static const char replacement[] = "\xEF\xBF\xBD", underscore[] = "_x005F";
    const char *end = text + strlen(text);
    int64_t units = 0;
    Status status = STATUS_OK;
    for (size_t length; text < end && !status; text += length ? length : 1) {
        uint32_t code_point = 0;
        length = utf8_decode(text, (size_t)(end - text), &code_point);
        const bool escaped = looks_escaped(text);
        units += (code_point > 0xFFFF ? 2 : 1) + (escaped ? (int64_t)strlen(underscore) : 0);
        if (units > units_most) {
            return false;
        }
        if (escaped) {
            status = buffer_append_text(cell, underscore, error);
        }
        if (!status && (length == 0 || code_point == 0xFFFE || code_point == 0xFFFF)) {
            status = buffer_append_text(cell, replacement, error);
        } else if (!status) {
            status = buffer_append(cell, text, length, error);
        }
    }
    return true;
}

/* Whether it can be stored as it is; almost every text can. */
static bool is_plain(const char *text, size_t length)
{
    return length <= WORKBOOK_TEXT && !strstr(text, "_x") && !strstr(text, "\xEF\xBF");
}

void workbook_text(Workbook *workbook, int64_t row, int column, const char *text,
                   lxw_format *format)
{
    const lxw_row_t r = (lxw_row_t)row;
    const lxw_col_t c = (lxw_col_t)column;
    const size_t length = strlen(text);
    if (length == 0 || workbook->failure) {
        return;
    }
    workbook->cells++;
    if (is_plain(text, length)) {
        keep_failure(workbook, worksheet_write_string(workbook->sheet, r, c, text, format));
        return;
    }
    Buffer cell = {0};
    Error error = {0};
    if (!append_cell_text(&cell, text, WORKBOOK_TEXT, &error)) {
        buffer_clear(&cell);
        append_cell_text(&cell, text, WORKBOOK_TEXT - 1, &error);
        buffer_append_text(&cell, ellipsis, &error);
        workbook->cut++;
    }
    keep_failure(workbook, error.status
                               ? LXW_ERROR_MEMORY_MALLOC_FAILED
                               : worksheet_write_string(workbook->sheet, r, c, cell.bytes, format));
    buffer_free(&cell);
}

/* The format with so many digits behind the point. */
static lxw_format *decimals_format(Workbook *workbook, int decimals)
{
    static const char digits[] = "0.000000000";
    const int most = (int)(sizeof workbook->decimals / sizeof *workbook->decimals) - 1;
    const int count = decimals > most ? most : decimals;
    if (count <= 0) {
        return NULL;
    }
    if (!workbook->decimals[count]) {
        char format[sizeof digits];
        snprintf(format, sizeof format, "%.*s", 2 + count, digits);
        workbook->decimals[count] = make_format(workbook, format);
    }
    return workbook->decimals[count];
}

void workbook_value(Workbook *workbook, int64_t row, int column, const Column *kind,
                    const Value *value)
{
    if (value->missing || workbook->failure) {
        return;
    }
    if (kind->kind == COLUMN_TEXT) {
        workbook_text(workbook, row, column, value->text, NULL);
        return;
    }
    const double number = kind->kind == COLUMN_WHOLE ? (double)value->whole : value_number(value);
    workbook->cells++;
    lxw_format *format = kind->kind == COLUMN_SHARE    ? workbook->share
                         : kind->kind == COLUMN_NUMBER ? decimals_format(workbook, kind->decimals)
                                                       : NULL;
    keep_failure(workbook, worksheet_write_number(workbook->sheet, (lxw_row_t)row,
                                                  (lxw_col_t)column, number, format));
}

void workbook_link(Workbook *workbook, int64_t row, int column, int64_t number, const char *place)
{
    const lxw_row_t r = (lxw_row_t)row;
    const lxw_col_t c = (lxw_col_t)column;
    workbook->cells++;
    keep_failure(workbook, worksheet_write_url(workbook->sheet, r, c, place, workbook->link));
    keep_failure(workbook,
                 worksheet_write_number(workbook->sheet, r, c, (double)number, workbook->link));
}

/* ---- tables ---- */

enum { WIDTH_LEAST = 8, WIDTH_MOST = 60, WIDTH_ROWS = 100 };

/* As wide as the texts of the first rows are, within bounds. */
static void widen(int *width, const char *text)
{
    int characters = 2;
    for (const char *at = text; *at && characters < WIDTH_MOST; at++) {
        characters += (*at & 0xC0) != 0x80;
    }
    *width = characters > *width ? characters : *width;
}

static void dress_sheet(Workbook *workbook, const Table *table, const int *widths, int64_t rows)
{
    for (int c = 0; c < table->column_count; c++) {
        const lxw_col_t column = (lxw_col_t)c;
        keep_failure(workbook,
                     worksheet_set_column(workbook->sheet, column, column, widths[c], NULL));
        if (table->columns[c].kind == COLUMN_SHARE && rows > 0) {
            lxw_conditional_format bar = {
                .type = LXW_CONDITIONAL_DATA_BAR,
                .bar_color = 0x9BC2E6,
                .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                .min_value = 0.0,
                .max_value = 1.0,
            };
            keep_failure(workbook, worksheet_conditional_format_range(
                                       workbook->sheet, 1, column, (lxw_row_t)rows, column, &bar));
        }
    }
    worksheet_freeze_panes(workbook->sheet, 1, 1);
    keep_failure(workbook, worksheet_autofilter(workbook->sheet, 0, 0, (lxw_row_t)rows,
                                                (lxw_col_t)(table->column_count - 1)));
}

/* Rows `first` to `last` − 1 of the table on the sheet. */
static void write_rows(Workbook *workbook, const Table *table, const char *const *links,
                       int64_t first, int64_t last, int *widths)
{
    for (int c = 0; c < table->column_count; c++) {
        widths[c] = WIDTH_LEAST;
        widen(&widths[c], table->columns[c].name);
        workbook_text(workbook, 0, c, table->columns[c].name, workbook->heading);
    }
    for (int64_t row = first; row < last && !workbook->failure; row++) {
        Value values[TABLE_COLUMNS_MAX];
        table_row(table, row, values);
        for (int c = 0; c < table->column_count; c++) {
            if (row - first < WIDTH_ROWS && values[c].text) {
                widen(&widths[c], values[c].text);
            }
            if (c == 0 && links && links[row]) {
                workbook_link(workbook, row - first + 1, 0, values[0].whole, links[row]);
            } else {
                workbook_value(workbook, row - first + 1, c, &table->columns[c], &values[c]);
            }
        }
    }
}

Status workbook_table(Workbook *workbook, const char *name, const Table *table,
                      const char *const *links, int64_t rows_most, int *sheets, Error *error)
{
    Status status = STATUS_OK;
    int64_t first = 0;
    *sheets = 0;
    do {
        char numbered[LXW_SHEETNAME_MAX + 1];
        const int64_t left = table->row_count - first;
        const int64_t rows = left < rows_most - 1 ? left : rows_most - 1;
        ++*sheets;
        if (*sheets > 1) {
            snprintf(numbered, sizeof numbered, "%s %d", name, *sheets);
        } else {
            snprintf(numbered, sizeof numbered, "%s", name);
        }
        status = workbook_sheet(workbook, numbered, error);
        if (!status) {
            int widths[TABLE_COLUMNS_MAX];
            write_rows(workbook, table, links, first, first + rows, widths);
            dress_sheet(workbook, table, widths, rows);
            first += rows;
            status = workbook->failure ? set_failure(workbook, error) : STATUS_OK;
        }
    } while (!status && first < table->row_count);
    return status;
}

/* ---- the end ---- */

/* Whether a temporary file of the library's could not be written, which it passes over. */
static bool has_lost_rows(const Workbook *workbook)
{
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, workbook->book->worksheets, list_pointers)
    {
        if (sheet->optimize_tmpfile &&
            (fflush(sheet->optimize_tmpfile) != 0 || ferror(sheet->optimize_tmpfile))) {
            return true;
        }
    }
    return false;
}

Status workbook_finish(Workbook *workbook, Error *error)
{
    if (!workbook->failure && has_lost_rows(workbook)) {
        workbook->failure = LXW_ERROR_CREATING_TMPFILE;
    }
    errno = 0;
    keep_failure(workbook, workbook_close(workbook->book));
    workbook->system_error = errno;
    workbook->book = NULL;
    unhush(workbook);
    if (!workbook->failure && !workbook_is_whole(workbook->path, workbook->cells)) {
        workbook->failure = LXW_ERROR_READING_TMPFILE;
    }
    return workbook->failure ? set_failure(workbook, error) : STATUS_OK;
}

void workbook_end(Workbook *workbook)
{
    if (workbook->book) {
        lxw_workbook_free(workbook->book);
        workbook->book = NULL;
    }
    unhush(workbook);
}
