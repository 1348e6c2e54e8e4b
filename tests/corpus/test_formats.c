/* What files are read as, and how: tables, JSON, lines, archives, lists. */
#include "corpus/corpus.h"

#include "support/support.h"

#include <archive.h>
#include <archive_entry.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 512 };

/* What became of a corpus: its documents as `id/title/date/text` with | behind each, its notes and
 * its error. */
typedef struct Outcome {
    Buffer documents;
    Buffer notes; /* `path reason`, with | behind each */
    Status status;
    Error error;
} Outcome;

static void outcome_free(Outcome *outcome)
{
    buffer_free(&outcome->documents);
    buffer_free(&outcome->notes);
}

/* Reads all of a corpus that was opened with `outcome->status`, and frees it. */
static void read_all(Corpus *corpus, Outcome *outcome)
{
    Document document = {0};
    Error error;
    bool found = true;
    while (!outcome->status && found) {
        outcome->status = corpus_next(corpus, &document, &found, &outcome->error);
        if (!outcome->status && found) {
            cr_assert_eq(buffer_print(&outcome->documents, &error, "%s/%s/%s/%s|",
                                      buffer_text(&document.id), buffer_text(&document.title),
                                      buffer_text(&document.date), buffer_text(&document.text)),
                         STATUS_OK);
        }
    }
    for (size_t i = 0; corpus && i < corpus_notes(corpus)->count; i++) {
        const CorpusNote *note = &corpus_notes(corpus)->items[i];
        cr_assert_eq(buffer_print(&outcome->notes, &error, "%s %s|", note->path, note->reason),
                     STATUS_OK);
    }
    document_free(&document);
    corpus_free(corpus);
}

static Outcome read_bytes(const char *name, const void *bytes, size_t length,
                          const CorpusOptions *options)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write(directory, name, bytes, length);
    snprintf(path, sizeof path, "%s/%s", directory, name);
    Outcome outcome = {0};
    Corpus *corpus;
    outcome.status = corpus_open(path, options, NULL, &corpus, &outcome.error);
    read_all(corpus, &outcome);
    free(directory);
    return outcome;
}

static void expect(const char *name, const char *text, const CorpusOptions *options,
                   const char *documents, const char *notes)
{
    Outcome outcome = read_bytes(name, text, strlen(text), options);
    cr_assert_eq(outcome.status, STATUS_OK, "%s", outcome.error.message);
    cr_assert_str_eq(buffer_text(&outcome.documents), documents);
    cr_assert_str_eq(buffer_text(&outcome.notes), notes);
    outcome_free(&outcome);
}

/* The error has `words` in it, and `hint` in its hint. */
static void expect_error(const char *name, const char *text, const CorpusOptions *options,
                         const char *words, const char *hint)
{
    Outcome outcome = read_bytes(name, text, strlen(text), options);
    cr_assert_eq(outcome.status, STATUS_INPUT, "'%s' is read: %s", text,
                 buffer_text(&outcome.documents));
    cr_assert(strstr(outcome.error.message, words) != NULL, "%s", outcome.error.message);
    cr_assert(strstr(outcome.error.hint, hint) != NULL, "%s", outcome.error.hint);
    outcome_free(&outcome);
}

/* ---- tables ---- */

Test(tables, are_read_by_their_usual_columns)
{
    expect("a.csv", "id,title,date,text\nx,T,1984-05,Words here\n\"y\",,then,\"two\nlines\"\n",
           &corpus_defaults, "x/T/1984-05/Words here|y/two/then/two\nlines|", "");
    expect("a.csv", "Number,Body\n1,b\n", &corpus_defaults, "1/b//b|", "");
    expect("a.csv", "text\nonly\n", &corpus_defaults, "1/only//only|", "");
    expect("a.csv", "", &corpus_defaults, "", "");
    expect("a.csv", "text,id\n", &corpus_defaults, "", "");
}

Test(tables, have_delimiter_and_quote_found_out)
{
    expect("a.csv", "id;text\n1;a, b\n2;c\n", &corpus_defaults, "1/a, b//a, b|2/c//c|", "");
    expect("a.csv", "id|text\n1|a, b\n", &corpus_defaults, "1/a, b//a, b|", "");
    expect("a.csv", "id\ttext\n1\ta, b\n", &corpus_defaults, "1/a, b//a, b|", "");
    expect("a.csv", "id;text\n1;'a; \"b\" ''c'\n", &corpus_defaults, "1/a; \"b\" 'c//a; \"b\" 'c|",
           "");
    expect("a.tsv", "id\ttext\n1\t\"so\" he said\n", &corpus_defaults,
           "1/\"so\" he said//\"so\" he said|", "");
    expect("a.tsv", "id\ttext\n1\t\"so\the said\"\n", &corpus_defaults,
           "1/so\the said//so\the said|", "");
}

