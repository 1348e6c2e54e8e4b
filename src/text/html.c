#include "text/html.h"

#include "base/utf8.h"
#include "text/html_entities.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

/* ---- elements ---- */

enum { ELEMENT_NAME_MAX = 10 };

typedef struct Element {
    const char *name;
    bool in_line; /* its tags do not separate words */
} Element;

/* Those of HTML 4, HTML 5 and the older ones that are still met, in byte order. */
static const Element elements[] = {
    {"a", true},           {"abbr", true},      {"acronym", true},   {"address", false},
    {"applet", false},     {"area", false},     {"article", false},  {"aside", false},
    {"audio", false},      {"b", true},         {"base", false},     {"basefont", true},
    {"bdi", true},         {"bdo", true},       {"big", true},       {"blockquote", false},
    {"body", false},       {"br", false},       {"button", false},   {"canvas", false},
    {"caption", false},    {"center", false},   {"cite", true},      {"code", true},
    {"col", false},        {"colgroup", false}, {"data", true},      {"datalist", false},
    {"dd", false},         {"del", true},       {"details", false},  {"dfn", true},
    {"dialog", false},     {"dir", false},      {"div", false},      {"dl", false},
    {"dt", false},         {"em", true},        {"embed", false},    {"fieldset", false},
    {"figcaption", false}, {"figure", false},   {"font", true},      {"footer", false},
    {"form", false},       {"frame", false},    {"frameset", false}, {"h1", false},
    {"h2", false},         {"h3", false},       {"h4", false},       {"h5", false},
    {"h6", false},         {"head", false},     {"header", false},   {"hgroup", false},
    {"hr", false},         {"html", false},     {"i", true},         {"iframe", false},
    {"img", false},        {"input", false},    {"ins", true},       {"isindex", false},
    {"kbd", true},         {"label", true},     {"legend", false},   {"li", false},
    {"link", false},       {"main", false},     {"map", false},      {"mark", true},
    {"marquee", false},    {"menu", false},     {"meta", false},     {"meter", false},
    {"nav", false},        {"nobr", true},      {"noframes", false}, {"noscript", false},
    {"object", false},     {"ol", false},       {"optgroup", false}, {"option", false},
    {"output", false},     {"p", false},        {"param", false},    {"picture", false},
    {"pre", false},        {"progress", false}, {"q", true},         {"rp", true},
    {"rt", true},          {"ruby", true},      {"s", true},         {"samp", true},
    {"script", false},     {"section", false},  {"select", false},   {"small", true},
    {"source", false},     {"span", true},      {"strike", true},    {"strong", true},
    {"style", false},      {"sub", true},       {"summary", false},  {"sup", true},
    {"svg", false},        {"table", false},    {"tbody", false},    {"td", false},
    {"template", false},   {"textarea", false}, {"tfoot", false},    {"th", false},
    {"thead", false},      {"time", true},      {"title", false},    {"tr", false},
    {"track", false},      {"tt", true},        {"u", true},         {"ul", false},
    {"var", true},         {"video", false},    {"wbr", true},
};

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_letter(char byte)
{
    return lower(byte) >= 'a' && lower(byte) <= 'z';
}

