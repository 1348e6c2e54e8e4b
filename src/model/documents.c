#include "model/documents.h"

#include "base/csv_writer.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/logarithm.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "corpus/csv_reader.h"
#include "corpus/metadata.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts ---- */

static const char no_text[] = "";

char *document_text(const char *bytes, size_t length, Error *error)
{
    return length > 0 ? memory_copy_text(bytes, length, error) : (char *)no_text;
}

void document_text_free(char *text)
{
    if (text != no_text) {
        free(text);
    }
}

/* ---- the list ---- */

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

typedef struct Excerpt {
    char bytes[4 * (EXCERPT_CHARACTERS + 1)];
    size_t length;
    int characters;
    bool after_blank;
} Excerpt;

/* So many bytes at once, if they are ASCII without controls, and no two blanks follow one another:
 * most of any text is. The byte before is looked at, too. Returns false, and has done nothing, if
 * they are not. Constants for `count` make wide instructions of it. */
static inline bool excerpt_add_plain(Excerpt *excerpt, const char *bytes, int count)
{
    unsigned char other = 0;
    for (int i = 0; i < count; i++) {
        const unsigned char byte = (unsigned char)bytes[i], before = (unsigned char)bytes[i - 1];
        other |= byte < ' ' || byte > 0x7F || (byte == ' ' && before <= ' ');
    }
    if (other || excerpt->characters + count > EXCERPT_CHARACTERS) {
        return false;
    }
    memcpy(excerpt->bytes + excerpt->length, bytes, (size_t)count);
    excerpt->length += (size_t)count;
    excerpt->characters += count;
    excerpt->after_blank = bytes[count - 1] == ' ';
    return true;
}

/* Returns false if it is full. */
static bool excerpt_add(Excerpt *excerpt, char byte)
{
    const bool blank = is_blank(byte) || byte == '\0';
    if (blank && excerpt->after_blank) {
        return true;
    }
    excerpt->characters += ((unsigned char)byte & 0xC0) != 0x80;
    if (excerpt->characters > EXCERPT_CHARACTERS) {
        return false;
    }
    excerpt->bytes[excerpt->length++] = blank ? ' ' : byte;
    excerpt->after_blank = blank;
    return true;
}

/* The first characters of a text, runs of white space as one blank, NULs left out. */
static char *make_excerpt(const char *bytes, size_t text_length, Error *error)
{
    Excerpt excerpt = {.after_blank = true}; /* none at the beginning */
    for (size_t at = 0, more = true; at < text_length && more;) {
        const size_t left = at > 0 ? text_length - at : 0;
        if (left >= 32 && excerpt_add_plain(&excerpt, bytes + at, 32)) {
            at += 32;
        } else if (left >= 8 && excerpt_add_plain(&excerpt, bytes + at, 8)) {
            at += 8;
        } else {
            more = excerpt_add(&excerpt, bytes[at++]);
        }
    }
    excerpt.length -= excerpt.length > 0 && excerpt.after_blank;
    return document_text(excerpt.bytes, excerpt.length, error);
}

static DocumentFacts *append(DocumentList *list, Error *error)
{
    if (memory_reserve(&list->items, &list->capacity, (size_t)list->count + 1, sizeof *list->items,
                       error)) {
        return NULL;
    }
    DocumentFacts *facts = &list->items[list->count++];
    *facts = (DocumentFacts){0};
    return facts;
}

/* ---- metadata ---- */

/* What documents.csv has of its own. */
static const char *const own_columns[] = {
    "doc_id", "title",  "date",   "n_tokens", "n_terms",  "n_unknown", "topic",   "share", "topic2",
    "share2", "topic3", "share3", "entropy",  "modelled", "hash",      "excerpt", NULL,
};

static bool is_own_column(const char *name)
{
    const char *const *own = own_columns;
    while (*own && strcmp(*own, name) != 0) {
        own++;
    }
    return *own != NULL;
}

static size_t columns_most(const DocumentList *list)
{
    return list->is_part ? DOCUMENTS_PART_COLUMNS : METADATA_COLUMNS;
}