Test(tables, have_delimiter_and_quote_as_asked_for)
{
    CorpusOptions options = corpus_defaults;
    options.delimiter = "#";
    options.quote = "none";
    expect("a.csv", "id#text\n1#\"b\n", &options, "1/\"b//\"b|", "");
    options.delimiter = "tab";
    expect("a.dat", "id\ttext\n1\t\"b\n", &options, "1/\"b//\"b|", "");
}

Test(tables, take_columns_by_name_and_number_and_more_than_one)
{
    CorpusOptions options = corpus_defaults;
    options.text_column = "2,3";
    expect("a.csv", "\"3\",\"Fears\",\"Unions\"\n\"4\",\"Race\",\"Space\"\n", &options,
           "1/Fears//Fears\nUnions|2/Race//Race\nSpace|", "");
    options.text_column = "b,a";
    options.id_column = "c";
    expect("a.csv", "a,b,c\n1,2,3\n", &options, "3/2//2\n1|", "");
    options.text_column = "1";
    options.id_column = "2";
    expect("a.txt", "ein Wort\tx\n", &options, "x/ein Wort//ein Wort|", "");
    options.id_column = "none";
    options.header = CORPUS_HEADER_YES;
    expect("a.txt", "ein Wort\tx\nzwei\ty\n", &options, "1/zwei//zwei|", "");
    options.header = CORPUS_HEADER_NO;
    expect("a.txt", "text\tid\nzwei\ty\n", &options, "1/text//text|2/zwei//zwei|", "");
}

Test(tables, say_which_columns_there_are)
{
    CorpusOptions options = corpus_defaults;
    options.text_column = "txt";
    expect_error("a.csv", "id,text,year\n1,a,2\n", &options,
                 "there is no column 'txt' (columns: id, text, year)",
                 "did you mean --text-column 'text'?");
    options.text_column = "4";
    expect_error("a.csv", "id,text,year\n1,a,2\n", &options, "no column '4'", "--text-column");
    options.text_column = NULL;
    options.id_column = "yaer";
    expect_error("a.csv", "id,text,year\n1,a,2\n", &options, "no column 'yaer'",
                 "did you mean --id-column 'year'?");
    expect_error("a.csv", "1,a word\n2,another\n", &corpus_defaults, "(columns: 1, a word)",
                 "--text-column");
}

Test(tables, skip_and_note_rows_unlike_the_first)
{
    expect("a.csv", "id,text\n1,a\n2\n3,c,d\n4,e\n", &corpus_defaults, "1/a//a|4/e//e|",
           "a.csv:3 1 field (2 were expected, as in line 1)|"
           "a.csv:4 3 fields (2 were expected, as in line 1)|");
}

Test(tables, note_what_was_not_utf8_with_its_line)
{
    expect("a.csv", "\xEF\xBB\xBFid,text\n1,Caf\xE9\n2,\"x\ny\"\n3,\x80\n", &corpus_defaults,
           "1/Café//Café|2/x//x\ny|3/€//€|",
           "a.csv:2 not UTF-8: 1 byte read as Windows-1252|"
           "a.csv:5 not UTF-8: 1 byte read as Windows-1252|");
}

Test(tables, tell_the_line_of_what_is_wrong)
{
    expect_error("a.csv", "id,text\n1,a\n2,\"b\n3,c\n", &corpus_defaults, "line 3: the quote",
                 "--quote");
    expect_error("a.csv", "id,text\n\"x\ny\",\"b\nc\n", &corpus_defaults, "line 3: the quote",
                 "--quote");
    expect_error("a.csv", "id,text\r\n1,\"a\" b\r\n", &corpus_defaults,
                 "line 2: is not CSV: text behind", "--quote");
    expect_error("a.csv", "id,text\n1,a\n2,b\n1,c\n", &corpus_defaults,
                 "line 4: the id '1' is also that of a.csv line 2", "--id-column");
    CorpusOptions options = corpus_defaults;
    options.limits.document_bytes = 20;
    expect_error("a.csv", "id,text\n1,aaaaaaaaaaaaaaaaaaaaaaaaaaa\n", &options, "line 2", "");
}

