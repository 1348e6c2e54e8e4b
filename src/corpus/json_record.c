#include "corpus/json_record.h"

#include "base/utf8.h"
#include "corpus/metadata.h"
#include "corpus/notes.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- fields ---- */

/* `a[].b` without `a[].`, if that is within; otherwise as it is. */
static const char *strip_within(const char *name, const char *within)
{
    const size_t length = within ? strlen(within) : 0;
    return length && strncmp(name, within, length) == 0 && strncmp(name + length, "[].", 3) == 0
               ? name + length + 3
               : name;
}

static JsonField asked_field(const char *asked, const char *within)
{
    return (JsonField){.name = asked ? strip_within(asked, within) : NULL,
                       .none = asked && strcmp(asked, "none") == 0};
}

Status json_fields_init(JsonFields *fields, const ReaderInput *input, const char *within,
                        Error *error)
{
    const CorpusOptions *options = input->options;
    *fields = (JsonFields){.input = input,
                           .id = asked_field(options->id_field, within),
                           .date = asked_field(options->date_field, within)};
    NameList asked = {0};
    Status status =
        options->text_field ? name_list_split(&asked, options->text_field, error) : STATUS_OK;
    for (size_t i = 0; i < asked.count && !status; i++) {
        status = name_list_add(&fields->texts, strip_within(asked.items[i], within), error);
    }
    name_list_free(&asked);
    return status;
}

void json_fields_free(JsonFields *fields)
{
    name_list_free(&fields->texts);
}

/* Where a name is looked for: in the members of the outermost object, or in an object within. */
typedef struct Scope {
    const JsonMembers *members; /* NULL: object */
    const JsonValue *object;
} Scope;

/* The member of that name, of several the last one. */
static bool find_member(Scope scope, const char *name, size_t length, JsonValue *value)
{
    for (size_t i = scope.members ? scope.members->count : 0; i > 0; i--) {
        if (json_text_equals(&scope.members->items[i - 1].name, name, length)) {
            *value = scope.members->items[i - 1].value;
            return true;
        }
    }
    bool found = false;
    JsonCursor cursor = scope.members ? (JsonCursor){0} : json_cursor(scope.object);
    for (JsonMember member; !scope.members && json_cursor_member(&cursor, &member);) {
        if (json_text_equals(&member.name, name, length)) {
            *value = member.value;
            found = true;
        }
    }
    return found;
}

/* The member `name`, or if there is none and the name is `a.b`, the member b of the object a. */
static bool find_field(Scope scope, const char *name, JsonValue *value)
{
    JsonValue outer;
    bool found = find_member(scope, name, strlen(name), value);
    for (const char *dot = strchr(name, '.'); dot && !found; dot = strchr(dot + 1, '.')) {
        found = find_member(scope, name, (size_t)(dot - name), &outer) &&
                outer.kind == JSON_KIND_OBJECT &&
                find_field((Scope){.object = &outer}, dot + 1, value);
    }
    return found;
}

/* Where the name is `a.b` and a is an array: that and b. In `c.a.b`, c is an object. */
static bool find_array(Scope scope, const char *name, JsonValue *array, const char **inner)
{
    bool found = false;
    for (const char *dot = strchr(name, '.'); dot && !found; dot = strchr(dot + 1, '.')) {
        JsonValue outer;
        if (!find_member(scope, name, (size_t)(dot - name), &outer)) {
            continue;
        }
        *inner = dot + 1;
        *array = outer;
        found = outer.kind == JSON_KIND_ARRAY ||
                (outer.kind == JSON_KIND_OBJECT &&
                 find_array((Scope){.object = &outer}, dot + 1, array, inner));
    }
    return found;
}

/* The first of these names that a member with something in it has, or NULL. */
static const char *find_usual(const JsonMembers *members, const char *const *names,
                              JsonValue *value)
{
    for (; *names; names++) {
        if (find_member((Scope){.members = members}, *names, strlen(*names), value) &&
            value->kind != JSON_KIND_NULL) {
            return *names;
        }
    }
    return NULL;
}

/* ---- parsing ---- */

/* Lists the members of a record, of which *repaired bytes were not UTF-8. */
static Status scan_record(JsonScratch *scratch, const JsonRecord *record, int64_t *repaired,
                          Error *error)
{
    const char *bytes = record->bytes;
    size_t length = record->length;
    *repaired = 0;
    if (utf8_valid_length(bytes, length) < length) {
        buffer_clear(&scratch->repaired);
        Status status = reader_append(&scratch->repaired, bytes, length, repaired, error);
        if (status) {
            return status;
        }
        bytes = buffer_text(&scratch->repaired);
        length = scratch->repaired.length;
    }
    return json_scan_object(bytes, length, record->place, &scratch->members, error);
}

