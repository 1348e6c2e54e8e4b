#include "base/json_writer.h"

#include "base/number.h"

#include <assert.h>
#include <inttypes.h>

/* A line of its own, unless the JSON is for a page. */
static void begin_line(JsonWriter *json)
{
    if (json->embedded) {
        return;
    }
    putc('\n', json->file);
    for (int i = 0; i < json->depth; i++) {
        fputs("  ", json->file);
    }
}

/* The comma and the new line before an element, unless it follows its key. */
static void begin_value(JsonWriter *json)
{
    if (json->depth == 0) {
        return;
    }
    bool *filled = &json->filled[json->depth];
    if (*filled) {
        putc(',', json->file);
    }
    *filled = true;
    begin_line(json);
}

/* Whether the character that begins here means something where the JSON is embedded: `<` to HTML,
 * U+2028 and U+2029 to scripts. Then *escape is what to write for it, and its bytes are returned.
 */
static int find_embedded(const unsigned char *at, const char **escape)
{
    const bool is_line = at[0] == 0xE2 && at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9);
    *escape = !is_line ? "\\u003c" : at[2] == 0xA8 ? "\\u2028" : "\\u2029";
    return is_line ? 3 : at[0] == '<';
}

static void write_escaped(JsonWriter *json, const char *text)
{
    putc('"', json->file);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        const char *escape;
        const int bytes = json->embedded ? find_embedded(at, &escape) : 0;
        if (bytes > 0) {
            fputs(escape, json->file);
            at += bytes - 1;
            continue;
        }
        switch (*at) {
        case '"':
        case '\\':
            putc('\\', json->file);
            putc(*at, json->file);
            break;
        case '\n':
            fputs("\\n", json->file);
            break;
        case '\t':
            fputs("\\t", json->file);
            break;
        default:
            if (*at < 0x20 || *at == 0x7F) {
                fprintf(json->file, "\\u%04x", *at);
            } else if (at[0] == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F) {
                fprintf(json->file, "\\u%04x", *++at); /* a terminal would obey U+0080 to U+009F */
            } else {
                putc(*at, json->file);
            }
        }
    }
    putc('"', json->file);
}

/* After a key the value stands on the key's line. `filled` of the depth below serves as the mark
 * that a key was written. */
static void place_value(JsonWriter *json)
{
    bool *after_key = &json->filled[json->depth + 1];
    if (*after_key) {
        *after_key = false;
    } else {
        begin_value(json);
    }
}

void json_key(JsonWriter *json, const char *name)
{
    assert(json->depth > 0);
    begin_value(json);
    write_escaped(json, name);
    fputs(json->embedded ? ":" : ": ", json->file);
    json->filled[json->depth + 1] = true;
}

static void open_level(JsonWriter *json, char bracket)
{
    assert(json->depth < JSON_DEPTH_MAX - 2);
    place_value(json);
    putc(bracket, json->file);
    json->filled[++json->depth] = false;
    json->filled[json->depth + 1] = false;
}

static void close_level(JsonWriter *json, char bracket)
{
    assert(json->depth > 0);
    const bool filled = json->filled[json->depth];
    json->filled[json->depth--] = false;
    if (filled) {
        begin_line(json);
    }
    putc(bracket, json->file);
}

void json_open_object(JsonWriter *json)
{
    open_level(json, '{');
}

void json_close_object(JsonWriter *json)
{
    close_level(json, '}');
}

void json_open_array(JsonWriter *json)
{
    open_level(json, '[');
}

void json_close_array(JsonWriter *json)
{
    close_level(json, ']');
}

void json_text(JsonWriter *json, const char *text)
{
    place_value(json);
    write_escaped(json, text);
}

void json_whole(JsonWriter *json, int64_t value)
{
    place_value(json);
    fprintf(json->file, "%" PRId64, value);
}

void json_number(JsonWriter *json, double value)
{
    char text[NUMBER_TEXT_SIZE];
    number_format(value, text);
    place_value(json);
    fputs(text, json->file);
}

void json_number_float(JsonWriter *json, float value)
{
    char text[NUMBER_TEXT_SIZE];
    number_format_float(value, text);
    place_value(json);
    fputs(text, json->file);
}

void json_boolean(JsonWriter *json, bool value)
{
    place_value(json);
    fputs(value ? "true" : "false", json->file);
}

void json_nothing(JsonWriter *json)
{
    place_value(json);
    fputs("null", json->file);
}

void json_begin_base64(JsonWriter *json)
{
    place_value(json);
    putc('"', json->file);
    json->base64 = (Base64){.file = json->file};
}

void json_more_base64(JsonWriter *json, const void *bytes, size_t length)
{
    base64_write(&json->base64, bytes, length);
}

void json_end_base64(JsonWriter *json)
{
    base64_end(&json->base64);
    putc('"', json->file);
}

void json_key_text(JsonWriter *json, const char *name, const char *text)
{
    json_key(json, name);
    json_text(json, text);
}

void json_key_whole(JsonWriter *json, const char *name, int64_t value)
{
    json_key(json, name);
    json_whole(json, value);
}

void json_key_number(JsonWriter *json, const char *name, double value)
{
    json_key(json, name);
    json_number(json, value);
}

void json_end(JsonWriter *json)
{
    assert(json->depth == 0);
    putc('\n', json->file);
}