/* The column of this name, which is a new one if need be; columns_most if there are too many.
 * `likely` is where it should be: documents are mostly alike. */
static Status find_column(DocumentList *list, const char *name, size_t likely, size_t *column,
                          Error *error)
{
    char safe[METADATA_NAME_BYTES + sizeof "meta_"];
    NameList *columns = &list->columns;
    if (is_own_column(name)) {
        snprintf(safe, sizeof safe, "meta_%s", name);
        name = safe;
    }
    *column = likely;
    if (likely < columns->count && strcmp(columns->items[likely], name) == 0) {
        return STATUS_OK;
    }
    for (*column = 0; *column < columns->count; ++*column) {
        if (strcmp(columns->items[*column], name) == 0) {
            return STATUS_OK;
        }
    }
    return columns->count < columns_most(list) ? name_list_add(columns, name, error) : STATUS_OK;
}

Status documents_set_values(DocumentFacts *facts, const char *const *values, size_t count,
                            Error *error)
{
    Buffer packed = {0};
    Status status = STATUS_OK;
    while (count > 0 && (!values[count - 1] || !values[count - 1][0])) {
        count--;
    }
    for (size_t c = 0; c < count && !status; c++) {
        const char *value = values[c] ? values[c] : "";
        status = buffer_append(&packed, value, strlen(value) + 1, error);
    }
    if (status) {
        buffer_free(&packed);
        return status;
    }
    free(facts->values); /* not before: the values may stand in it */
    facts->values = packed.bytes;
    facts->value_count = (int)count;
    return STATUS_OK;
}

static Status take_metadata(DocumentList *list, const Metadata *metadata, DocumentFacts *facts,
                            Error *error)
{
    const char *values[DOCUMENTS_PART_COLUMNS] = {NULL}, *name, *value;
    Status status = STATUS_OK;
    size_t likely = 0;
    for (size_t at = 0; !status && metadata_next(metadata, &at, &name, &value); likely++) {
        size_t column;
        status = find_column(list, name, likely, &column, error);
        if (!status && column < columns_most(list)) {
            values[column] = values[column] ? values[column] : value;
        } else {
            list->beyond++;
        }
    }
    list->cut += metadata->cut;
    list->beyond += metadata->beyond;
    return status ? status : documents_set_values(facts, values, list->columns.count, error);
}

const char *documents_value(const DocumentFacts *facts, size_t column)
{
    if (column >= (size_t)facts->value_count) {
        return "";
    }
    const char *value = facts->values;
    while (column-- > 0) {
        value += strlen(value) + 1;
    }
    return value;
}

/* ---- adding ---- */

enum { DATE_BYTES_MAX = 100 }; /* what is longer is no date, and is shown so far */

/* The text up to a NUL, cut at a character. */
static char *copy_beginning(const Buffer *text, size_t most, Error *error)
{
    const char *bytes = buffer_text(text);
    size_t length = strlen(bytes);
    if (length > most) {
        for (length = most; length > 0 && ((unsigned char)bytes[length] & 0xC0) == 0x80;) {
            length--;
        }
    }
    return document_text(bytes, length, error);
}

Status documents_add(DocumentList *list, const Document *document, Error *error)
{
    DocumentFacts *facts = append(list, error);
    if (!facts) {
        return error_status(error);
    }
    const char *title = buffer_text(&document->title);
    facts->id = memory_copy_text(buffer_text(&document->id), document->id.length, error);
    facts->title = document_text(title, strlen(title), error); /* up to a NUL, should it hold one */
    facts->date = copy_beginning(&document->date, DATE_BYTES_MAX, error);
    facts->excerpt = make_excerpt(buffer_text(&document->text), document->text.length, error);
    facts->hash = hash_bytes(buffer_text(&document->text), document->text.length);
    return facts->id && facts->title && facts->date && facts->excerpt
               ? take_metadata(list, &document->metadata, facts, error)
               : error_status(error);
}

