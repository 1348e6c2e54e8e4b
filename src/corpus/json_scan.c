#include "corpus/json_scan.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD };

/* Where the scanner is and, after a mistake, what would have been right there. */
typedef struct Scanner {
    const char *at;
    const char *end;
    const char *expected;
} Scanner;

static const char too_deep[] = "nothing more than 512 objects and arrays deep";
_Static_assert(JSON_SCAN_DEPTH_MAX == 512, "the message says so");

static bool wrong(Scanner *scanner, const char *expected)
{
    scanner->expected = expected;
    return false;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static void skip_blanks(Scanner *scanner)
{
    while (scanner->at < scanner->end && is_blank(*scanner->at)) {
        scanner->at++;
    }
}

static bool stands(const Scanner *scanner, char byte)
{
    return scanner->at < scanner->end && *scanner->at == byte;
}

/* ---- texts ---- */

/* Sixteen bytes, a register of every processor that the program runs on. A comparison gives −1
 * where it holds. */
typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef int8_t ByteMask __attribute__((vector_size(16)));
typedef uint64_t Halves __attribute__((vector_size(16)));

static inline Bytes load_bytes(const char *bytes)
{
    Bytes loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

/* The position of the first byte that is not 0. */
static inline int first_byte(uint64_t eight)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return __builtin_ctzll(eight) / 8;
#else
    return __builtin_clzll(eight) / 8;
#endif
}

/* The position of the first byte that is not 0, one of 16; 16 if there is none. */
static inline int first_of(ByteMask mask)
{
    const Halves halves = (Halves)mask;
    return halves[0] ? first_byte(halves[0]) : halves[1] ? 8 + first_byte(halves[1]) : 16;
}

static inline ByteMask find_special(Bytes bytes)
{
    return (bytes == '"') | (bytes == '\\') | (bytes < 0x20);
}

static inline bool is_special(char byte)
{
    return byte == '"' || byte == '\\' || (unsigned char)byte < 0x20;
}

size_t json_scan_text(const char *bytes, size_t length)
{
    size_t at = 0;
    for (; length - at >= 64; at += 64) { /* four registers for one branch */
        const ByteMask first =
            find_special(load_bytes(bytes + at)) | find_special(load_bytes(bytes + at + 16));
        const ByteMask second =
            find_special(load_bytes(bytes + at + 32)) | find_special(load_bytes(bytes + at + 48));
        if (first_of(first | second) < 16) {
            break;
        }
    }
    while (length - at >= 16) {
        const int found = first_of(find_special(load_bytes(bytes + at)));
        at += (size_t)found;
        if (found < 16) {
            return at;
        }
    }
    while (at < length && !is_special(bytes[at])) {
        at++;
    }
    return at;
}

/* One more than a hexadecimal digit's value; 0 for what is none. */
static const uint8_t hex_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* What the letter behind a backslash means; u stands for itself, 0 for what may not stand there. */
static const char escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b', ['f'] = '\f',
    ['n'] = '\n', ['r'] = '\r',  ['t'] = '\t', ['u'] = 'u',
};

/* Behind the backslash of an escape. */
static bool scan_escape(Scanner *scanner)
{
    const char meant = scanner->at < scanner->end ? escapes[(unsigned char)*scanner->at] : '\0';
    if (!meant) {
        return wrong(scanner, "an escape such as \\n, \\\\ or \\u00e9");
    }
    const int digits = *scanner->at++ == 'u' ? 4 : 0;
    for (int i = 0; i < digits; i++, scanner->at++) {
        if (scanner->at == scanner->end || !hex_values[(unsigned char)*scanner->at]) {
            return wrong(scanner, "one of the four hexadecimal digits of \\u");
        }
    }
    return true;
}

/* Behind the quote that opens a text. */
static bool scan_text(Scanner *scanner, JsonValue *text)
{
    *text = (JsonValue){.bytes = scanner->at, .kind = JSON_KIND_TEXT};
    for (;;) {
        scanner->at += json_scan_text(scanner->at, (size_t)(scanner->end - scanner->at));
        if (scanner->at == scanner->end) {
            return wrong(scanner, "\" to close the text");
        }
        if (*scanner->at == '"') {
            text->length = (size_t)(scanner->at++ - text->bytes);
            return true;
        }
        if (*scanner->at != '\\') {
            return wrong(scanner, "an escape such as \\n, or \" to close the text,");
        }
        text->escaped = true;
        while (stands(scanner, '\\')) { /* often one behind the other, as in Cyrillic */
            scanner->at++;
            if (!scan_escape(scanner)) {
                return false;
            }
        }
    }
}

