#include "model/metadata.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/number.h"
#include "corpus/container.h"
#include "corpus/metadata.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- what could not be settled ---- */

const char *const metadata_note_names[] = {
    "document without a row",
    "row without a document",
    "row about a document that has one",
    "date not read",
    "row skipped",
    "row repaired",
};

static Status add_note(MetadataNotes *notes, MetadataNoteKind kind, const char *id, int64_t row,
                       const char *value, Error *error)
{
    Status status = memory_reserve(&notes->items, &notes->capacity, notes->count + 1,
                                   sizeof *notes->items, error);
    if (status) {
        return status;
    }
    MetadataNote *note = &notes->items[notes->count++];
    *note = (MetadataNote){.kind = kind, .row = row};
    note->id = memory_copy_text(id, strlen(id), error);
    note->value = memory_copy_text(value, strlen(value), error);
    return note->id && note->value ? STATUS_OK : error_status(error);
}

Status metadata_notes_take(MetadataNotes *notes, const CorpusNotes *of_table, Error *error)
{
    Status status = STATUS_OK;
    for (size_t i = 0; i < of_table->count && !status; i++) {
        const CorpusNote *note = &of_table->items[i];
        status = add_note(notes, note->kind == CORPUS_SKIPPED ? METADATA_SKIPPED : METADATA_MENDED,
                          note->path, 0, note->reason, error);
    }
    return status;
}

void metadata_notes_free(MetadataNotes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        free(notes->items[i].id);
        free(notes->items[i].value);
    }
    free(notes->items);
    *notes = (MetadataNotes){0};
}

/* ---- keys ---- */

/* The part of an id that is compared; borrowed from it. */
typedef struct Key {
    const char *bytes;
    size_t length;
} Key;

static const char *without_folder(const char *path)
{
    const char *slash = strchr(path, '/');
    return slash ? slash + 1 : "";
}

/* The length without an ending such as .txt, or .txt.gz if the file is packed: a dot that is not
 * the first byte of the name, and at most five letters and digits behind it. */
static size_t length_without_ending(const char *path)
{
    enum { ENDING_MAX = 5 };
    const size_t length = archive_name_length(path);
    size_t dot = length;
    while (dot > 0 && length - dot <= ENDING_MAX && isalnum((unsigned char)path[dot - 1])) {
        dot--;
    }
    const bool is_ending = dot > 1 && dot < length && length - dot <= ENDING_MAX &&
                           path[dot - 1] == '.' && path[dot - 2] != '/';
    return is_ending ? dot - 1 : length;
}

static Key make_key(const char *id, JoinRule rule, bool of_row)
{
    const JoinRule start = rule % JOIN_STARTS;
    if (start != JOIN_EXACT) {
        while (id[0] == '/' || (id[0] == '.' && id[1] == '/')) {
            id += id[0] == '/' ? 1 : 2;
        }
    }
    if ((start == JOIN_ROW_BELOW && of_row) || (start == JOIN_OWN_BELOW && !of_row)) {
        id = without_folder(id);
    }
    const char *slash = start == JOIN_NAME ? strrchr(id, '/') : NULL;
    id = slash ? slash + 1 : id;
    return (Key){
        .bytes = id,
        .length = rule >= JOIN_WITHOUT_ENDING ? length_without_ending(id) : strlen(id),
    };
}

/* ---- the documents by their keys ---- */

typedef struct KeyMap {
    const DocumentList *documents;
    JoinRule rule;
    int64_t *slots; /* owned: numbers of documents from 1, below 0 if there are several; 0: free */
    size_t slot_count;
} KeyMap;

/* The slot in which a key is, or would be. */
static int64_t *find_slot(const KeyMap *map, Key key)
{
    size_t slot = hash_bytes(key.bytes, key.length) & (map->slot_count - 1);
    for (; map->slots[slot]; slot = (slot + 1) & (map->slot_count - 1)) {
        const int64_t document = llabs(map->slots[slot]) - 1;
        const Key other = make_key(map->documents->items[document].id, map->rule, false);
        if (other.length == key.length && memcmp(other.bytes, key.bytes, key.length) == 0) {
            break;
        }
    }
    return &map->slots[slot];
}