static Status show(char **shown, const char *text, size_t length, Error *error)
{
    char *excerpt = make_excerpt(text, length, error);
    if (!excerpt) {
        return error_status(error);
    }
    document_text_free(*shown);
    *shown = excerpt;
    return STATUS_OK;
}

Status documents_show_title(DocumentFacts *facts, const char *title, size_t length, Error *error)
{
    return show(&facts->title, title, length, error);
}

Status documents_show_text(DocumentFacts *facts, const char *text, size_t length, Error *error)
{
    return show(&facts->excerpt, text, length, error);
}

Status documents_add_id(DocumentList *list, const char *id, Error *error)
{
    DocumentFacts *facts = append(list, error);
    if (!facts) {
        return error_status(error);
    }
    facts->id = memory_copy_text(id, strlen(id), error);
    facts->title = document_text("", 0, error);
    facts->date = document_text("", 0, error);
    facts->excerpt = document_text("", 0, error);
    return facts->id && facts->title && facts->date && facts->excerpt ? STATUS_OK
                                                                      : error_status(error);
}

/* Finds the list's columns for those of the tail: columns[c]; *same says whether they are the
 * first ones. */
static Status match_columns(DocumentList *list, const NameList *tail,
                            size_t columns[DOCUMENTS_PART_COLUMNS], bool *same, Error *error)
{
    Status status = STATUS_OK;
    *same = tail->count <= columns_most(list);
    for (size_t c = 0; c < tail->count && !status; c++) {
        status = find_column(list, tail->items[c], c, &columns[c], error);
        *same &= columns[c] == c;
    }
    return status;
}

/* Brings a document's values into the columns of another list. */
static Status move_values(DocumentList *list, DocumentFacts *facts,
                          const size_t columns[DOCUMENTS_PART_COLUMNS], Error *error)
{
    const char *values[DOCUMENTS_PART_COLUMNS] = {NULL}, *value = facts->values;
    for (size_t c = 0; c < (size_t)facts->value_count; c++, value += strlen(value) + 1) {
        if (columns[c] < columns_most(list)) {
            values[columns[c]] = value[0] ? value : NULL;
        } else {
            list->beyond += value[0] != '\0';
        }
    }
    return documents_set_values(facts, values, list->columns.count, error);
}

Status documents_join(DocumentList *list, DocumentList *tail, Error *error)
{
    size_t columns[DOCUMENTS_PART_COLUMNS];
    bool same;
    Status status = match_columns(list, &tail->columns, columns, &same, error);
    for (int64_t d = 0; d < tail->count && !same && !status; d++) {
        status = move_values(list, &tail->items[d], columns, error);
    }
    if (!status) {
        status = memory_reserve(&list->items, &list->capacity, (size_t)(list->count + tail->count),
                                sizeof *list->items, error);
    }
    if (!status && tail->count) {
        memcpy(list->items + list->count, tail->items, (size_t)tail->count * sizeof *list->items);
        list->count += tail->count;
        tail->count = 0;
    }
    list->cut += tail->cut;
    list->beyond += tail->beyond;
    return status;
}

int64_t documents_find(const DocumentList *list, const char *id)
{
    for (int64_t d = 0; d < list->count; d++) {
        if (strcmp(list->items[d].id, id) == 0) {
            return d;
        }
    }
    return -1;
}

void document_facts_free(DocumentFacts *facts)
{
    document_text_free(facts->id);
    document_text_free(facts->title);
    document_text_free(facts->date);
    document_text_free(facts->excerpt);
    free(facts->values);
    *facts = (DocumentFacts){0};
}

void documents_free(DocumentList *list)
{
    for (int64_t d = 0; d < list->count; d++) {
        document_facts_free(&list->items[d]);
    }
    name_list_free(&list->columns);
    free(list->items);
    *list = (DocumentList){0};
}

/* ---- mixtures ---- */

/* A new second topic; the old one becomes the third. */
static void push_second(MixtureSummary *summary, int topic, float share)
{
    summary->topic3 = summary->topic2;
    summary->share3 = summary->share2;
    summary->topic2 = topic;
    summary->share2 = share;
}