/* ---- numbers and words ---- */

static bool scan_digits(Scanner *scanner)
{
    const char *begin = scanner->at;
    while (scanner->at < scanner->end && *scanner->at >= '0' && *scanner->at <= '9') {
        scanner->at++;
    }
    return scanner->at > begin || wrong(scanner, "a digit");
}

static bool begins_number(const Scanner *scanner)
{
    return stands(scanner, '-') ||
           (scanner->at < scanner->end && *scanner->at >= '0' && *scanner->at <= '9');
}

static bool scan_number(Scanner *scanner)
{
    scanner->at += stands(scanner, '-');
    if (stands(scanner, '0')) { /* nothing but a fraction may follow */
        scanner->at++;
    } else if (!scan_digits(scanner)) {
        return false;
    }
    if (stands(scanner, '.')) {
        scanner->at++;
        if (!scan_digits(scanner)) {
            return false;
        }
    }
    if (stands(scanner, 'e') || stands(scanner, 'E')) {
        scanner->at++;
        scanner->at += stands(scanner, '+') || stands(scanner, '-');
        return scan_digits(scanner);
    }
    return true;
}

static bool scan_word(Scanner *scanner, const char *word)
{
    const size_t length = strlen(word);
    if ((size_t)(scanner->end - scanner->at) < length || memcmp(scanner->at, word, length) != 0) {
        return wrong(scanner, "a value");
    }
    scanner->at += length;
    return true;
}

/* ---- values ---- */

/* Where the members of the outermost object go; there may be no memory for them. */
typedef struct Listing {
    JsonMembers *members;
    Status status;
    Error *error;
} Listing;

static bool scan_value(Scanner *scanner, int depth, JsonValue *value);

static bool scan_array(Scanner *scanner, int depth)
{
    if (depth == JSON_SCAN_DEPTH_MAX) {
        return wrong(scanner, too_deep);
    }
    scanner->at++;
    skip_blanks(scanner);
    for (bool more = !stands(scanner, ']'); more;) {
        JsonValue item;
        if (!scan_value(scanner, depth + 1, &item)) {
            return false;
        }
        skip_blanks(scanner);
        more = stands(scanner, ',');
        if (!more && !stands(scanner, ']')) {
            return wrong(scanner, ", or ]");
        }
        scanner->at += more;
        skip_blanks(scanner);
    }
    scanner->at++;
    return true;
}

/* A name, a colon and the blanks before a value. */
static bool scan_name(Scanner *scanner, JsonValue *name)
{
    if (!stands(scanner, '"')) {
        return wrong(scanner, "a name in \"\"");
    }
    scanner->at++;
    if (!scan_text(scanner, name)) {
        return false;
    }
    skip_blanks(scanner);
    if (!stands(scanner, ':')) {
        return wrong(scanner, "a : behind the name");
    }
    scanner->at++;
    skip_blanks(scanner);
    return true;
}

static bool scan_member(Scanner *scanner, int depth, JsonMember *member)
{
    return scan_name(scanner, &member->name) && scan_value(scanner, depth + 1, &member->value);
}

static bool list_member(Listing *listing, const JsonMember *member)
{
    JsonMembers *members = listing->members;
    listing->status = memory_reserve(&members->items, &members->capacity, members->count + 1,
                                     sizeof *members->items, listing->error);
    if (listing->status) {
        return false;
    }
    members->items[members->count++] = *member;
    return true;
}

/* `listing` may be NULL. */
static bool scan_members(Scanner *scanner, int depth, Listing *listing)
{
    if (depth == JSON_SCAN_DEPTH_MAX) {
        return wrong(scanner, too_deep);
    }
    scanner->at++;
    skip_blanks(scanner);
    for (bool more = !stands(scanner, '}'); more;) {
        JsonMember member;
        if (!scan_member(scanner, depth, &member) || (listing && !list_member(listing, &member))) {
            return false;
        }
        skip_blanks(scanner);
        more = stands(scanner, ',');
        if (!more && !stands(scanner, '}')) {
            return wrong(scanner, ", or }");
        }
        scanner->at += more;
        skip_blanks(scanner);
    }
    scanner->at++;
    return true;
}