static Status fill_map(KeyMap *map, const DocumentList *documents, JoinRule rule, Error *error)
{
    *map = (KeyMap){.documents = documents, .rule = rule, .slot_count = 1024};
    while (map->slot_count < 2 * (size_t)documents->count) {
        map->slot_count *= 2;
    }
    map->slots = memory_new(map->slot_count, sizeof *map->slots, error);
    if (!map->slots) {
        return error_status(error);
    }
    for (int64_t d = 0; d < documents->count; d++) {
        const Key key = make_key(documents->items[d].id, rule, false);
        if (key.length > 0) {
            int64_t *slot = find_slot(map, key);
            *slot = *slot ? -llabs(*slot) : d + 1;
        }
    }
    return STATUS_OK;
}

/* The document that a row with this id is about, or −1. */
static int64_t find_document(const KeyMap *map, const char *id)
{
    const Key key = make_key(id, map->rule, true);
    const int64_t found = key.length > 0 ? *find_slot(map, key) : 0;
    return found > 0 ? found - 1 : -1;
}

/* ---- the rule and the column ---- */

/* The rows of the documents: numbers from 1, 0 for none. */
typedef struct Matches {
    int64_t *rows;
    int64_t count; /* documents that have one */
} Matches;

static void match(const KeyMap *map, const DocumentList *rows, size_t column, Matches *matches)
{
    memset(matches->rows, 0, (size_t)map->documents->count * sizeof *matches->rows);
    matches->count = 0;
    for (int64_t r = 0; r < rows->count; r++) {
        const int64_t document = find_document(map, documents_value(&rows->items[r], column));
        if (document >= 0 && !matches->rows[document]) {
            matches->rows[document] = r + 1;
            matches->count++;
        }
    }
}

int metadata_find_column(const NameList *columns, const char *name)
{
    char longer[METADATA_NAME_BYTES + sizeof "meta_"];
    const int position = name_list_find(columns, name);
    if (position != NAME_NOT_FOUND || strlen(name) > METADATA_NAME_BYTES) {
        return position;
    }
    memcpy(longer, "meta_", sizeof "meta_" - 1);
    memcpy(longer + sizeof "meta_" - 1, name, strlen(name) + 1);
    return name_list_find(columns, longer);
}

Status metadata_choose_column(const MetadataTable *table, int *column, Error *error)
{
    static const char *const usual[] = {"id",   "doc_id",   "document_id", "key",
                                        "file", "filename", "file_name",   "path"};
    const NameList *columns = &table->rows->columns;
    *column = NAME_NOT_FOUND;
    if (table->id_column) {
        *column = metadata_find_column(columns, table->id_column);
        return *column == NAME_NOT_FOUND
                   ? name_list_set_missing(columns, table->path, "column", table->id_column,
                                           table->id_option, error)
                   : STATUS_OK;
    }
    for (size_t i = 0; i < sizeof usual / sizeof *usual && *column == NAME_NOT_FOUND; i++) {
        *column = metadata_find_column(columns, usual[i]);
    }
    return STATUS_OK;
}

/* Finds the rule, and the column if none is chosen, by which most documents have a row. */
static Status find_rule(const DocumentList *documents, const DocumentList *rows, int chosen,
                        JoinTally *tally, Matches *matches, Error *error)
{
    const size_t first = chosen == NAME_NOT_FOUND ? 0 : (size_t)chosen;
    const size_t behind = chosen == NAME_NOT_FOUND ? rows->columns.count : (size_t)chosen + 1;
    tally->column = first;
    Status status = STATUS_OK;
    for (JoinRule rule = 0; rule < JOIN_RULES && !status; rule++) {
        KeyMap map;
        status = fill_map(&map, documents, rule, error);
        for (size_t c = first; c < behind && !status; c++) {
            match(&map, rows, c, matches);
            if (matches->count > tally->matched) {
                tally->matched = matches->count;
                tally->rule = rule;
                tally->column = c;
            }
        }
        free(map.slots);
    }
    return status;
}