/* ---- JSON ---- */

Test(json, is_read_by_its_usual_fields)
{
    expect("a.jsonl",
           "{\"id\": 7, \"text\": \"a\", \"year\": 1984}\n\n{\"id\": \"x\", \"title\": "
           "\"T\", \"text\": [\"b\", \"c\"]}\n",
           &corpus_defaults, "7/a/1984/a|x/T//b\nc|", "");
    expect("a.json", " [ {\"body\": \"a ]}, \\\" b\"} ,\n{\"body\": \"c\"}\n] ", &corpus_defaults,
           "1/a ]}, \" b//a ]}, \" b|2/c//c|", "");
    expect("a.json", "{\n \"text\": \"a\"\n}\n{\"text\":\n\"b\"}", &corpus_defaults,
           "1/a//a|2/b//b|", "");
    expect("a.json", "[]", &corpus_defaults, "", "");
    expect("a.jsonl", "", &corpus_defaults, "", "");
    expect("a.json", "[{\"title\": \"T\"}, {\"title\": \"U\", \"extract\": \"e\"}]",
           &corpus_defaults, "1/T//|2/U//e|", "");
}

Test(json, takes_nested_fields_and_more_than_one)
{
    CorpusOptions options = corpus_defaults;
    options.text_field = "a.b,c";
    options.id_field = "meta.key";
    expect("x", "{\"a\": {\"b\": \"one\"}, \"c\": \"two\", \"meta\": {\"key\": 5}}\n", &options,
           "5/one//one\ntwo|", "");
    expect("x", "{\"a.b\": \"one\"}\n", &options, "1/one//one|", "");
}

Test(json, takes_the_elements_of_an_array_in_an_object)
{
    static const char text[] =
        "{\"version\": 1, \"data\": [\n{\"text\": \"a\", \"key\": \"x\"},\n"
        "{\"body\": \"b\", \"key\": \"y\"}], \"more\": [{\"text\": \"\"}]}\n";
    CorpusOptions options = corpus_defaults;
    options.text_field = "data[].text";
    expect("a.json", text, &options, "x/a//a|y///|", "");
    expect("a.jsonl", text, &options, "x/a//a|y///|", "");
    options.text_field = "data[].text,data[].body";
    options.id_field = "data[].text";
    expect("a.json", text, &options, "a/a//a|2/b//b|", "");
    options.id_field = "text";
    expect("a.json", text, &options, "a/a//a|2/b//b|", "");
    options.text_field = "data[].txt";
    expect_error("a.json", text, &options,
                 "no field 'data[].txt' (fields: data[].text, data[].key)",
                 "did you mean --text-field 'data[].text'?");
    expect_error("a.json", text, &corpus_defaults,
                 "(fields: version, data, data[].text, data[].key, more, more[].text)",
                 "--text-field");
    options.text_field = "data[].text";
    expect_error("a.json", "{\"data\": {\"text\": \"a\"}}", &options,
                 "no field 'data[].text' (fields: data, data.text)",
                 "did you mean --text-field 'data.text'?");
}

Test(json, takes_objects_however_they_are_separated)
{
    expect("a.json", "{\"text\": \"a\"}{\"text\": \"b\"} {\"text\":\r\n\"c\"}\r\n",
           &corpus_defaults, "1/a//a|2/b//b|3/c//c|", "");
    expect("a.json", "\xEF\xBB\xBF[\r\n  {\r\n    \"text\": \"a\"\r\n  }\r\n]\r\n",
           &corpus_defaults, "1/a//a|", "");
    expect("a.jsonl", "\xEF\xBB\xBF\r\n{\"text\": \"a\"}\r\n\r\n \t\r\n{\"text\": \"b\"}",
           &corpus_defaults, "2/a//a|5/b//b|", "");
}

Test(json, skips_and_notes_what_is_no_text)
{
    expect("a.jsonl",
           "{\"text\": 1}\n{\"text\": null}\n{\"text\": [\"a\", 2]}\n{\"text\": \"b\"}\n",
           &corpus_defaults, "2///|4/b//b|",
           "a.jsonl:1 the field 'text' is a number (a text or an array of texts was expected)|"
           "a.jsonl:3 the field 'text' is an array of other things than texts (a text or an array "
           "of texts was expected)|");
}