static bool is_alphanumeric(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9');
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Whether a text begins with this word of small letters, in any case. */
static bool begins_with(const char *text, const char *word)
{
    while (*word && lower(*text) == *word) {
        text++;
        word++;
    }
    return !*word;
}

/* The element of this name, in any case of letters; NULL if HTML has none. */
static const Element *find_element(const char *name, size_t length)
{
    char folded[ELEMENT_NAME_MAX + 1] = {0};
    if (length > ELEMENT_NAME_MAX) {
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        folded[i] = lower(name[i]);
    }
    size_t low = 0, high = sizeof elements / sizeof *elements;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strcmp(elements[middle].name, folded);
        if (order == 0) {
            return &elements[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* The length of a tag's name, at `name`; 0 if what stands there is none. */
static size_t tag_name_length(const char *name, size_t length)
{
    size_t end = 0;
    if (length == 0 || !is_letter(name[0])) {
        return 0;
    }
    while (end < length && (is_alphanumeric(name[end]) || strchr("-_:.", name[end])) && name[end]) {
        end++;
    }
    return end < length && (is_space(name[end]) || name[end] == '/' || name[end] == '>') ? end : 0;
}

/* ---- reading on ---- */

/* Where a byte or a text stands next, remembered, so that looking for it again and again costs one
 * reading of the text in all. */
typedef struct Next {
    size_t at;
    bool known;
} Next;

static const size_t nowhere = SIZE_MAX;

typedef struct Strip {
    const char *text;
    size_t length;
    size_t at;
    bool escaped; /* the second time: tags that were references; HTML's alone, and nothing else */
    bool quotes;  /* whether quotes still mean something */
    Next less, ampersand, semicolon, greater, comment_end, script_end, style_end, cdata_end;
    size_t cdata_until; /* where the ]]> stands that is to be left out, or nowhere */
    char *out;          /* never longer than the text, so there is room */
    size_t written;
    size_t less_from;  /* in `out`: no < that could still begin a tag stands before */
    size_t plain_from; /* in the text: since there it was copied as it is */
    bool changed;
    bool decoded;
} Strip;

/* Where `what` stands at or behind `from`. */
static size_t next_text(Strip *strip, Next *next, const char *what, size_t from)
{
    if (!next->known || (next->at != nowhere && next->at < from)) {
        const size_t size = strlen(what);
        const char *begin = strip->text + from;
        const size_t left = strip->length - from;
        const char *found =
            size == 1 ? memchr(begin, what[0], left) : memmem(begin, left, what, size);
        next->at = found ? (size_t)(found - strip->text) : nowhere;
        next->known = true;
    }
    return next->at;
}

/* Where the end tag of this element begins, at or behind `from`. */
static size_t next_end_tag(Strip *strip, Next *next, const char *name, size_t from)
{
    if (next->known && (next->at == nowhere || next->at >= from)) {
        return next->at;
    }
    const size_t size = strlen(name);
    next->known = true;
    for (;;) {
        const char *begin = strip->text + from, *end = strip->text + strip->length;
        const char *found = memmem(begin, (size_t)(end - begin), "</", 2);
        if (!found) {
            return next->at = nowhere;
        }
        const size_t length = tag_name_length(found + 2, (size_t)(end - found - 2));
        if (length == size && begins_with(found + 2, name)) {
            return next->at = (size_t)(found - strip->text);
        }
        from = (size_t)(found - strip->text) + 2;
    }
}

/* Where a tag ends, from behind its name: behind its `>`; nowhere if there is none. */
static size_t find_tag_end(Strip *strip, size_t from)
{
    const char *text = strip->text;
    char before = '\0'; /* the last byte that is not white space */
    for (size_t at = from; strip->quotes && at < strip->length;) {
        if (text[at] == '>') {
            return at + 1;
        }
        if ((text[at] == '"' || text[at] == '\'') && before == '=') {
            const char *close = memchr(text + at + 1, text[at], strip->length - at - 1);
            if (!close) {
                break;
            }
            at = (size_t)(close - text);
        }
        before = is_space(text[at]) ? before : text[at];
        at++;
    }
    strip->quotes = false;
    const size_t greater = next_text(strip, &strip->greater, ">", from);
    return greater == nowhere ? nowhere : greater + 1;
}

/* ---- writing ---- */

static void put_plain(Strip *strip, size_t end)
{
    memmove(strip->out + strip->written, strip->text + strip->at, end - strip->at);
    strip->written += end - strip->at;
    strip->at = end;
}

/* What stands before and behind something that is left out comes together: a < there that nothing
 * has closed becomes a blank, lest the two make a tag. */
static void disarm(Strip *strip)
{
    for (size_t i = strip->written; i > strip->less_from && strip->out[i - 1] != '>'; i--) {
        if (strip->out[i - 1] == '<' &&
            (i == strip->written || is_letter(strip->out[i]) || strchr("/!?", strip->out[i]))) {
            strip->out[i - 1] = ' ';
        }
    }
    strip->less_from = strip->written;
}

/* Leaves out what stands up to `end`, with a line feed in its place if it separates words. */
static void leave_out(Strip *strip, size_t end, bool separates)
{
    disarm(strip);
    if (separates) {
        strip->out[strip->written++] = '\n';
    }
    strip->at = strip->plain_from = end;
    strip->changed = true;
}

/* Puts a character in place of what stands up to `end`. */
static void put_decoded(Strip *strip, size_t end, uint32_t code_point)
{
    strip->written += utf8_encode(code_point, strip->out + strip->written);
    strip->at = strip->plain_from = end;
    strip->changed = strip->decoded = true;
}

/* ---- markup ---- */

/* A comment, whose <!-- begins at `at`. */
static bool take_comment(Strip *strip)
{
    const size_t inside = strip->at + 4;
    const char *text = strip->text + inside;
    const size_t left = strip->length - inside;
    if (left >= 1 && text[0] == '>') {
        leave_out(strip, inside + 1, false);
        return true;
    }
    if (left >= 2 && memcmp(text, "->", 2) == 0) {
        leave_out(strip, inside + 2, false);
        return true;
    }
    const size_t end = next_text(strip, &strip->comment_end, "-->", inside);
    if (end == nowhere && strip->escaped) {
        return false;
    }
    leave_out(strip, end == nowhere ? strip->length : end + 3, false);
    return true;
}

/* Markup that begins with <! or <?. */
static bool take_declaration(Strip *strip)
{
    const char *text = strip->text + strip->at;
    const size_t left = strip->length - strip->at;
    if (left >= 4 && memcmp(text, "<!--", 4) == 0) {
        return take_comment(strip);
    }
    if (strip->escaped) {
        return false;
    }
    if (left >= 9 && memcmp(text, "<![CDATA[", 9) == 0) {
        const size_t inside = strip->at + 9;
        strip->cdata_until = next_text(strip, &strip->cdata_end, "]]>", inside);
        leave_out(strip, inside, false);
        return true;
    }
    if (left < 3 || !is_letter(text[2])) {
        return false;
    }
    const size_t greater = next_text(strip, &strip->greater, ">", strip->at);
    if (greater == nowhere) {
        return false;
    }
    leave_out(strip, greater + 1, true);
    return true;
}

/* Behind a tag of script or style: leaves out up to the end tag, which is taken next. */
static void skip_contents(Strip *strip, const char *name)
{
    Next *next = strcmp(name, "script") == 0 ? &strip->script_end : &strip->style_end;
    const size_t end = next_end_tag(strip, next, name, strip->at);
    if (end != nowhere || !strip->escaped) {
        leave_out(strip, end == nowhere ? strip->length : end, false);
    }
}

/* What begins with a `<`, at `at`; false if it is text. */
static bool take_markup(Strip *strip)
{
    const char *text = strip->text;
    const size_t at = strip->at;
    const bool is_end = at + 1 < strip->length && text[at + 1] == '/';
    const size_t name = at + 1 + is_end;
    if (name >= strip->length) {
        return false;
    }
    if (text[name] == '!' || text[name] == '?') {
        return !is_end && take_declaration(strip);
    }
    const size_t length = tag_name_length(text + name, strip->length - name);
    const Element *element = length ? find_element(text + name, length) : NULL;
    if (length == 0 || (strip->escaped && !element)) {
        return false;
    }
    const size_t end = find_tag_end(strip, name + length);
    if (end == nowhere) {
        return false;
    }
    const bool is_empty = text[end - 2] == '/';
    leave_out(strip, end, !element || !element->in_line);
    if (element && !is_end && !is_empty &&
        (strcmp(element->name, "script") == 0 || strcmp(element->name, "style") == 0)) {
        skip_contents(strip, element->name);
    }
    return true;
}

/* ---- references ---- */

static bool take_reference(Strip *strip)
{
    uint32_t code_point;
    const size_t used =
        html_entity(strip->text + strip->at, strip->length - strip->at, &code_point);
    if (used) {
        put_decoded(strip, strip->at + used, code_point);
    }
    return used > 0;
}

/* Whether one of the endings that English writes with an apostrophe stands here. */
static bool is_ending(const char *text, size_t length)
{
    static const char *const endings[] = {"s", "t", "d", "m", "re", "ve", "ll"};
    size_t size = 0;
    while (size < length && size < 3 && is_letter(text[size])) {
        size++;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strlen(endings[i]) == size && begins_with(text, endings[i])) {
            return size == length ||
                   !(is_alphanumeric(text[size]) || (unsigned char)text[size] >= 0x80);
        }
    }
    return false;
}

/* Those that are read without an ampersand. */
static const char *const bare_names[] = {"quot", "amp", "lt", "gt", "nbsp", "apos"};

enum { LONGEST = 6 };

/* Whether these are a reference but for its ampersand and semicolon. */
static bool is_bare(const char *text, size_t size, uint32_t *code_point)
{
    char reference[LONGEST + 3] = "&";
    bool is_name = size > 0 && size <= LONGEST && text[0] == '#' && !memchr(text, 'x', size);
    for (size_t i = 0; i < sizeof bare_names / sizeof *bare_names && size > 0; i++) {
        is_name |= strlen(bare_names[i]) == size && memcmp(bare_names[i], text, size) == 0;
    }
    if (!is_name) {
        return false;
    }
    memcpy(reference + 1, text, size);
    reference[size + 1] = ';';
    return html_entity(reference, size + 2, code_point) == size + 2;
}

/* The length of a reference without its ampersand that ends with the semicolon at `end`, or 0. */
static size_t bare_reference(const Strip *strip, size_t end, uint32_t *code_point)
{
    size_t size = 0;
    while (size < LONGEST && size < end - strip->plain_from &&
           (is_alphanumeric(strip->text[end - 1 - size]) || strip->text[end - 1 - size] == '#')) {
        size++;
    }
    const char *begin = strip->text + end - size;
    const size_t before = strip->written - size; /* in `out`, which may have an & of &amp; there */
    const bool is_open = end > size && (is_alphanumeric(begin[-1]) || begin[-1] == '&' ||
                                        begin[-1] == '#' || (unsigned char)begin[-1] >= 0x80);
    const bool stands_alone = !is_open && !(before > 0 && strip->out[before - 1] == '&');
    return stands_alone && is_bare(begin, size, code_point) ? size : 0;
}

/* At a semicolon, which nothing before it has taken. */
static bool take_bare_reference(Strip *strip)
{
    uint32_t code_point = 0;
    const size_t end = strip->at;
    const size_t size = bare_reference(strip, end, &code_point);
    if (size == 0) {
        return false;
    }
    strip->written -= size;
    const size_t begin = end - size;
    const bool joins = code_point == '\'' && begin >= strip->plain_from + 2 &&
                       strip->text[begin - 1] == ' ' && is_letter(strip->text[begin - 2]) &&
                       is_ending(strip->text + end + 1, strip->length - end - 1);
    strip->written -= joins;
    put_decoded(strip, end + 1, code_point);
    return true;
}

/* ---- the whole ---- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Where something stands next that may not stay as it is. */
static size_t next_candidate(Strip *strip)
{
    size_t next = next_text(strip, &strip->less, "<", strip->at);
    if (!strip->escaped) {
        next = least(next, next_text(strip, &strip->ampersand, "&", strip->at));
        next = least(next, next_text(strip, &strip->semicolon, ";", strip->at));
        next = least(next, strip->cdata_until);
    }
    return next;
}

static bool take_candidate(Strip *strip)
{
    if (strip->at == strip->cdata_until) {
        strip->cdata_until = nowhere;
        leave_out(strip, strip->at + 3, false);
        return true;
    }
    switch (strip->text[strip->at]) {
    case '<':
        return take_markup(strip);
    case '&':
        return take_reference(strip);
    default:
        return take_bare_reference(strip);
    }
}

static void run(Strip *strip)
{
    size_t next;
    while (strip->at < strip->length && (next = next_candidate(strip)) != nowhere) {
        put_plain(strip, next);
        if (!take_candidate(strip)) {
            put_plain(strip, next + 1);
        }
        if (strip->cdata_until != nowhere && strip->cdata_until < strip->at) {
            strip->cdata_until = nowhere; /* a tag has taken it along */
        }
    }
    put_plain(strip, strip->length);
}

static Strip strip_begin(const char *text, size_t length, char *out, bool escaped)
{
    return (Strip){
        .text = text,
        .length = length,
        .escaped = escaped,
        .quotes = true,
        .cdata_until = nowhere,
        .out = out,
    };
}

Status html_strip(const char *text, size_t length, Buffer *stripped, bool *changed, Error *error)
{
    *changed = false;
    if (length == 0 ||
        !(memchr(text, '<', length) || memchr(text, '&', length) || memchr(text, ';', length))) {
        return STATUS_OK;
    }
    buffer_clear(stripped);
    Status status = buffer_reserve(stripped, length, error);
    if (status) {
        return status;
    }
    Strip strip = strip_begin(text, length, stripped->bytes, false);
    run(&strip);
    *changed = strip.changed;
    size_t written = strip.written;
    if (strip.decoded && memchr(stripped->bytes, '<', written)) {
        strip = strip_begin(stripped->bytes, written, stripped->bytes, true); /* in its place */
        run(&strip);
        written = strip.written;
    }
    assert(written <= length);
    stripped->length = written;
    stripped->bytes[written] = '\0';
    return STATUS_OK;
}

bool html_has_references(const char *text, size_t length)
{
    enum { NAME_MOST = 8 }; /* the longest name, &thetasym; */
    size_t begin = 0;       /* behind the last semicolon */
    const char *semicolon;
    while (begin < length && (semicolon = memchr(text + begin, ';', length - begin))) {
        const size_t end = (size_t)(semicolon - text);
        size_t at = end;
        while (at > begin && end - at < NAME_MOST &&
               (is_alphanumeric(text[at - 1]) || text[at - 1] == '#')) {
            at--;
        }
        uint32_t code_point;
        const bool is_marked = at > begin && text[at - 1] == '&';
        const bool is_open = at > begin && (unsigned char)text[at - 1] >= 0x80;
        if (is_marked ? html_entity(text + at - 1, end + 2 - at, &code_point) > 0
                      : !is_open && is_bare(text + at, end - at, &code_point)) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

bool html_has_tags(const char *text, size_t length)
{
    const char *end = text + length;
    const char *less = length ? memchr(text, '<', length) : NULL;
    while (less) {
        const char *name = less + 1 + (less + 1 < end && less[1] == '/');
        const size_t size = tag_name_length(name, (size_t)(end - name));
        if (size && find_element(name, size)) {
            return memchr(name + size, '>', (size_t)(end - name) - size) != NULL;
        }
        less = memchr(name, '<', (size_t)(end - name));
    }
    return false;
}
