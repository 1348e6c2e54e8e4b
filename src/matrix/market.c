#include "matrix/market.h"

#include "base/memory.h"
#include "base/number.h"
#include "corpus/packed_file.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    LINE_BYTES_MAX = 1 << 20,
    ENTRY_BYTES_LEAST = 4,   /* "1 1\n" */
    ENTRIES_FIRST = 1 << 16, /* room for as many at first, where a file's size says little */
};

/* Outside of these bounds squares and sums could leave the range of float64. */
static const double value_least = 1e-100;
static const double value_most = 1e100;

typedef enum Field { FIELD_REAL, FIELD_INTEGER, FIELD_PATTERN } Field;

typedef enum Kind {
    KIND_MARKET, /* Matrix Market */
    KIND_UCI,    /* a bag of words as the UCI repository has it */
    KIND_LDA_C,  /* a line for each document, as Blei's lda-c has it */
} Kind;

/* A line without its end, where a NUL stands. */
typedef struct Line {
    const char *at;
    const char *end;
} Line;

struct Market {
    const char *path; /* borrowed */
    PackedFile file;
    MarketSize size;
    Kind kind;
    Field field;
    Line document;     /* KIND_LDA_C: what is left of the line at hand, */
    int64_t left;      /* how many entries that are, */
    int64_t documents; /* and how many lines there were up to it */
    int64_t line;      /* number of the line at hand */
    size_t begin;      /* of what is in `bytes` and not yet taken */
    size_t end;        /* behind it */
    char bytes[LINE_BYTES_MAX + 1];
};

/* One entry, counted from 0. */
typedef struct Entry {
    uint32_t row;
    uint32_t column;
    double value;
} Entry;

/* ---- lines ---- */

__attribute__((format(printf, 3, 4))) static Status set_wrong(const Market *market, Error *error,
                                                              const char *format, ...)
{
    char what[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return error_set(error, STATUS_INPUT, "%s: line %" PRId64 ": %s", market->path, market->line,
                     what);
}

/* Reads on behind what is there. */
static Status fill(Market *market, Error *error)
{
    memmove(market->bytes, market->bytes + market->begin, market->end - market->begin);
    market->end -= market->begin;
    market->begin = 0;
    size_t length = 1;
    while (length > 0 && market->end < LINE_BYTES_MAX) {
        if (stream_fill(market->file.stream, 1, error)) {
            return error_put_subject(error, market->path);
        }
        const size_t room = LINE_BYTES_MAX - market->end;
        const char *bytes = stream_ahead(market->file.stream, &length);
        length = length < room ? length : room;
        memcpy(market->bytes + market->end, bytes, length);
        stream_skip(market->file.stream, length);
        market->end += length;
    }
    return STATUS_OK;
}

/* The next line; *found is false behind the last. */
static Status next_line(Market *market, Line *line, bool *found, Error *error)
{
    *found = false;
    char *begin = market->bytes + market->begin;
    char *end = memchr(begin, '\n', market->end - market->begin);
    if (!end) {
        Status status = fill(market, error);
        if (status) {
            return status;
        }
        begin = market->bytes;
        end = memchr(begin, '\n', market->end);
        if (!end && market->end == LINE_BYTES_MAX) {
            market->line++;
            return set_wrong(market, error, "is longer than %d bytes", LINE_BYTES_MAX - 1);
        }
    }
    *found = end || market->end > market->begin;
    end = end ? end : market->bytes + market->end;
    market->begin = (size_t)(end - market->bytes) + 1;
    market->begin = market->begin < market->end ? market->begin : market->end;
    market->line += *found;
    end -= end > begin && end[-1] == '\r';
    *end = '\0';
    *line = (Line){.at = begin, .end = end};
    return STATUS_OK;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static void skip_blanks(Line *line)
{
    while (is_blank(*line->at)) {
        line->at++;
    }
}

/* The next line that says something: neither blank nor a comment. */
static Status next_content(Market *market, Line *line, bool *found, Error *error)
{
    Status status;
    do {
        status = next_line(market, line, found, error);
        if (status || !*found) {
            return status;
        }
        skip_blanks(line);
    } while (*line->at == '%' || line->at == line->end);
    return STATUS_OK;
}

/* What stands up to the next blank or the end of the line, for messages. */
static int word_length(const Line *line)
{
    int length = 0;
    while (length < 40 && line->at + length < line->end && !is_blank(line->at[length])) {
        length++;
    }
    return length;
}

/* ---- the head ---- */

/* Takes the next word of the banner if it is `word`, in any case of letters. */
static bool take_word(Line *line, const char *word)
{
    const size_t length = strlen(word);
    skip_blanks(line);
    if (strncasecmp(line->at, word, length) != 0 ||
        !(line->at + length == line->end || is_blank(line->at[length]))) {
        return false;
    }
    line->at += length;
    return true;
}

/* The rest of the first line: %%MatrixMarket matrix coordinate FIELD general. */
static Status read_banner(Market *market, Line line, Error *error)
{
    static const char hint[] =
        "what is read is matrix coordinate real, integer or pattern general, "
        "as scipy.io.mmwrite writes a sparse matrix";
    bool known = take_word(&line, "matrix") && take_word(&line, "coordinate");
    if (known && take_word(&line, "pattern")) {
        market->field = FIELD_PATTERN;
    } else if (known && (take_word(&line, "integer") || take_word(&line, "unsigned-integer"))) {
        market->field = FIELD_INTEGER;
    } else {
        market->field = FIELD_REAL;
        known = known && take_word(&line, "real");
    }
    known = known && take_word(&line, "general");
    skip_blanks(&line);
    if (!known || line.at < line.end) {
        const int length = word_length(&line);
        set_wrong(market, error, "'%.*s': such a matrix is not read", length, line.at);
        return error_hint(error, "%s", hint);
    }
    return STATUS_OK;
}

/* Takes a number without sign and what blanks stand before it. False when there is none, when
 * something else is joined to it, or when it does not fit. */
static bool take_whole(Line *line, int64_t *number)
{
    skip_blanks(line);
    const char *at = line->at;
    int64_t value = 0;
    for (; *at >= '0' && *at <= '9'; at++) {
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, *at - '0', &value)) {
            return false;
        }
    }
    if (at == line->at || !(at == line->end || is_blank(*at))) {
        return false;
    }
    line->at = at;
    *number = value;
    return true;
}