Test(json, repairs_bytes_and_replaces_nul)
{
    expect("a.jsonl", "{\"text\": \"Caf\xE9 \\u0000\"}\n", &corpus_defaults,
           "1/Café \xEF\xBF\xBD//Café \xEF\xBF\xBD|",
           "a.jsonl:1 not UTF-8: 1 byte read as Windows-1252|");
}

Test(json, tells_the_place_of_what_is_wrong)
{
    expect_error("a.jsonl", "{\"text\": \"a\"}\n\n{\"text\": \"b}\n", &corpus_defaults,
                 "line 3, column 13: is read as JSON, but it ends here (\" to close", "");
    expect_error("a.jsonl", "{\"text\": \"a\"}\r\n  [1]\r\n", &corpus_defaults,
                 "line 2, column 3: is read as JSON, but '[' stands here (an object", "");
    expect_error("a.jsonl", "{\"text\": \"a\"}{\"text\": \"b\"}\n", &corpus_defaults,
                 "line 1, column 14: is read as JSON, but '{' stands here (nothing more", "");
    expect_error("a.json", "[{\"text\": \"a\"},\n{\"text\":\n x}]", &corpus_defaults,
                 "line 3, column 2: is read as JSON, but 'x' stands here (a value", "");
    expect_error("a.json", "[{\"text\": \"ä\"}, {\"text\": x}]", &corpus_defaults,
                 "line 1, column 26: is read as JSON, but 'x'", "");
    expect_error("a.json", "[{\"text\": \"a\"},\n{\"text\": \"b\"}\n", &corpus_defaults,
                 "line 3, column 1: is read as JSON, but it ends here (, or ]", "");
    expect_error("a.json", "[{\"text\": \"a\"},\n {\"text\": \"b\"\n", &corpus_defaults,
                 "line 2, column 2: the file ends within the object that begins here", "");
    expect_error("a.json", "[{\"text\": \"a\"},\n]", &corpus_defaults,
                 "line 2, column 1: is read as JSON, but ']' stands here (an object", "");
    expect_error("a.json", "[\n1]", &corpus_defaults,
                 "line 2, column 1: is read as JSON, but '1' stands here (an object", "");
    expect_error("a.json", "[{\"text\": \"a\"} {\"text\": \"b\"}]", &corpus_defaults,
                 "line 1, column 16: is read as JSON, but '{' stands here (, or ]", "");
    expect_error("a.json", "[{\"text\": \"a\"}]\n]", &corpus_defaults,
                 "line 2, column 1: is read as JSON, but ']' stands here (nothing more", "");
    expect_error("a.json", "{\"text\":\n\"b\"}{\"text\": \"a\"}\ntext", &corpus_defaults,
                 "line 3, column 1: is read as JSON, but 't' stands here (another object", "");
    expect_error("a.json", "text", &corpus_defaults, "line 1, column 1", "");
    expect_error("a.jsonl", "{\"id\": 1, \"text\": \"\"}\n{\"id\": 1, \"text\": \"\"}\n",
                 &corpus_defaults, "line 2: the id '1' is also that of a.jsonl line 1",
                 "--id-field");
}

Test(json, bears_any_depth)
{
    Buffer text = {0};
    Error error;
    for (int i = 0; i < 100000; i++) {
        cr_assert_eq(buffer_append_text(&text, i ? "[" : "[{\"text\":", &error), STATUS_OK);
    }
    expect_error("a.json", buffer_text(&text), &corpus_defaults, "line 1", "");
    expect_error("a.jsonl", buffer_text(&text), &corpus_defaults, "line 1", "");
    buffer_free(&text);
}

Test(json, says_which_fields_there_are)
{
    CorpusOptions options = corpus_defaults;
    options.text_field = "contnet";
    expect_error("a.json", "[{\"id\": 1, \"content\": \"a\", \"by\": {\"name\": \"x\"}}]", &options,
                 "there is no field 'contnet' (fields: id, content, by, by.name)",
                 "did you mean --text-field 'content'?");
}

/* ---- lines and texts ---- */

