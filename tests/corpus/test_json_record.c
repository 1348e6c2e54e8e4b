/* What document a JSON object becomes. */
#include "corpus/json_record.h"

#include "corpus/metadata.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Everything that a test looks at. */
typedef struct Parsed {
    CorpusOptions options;
    CorpusNotes notes;
    ReaderInput input;
    JsonFields fields;
    JsonScratch scratch;
    const char *usual_text;
    Document document;
    JsonOutcome outcome;
    Error error;
} Parsed;

static void begin(Parsed *parsed, const char *text_field, const char *id_field)
{
    *parsed = (Parsed){.options = corpus_defaults};
    parsed->options.text_field = text_field;
    parsed->options.id_field = id_field;
    parsed->input = (ReaderInput){
        .path = "a.jsonl", .name = "a.jsonl", .prefix = "a:", .options = &parsed->options};
    parsed->input.notes = &parsed->notes;
    cr_assert_eq(json_fields_init(&parsed->fields, &parsed->input, NULL, &parsed->error),
                 STATUS_OK);
}

static void end(Parsed *parsed)
{
    json_fields_free(&parsed->fields);
    json_scratch_free(&parsed->scratch);
    document_free(&parsed->document);
}

static Status parse(Parsed *parsed, const char *bytes, size_t length)
{
    JsonRecord record = {
        .bytes = bytes, .length = length, .place = {.line = 3, .column = 1}, .number = 9};
    document_clear(&parsed->document);
    cr_assert_eq(json_record_settle(&parsed->fields, &parsed->scratch, &parsed->usual_text, &record,
                                    &parsed->error),
                 STATUS_OK);
    return json_record_parse(&parsed->fields, &parsed->scratch, &record, &parsed->document,
                             &parsed->outcome, &parsed->error);
}

/* `id/title/date/text` and then every pair of metadata as `|name=value`. */
static void print_document(const Document *document, Buffer *to)
{
    Error error;
    const char *name, *value;
    cr_assert_eq(buffer_print(to, &error, "%s/%s/%s/%s", buffer_text(&document->id),
                              buffer_text(&document->title), buffer_text(&document->date),
                              buffer_text(&document->text)),
                 STATUS_OK);
    for (size_t at = 0; metadata_next(&document->metadata, &at, &name, &value);) {
        cr_assert_eq(buffer_print(to, &error, "|%s=%s", name, value), STATUS_OK);
    }
}

static void expect_fields(const char *text_field, const char *id_field, const char *object,
                          const char *expected)
{
    Parsed parsed;
    Buffer got = {0};
    begin(&parsed, text_field, id_field);
    cr_assert_eq(parse(&parsed, object, strlen(object)), STATUS_OK, "%s", parsed.error.message);
    print_document(&parsed.document, &got);
    cr_assert_str_eq(buffer_text(&got), expected);
    buffer_free(&got);
    end(&parsed);
}

static void expect(const char *object, const char *expected)
{
    expect_fields(NULL, NULL, object, expected);
}

Test(json_record, becomes_a_document)
{
    expect("{}", "a:9///");
    expect("{\"id\": 7, \"text\": \"a\", \"year\": 1984, \"title\": \"T\"}", "7/T/1984/a");
    expect("{\"text\": [\"a\", \"b\"]}", "a:9/a//a\nb");
    expect("{\"te\\u0078t\": \"a\", \"\\u0069d\": \"x\"}", "x/a//a");
    expect_fields("a.b,c", "d.e", "{\"a\": {\"b\": \"1\"}, \"c\": \"2\", \"d\": {\"e\": \"3\"}}",
                  "3/1//1\n2");
    expect_fields("a.b.c", NULL, "{\"a\": {\"b\": {\"c\": \"1\"}}}", "a:9/1//1");
    expect_fields("a.b", NULL,
                  "{\"a\": [{\"b\": \"1\"}, 5, {\"c\": \"2\"}, {\"b\": [\"3\", \"4\"]}]}",
                  "a:9/1//1\n3\n4");
    expect_fields("a.b.c.d", NULL,
                  "{\"a\": {\"b\": [{\"c\": [{\"d\": \"1\"}]}, {\"c.d\": \"2\"}]}}", "a:9/1//1\n2");
    expect_fields("a.b.c", NULL, "{\"a.b\": {\"c\": \"1\"}}", "a:9/1//1");
    expect_fields("a.b", NULL, "{\"a.b\": \"1\", \"a\": {\"b\": \"2\"}}", "a:9/1//1");
    expect_fields("b", "none", "{\"id\": \"7\", \"b\": \"1\"}", "a:9/1//1|id=7");
}