/* Whether there can be a matrix of these sizes in a file of this one. */
static Status check_size(const Market *market, Error *error)
{
    const MarketSize *size = &market->size;
    const int64_t most = UINT32_MAX - 1;
    int64_t cells = 0;
    if (size->rows > most || size->columns > most) {
        return set_wrong(market, error, "a matrix of %" PRId64 " × %" PRId64 " is too large",
                         size->rows, size->columns);
    }
    if (!__builtin_mul_overflow(size->rows, size->columns, &cells) && size->entries > cells) {
        return set_wrong(market, error,
                         "%" PRId64 " entries are too many for %" PRId64 " × %" PRId64,
                         size->entries, size->rows, size->columns);
    }
    if (size->entries > size->bytes / ENTRY_BYTES_LEAST) {
        return set_wrong(market, error,
                         "%" PRId64 " entries do not fit into a file of %" PRId64 " bytes",
                         size->entries, size->bytes);
    }
    return STATUS_OK;
}

static Status read_size(Market *market, Error *error)
{
    MarketSize *size = &market->size;
    Line line = {0};
    bool found;
    Status status = next_content(market, &line, &found, error);
    if (status) {
        return status;
    }
    if (!found) {
        return error_set(error, STATUS_INPUT, "%s: ends before the line of its sizes",
                         market->path);
    }
    int64_t *const numbers[] = {&size->rows, &size->columns, &size->entries};
    for (int i = 0; i < 3; i++) {
        if (!take_whole(&line, numbers[i])) {
            return set_wrong(market, error,
                             "'%.*s' is no size (rows, columns, entries were expected)",
                             word_length(&line), line.at);
        }
    }
    skip_blanks(&line);
    if (line.at < line.end) {
        return set_wrong(market, error, "'%.*s' stands behind the sizes", word_length(&line),
                         line.at);
    }
    return check_size(market, error);
}

