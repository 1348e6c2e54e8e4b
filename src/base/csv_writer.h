/* CSV as RFC 4180 has it, with LF at the end of a line: UTF-8, fields quoted only where they must
 * be. Errors stay on the FILE and are reported by file_close. */
#ifndef THEMATA_BASE_CSV_WRITER_H
#define THEMATA_BASE_CSV_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct CsvWriter {
    FILE *file;   /* borrowed */
    int position; /* fields written in this line */
    bool guarded; /* for spreadsheets: lines end in CRLF, and text that they would take for a
                     formula (csv_is_formula) gets a ' in front */
} CsvWriter;

/* Whether a spreadsheet that opens a CSV file may calculate this text instead of showing it: it
 * begins with = + - @, their full-width forms, a tab or a line break, and is no number (OWASP, "CSV
 * Injection"). */
bool csv_is_formula(const char *text);

void csv_text(CsvWriter *csv, const char *text);
void csv_whole(CsvWriter *csv, int64_t value);
void csv_number(CsvWriter *csv, double value);      /* finite */
void csv_number_float(CsvWriter *csv, float value); /* finite */
void csv_empty(CsvWriter *csv);                     /* a missing value */
void csv_end_line(CsvWriter *csv);

#endif