Test(json_record, takes_its_date_from_the_field_that_is_asked_for)
{
    static const char object[] =
        "{\"text\": \"a\", \"date\": \"1984\", \"of\": {\"day\": \"17 May\"}}";
    static const struct {
        const char *field, *expected;
    } cases[] = {{NULL, "a:9/a/1984/a"},
                 {"of.day", "a:9/a/17 May/a|date=1984"},
                 {"none", "a:9/a//a|date=1984"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Parsed parsed;
        Buffer got = {0};
        begin(&parsed, NULL, NULL);
        json_fields_free(&parsed.fields);
        parsed.options.date_field = cases[i].field;
        cr_assert_eq(json_fields_init(&parsed.fields, &parsed.input, NULL, &parsed.error),
                     STATUS_OK);
        cr_assert_eq(parse(&parsed, object, sizeof object - 1), STATUS_OK);
        print_document(&parsed.document, &got);
        cr_assert_str_eq(buffer_text(&got), cases[i].expected);
        buffer_free(&got);
        end(&parsed);
    }
}

Test(json_record, takes_the_last_of_a_name)
{
    expect("{\"text\": \"a\", \"id\": 1, \"text\": \"b\", \"id\": 2}", "2/b//b");
    expect("{\"text\": 5, \"text\": \"b\", \"\\u0074ext\": \"c\"}", "a:9/c//c");
    expect_fields("a.b", NULL, "{\"a\": {\"b\": \"1\"}, \"a\": {\"b\": \"2\", \"b\": \"3\"}}",
                  "a:9/3//3");
    expect("{\"x\": 1, \"y\": 2, \"x\": 3, \"text\": \"\"}", "a:9///|x=3|y=2");
}

Test(json_record, writes_numbers_as_they_stand)
{
    expect("{\"id\": 1.50, \"text\": \"\"}", "1.50///");
    expect("{\"id\": 12345678901234567890123, \"text\": \"\"}", "12345678901234567890123///");
    expect("{\"id\": true, \"text\": \"\"}", "a:9///");
}

Test(json_record, brings_its_other_fields_along)
{
    expect("{\"text\": \"a\", \"n\": -1.50e3, \"yes\": true, \"no\": false, \"nothing\": null, "
           "\"label\": \"B \\u00e4\"}",
           "a:9/a//a|n=-1.50e3|yes=true|no=false|nothing=|label=B ä");
    expect("{\"text\": \"a\", \"genres\": [\"Drama\", \"War\"], \"mixed\": [1, null, \"x\", true], "
           "\"none\": [], \"empty\": [null]}",
           "a:9/a//a|genres=Drama; War|mixed=1; x; true|none=|empty=");
    expect("{\"text\": \"a\", \"o\": {\"b\": 1}, \"l\": [[1]], \"m\": [1, {}], \"p\": 1}",
           "a:9/a//a|p=1");
    expect("{\"id\": 1, \"doc_id\": 2, \"title\": \"T\", \"subject\": \"S\", \"text\": \"a\", "
           "\"body\": \"b\"}",
           "1/T//a|doc_id=2|subject=S|body=b");
    expect_fields("body", "doc_id", "{\"id\": 1, \"doc_id\": 2, \"text\": \"a\", \"body\": \"b\"}",
                  "2/b//b|id=1|text=a");
}

Test(json_record, looks_at_no_more_fields_than_it_may)
{
    enum { FIELDS = 2 * JSON_METADATA_FIELDS };
    Parsed parsed;
    Buffer object = {0};
    Error error;
    begin(&parsed, NULL, NULL);
    for (int i = 0; i < FIELDS; i++) {
        cr_assert_eq(buffer_print(&object, &error, "%s\"f%d\": [%d]", i ? ", " : "{", i, i),
                     STATUS_OK);
    }
    cr_assert_eq(buffer_append_text(&object, ", \"text\": \"a\"}", &error), STATUS_OK);
    cr_assert_eq(parse(&parsed, object.bytes, object.length), STATUS_OK);
    cr_assert_str_eq(buffer_text(&parsed.document.text), "a");
    cr_assert_eq(parsed.document.metadata.count, METADATA_COLUMNS);
    cr_assert_eq(parsed.document.metadata.beyond, FIELDS + 1 - METADATA_COLUMNS);
    buffer_free(&object);
    end(&parsed);
}

Test(json_record, cuts_an_array_that_is_long)
{
    Parsed parsed;
    Buffer object = {0};
    Error error;
    const char *name, *value;
    size_t at = 0;
    begin(&parsed, NULL, NULL);
    cr_assert_eq(buffer_append_text(&object, "{\"text\": \"\", \"l\": [10", &error), STATUS_OK);
    for (int i = 0; i < 2000; i++) {
        cr_assert_eq(buffer_append_text(&object, ", 10", &error), STATUS_OK);
    }
    cr_assert_eq(buffer_append_text(&object, "]}", &error), STATUS_OK);
    cr_assert_eq(parse(&parsed, object.bytes, object.length), STATUS_OK);
    cr_assert(metadata_next(&parsed.document.metadata, &at, &name, &value));
    cr_assert_eq(strlen(value), METADATA_VALUE_BYTES);
    cr_assert_eq(parsed.document.metadata.cut, 1);
    buffer_free(&object);
    end(&parsed);
}

Test(json_record, counts_what_it_repairs)
{
    static const char object[] = "{\"text\": \"Caf\xE9 \\ud800\\u0000\", \"x\": \"\x80\\udfff\", "
                                 "\"y\": {\"z\": \"\\udfff\"}}";
    Parsed parsed;
    begin(&parsed, NULL, NULL);
    cr_assert_eq(parse(&parsed, object, sizeof object - 1), STATUS_OK);
    cr_assert_str_eq(buffer_text(&parsed.document.text), "Café \xEF\xBF\xBD\xEF\xBF\xBD");
    cr_assert_eq(parsed.outcome.repaired, 2);
    cr_assert_eq(parsed.outcome.replaced, 2); /* the third is not taken */
    cr_assert_eq(json_record_note(&parsed.input, &parsed.outcome, &parsed.error), STATUS_OK);
    cr_assert_eq(parsed.notes.count, 1u);
    cr_assert_str_eq(parsed.notes.items[0].path, "a.jsonl:3");
    cr_assert_str_eq(parsed.notes.items[0].reason,
                     "2 \\u escapes are each half of a surrogate pair, read as U+FFFD, and 2 bytes "
                     "are not UTF-8, read as Windows-1252");
    for (size_t i = 0; i < parsed.notes.count; i++) {
        free(parsed.notes.items[i].path);
        free(parsed.notes.items[i].reason);
    }
    free(parsed.notes.items);
    end(&parsed);
}

Test(json_record, repairs_nothing_of_what_is_skipped)
{
    static const char object[] = "{\"text\": [\"\\ud800\", 5]}";
    Parsed parsed;
    begin(&parsed, NULL, NULL);
    cr_assert_eq(parse(&parsed, object, sizeof object - 1), STATUS_OK);
    cr_assert_str_eq(parsed.outcome.skipped, "the field 'text' is an array of other things than "
                                             "texts (a text or an array of texts was expected)");
    cr_assert_eq(parsed.outcome.replaced, 0);
    end(&parsed);
}

Test(json_record, names_file_line_and_column_of_a_mistake)
{
    Parsed parsed;
    begin(&parsed, NULL, NULL);
    cr_assert_eq(parse(&parsed, "{\"\xE9\": x}", 8), STATUS_INPUT);
    cr_assert_str_eq(parsed.error.message,
                     "a.jsonl: line 3, column 7: is read as JSON, but 'x' stands "
                     "here (a value was expected)");
    end(&parsed);
}

/* One field holds the text of all objects: the first usual one that an object has. */
Test(json_record, settles_on_the_first_usual_field)
{
    static const char *const objects[] = {
        "{\"title\": \"none\"}",
        "{ no JSON }",
        "{\"text\": null, \"body\": \"b\"}",
        "{\"text\": \"t\"}",
        "{\"body\": \"c\", \"text\": \"t\"}",
    };
    static const char *const texts[] = {"", NULL, "b", "", "c"};
    Parsed parsed;
    begin(&parsed, NULL, NULL);
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        const Status status = parse(&parsed, objects[i], strlen(objects[i]));
        cr_assert_eq(status, texts[i] ? STATUS_OK : STATUS_INPUT, "%s", objects[i]);
        if (texts[i]) {
            cr_assert_str_eq(buffer_text(&parsed.document.text), texts[i]);
            cr_assert_eq(parsed.outcome.has_text, i == 2 || i == 4);
        }
    }
    end(&parsed);
}