Status json_record_settle(const JsonFields *fields, JsonScratch *scratch, const char **settled,
                          JsonRecord *record, Error *error)
{
    int64_t ignored;
    JsonValue value;
    Status status = STATUS_OK;
    if (!fields->texts.count && !*settled) {
        status = scan_record(scratch, record, &ignored, error);
        *settled = status ? NULL : find_usual(&scratch->members, names_of_text, &value);
    }
    record->usual_text = *settled;
    return status == STATUS_INPUT ? STATUS_OK : status;
}

static const char *kind_name(JsonKind kind)
{
    static const char *const names[] = {
        [JSON_KIND_NULL] = "null",
        [JSON_KIND_BOOLEAN] = "true or false",
        [JSON_KIND_NUMBER] = "a number",
        [JSON_KIND_TEXT] = "a text",
        [JSON_KIND_ARRAY] = "an array of other things than texts",
        [JSON_KIND_OBJECT] = "an object",
    };
    return names[kind];
}

/* Appends a text, or the texts of an array line by line; *fits is false if it is neither. */
static Status append_text(Buffer *to, const JsonValue *value, bool *fits, int64_t *replaced,
                          Error *error)
{
    Status status = to->length ? buffer_append_byte(to, '\n', error) : STATUS_OK;
    *fits = value->kind == JSON_KIND_TEXT || value->kind == JSON_KIND_ARRAY;
    if (!status && value->kind == JSON_KIND_TEXT) {
        return json_text_append(value, to, replaced, error);
    }
    JsonCursor cursor = *fits ? json_cursor(value) : (JsonCursor){0};
    JsonValue item;
    for (bool first = true; !status && *fits && json_cursor_item(&cursor, &item); first = false) {
        *fits = item.kind == JSON_KIND_TEXT;
        status = *fits && !first ? buffer_append_byte(to, '\n', error) : STATUS_OK;
        status = *fits && !status ? json_text_append(&item, to, replaced, error) : status;
    }
    return status;
}

/* Appends a text, or a number as it stands; nothing for anything else. */
static Status append_name(Buffer *to, const JsonValue *value, int64_t *replaced, Error *error)
{
    switch (value->kind) {
    case JSON_KIND_TEXT:
        return json_text_append(value, to, replaced, error);
    case JSON_KIND_NUMBER:
        return buffer_append(to, value->bytes, value->length, error);
    default:
        return STATUS_OK;
    }
}

/* One record on its way to a document. */
typedef struct Parse {
    const JsonFields *fields;
    const JsonRecord *record;
    JsonScratch *scratch; /* with its members */
    Document *document;
    JsonOutcome *outcome;
    const char *taken[3]; /* the fields of id, title and date; NULL: there is none */
} Parse;

enum { TAKEN_ID, TAKEN_TITLE, TAKEN_DATE };

static Scope outermost(const Parse *parse)
{
    return (Scope){.members = &parse->scratch->members};
}

static Status append_found(Parse *parse, const char *name, const JsonValue *value, Error *error)
{
    bool fits;
    JsonOutcome *outcome = parse->outcome;
    outcome->has_text = true;
    if (value->kind == JSON_KIND_NULL) {
        return STATUS_OK;
    }
    Status status = append_text(&parse->document->text, value, &fits, &outcome->replaced, error);
    if (!fits) {
        snprintf(outcome->skipped, sizeof outcome->skipped,
                 "the field '%.60s' is %s (a text or an array of texts was expected)", name,
                 kind_name(value->kind));
    }
    return status;
}

/* Appends a field to the text; of `a.b`, if a is an array, b of every object in it. */
static Status append_field(Parse *parse, Scope scope, const char *name, Error *error)
{
    JsonValue value, item;
    const char *inner;
    if (find_field(scope, name, &value)) {
        return append_found(parse, name, &value, error);
    }
    Status status = STATUS_OK;
    if (find_array(scope, name, &value, &inner)) {
        JsonCursor cursor = json_cursor(&value);
        while (!status && json_cursor_item(&cursor, &item)) {
            if (item.kind == JSON_KIND_OBJECT) {
                status = append_field(parse, (Scope){.object = &item}, inner, error);
            }
        }
    }
    return status;
}

/* Fills the text; an object without its field is an empty document. */
static Status fill_text(Parse *parse, Error *error)
{
    const JsonFields *fields = parse->fields;
    Status status = buffer_reserve(&parse->document->text, 0, error);
    if (!status && parse->record->usual_text) {
        status = append_field(parse, outermost(parse), parse->record->usual_text, error);
    }
    for (size_t i = 0; i < fields->texts.count && !status; i++) {
        status = append_field(parse, outermost(parse), fields->texts.items[i], error);
    }
    return status;
}