static Status set_nothing_matched(const DocumentList *documents, const MetadataTable *table,
                                  int column, Error *error)
{
    const DocumentList *rows = table->rows;
    const char *id = documents->count ? documents->items[0].id : "";
    if (column == NAME_NOT_FOUND || rows->count == 0) {
        error_set(error, STATUS_INPUT, "%s: no row is about a document (the first one: '%.100s')",
                  table->path, id);
    } else {
        error_set(error, STATUS_INPUT,
                  "%s: no row is about a document (column '%.60s': '%.100s' …; documents: '%.100s' "
                  "…)",
                  table->path, rows->columns.items[column],
                  documents_value(&rows->items[0], (size_t)column), id);
    }
    return error_hint(error, "%s names the column that holds the documents' ids", table->id_option);
}

/* ---- joining ---- */

/* Names the new columns; positions[c] is where the rows' column c goes, METADATA_COLUMNS: nowhere.
 */
static Status add_columns(DocumentList *documents, const DocumentList *rows, size_t id_column,
                          size_t positions[METADATA_COLUMNS], Error *error)
{
    Status status = STATUS_OK;
    NameList *columns = &documents->columns;
    for (size_t c = 0; c < rows->columns.count && !status; c++) {
        positions[c] = METADATA_COLUMNS;
        if (c != id_column && columns->count < METADATA_COLUMNS) {
            positions[c] = columns->count;
            status = name_list_add_unique(columns, rows->columns.items[c], (int)c + 1, error);
        }
    }
    return status;
}

static Status replace(char **text, const char *by, Error *error)
{
    char *copy = by[0] ? memory_copy_text(by, strlen(by), error) : NULL;
    if (copy) {
        document_text_free(*text);
        *text = copy;
    }
    return copy || !by[0] ? STATUS_OK : error_status(error);
}

/* Puts what a row says behind what a document has. */
static Status take_row(DocumentList *documents, DocumentFacts *facts, const DocumentList *rows,
                       const DocumentFacts *row, const size_t positions[METADATA_COLUMNS],
                       size_t id_column, Error *error)
{
    const char *values[METADATA_COLUMNS] = {NULL};
    for (size_t c = 0; c < (size_t)facts->value_count; c++) {
        values[c] = documents_value(facts, c);
    }
    for (size_t c = 0; c < rows->columns.count; c++) {
        const char *value = documents_value(row, c);
        if (positions[c] < METADATA_COLUMNS) {
            values[positions[c]] = value;
        } else {
            documents->beyond += c != id_column && value[0];
        }
    }
    Status status = documents_set_values(facts, values, documents->columns.count, error);
    status = status ? status : replace(&facts->title, row->title, error);
    return status ? status : replace(&facts->date, row->date, error);
}

/* Notes the rows that are about no document, or about one that has another. */
static Status note_rows(const KeyMap *map, const DocumentList *rows, const int64_t *row_of,
                        JoinTally *tally, MetadataNotes *notes, Error *error)
{
    Status status = STATUS_OK;
    for (int64_t r = 0; r < rows->count && !status; r++) {
        int64_t number = 0; /* rows that were skipped count */
        (void)number_parse_whole(rows->items[r].id, &number);
        const char *id = documents_value(&rows->items[r], tally->column);
        const int64_t document = find_document(map, id);
        if (document < 0) {
            tally->left++;
            status = add_note(notes, METADATA_NO_DOCUMENT, id, number, "", error);
        } else if (row_of[document] != r + 1) {
            tally->repeated++;
            status = add_note(notes, METADATA_REPEATED, id, number, "", error);
        }
    }
    return status;
}

Status metadata_match(const DocumentList *documents, const MetadataTable *table, JoinTally *tally,
                      int64_t *row_of, MetadataNotes *notes, Error *error)
{
    *tally = (JoinTally){0};
    int column;
    KeyMap map = {0};
    Matches matches = {.rows = row_of};
    Status status = metadata_choose_column(table, &column, error);
    if (!status) {
        status = find_rule(documents, table->rows, column, tally, &matches, error);
    }
    if (!status && tally->matched == 0) {
        status = set_nothing_matched(documents, table, column, error);
    }
    if (!status) {
        status = fill_map(&map, documents, tally->rule, error);
    }
    if (!status) {
        match(&map, table->rows, tally->column, &matches);
        status = note_rows(&map, table->rows, row_of, tally, notes, error);
    }
    for (int64_t d = 0; d < documents->count && !status; d++) {
        if (!row_of[d]) {
            tally->alone++;
            status = add_note(notes, METADATA_NO_ROW, documents->items[d].id, 0, "", error);
        }
    }
    free(map.slots);
    return status;
}