MixtureSummary mixture_summarise(const float *mixture, int k)
{
    MixtureSummary summary = {0};
    for (int t = 0; t < k; t++) {
        const float share = mixture[t];
        if (share > summary.share) {
            push_second(&summary, summary.topic, summary.share);
            summary.topic = t + 1;
            summary.share = share;
        } else if (share > summary.share2) {
            push_second(&summary, t + 1, share);
        } else if (share > summary.share3) {
            summary.topic3 = t + 1;
            summary.share3 = share;
        }
        if (share > 0.0F) {
            summary.entropy -= (double)share * logarithm((double)share);
        }
    }
    summary.modelled = summary.topic > 0;
    summary.entropy = summary.entropy > 0.0 ? summary.entropy : 0.0;
    return summary;
}

/* ---- documents.csv ---- */

/* The columns that are read back, in order; the derived ones may come between them. */
enum {
    COLUMN_ID,
    COLUMN_TITLE,
    COLUMN_DATE,
    COLUMN_TOKENS,
    COLUMN_TERMS,
    COLUMN_HASH,
    COLUMN_EXCERPT,
    COLUMN_COUNT
};

static const char *const kept_columns[COLUMN_COUNT] = {
    "doc_id", "title", "date", "n_tokens", "n_terms", "hash", "excerpt",
};

static void write_heading(CsvWriter *csv, const NameList *columns, bool with_unknown)
{
    static const char *const before[] = {"doc_id", "title", "date", "n_tokens", "n_terms"};
    static const char *const behind[] = {"topic",  "share",   "topic2",   "share2", "topic3",
                                         "share3", "entropy", "modelled", "hash",   "excerpt"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        csv_text(csv, before[i]);
    }
    if (with_unknown) {
        csv_text(csv, "n_unknown");
    }
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        csv_text(csv, behind[i]);
    }
    for (size_t i = 0; i < columns->count; i++) {
        csv_text(csv, columns->items[i]);
    }
    csv_end_line(csv);
}

static void write_topic(CsvWriter *csv, int topic, float share)
{
    if (topic) {
        csv_whole(csv, topic);
        csv_number_float(csv, share);
    } else {
        csv_empty(csv);
        csv_empty(csv);
    }
}

static void write_document(CsvWriter *csv, const DocumentFacts *facts, size_t columns,
                           const float *mixture, int k, bool with_unknown)
{
    char hash[HASH_TEXT_SIZE];
    hash_format(facts->hash, hash);
    const MixtureSummary summary = mixture_summarise(mixture, k);
    csv_text(csv, facts->id);
    csv_text(csv, facts->title);
    csv_text(csv, facts->date);
    csv_number(csv, facts->tokens);
    csv_whole(csv, facts->terms);
    if (with_unknown) {
        csv_whole(csv, facts->unknown);
    }
    write_topic(csv, summary.topic, summary.share);
    write_topic(csv, summary.topic2, summary.share2);
    write_topic(csv, summary.topic3, summary.share3);
    if (summary.modelled) {
        csv_number(csv, summary.entropy);
    } else {
        csv_empty(csv);
    }
    csv_whole(csv, summary.modelled);
    csv_text(csv, hash);
    csv_text(csv, facts->excerpt);
    const char *value = facts->values;
    for (size_t c = 0; c < columns; c++) {
        csv_text(csv, c < (size_t)facts->value_count ? value : "");
        value += c < (size_t)facts->value_count ? strlen(value) + 1 : 0;
    }
    csv_end_line(csv);
}

Status documents_write(const char *path, const DocumentList *list, const float *mixtures, int k,
                       bool with_unknown, Error *error)
{
    FILE *file = file_create(path, error);
    if (!file) {
        return error_status(error);
    }
    CsvWriter csv = {.file = file};
    write_heading(&csv, &list->columns, with_unknown);
    for (int64_t d = 0; d < list->count; d++) {
        write_document(&csv, &list->items[d], list->columns.count, mixtures + d * k, k,
                       with_unknown);
    }
    return file_close(file, path, error);
}

/* ---- reading it back ---- */