/* What a record becomes depends on nothing but the fields: not on the others, nor on the thread. */
Test(json_record, is_parsed_alike_by_several_threads)
{
    enum { RECORDS = 2000 };
    static const char *const objects[] = {
        "{\"text\": \"a \\u00e9\", \"id\": 1, \"x\": [1, 2]}",
        "{\"id\": \"y\", \"text\": [\"Caf\xE9\", \"b\"], \"x\": \"z\", \"x\": \"w\"}",
        "{\"text\": \"\", \"date\": \"1984-05\"}",
    };
    Parsed parsed;
    begin(&parsed, "text", NULL);
    static Buffer alone[3], together[RECORDS];
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(parse(&parsed, objects[i], strlen(objects[i])), STATUS_OK);
        print_document(&parsed.document, &alone[i]);
    }
    const JsonFields *fields = &parsed.fields;
#pragma omp parallel num_threads(4)
    {
        JsonScratch scratch = {0};
        Document document = {0};
        JsonOutcome outcome;
        Error error;
#pragma omp for schedule(dynamic, 1)
        for (int i = 0; i < RECORDS; i++) {
            const char *object = objects[i % 3];
            const JsonRecord record = {.bytes = object, .length = strlen(object), .number = 9};
            document_clear(&document);
            if (!json_record_parse(fields, &scratch, &record, &document, &outcome, &error)) {
                print_document(&document, &together[i]);
            }
        }
        json_scratch_free(&scratch);
        document_free(&document);
    }
    for (int i = 0; i < RECORDS; i++) {
        cr_assert_str_eq(buffer_text(&together[i]), buffer_text(&alone[i % 3]));
        buffer_free(&together[i]);
    }
    for (int i = 0; i < 3; i++) {
        buffer_free(&alone[i]);
    }
    end(&parsed);
}