Test(lines, are_documents_if_asked_for)
{
    CorpusOptions options = corpus_defaults;
    options.lines = true;
    expect("a.txt", "\xEF\xBB\xBFone\n\ntwo\r\n \nCaf\xE9", &options,
           "1/one//one|3/two//two|5/Café//Café|",
           "a.txt:5 not UTF-8: 1 byte read as Windows-1252|");
    options.line = CORPUS_LINE_ID_LABEL;
    expect("a.txt", "x1\t1914\tSome words\ny, B, more\nz\n", &options,
           "x1/Some words//Some words|y,/more//more|z///|", "");
    options.line = CORPUS_LINE_ID;
    expect_error("a.txt", "x a\nx b\n", &options, "line 2: the id 'x' is also that of a.txt line 1",
                 "--line-fields");
    options.line = CORPUS_LINE_TEXT;
    options.limits.document_bytes = 8;
    expect_error("a.txt", "short\nfar too long a line\n", &options, "line 2: longer than 8 bytes",
                 "");
}

Test(texts, are_one_document_each)
{
    expect("a.txt", "text,id\na,b\n", &corpus_defaults, "a.txt/text,id//text,id\na,b\n|", "");
    expect("README", "{ this is no JSON }", &corpus_defaults,
           "README/{ this is no JSON }//{ this is no JSON }|", "");
    expect("table", "id,text\n1,a\n2,b\n", &corpus_defaults, "1/a//a|2/b//b|", "");
    expect("objects", "{\"text\": \"a\"}\n", &corpus_defaults, "1/a//a|", "");
}

/* ---- archives ---- */

/* An archive or compressed file made in memory. */
typedef struct Packed {
    char bytes[1 << 20];
    size_t length;
    struct archive *archive;
} Packed;

static Packed *pack_begin(int (*format)(struct archive *), int (*filter)(struct archive *))
{
    Packed *packed = calloc(1, sizeof *packed);
    packed->archive = archive_write_new();
    cr_assert_eq(format(packed->archive), ARCHIVE_OK);
    if (filter) {
        cr_assert_eq(filter(packed->archive), ARCHIVE_OK);
    }
    cr_assert_eq(archive_write_open_memory(packed->archive, packed->bytes, sizeof packed->bytes,
                                           &packed->length),
                 ARCHIVE_OK);
    return packed;
}

static void pack(Packed *packed, const char *name, const char *text, size_t length)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (int64_t)length);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    cr_assert_eq(archive_write_header(packed->archive, entry), ARCHIVE_OK);
    cr_assert_eq(archive_write_data(packed->archive, text, length), (ssize_t)length);
    archive_entry_free(entry);
}

static void pack_text(Packed *packed, const char *name, const char *text)
{
    pack(packed, name, text, strlen(text));
}

static Outcome read_packed(Packed *packed, const char *name, size_t cut,
                           const CorpusOptions *options)
{
    archive_write_free(packed->archive);
    Outcome outcome = read_bytes(name, packed->bytes, packed->length - cut, options);
    free(packed);
    return outcome;
}

static void expect_packed(Packed *packed, const char *name, const CorpusOptions *options,
                          const char *documents, const char *notes)
{
    Outcome outcome = read_packed(packed, name, 0, options);
    cr_assert_eq(outcome.status, STATUS_OK, "%s", outcome.error.message);
    cr_assert_str_eq(buffer_text(&outcome.documents), documents);
    cr_assert_str_eq(buffer_text(&outcome.notes), notes);
    outcome_free(&outcome);
}

static void expect_packed_error(Packed *packed, const char *name, size_t cut,
                                const CorpusOptions *options, const char *words)
{
    Outcome outcome = read_packed(packed, name, cut, options);
    cr_assert_eq(outcome.status, STATUS_INPUT, "%s", buffer_text(&outcome.documents));
    cr_assert(strstr(outcome.error.message, words) != NULL, "%s", outcome.error.message);
    outcome_free(&outcome);
}

Test(archives, are_read_entry_by_entry_in_their_order)
{
    static int (*const filters[])(struct archive *) = {
        NULL,
        archive_write_add_filter_gzip,
        archive_write_add_filter_bzip2,
        archive_write_add_filter_xz,
        archive_write_add_filter_zstd,
    };
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        Packed *packed = pack_begin(archive_write_set_format_ustar, filters[i]);
        pack_text(packed, "./b/2.txt", "Two");
        pack_text(packed, "a.txt", "One");
        expect_packed(packed, "a.bin", &corpus_defaults, "b/2.txt/Two//Two|a.txt/One//One|", "");
    }
    Packed *packed = pack_begin(archive_write_set_format_zip, NULL);
    pack_text(packed, "b.txt", "Two");
    pack_text(packed, "a.txt", "One");
    expect_packed(packed, "a.zip", &corpus_defaults, "b.txt/Two//Two|a.txt/One//One|", "");
}