/* ---- entries ---- */

/* Reads an exponent at *at, if there is one. */
static bool skip_exponent(const char **at, int *exponent)
{
    *exponent = 0;
    if (**at != 'e' && **at != 'E') {
        return true;
    }
    ++*at;
    const bool negative = **at == '-';
    *at += negative || **at == '+';
    const char *digits = *at;
    for (; **at >= '0' && **at <= '9' && *at - digits < 3; ++*at) {
        *exponent = 10 * *exponent + (**at - '0');
    }
    *exponent = negative ? -*exponent : *exponent;
    return *at > digits;
}

/* Takes a number whose digits and whose power of ten float64 holds exactly, which is most of them:
 * their product or quotient then is the number nearest to the text (Clinger 1990). False, and
 * nothing taken, for any other. */
static bool take_plain(Line *line, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    enum { POWER_MOST = 22, DIGITS_MOST = 18 };
    const int64_t exact = INT64_C(1) << 53;
    const char *at = line->at;
    int64_t number = 0;
    int digits = 0, decimals = 0, exponent;
    bool point = false;
    for (; digits < DIGITS_MOST; at++) {
        if (*at >= '0' && *at <= '9') {
            number = 10 * number + (*at - '0');
            decimals += point;
            digits++;
        } else if (*at == '.' && !point) {
            point = true;
        } else {
            break;
        }
    }
    if (digits == 0 || number > exact || !skip_exponent(&at, &exponent) ||
        !(at == line->end || is_blank(*at))) {
        return false;
    }
    exponent -= decimals;
    if (exponent > POWER_MOST || exponent < -POWER_MOST) {
        return false;
    }
    line->at = at;
    *value = exponent < 0 ? (double)number / powers[-exponent] : (double)number * powers[exponent];
    return true;
}

/* Whether a number that was read as 0 is one, and no tiny one that has come to 0. */
static bool is_written_zero(const char *text)
{
    const size_t mantissa = strcspn(text, "eE");
    return strcspn(text, "123456789") >= mantissa;
}

/* Takes any number. */
static Status take_other(const Market *market, Line *line, double *value, Error *error)
{
    char text[400];
    size_t length = 0;
    while (line->at + length < line->end && !is_blank(line->at[length])) {
        length++;
    }
    if (length == 0) {
        return set_wrong(market, error, "an entry without a value");
    }
    const size_t plus = line->at[0] == '+' && length > 1 && line->at[1] != '-';
    const bool fits = length < sizeof text && !memchr(line->at, '\0', length);
    snprintf(text, sizeof text, "%.*s", (int)(fits ? length - plus : 0), line->at + plus);
    if (!fits || !number_parse(text, value)) {
        return set_wrong(market, error, "'%.*s' is not a finite number", word_length(line),
                         line->at);
    }
    if (*value < 0.0) {
        return set_wrong(market, error, "%s is negative", text);
    }
    if (*value == 0.0 && !is_written_zero(text)) {
        *value = value_least / 2.0; /* out of range, as the caller will say */
    }
    line->at += length;
    return STATUS_OK;
}

static Status take_value(const Market *market, Line *line, double *value, Error *error)
{
    skip_blanks(line);
    const Line before = *line;
    if (!take_plain(line, value)) {
        Status status = take_other(market, line, value, error);
        if (status) {
            return status;
        }
    }
    const int length = word_length(&before);
    if (*value != 0.0 && (*value < value_least || *value > value_most)) {
        return set_wrong(market, error, "%.*s is out of range (1e-100 to 1e100)", length,
                         before.at);
    }
    if (market->field == FIELD_INTEGER && *value != floor(*value)) {
        return set_wrong(market, error, "%.*s is not whole (the head says integer)", length,
                         before.at);
    }
    return STATUS_OK;
}