/* Appends what a field says, that which is asked for or the first usual one; *name is which, or
 * NULL. */
static Status append_single(Parse *parse, JsonField field, const char *const *usual, Buffer *to,
                            const char **name, Error *error)
{
    JsonValue value;
    if (!field.none) {
        *name = field.name ? field.name : find_usual(&parse->scratch->members, usual, &value);
    }
    return *name && find_field(outermost(parse), *name, &value)
               ? append_name(to, &value, &parse->outcome->replaced, error)
               : STATUS_OK;
}

/* Fills id, title and date; the text is there. */
static Status fill_singles(Parse *parse, Error *error)
{
    const JsonFields *fields = parse->fields;
    Document *document = parse->document;
    Status status = append_single(parse, fields->id, names_of_id, &document->id,
                                  &parse->taken[TAKEN_ID], error);
    if (!status && document->id.length == 0) {
        status = reader_number(fields->input, parse->record->number, document, error);
    }
    if (!status) {
        status = append_single(parse, (JsonField){0}, names_of_title, &document->title,
                               &parse->taken[TAKEN_TITLE], error);
    }
    if (!status && document->title.length == 0) {
        status = reader_find_title(&document->text, &document->title, error);
    }
    return status ? status
                  : append_single(parse, fields->date, names_of_date, &document->date,
                                  &parse->taken[TAKEN_DATE], error);
}

/* ---- metadata ---- */

static bool is_named(const JsonValue *name, const char *other)
{
    return other && json_text_equals(name, other, strlen(other));
}

/* Whether a field is something else than metadata. */
static bool is_taken(const Parse *parse, const JsonValue *name)
{
    const NameList *texts = &parse->fields->texts;
    bool found = is_named(name, parse->record->usual_text);
    for (size_t i = 0; i < sizeof parse->taken / sizeof *parse->taken && !found; i++) {
        found = is_named(name, parse->taken[i]);
    }
    for (size_t i = 0; i < texts->count && !found; i++) {
        found = is_named(name, texts->items[i]);
    }
    return found;
}

static bool is_scalar(const JsonValue *value)
{
    return value->kind != JSON_KIND_ARRAY && value->kind != JSON_KIND_OBJECT;
}

/* Whether a value can be metadata: a scalar or an array of nothing else. */
static bool is_plain(const JsonValue *value)
{
    bool plain = value->kind != JSON_KIND_OBJECT;
    JsonCursor cursor = value->kind == JSON_KIND_ARRAY ? json_cursor(value) : (JsonCursor){0};
    for (JsonValue item; plain && cursor.at && json_cursor_item(&cursor, &item);) {
        plain = is_scalar(&item);
    }
    return plain;
}

/* Appends a scalar as it is written, a text unescaped; null is nothing. */
static Status append_scalar(Buffer *to, const JsonValue *value, int64_t *replaced, Error *error)
{
    if (value->kind == JSON_KIND_TEXT) {
        return json_text_append(value, to, replaced, error);
    }
    return value->kind == JSON_KIND_NULL ? STATUS_OK
                                         : buffer_append(to, value->bytes, value->length, error);
}

static Status append_plain(Buffer *to, const JsonValue *value, int64_t *replaced, Error *error)
{
    if (is_scalar(value)) {
        return append_scalar(to, value, replaced, error);
    }
    Status status = buffer_reserve(to, 0, error);
    JsonCursor cursor = json_cursor(value);
    /* What is longer than a value can be is cut anyway. */
    for (JsonValue item;
         !status && to->length <= METADATA_VALUE_BYTES && json_cursor_item(&cursor, &item);) {
        if (to->length && item.kind != JSON_KIND_NULL) {
            status = buffer_append_text(to, "; ", error);
        }
        status = status ? status : append_scalar(to, &item, replaced, error);
    }
    return status;
}

/* Adds what the last member of that name says, if it can be metadata. */
static Status add_named(Parse *parse, const JsonValue *name, Error *error)
{
    JsonScratch *scratch = parse->scratch;
    JsonValue value;
    buffer_clear(&scratch->name);
    buffer_clear(&scratch->value);
    Status status = json_text_append(name, &scratch->name, &parse->outcome->replaced, error);
    if (status ||
        !find_member(outermost(parse), scratch->name.bytes, scratch->name.length, &value) ||
        !is_plain(&value)) {
        return status;
    }
    status = append_plain(&scratch->value, &value, &parse->outcome->replaced, error);
    return status ? status
                  : metadata_add(&parse->document->metadata, scratch->name.bytes,
                                 buffer_text(&scratch->value), scratch->value.length, error);
}