Test(archives, have_names_that_are_nothing_but_ids)
{
    Packed *packed = pack_begin(archive_write_set_format_ustar, NULL);
    pack_text(packed, "../../etc/passwd", "a");
    pack_text(packed, "/etc/shadow", "b");
    pack_text(packed, "x/../y", "c");
    pack_text(packed, ".hidden/x", "d");
    pack_text(packed, "x/._y", "e");
    pack_text(packed, "x", "f");
    pack_text(packed, "x", "g");
    expect_packed(packed, "a.tar", &corpus_defaults,
                  "../../etc/passwd/a//a|/etc/shadow/b//b|x/../y/c//c|x/f//f|",
                  "x its name is there already|");
}

Test(archives, skip_links_and_note_them)
{
    Packed *packed = pack_begin(archive_write_set_format_ustar, NULL);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, "link");
    archive_entry_set_filetype(entry, AE_IFLNK);
    archive_entry_set_symlink(entry, "/etc/passwd");
    cr_assert_eq(archive_write_header(packed->archive, entry), ARCHIVE_OK);
    archive_entry_free(entry);
    pack(packed, "zero", "a\0b", 3);
    pack_text(packed, "x", "Caf\xE9");
    expect_packed(packed, "a.tar", &corpus_defaults, "x/Café//Café|",
                  "link symbolic link|x not UTF-8: 1 byte read as Windows-1252|"
                  "zero binary: has NUL bytes|");
}

Test(archives, are_read_as_the_options_ask)
{
    CorpusOptions options = corpus_defaults;
    options.text_field = "text";
    Packed *packed = pack_begin(archive_write_set_format_zip, NULL);
    pack_text(packed, "a.json", "[{\"text\": \"one\"}]");
    pack_text(packed, "readme.txt", "x");
    pack_text(packed, "b.jsonl", "{\"text\": \"two\", \"id\": \"b\"}\n");
    expect_packed(packed, "a.zip", &options, "a.json:1/one//one|b/two//two|",
                  "readme.txt not named as JSON (.json, .jsonl, .ndjson)|");
}

Test(archives, may_be_a_single_compressed_file)
{
    Packed *packed = pack_begin(archive_write_set_format_raw, archive_write_add_filter_gzip);
    pack_text(packed, "ignored", "id,text\n1,a\n");
    expect_packed(packed, "a.csv.gz", &corpus_defaults, "1/a//a|", "");
    packed = pack_begin(archive_write_set_format_raw, archive_write_add_filter_zstd);
    pack_text(packed, "ignored", "some words\n");
    expect_packed(packed, "a.txt.zst", &corpus_defaults, "a.txt/some words//some words\n|", "");
}

Test(archives, that_are_cut_off_are_an_error)
{
    Buffer text = {0};
    Error error;
    for (int i = 0; i < 20000; i++) {
        cr_assert_eq(buffer_print(&text, &error, "%d %d\n", i, i * 7919 % 10007), STATUS_OK);
    }
    static int (*const filters[])(struct archive *) = {
        archive_write_add_filter_gzip, archive_write_add_filter_bzip2, archive_write_add_filter_xz,
        archive_write_add_filter_zstd};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        Packed *packed = pack_begin(archive_write_set_format_ustar, filters[i]);
        pack(packed, "a.txt", text.bytes, text.length);
        expect_packed_error(packed, "a.tar.gz", 1000, &corpus_defaults, "cannot be unpacked");
    }
    Packed *packed = pack_begin(archive_write_set_format_raw, archive_write_add_filter_gzip);
    pack(packed, "a", text.bytes, text.length);
    CorpusOptions options = corpus_defaults;
    options.lines = true;
    expect_packed_error(packed, "a.txt.gz", 1000, &options, "cannot be unpacked");
    buffer_free(&text);
}