/* Takes a row's or a column's number, counted from 1. */
static Status take_index(const Market *market, Line *line, const char *what, int64_t most,
                         uint32_t *index, Error *error)
{
    int64_t number;
    if (!take_whole(line, &number)) {
        return set_wrong(market, error, "'%.*s' is not the number of a %s", word_length(line),
                         line->at, what);
    }
    if (number == 0) {
        return set_wrong(market, error, "%s 0 (they are counted from 1)", what);
    }
    if (number > most) {
        return set_wrong(market, error, "%s %" PRId64 " of %" PRId64, what, number, most);
    }
    *index = (uint32_t)(number - 1);
    return STATUS_OK;
}

/* One `word:value` of a line of lda-c. */
static Status parse_pair(const Market *market, Line *line, Entry *entry, Error *error)
{
    skip_blanks(line);
    const int length = word_length(line);
    const char *colon = memchr(line->at, ':', (size_t)length);
    Line word = {.at = line->at, .end = colon};
    int64_t number;
    if (!colon || !take_whole(&word, &number)) {
        return set_wrong(market, error, "'%.*s' is no entry (word:count was expected)", length,
                         line->at);
    }
    if (number >= market->size.rows) {
        return set_wrong(market, error, "word %" PRId64 " of %" PRId64 " (they are counted from 0)",
                         number, market->size.rows);
    }
    line->at = colon + 1;
    entry->row = (uint32_t)number;
    entry->column = (uint32_t)(market->documents - 1);
    return take_value(market, line, &entry->value, error);
}

/* The next entry of lines as of lda-c, `N word:count …`; *found is false behind the last. */
static Status next_of_line(Market *market, Entry *entry, bool *found, Error *error)
{
    Line *line = &market->document;
    *found = true;
    while (market->left == 0) {
        if (market->documents > 0) {
            skip_blanks(line);
            if (line->at < line->end) {
                return set_wrong(market, error, "'%.*s' stands behind the entries",
                                 word_length(line), line->at);
            }
        }
        Status status = next_content(market, line, found, error);
        if (status || !*found) {
            return status;
        }
        if (!take_whole(line, &market->left)) {
            return set_wrong(market, error, "'%.*s' is not a number of entries", word_length(line),
                             line->at);
        }
        if (++market->documents == UINT32_MAX) {
            return set_wrong(market, error, "one document more than there can be");
        }
    }
    market->left--;
    return parse_pair(market, line, entry, error);
}

static Status parse_entry(const Market *market, Line *line, Entry *entry, Error *error)
{
    const MarketSize *size = &market->size;
    Status status;
    if (market->kind == KIND_UCI) {
        status = take_index(market, line, "document", size->columns, &entry->column, error);
        status = status ? status : take_index(market, line, "word", size->rows, &entry->row, error);
    } else {
        status = take_index(market, line, "row", size->rows, &entry->row, error);
        status = status ? status
                        : take_index(market, line, "column", size->columns, &entry->column, error);
    }
    entry->value = 1.0;
    if (!status && market->field != FIELD_PATTERN) {
        status = take_value(market, line, &entry->value, error);
    }
    if (status) {
        return status;
    }
    skip_blanks(line);
    return line->at == line->end ? STATUS_OK
                                 : set_wrong(market, error, "'%.*s' stands behind the entry",
                                             word_length(line), line->at);
}

/* ---- the other kinds' heads ---- */

/* One of the numbers that stand alone in the first lines. */
static Status read_uci_size(Market *market, const char *what, int64_t *number, Error *error)
{
    Line line = {0};
    bool found;
    Status status = next_content(market, &line, &found, error);
    if (status) {
        return status;
    }
    if (!found) {
        return error_set(error, STATUS_INPUT, "%s: ends before the number of %s", market->path,
                         what);
    }
    const Line whole = line;
    const bool is_whole = take_whole(&line, number);
    skip_blanks(&line);
    return is_whole && line.at == line.end
               ? STATUS_OK
               : set_wrong(market, error, "'%.*s' is not the number of %s",
                           (int)(whole.end - whole.at > 40 ? 40 : whole.end - whole.at), whole.at,
                           what);
}

