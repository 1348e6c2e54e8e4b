/* The formats of report/export.h, one function each; see there for what they promise. */
#ifndef THEMATA_REPORT_EXPORT_FORMATS_H
#define THEMATA_REPORT_EXPORT_FORMATS_H

#include "report/export.h"

/* Every table as CSV (RFC 4180, UTF-8, LF), text as it is. */
Status export_csv(Export *export, const char *path, Error *error);

/* The same for spreadsheets: with a byte order mark and CRLF, and a ' in front of text that a
 * spreadsheet would take for a formula. */
Status export_excel_csv(Export *export, const char *path, Error *error);

/* Every table as JSON, as --json prints them. */
Status export_json(Export *export, const char *path, Error *error);

/* A workbook (libxlsxwriter). Text is text there, never a formula. */
Status export_xlsx(Export *export, const char *path, Error *error);

/* A database (SQLite 3.37 or later): STRICT tables, keys, views. */
Status export_sqlite(Export *export, const char *path, Error *error);

/* Arrays for NumPy and SciPy. */
Status export_arrays(Export *export, const char *path, Error *error);

/* The corpus as gensim and R's Matrix read it: Matrix Market, documents × words, and a dictionary.
 */
Status export_market(Export *export, const char *path, Error *error);

/* The files that MALLET's train-topics writes. */
Status export_mallet(Export *export, const char *path, Error *error);

/* The arguments of pyLDAvis.prepare. STATUS_INPUT if there are more than 50 million numbers. */
Status export_ldavis(Export *export, const char *path, Error *error);

/* R's tidytext: beta.csv and gamma.csv. */
Status export_tidytext(Export *export, const char *path, Error *error);

/* The factors of images as one PGM picture: a tile each, by number, from left to right; the
 * brightest pixel of each is white. STATUS_INPUT if the model's entries are no pixels. */
Status export_montage(Export *export, const char *path, Error *error);

#endif