static bool scan_value(Scanner *scanner, int depth, JsonValue *value)
{
    bool valid;
    *value = (JsonValue){.bytes = scanner->at};
    switch (scanner->at < scanner->end ? *scanner->at : '\0') {
    case '"':
        scanner->at++;
        return scan_text(scanner, value);
    case '{':
        value->kind = JSON_KIND_OBJECT;
        valid = scan_members(scanner, depth, NULL);
        break;
    case '[':
        value->kind = JSON_KIND_ARRAY;
        valid = scan_array(scanner, depth);
        break;
    case 't':
        value->kind = JSON_KIND_BOOLEAN;
        valid = scan_word(scanner, "true");
        break;
    case 'f':
        value->kind = JSON_KIND_BOOLEAN;
        valid = scan_word(scanner, "false");
        break;
    case 'n':
        valid = scan_word(scanner, "null");
        break;
    default:
        value->kind = JSON_KIND_NUMBER;
        valid = begins_number(scanner) ? scan_number(scanner) : wrong(scanner, "a value");
    }
    value->length = (size_t)(scanner->at - value->bytes);
    return valid;
}

/* ---- mistakes ---- */

/* How many characters begin within the bytes: all but those that continue one (10xxxxxx). */
static int64_t count_characters(const char *bytes, size_t length)
{
    size_t continued = 0, at = 0;
    while (length - at >= 16) {
        Bytes sums = {0};
        for (int i = 0; i < UINT8_MAX && length - at >= 16; i++, at += 16) {
            sums -= (Bytes)((load_bytes(bytes + at) & 0xC0) == 0x80);
        }
        for (size_t i = 0; i < sizeof sums; i++) {
            continued += sums[i];
        }
    }
    for (; at < length; at++) {
        continued += ((unsigned char)bytes[at] & 0xC0) == 0x80;
    }
    return (int64_t)(length - continued);
}

JsonPlace json_place_behind(JsonPlace place, const char *bytes, size_t length)
{
    const char *end = bytes + length, *newline;
    while (bytes < end && (newline = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        place = (JsonPlace){.line = place.line + 1, .column = 1};
        bytes = newline + 1;
    }
    place.column += count_characters(bytes, (size_t)(end - bytes));
    return place;
}

Status json_set_wrong(JsonPlace place, const char *bytes, size_t length, const char *expected,
                      Error *error)
{
    char found[40];
    const size_t size = length ? utf8_decode(bytes, length, NULL) : 0;
    if (length == 0) {
        snprintf(found, sizeof found, "it ends here");
    } else if ((unsigned char)*bytes < 0x20 || *bytes == 0x7F || size == 0) {
        snprintf(found, sizeof found, "the byte 0x%02X stands here", (unsigned char)*bytes);
    } else {
        snprintf(found, sizeof found, "'%.*s' stands here", (int)size, bytes);
    }
    return error_set(error, STATUS_INPUT,
                     "line %" PRId64 ", column %" PRId64
                     ": is read as JSON, but %s (%s was expected)",
                     place.line, place.column, found, expected);
}

Status json_scan_object(const char *bytes, size_t length, JsonPlace place, JsonMembers *members,
                        Error *error)
{
    Scanner scanner = {.at = bytes, .end = bytes + length};
    Listing listing = {.members = members, .error = error};
    members->count = 0;
    skip_blanks(&scanner);
    bool valid = stands(&scanner, '{') ? scan_members(&scanner, 0, &listing)
                                       : wrong(&scanner, "an object, in {},");
    if (valid) {
        skip_blanks(&scanner);
        valid = scanner.at == scanner.end || wrong(&scanner, "nothing more behind the object");
    }
    if (valid || listing.status) {
        return listing.status;
    }
    return json_set_wrong(json_place_behind(place, bytes, (size_t)(scanner.at - bytes)), scanner.at,
                          (size_t)(scanner.end - scanner.at), scanner.expected, error);
}

size_t json_scan_find_array(const char *bytes, size_t length, const char *name)
{
    Scanner scanner = {.at = bytes, .end = bytes + length};
    JsonMember member;
    skip_blanks(&scanner);
    for (bool more = stands(&scanner, '{'); more;) {
        scanner.at++; /* the brace, or the comma before the next member */
        skip_blanks(&scanner);
        if (!scan_name(&scanner, &member.name)) {
            return 0;
        }
        if (stands(&scanner, '[') && json_text_equals(&member.name, name, strlen(name))) {
            const size_t begin = (size_t)(++scanner.at - bytes);
            skip_blanks(&scanner);
            return stands(&scanner, '{') ? begin : 0;
        }
        more = scan_value(&scanner, 1, &member.value);
        skip_blanks(&scanner);
        more = more && stands(&scanner, ',');
    }
    return 0;
}

/* ---- slices ---- */

static uint32_t hex_digits(const char *digits)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        value = value << 4 | (uint32_t)(hex_values[(unsigned char)digits[i]] - 1);
    }
    return value;
}