static Status fill_metadata(Parse *parse, Error *error)
{
    const JsonMembers *members = &parse->scratch->members;
    const size_t count =
        members->count < JSON_METADATA_FIELDS ? members->count : JSON_METADATA_FIELDS;
    parse->document->metadata.beyond += (int64_t)(members->count - count);
    Status status = STATUS_OK;
    for (size_t i = 0; i < count && !status; i++) {
        const JsonValue *name = &members->items[i].name;
        status = is_taken(parse, name) ? STATUS_OK : add_named(parse, name, error);
    }
    return status;
}

/* ---- a document ---- */

Status json_record_parse(const JsonFields *fields, JsonScratch *scratch, const JsonRecord *record,
                         Document *document, JsonOutcome *outcome, Error *error)
{
    Parse parse = {.record = record,
                   .fields = fields,
                   .scratch = scratch,
                   .document = document,
                   .outcome = outcome};
    *outcome = (JsonOutcome){.line = record->place.line};
    Status status = scan_record(scratch, record, &outcome->repaired, error);
    if (status) {
        return reader_set_subject(fields->input, 0, error);
    }
    status = fill_text(&parse, error);
    if (!status && outcome->skipped[0]) {
        outcome->replaced = 0; /* nothing of it is taken */
        return STATUS_OK;
    }
    status = status ? status : fill_singles(&parse, error);
    return status ? status : fill_metadata(&parse, error);
}

/* Notes what was repaired, in one note. */
static Status note_repair(const ReaderInput *input, const JsonOutcome *outcome, Error *error)
{
    char reason[192], bytes[96] = "";
    if (outcome->replaced == 0) {
        return notes_add_repair(input->notes, input->name, outcome->line, outcome->repaired, error);
    }
    if (outcome->repaired) {
        snprintf(bytes, sizeof bytes, ", and %" PRId64 " byte%s not UTF-8, read as Windows-1252",
                 outcome->repaired, outcome->repaired == 1 ? " is" : "s are");
    }
    snprintf(reason, sizeof reason,
             "%" PRId64 " \\u escape%s half of a surrogate pair, read as U+FFFD%s",
             outcome->replaced, outcome->replaced == 1 ? " is" : "s are each", bytes);
    return notes_add(input->notes, CORPUS_REPAIRED, input->name, outcome->line, reason, error);
}

Status json_record_note(const ReaderInput *input, const JsonOutcome *outcome, Error *error)
{
    Status status = note_repair(input, outcome, error);
    return outcome->skipped[0] && !status ? notes_add(input->notes, CORPUS_SKIPPED, input->name,
                                                      outcome->line, outcome->skipped, error)
                                          : status;
}

void json_scratch_free(JsonScratch *scratch)
{
    json_members_free(&scratch->members);
    buffer_free(&scratch->repaired);
    buffer_free(&scratch->name);
    buffer_free(&scratch->value);
}

/* ---- names ---- */

/* Adds `before` and a name, and behind `between` the name `inner`, if there is one. */
static Status add_name(NameList *names, const char *before, const JsonValue *name,
                       const char *between, const JsonValue *inner, Error *error)
{
    int64_t ignored = 0;
    Buffer whole = {0};
    Status status = buffer_append_text(&whole, before, error);
    status = status ? status : json_text_append(name, &whole, &ignored, error);
    if (!status && inner) {
        status = buffer_append_text(&whole, between, error);
        status = status ? status : json_text_append(inner, &whole, &ignored, error);
    }
    status = status ? status : name_list_add(names, buffer_text(&whole), error);
    buffer_free(&whole);
    return status;
}

/* An object, or the first item of an array if that is one. */
static bool find_object(const JsonValue *value, JsonValue *object)
{
    *object = *value;
    if (value->kind == JSON_KIND_ARRAY) {
        JsonCursor cursor = json_cursor(value);
        return json_cursor_item(&cursor, object) && object->kind == JSON_KIND_OBJECT;
    }
    return value->kind == JSON_KIND_OBJECT;
}

Status json_record_names(JsonScratch *scratch, const JsonRecord *record, const char *before,
                         NameList *names, Error *error)
{
    int64_t ignored;
    Status status = scan_record(scratch, record, &ignored, error);
    for (size_t i = 0; i < scratch->members.count && !status; i++) {
        const JsonMember *member = &scratch->members.items[i];
        JsonMember inner;
        JsonValue object;
        const char *between = member->value.kind == JSON_KIND_ARRAY ? "[]." : ".";
        status = add_name(names, before, &member->name, between, NULL, error);
        if (find_object(&member->value, &object)) {
            JsonCursor cursor = json_cursor(&object);
            while (!status && json_cursor_member(&cursor, &inner)) {
                status = add_name(names, before, &member->name, between, &inner.name, error);
            }
        }
    }
    return status == STATUS_INPUT ? STATUS_OK : status;
}
