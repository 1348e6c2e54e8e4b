/* What is known of documents besides their texts. Whatever dates say: what is read is ISO 8601 and
 * is read again as it is. Whatever the ids: a table is joined by a rule that is no worse than equal
 * ids are, and documents, rows and notes add up.
 *
 * Input: a byte that chooses the order of dates, then lines: a document, `id|date`, or behind a
 * blank a row of the table, `value|value`. */
#include "fuzz.h"

#include "base/utf8.h"
#include "corpus/date.h"
#include "corpus/encoding.h"
#include "corpus/metadata.h"
#include "model/metadata.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS_MAX = 64, ORDERS = DATE_UNIX + 1 };

/* ---- dates ---- */

static void check_date(const char *text)
{
    for (int order = 0; order < ORDERS; order++) {
        char iso[DATE_TEXT_SIZE], again[DATE_TEXT_SIZE];
        int year, month = 1, day = 1;
        const DateReading reading = date_parse(text, (DateOrder)order, iso);
        const bool read = reading == DATE_READ || reading == DATE_READ_DAY_FIRST ||
                          reading == DATE_READ_MONTH_FIRST;
        REQUIRE(read == (iso[0] != '\0'));
        REQUIRE(reading == DATE_NOT_READ || read || order == DATE_AUTO);
        if (read) {
            REQUIRE(strlen(iso) == 4 || strlen(iso) == 7 || strlen(iso) >= 10);
            REQUIRE(sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) >= 1);
            REQUIRE(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 31);
            REQUIRE(date_parse(iso, DATE_AUTO, again) == DATE_READ);
            REQUIRE(strcmp(iso, again) == 0);
        }
    }
}

static void check_settled(DocumentList *documents, DateOrder order)
{
    DateTally tally, again;
    MetadataNotes notes = {0};
    Error error;
    int64_t said = 0;
    for (int64_t d = 0; d < documents->count; d++) {
        said += documents->items[d].date[0] != '\0';
    }
    REQUIRE_OK(metadata_settle_dates(documents, order, &tally, &notes, &error), &error);
    REQUIRE(tally.read + tally.unread <= said); /* white space says nothing */
    REQUIRE((int64_t)notes.count == tally.unread && tally.either <= tally.unread);
    REQUIRE_OK(metadata_settle_dates(documents, DATE_AUTO, &again, &notes, &error), &error);
    REQUIRE(again.read == tally.read && again.unread == 0);
    metadata_notes_free(&notes);
}

/* ---- tables ---- */

/* How many documents have the id that stands in this column of some row. */
static int64_t count_equal(const DocumentList *documents, const DocumentList *rows, size_t column)
{
    int64_t equal = 0;
    for (int64_t d = 0; d < documents->count; d++) {
        bool found = false;
        for (int64_t r = 0; !found && r < rows->count; r++) {
            found = strcmp(documents->items[d].id, documents_value(&rows->items[r], column)) == 0;
        }
        equal += found;
    }
    return equal;
}

static void check_joined(DocumentList *documents, const DocumentList *rows)
{
    JoinTally tally = {0};
    MetadataNotes notes = {0};
    Error error = {0};
    Status status = metadata_join(documents, &(MetadataTable){rows, "t", NULL, "--metadata-id"},
                                  &tally, &notes, &error);
    REQUIRE(status == STATUS_OK || (status == STATUS_INPUT && error.message[0]));
    for (size_t column = 0; column < rows->columns.count; column++) {
        REQUIRE(count_equal(documents, rows, column) <= (status ? 0 : tally.matched));
    }
    if (!status) {
        REQUIRE(tally.matched > 0 && tally.matched + tally.alone == documents->count);
        REQUIRE(tally.matched + tally.left + tally.repeated == rows->count);
        REQUIRE((int64_t)notes.count == tally.alone + tally.left + tally.repeated);
        REQUIRE(tally.column < rows->columns.count);
    }
    metadata_notes_free(&notes);
}

/* ---- documents and rows ---- */

/* Adds a line to one of the lists; its id is new. */
static void add_line(FuzzInput line, DocumentList *documents, DocumentList *rows)
{
    Document document = {0};
    Error error;
    int64_t repaired;
    const bool row = line.length > 0 && line.bytes[0] == ' ';
    DocumentList *list = row ? rows : documents;
    if (row) {
        fuzz_byte(&line);
        REQUIRE_OK(buffer_print(&document.id, &error, "%d", (int)rows->count + 1), &error);
    }
    for (int part = 0; line.length > 0 && part < 4; part++) {
        Buffer text = {0};
        char name[] = {'c', (char)('0' + part), '\0'};
        char *bytes = fuzz_text(fuzz_until(&line, '|'));
        REQUIRE_OK(encoding_to_utf8(bytes, strlen(bytes), &text, &repaired, &error), &error);
        Buffer *to = part == 0 ? &document.id : part == 1 ? &document.date : NULL;
        if (part == 1 || !row) {
            check_date(buffer_text(&text));
        }
        if (row) {
            REQUIRE_OK(
                metadata_add(&document.metadata, name, buffer_text(&text), text.length, &error),
                &error);
        } else if (to) {
            REQUIRE_OK(buffer_append(to, buffer_text(&text), text.length, &error), &error);
        }
        buffer_free(&text);
        free(bytes);
    }
    if (list->count < DOCUMENTS_MAX &&
        (row || (document.id.length > 0 && documents_find(list, document.id.bytes) < 0))) {
        REQUIRE_OK(documents_add(list, &document, &error), &error);
    }
    document_free(&document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput input = {data, size};
    DocumentList documents = {0}, rows = {0};
    const uint8_t choice = fuzz_byte(&input);
    while (input.length > 0) {
        add_line(fuzz_until(&input, '\n'), &documents, &rows);
    }
    if (rows.count > 0) {
        check_joined(&documents, &rows);
    }
    check_settled(&documents, (DateOrder)(choice % ORDERS));
    documents_free(&documents);
    documents_free(&rows);
    return 0;
}