/* How many documents there are, a line each, how many entries in all, and the largest word. */
static Status scan_lda_c(Market *market, Error *error)
{
    MarketSize *size = &market->size;
    bool found = true;
    *size = (MarketSize){.rows = UINT32_MAX - 1, .bytes = size->bytes, .rows_are_least = true};
    int64_t rows = 0;
    while (found) {
        Entry entry;
        Status status = next_of_line(market, &entry, &found, error);
        if (status) {
            return status;
        }
        size->entries += found;
        rows = found && (int64_t)entry.row >= rows ? (int64_t)entry.row + 1 : rows;
    }
    size->rows = rows;
    size->columns = market->documents;
    return STATUS_OK;
}

/* Goes back to the first line. */
static Status restart(Market *market, Error *error)
{
    packed_file_close(&market->file);
    market->line = 0;
    market->begin = market->end = 0;
    market->left = market->documents = 0;
    return packed_file_open(market->path, &market->file, error);
}

/* What a first line says that is not of Matrix Market. */
static bool find_kind(Line line, Kind *kind)
{
    int64_t number;
    if (!take_whole(&line, &number)) {
        return false;
    }
    skip_blanks(&line);
    *kind = line.at == line.end ? KIND_UCI : KIND_LDA_C;
    return line.at == line.end || strcspn(line.at, ":") < (size_t)word_length(&line);
}

static Status read_other_head(Market *market, const Line *line, Error *error)
{
    static const char begin[] = "%%MatrixMarket";
    MarketSize *size = &market->size;
    if (!find_kind(*line, &market->kind)) {
        error_set(error, STATUS_INPUT, "%s: is no Matrix Market file (it does not begin with %s)",
                  market->path, begin);
        return error_hint(error, "what is read is matrix coordinate real, integer or pattern "
                                 "general, as scipy.io.mmwrite writes a sparse matrix; a bag of "
                                 "words as of the UCI repository; lines as of lda-c");
    }
    market->field = FIELD_REAL;
    Status status = restart(market, error);
    if (!status && market->kind == KIND_LDA_C) {
        status = scan_lda_c(market, error);
        return status ? status : restart(market, error);
    }
    if (!status) {
        status = read_uci_size(market, "documents", &size->columns, error);
    }
    if (!status) {
        status = read_uci_size(market, "words", &size->rows, error);
    }
    if (!status) {
        status = read_uci_size(market, "entries", &size->entries, error);
    }
    return status ? status : check_size(market, error);
}

static Status read_head(Market *market, Error *error)
{
    Line line = {0};
    bool found;
    Status status = next_line(market, &line, &found, error);
    if (status) {
        return status;
    }
    if (!take_word(&line, "%%MatrixMarket")) {
        return read_other_head(market, &line, error);
    }
    status = read_banner(market, line, error);
    return status ? status : read_size(market, error);
}

Status market_open(const char *path, Market **market, MarketSize *size, Error *error)
{
    *market = memory_new(1, sizeof **market, error);
    if (!*market) {
        return error_status(error);
    }
    (*market)->path = path;
    Status status = packed_file_open(path, &(*market)->file, error);
    if (!status) {
        const PackedFile *file = &(*market)->file;
        int64_t *bytes = &(*market)->size.bytes;
        if (__builtin_mul_overflow(file->bytes, file->packed ? PACKED_FILE_RATIO : 1, bytes)) {
            *bytes = INT64_MAX;
        }
        status = read_head(*market, error);
    }
    if (status) {
        market_close(*market);
        *market = NULL;
        return status;
    }
    *size = (*market)->size;
    return STATUS_OK;
}

void market_close(Market *market)
{
    if (market) {
        packed_file_close(&market->file);
    }
    free(market);
}

/* ---- all entries ---- */

/* Reads the entry number `number`, from 0; the one behind the last must not be there. */
static Status next_entry(Market *market, int64_t number, Entry *entry, Error *error)
{
    Line line;
    bool found;
    const int64_t entries = market->size.entries;
    Status status = market->kind == KIND_LDA_C ? next_of_line(market, entry, &found, error)
                                               : next_content(market, &line, &found, error);
    if (status) {
        return status;
    }
    if (number < entries && !found) {
        return error_set(error, STATUS_INPUT, "%s: ends after %" PRId64 " of %" PRId64 " entries",
                         market->path, number, entries);
    }
    if (number == entries) {
        return found
                   ? set_wrong(market, error,
                               "more than the %" PRId64 " entries that the head promises", entries)
                   : STATUS_OK;
    }
    return market->kind == KIND_LDA_C ? STATUS_OK : parse_entry(market, &line, entry, error);
}