static Status take_rows(DocumentList *documents, const DocumentList *rows, const int64_t *row_of,
                        size_t id_column, Error *error)
{
    size_t positions[METADATA_COLUMNS];
    Status status = add_columns(documents, rows, id_column, positions, error);
    documents->cut += rows->cut;
    documents->beyond += rows->beyond;
    for (int64_t d = 0; d < documents->count && !status; d++) {
        if (row_of[d]) {
            status = take_row(documents, &documents->items[d], rows, &rows->items[row_of[d] - 1],
                              positions, id_column, error);
        }
    }
    return status;
}

Status metadata_join(DocumentList *documents, const MetadataTable *table, JoinTally *tally,
                     MetadataNotes *notes, Error *error)
{
    int64_t *row_of = memory_new((size_t)documents->count, sizeof *row_of, error);
    Status status = row_of ? metadata_match(documents, table, tally, row_of, notes, error)
                           : error_status(error);
    if (!status) {
        status = take_rows(documents, table->rows, row_of, tally->column, error);
    }
    free(row_of);
    return status;
}

/* ---- dates ---- */

static bool is_read(DateReading reading)
{
    return reading == DATE_READ || reading == DATE_READ_DAY_FIRST ||
           reading == DATE_READ_MONTH_FIRST;
}

/* The order that the dates show, if all that show one agree. */
static DateOrder find_order(const DocumentList *documents, DateTally *tally)
{
    char iso[DATE_TEXT_SIZE];
    for (int64_t d = 0; d < documents->count; d++) {
        if (!documents->items[d].date[0]) {
            continue;
        }
        const DateReading reading = date_parse(documents->items[d].date, DATE_AUTO, iso);
        tally->day_first += reading == DATE_READ_DAY_FIRST;
        tally->month_first += reading == DATE_READ_MONTH_FIRST;
    }
    return (tally->day_first > 0) == (tally->month_first > 0) ? DATE_AUTO
           : tally->day_first > 0                             ? DATE_DMY
                                                              : DATE_MDY;
}

/* Reads a date in the order that was found; what no order says is not read. */
static DateReading read_date(const char *text, DateOrder order, DateOrder found,
                             char iso[DATE_TEXT_SIZE])
{
    const DateReading reading = date_parse(text, order, iso);
    if (reading == DATE_EITHER_DOTTED) {
        return date_parse(text, found == DATE_AUTO ? DATE_DMY : found, iso);
    }
    return reading == DATE_EITHER && found != DATE_AUTO ? date_parse(text, found, iso) : reading;
}

Status metadata_settle_dates(DocumentList *documents, DateOrder order, DateTally *tally,
                             MetadataNotes *notes, Error *error)
{
    *tally = (DateTally){0};
    const DateOrder found = order == DATE_AUTO ? find_order(documents, tally) : order;
    Status status = STATUS_OK;
    for (int64_t d = 0; d < documents->count && !status; d++) {
        DocumentFacts *facts = &documents->items[d];
        char iso[DATE_TEXT_SIZE];
        if (!facts->date[strspn(facts->date, " \t\r\n")]) {
            document_text_free(facts->date); /* blanks, or nothing */
            facts->date = document_text("", 0, error);
            continue;
        }
        const DateReading reading = read_date(facts->date, order, found, iso);
        tally->read += is_read(reading);
        tally->unread += !is_read(reading);
        tally->either += reading == DATE_EITHER;
        if (!is_read(reading)) {
            status = add_note(notes, METADATA_NO_DATE, facts->id, 0, facts->date, error);
        }
        if (!status) {
            char *copy = memory_copy_text(iso, strlen(iso), error);
            status = copy ? STATUS_OK : error_status(error);
            if (copy) {
                document_text_free(facts->date);
                facts->date = copy;
            }
        }
    }
    return status;
}

DateRange metadata_date_range(const DocumentList *documents)
{
    DateRange range = {0};
    for (int64_t d = 0; d < documents->count; d++) {
        const char *date = documents->items[d].date;
        if (date[0]) {
            range.first = range.count == 0 || strcmp(date, range.first) < 0 ? date : range.first;
            range.last = range.count == 0 || strcmp(date, range.last) > 0 ? date : range.last;
            range.count++;
        }
    }
    return range;
}