Test(archives, keep_to_the_limits)
{
    CorpusOptions options = corpus_defaults;
    options.limits.entries = 2;
    Packed *packed = pack_begin(archive_write_set_format_ustar, NULL);
    pack_text(packed, "a", "a");
    pack_text(packed, "b", "b");
    pack_text(packed, "c", "c");
    expect_packed_error(packed, "a.tar", 0, &options, "more than 2 entries");

    char *zeros = calloc(1, 1 << 20);
    memset(zeros, 'a', 1 << 20);
    options = corpus_defaults;
    options.limits.unpacked_free = 1 << 16;
    static int (*const formats[])(struct archive *) = {archive_write_set_format_ustar,
                                                       archive_write_set_format_raw};
    for (size_t i = 0; i < 2; i++) {
        packed = pack_begin(formats[i], archive_write_add_filter_gzip);
        pack(packed, "a", zeros, 1 << 20);
        expect_packed_error(packed, "a.gz", 0, &options, "unpacks to more than 250 times");
    }
    packed = pack_begin(archive_write_set_format_zip, NULL);
    pack(packed, "a", zeros, 1 << 20);
    expect_packed_error(packed, "a.zip", 0, &options, "unpacks to more than 250 times");

    options = corpus_defaults;
    options.limits.document_bytes = 1000;
    packed = pack_begin(archive_write_set_format_ustar, NULL);
    pack(packed, "large", zeros, 1001);
    pack_text(packed, "small", "x");
    expect_packed(packed, "a.tar", &options, "small/x//x|", "large larger than 1 GiB|");
    free(zeros);
}

Test(archives, may_be_empty)
{
    expect_packed(pack_begin(archive_write_set_format_ustar, NULL), "a.tar", &corpus_defaults, "",
                  "");
    expect_packed(pack_begin(archive_write_set_format_ustar, archive_write_add_filter_gzip),
                  "a.tgz", &corpus_defaults, "", "");
    expect_packed(pack_begin(archive_write_set_format_zip, NULL), "a.zip", &corpus_defaults, "",
                  "");
}

/* ---- lists ---- */

static Outcome read_list(const char *directory, const void *list, size_t length, bool nul)
{
    char path[PATH_SIZE];
    support_write(directory, "list", list, length);
    snprintf(path, sizeof path, "%s/list", directory);
    Outcome outcome = {0};
    Corpus *corpus;
    outcome.status = corpus_open_list(path, nul, &corpus_defaults, NULL, &corpus, &outcome.error);
    read_all(corpus, &outcome);
    return outcome;
}

Test(lists, name_files_of_any_format)
{
    char *directory = support_directory();
    support_write_text(directory, "b.txt", "Two");
    support_write_text(directory, "a.json", "[{\"text\": \"one\"}, {\"text\": \"more\"}]");
    support_write_text(directory, "c/x.txt", "Three");
    cr_assert_eq(chdir(directory), 0);
    static const char list[] = "b.txt\r\n\na.json\nmissing\nc\nb.txt";
    Outcome outcome = read_list(directory, list, sizeof list - 1, false);
    cr_assert_eq(outcome.status, STATUS_OK, "%s", outcome.error.message);
    cr_assert_str_eq(buffer_text(&outcome.documents), "b.txt/Two//Two|a.json:1/one//one|"
                                                      "a.json:2/more//more|c/x.txt/Three//Three|");
    cr_assert_str_eq(buffer_text(&outcome.notes), "b.txt its name is there already|"
                                                  "missing No such file or directory|");
    outcome_free(&outcome);
    static const char nul_list[] = "b.txt\0c/x.txt";
    outcome = read_list(directory, nul_list, sizeof nul_list, true);
    cr_assert_str_eq(buffer_text(&outcome.documents), "b.txt/Two//Two|c/x.txt/Three//Three|");
    outcome_free(&outcome);
    outcome = read_list(directory, nul_list, sizeof nul_list, false);
    cr_assert_eq(outcome.status, STATUS_INPUT);
    cr_assert(strstr(outcome.error.hint, "-0") != NULL, "%s", outcome.error.hint);
    outcome_free(&outcome);
    free(directory);
}

Test(options, of_two_formats_exclude_each_other)
{
    CorpusOptions options = corpus_defaults;
    Error error;
    cr_assert_eq(corpus_options_check(&options, &error), STATUS_OK);
    options.lines = true;
    options.quote = "none";
    cr_assert_eq(corpus_options_check(&options, &error), STATUS_USAGE);
    options = corpus_defaults;
    options.delimiter = "ab";
    cr_assert_eq(corpus_options_check(&options, &error), STATUS_USAGE);
    options.delimiter = "";
    cr_assert_eq(corpus_options_check(&options, &error), STATUS_USAGE);
    options = corpus_defaults;
    options.line = CORPUS_LINE_ID;
    cr_assert_eq(corpus_options_check(&options, &error), STATUS_USAGE);
}