/* Entries as they come; zeros are left out. */
typedef struct Triplets {
    uint32_t *rows;
    uint32_t *columns;
    double *values;
    size_t rows_capacity; /* of each of the three */
    size_t columns_capacity;
    size_t values_capacity;
    int64_t count;
    bool whole; /* whether every value is whole and below 2^32 */
} Triplets;

static void triplets_free(Triplets *triplets)
{
    free(triplets->rows);
    free(triplets->columns);
    free(triplets->values);
}

static Status reserve_triplets(Triplets *triplets, size_t count, Error *error)
{
    Status status = memory_reserve(&triplets->rows, &triplets->rows_capacity, count,
                                   sizeof *triplets->rows, error);
    if (!status) {
        status = memory_reserve(&triplets->columns, &triplets->columns_capacity, count,
                                sizeof *triplets->columns, error);
    }
    return status ? status
                  : memory_reserve(&triplets->values, &triplets->values_capacity, count,
                                   sizeof *triplets->values, error);
}

static Status read_triplets(Market *market, Triplets *triplets, Error *error)
{
    const size_t entries = (size_t)market->size.entries;
    Status status = reserve_triplets(
        triplets, market->file.packed && entries > ENTRIES_FIRST ? ENTRIES_FIRST : entries, error);
    triplets->whole = true;
    for (int64_t e = 0; e <= market->size.entries && !status; e++) {
        Entry entry = {0};
        status = next_entry(market, e, &entry, error);
        if (status) {
            return status;
        }
        if (e < market->size.entries && entry.value > 0.0) {
            status = reserve_triplets(triplets, (size_t)triplets->count + 1, error);
            if (status) {
                return status;
            }
            triplets->rows[triplets->count] = entry.row;
            triplets->columns[triplets->count] = entry.column;
            triplets->values[triplets->count++] = entry.value;
            triplets->whole &= entry.value <= UINT32_MAX && entry.value == floor(entry.value);
        }
    }
    return status;
}

/* ---- from entries to rows ---- */

/* Brings the entries to their columns, in the order in which they came. */
static Status gather(const Market *market, const Triplets *triplets, CountMatrix *counts,
                     Error *error)
{
    const size_t entries = (size_t)triplets->count;
    counts->rows = market->size.columns;
    counts->columns = market->size.rows;
    counts->starts = memory_new((size_t)counts->rows + 1, sizeof *counts->starts, error);
    counts->indices = memory_new(entries, sizeof *counts->indices, error);
    counts->amounts = memory_new(entries, sizeof *counts->amounts, error);
    if (!counts->starts || !counts->indices || !counts->amounts) {
        return error_status(error);
    }
    /* starts[c + 1] is where column c is filled next; in the end it is where the next begins. */
    int64_t *next = counts->starts + 1;
    for (size_t e = 0; e < entries; e++) {
        next[triplets->columns[e]]++;
    }
    int64_t begin = 0;
    for (int64_t c = 0; c < counts->rows; c++) {
        const int64_t length = next[c];
        next[c] = begin;
        begin += length;
    }
    for (size_t e = 0; e < entries; e++) {
        const int64_t at = next[triplets->columns[e]]++;
        counts->indices[at] = triplets->rows[e];
        counts->amounts[at] = triplets->values[e];
    }
    return STATUS_OK;
}

/* An index with its value, to be sorted. */
typedef struct Pair {
    uint32_t index;
    double value;
} Pair;

static int compare_pairs(const void *left, const void *right)
{
    const uint32_t a = ((const Pair *)left)->index, b = ((const Pair *)right)->index;
    return (a > b) - (a < b);
}

static bool ascends(const uint32_t *indices, int64_t count)
{
    for (int64_t i = 1; i < count; i++) {
        if (indices[i - 1] >= indices[i]) {
            return false;
        }
    }
    return true;
}