typedef struct Reader {
    const char *path;
    DocumentList *list;
    size_t columns;
    size_t positions[COLUMN_COUNT];
} Reader;

/* Where metadata begins. */
static size_t first_value(const Reader *reader)
{
    return reader->positions[COLUMN_EXCERPT] + 1;
}

static Status read_heading(Reader *reader, const CsvRecord *record, Error *error)
{
    reader->columns = record->count;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        size_t at = 0;
        while (at < record->count && strcmp(record->fields[at], kept_columns[c]) != 0) {
            at++;
        }
        if (at == record->count) {
            return error_set(error, STATUS_INPUT, "%s: no column %s", reader->path,
                             kept_columns[c]);
        }
        reader->positions[c] = at;
    }
    Status status = STATUS_OK;
    for (size_t c = first_value(reader); c < record->count && !status; c++) {
        const char *name = record->fields[c];
        status = name[0] && utf8_is_valid(name) && reader->list->columns.count < METADATA_COLUMNS
                     ? name_list_add(&reader->list->columns, name, error)
                     : error_set(error, STATUS_INPUT,
                                 "%s: the names of its columns are not as they were written",
                                 reader->path);
    }
    return status;
}

static bool parse_hash(const char *text, uint64_t *hash)
{
    const size_t length = HASH_TEXT_SIZE - 1;
    if (strlen(text) != length || strspn(text, "0123456789abcdef") != length) {
        return false;
    }
    *hash = strtoull(text, NULL, 16);
    return true;
}

static Status take_record(void *context, const CsvRecord *record, Error *error)
{
    Reader *reader = context;
    if (record->number == 1) {
        return read_heading(reader, record, error);
    }
    const char *fields[COLUMN_COUNT];
    for (int c = 0; c < COLUMN_COUNT && record->count == reader->columns; c++) {
        fields[c] = record->fields[reader->positions[c]];
        if (!utf8_is_valid(fields[c])) {
            return error_set(error, STATUS_INPUT, "%s: record %" PRId64 " is not UTF-8",
                             reader->path, record->number);
        }
    }
    for (size_t c = first_value(reader); c < reader->columns && record->count == reader->columns;
         c++) {
        if (!utf8_is_valid(record->fields[c])) {
            return error_set(error, STATUS_INPUT, "%s: record %" PRId64 " is not UTF-8",
                             reader->path, record->number);
        }
    }
    DocumentFacts facts = {0};
    if (record->count != reader->columns || !number_parse(fields[COLUMN_TOKENS], &facts.tokens) ||
        !number_parse_whole(fields[COLUMN_TERMS], &facts.terms) || facts.tokens < 0.0 ||
        facts.terms < 0 || !parse_hash(fields[COLUMN_HASH], &facts.hash)) {
        return error_set(error, STATUS_INPUT, "%s: record %" PRId64 " is not as it was written",
                         reader->path, record->number);
    }
    DocumentFacts *kept = append(reader->list, error);
    if (!kept) {
        return error_status(error);
    }
    *kept = facts;
    kept->id = memory_copy_text(fields[COLUMN_ID], strlen(fields[COLUMN_ID]), error);
    kept->title = memory_copy_text(fields[COLUMN_TITLE], strlen(fields[COLUMN_TITLE]), error);
    kept->date = memory_copy_text(fields[COLUMN_DATE], strlen(fields[COLUMN_DATE]), error);
    kept->excerpt = memory_copy_text(fields[COLUMN_EXCERPT], strlen(fields[COLUMN_EXCERPT]), error);
    return kept->id && kept->title && kept->date && kept->excerpt
               ? documents_set_values(kept, record->fields + first_value(reader),
                                      reader->list->columns.count, error)
               : error_status(error);
}

Status documents_read(const char *path, DocumentList *list, Error *error)
{
    Reader reader = {.path = path, .list = list};
    Status status = csv_read_file(path, take_record, &reader, error);
    if (!status && reader.columns == 0) {
        status = error_set(error, STATUS_INPUT, "%s: is empty", path);
    }
    if (status) {
        documents_free(list);
    }
    return status;
}