/* The character of an escape, *at being behind its backslash; 0 for half of a surrogate pair. */
static uint32_t take_escape(const char **at, const char *end)
{
    const char meant = escapes[(unsigned char)*(*at)++];
    if (meant != 'u') {
        return (uint32_t)meant;
    }
    const uint32_t first = hex_digits(*at);
    *at += 4;
    if (first < 0xD800 || first > 0xDFFF) {
        return first ? first : REPLACEMENT;
    }
    if (first < 0xDC00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u') {
        const uint32_t second = hex_digits(*at + 2);
        if (second >= 0xDC00 && second <= 0xDFFF) {
            *at += 6;
            return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        }
    }
    return 0;
}

bool json_text_equals(const JsonValue *text, const char *other, size_t length)
{
    if (!text->escaped) {
        return text->length == length && memcmp(text->bytes, other, length) == 0;
    }
    const char *at = text->bytes, *end = at + text->length;
    size_t equal = 0;
    while (at < end) {
        char encoded[4] = {*at++};
        size_t size = 1;
        if (encoded[0] == '\\') {
            const uint32_t character = take_escape(&at, end);
            size = utf8_encode(character ? character : REPLACEMENT, encoded);
        }
        if (length - equal < size || memcmp(other + equal, encoded, size) != 0) {
            return false;
        }
        equal += size;
    }
    return equal == length;
}

/* Copies up to the next backslash; both go along. `to` has room for a register more. */
static void copy_plain(const char **at, const char *end, char **to)
{
    while (end - *at >= 16) {
        const Bytes bytes = load_bytes(*at);
        memcpy(*to, &bytes, sizeof bytes);
        const int found = first_of(bytes == '\\');
        *at += found;
        *to += found;
        if (found < 16) {
            return;
        }
    }
    while (*at < end && **at != '\\') {
        *(*to)++ = *(*at)++;
    }
}

Status json_text_append(const JsonValue *text, Buffer *to, int64_t *replaced, Error *error)
{
    if (!text->escaped) {
        return buffer_append(to, text->bytes, text->length, error);
    }
    Status status = buffer_reserve(to, text->length + sizeof(Bytes), error); /* none grows */
    if (status) {
        return status;
    }
    const char *at = text->bytes, *end = at + text->length;
    char *written = to->bytes + to->length;
    for (copy_plain(&at, end, &written); at < end;) {
        at++;
        const uint32_t character = take_escape(&at, end);
        *replaced += character == 0;
        written += utf8_encode(character ? character : REPLACEMENT, written);
        if (at < end && *at != '\\') {
            copy_plain(&at, end, &written);
        }
    }
    *written = '\0';
    to->length = (size_t)(written - to->bytes);
    return STATUS_OK;
}

JsonCursor json_cursor(const JsonValue *value)
{
    assert(value->kind == JSON_KIND_ARRAY || value->kind == JSON_KIND_OBJECT);
    return (JsonCursor){.at = value->bytes + 1, .end = value->bytes + value->length - 1};
}

/* Goes behind the comma and the blanks before the next value; false if there is none. */
static bool go_on(JsonCursor *cursor, Scanner *scanner)
{
    *scanner = (Scanner){.at = cursor->at, .end = cursor->end};
    skip_blanks(scanner);
    scanner->at += stands(scanner, ',');
    skip_blanks(scanner);
    return scanner->at < scanner->end;
}

bool json_cursor_item(JsonCursor *cursor, JsonValue *item)
{
    Scanner scanner;
    const bool found = go_on(cursor, &scanner) && scan_value(&scanner, 0, item);
    cursor->at = scanner.at;
    return found;
}

bool json_cursor_member(JsonCursor *cursor, JsonMember *member)
{
    Scanner scanner;
    const bool found = go_on(cursor, &scanner) && scan_member(&scanner, 0, member);
    cursor->at = scanner.at;
    return found;
}

void json_members_free(JsonMembers *members)
{
    free(members->items);
    *members = (JsonMembers){0};
}