static Status sort_row(CountMatrix *counts, int64_t row, Error *error)
{
    const int64_t begin = counts->starts[row], count = counts->starts[row + 1] - begin;
    uint32_t *indices = counts->indices + begin;
    double *amounts = counts->amounts + begin;
    if (ascends(indices, count)) {
        return STATUS_OK;
    }
    Pair *pairs = memory_new((size_t)count, sizeof *pairs, error);
    if (!pairs) {
        return error_status(error);
    }
    for (int64_t i = 0; i < count; i++) {
        pairs[i] = (Pair){.index = indices[i], .value = amounts[i]};
    }
    qsort(pairs, (size_t)count, sizeof *pairs, compare_pairs);
    for (int64_t i = 0; i < count; i++) {
        indices[i] = pairs[i].index;
        amounts[i] = pairs[i].value;
    }
    free(pairs);
    return STATUS_OK;
}

/* Which line holds this cell for the second time, the file must say: lines are not kept. */
static Status set_twice(Market *market, uint32_t row, uint32_t column, Error *error)
{
    Status status = restart(market, error);
    status = status || market->kind == KIND_LDA_C ? status : read_head(market, error);
    const uint32_t first = market->kind == KIND_LDA_C ? 0 : 1;
    int seen = 0;
    for (int64_t e = 0; e < market->size.entries && !status && seen < 2; e++) {
        Entry entry = {0};
        status = next_entry(market, e, &entry, error);
        seen += entry.row == row && entry.column == column && entry.value > 0.0;
    }
    return status ? status
                  : set_wrong(market, error, "%s %u, %s %u is there twice",
                              market->kind == KIND_MARKET ? "row" : "word", row + first,
                              market->kind == KIND_MARKET ? "column" : "document", column + 1);
}

static Status sort_rows(Market *market, CountMatrix *counts, Error *error)
{
    for (int64_t r = 0; r < counts->rows; r++) {
        Status status = sort_row(counts, r, error);
        if (status) {
            return status;
        }
        for (int64_t p = counts->starts[r] + 1; p < counts->starts[r + 1]; p++) {
            if (counts->indices[p - 1] == counts->indices[p]) {
                return set_twice(market, counts->indices[p], (uint32_t)r, error);
            }
        }
    }
    return STATUS_OK;
}

static Status make_whole(CountMatrix *counts, Error *error)
{
    const size_t entries = (size_t)counts->starts[counts->rows];
    counts->values = memory_new(entries, sizeof *counts->values, error);
    if (!counts->values) {
        return error_status(error);
    }
    for (size_t e = 0; e < entries; e++) {
        counts->values[e] = (uint32_t)counts->amounts[e];
    }
    free(counts->amounts);
    counts->amounts = NULL;
    return STATUS_OK;
}

Status market_read(Market *market, CountMatrix *counts, Error *error)
{
    Triplets triplets = {0};
    Status status = read_triplets(market, &triplets, error);
    const bool whole = triplets.whole;
    if (!status) {
        status = gather(market, &triplets, counts, error);
    }
    triplets_free(&triplets);
    if (!status) {
        status = sort_rows(market, counts, error);
    }
    if (!status && whole) {
        status = make_whole(counts, error);
    }
    if (status) {
        count_matrix_free(counts);
    }
    return status;
}

/* ---- writing ---- */

void market_write(FILE *file, const SparseMatrix *matrix, const char *comment)
{
    char number[NUMBER_TEXT_SIZE];
    fprintf(file, "%%%%MatrixMarket matrix coordinate real general\n%% %s\n", comment);
    fprintf(file, "%" PRId64 " %" PRId64 " %" PRId64 "\n", matrix->rows, matrix->columns,
            sparse_entries(matrix));
    for (int64_t j = 0; j < matrix->columns; j++) {
        for (int64_t p = matrix->starts[j]; p < matrix->starts[j + 1]; p++) {
            number_format(matrix->values[p], number);
            fprintf(file, "%" PRId64 " %" PRId64 " %s\n", matrix->row_indices[p] + (int64_t)1,
                    j + 1, number);
        }
    }
}
