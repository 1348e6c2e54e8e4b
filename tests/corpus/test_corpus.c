#include "corpus/corpus.h"

#include "base/utf8.h"
#include "support/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATH_SIZE = 512, NOBODY = 65534, PATIENCE_S = 60 };

static const char *join(char path[PATH_SIZE], const char *directory, const char *name)
{
    snprintf(path, PATH_SIZE, "%s/%s", directory, name);
    return path;
}

static Corpus *open_corpus(const char *path)
{
    Corpus *corpus;
    Error error = {0};
    cr_assert_eq(corpus_open(path, &corpus_defaults, NULL, &corpus, &error), STATUS_OK, "%s",
                 error.message);
    cr_assert(corpus != NULL);
    return corpus;
}

static bool next(Corpus *corpus, Document *document)
{
    bool found;
    Error error = {0};
    cr_assert_eq(corpus_next(corpus, document, &found, &error), STATUS_OK, "%s", error.message);
    return found;
}

/* The ids of all documents that remain, separated by |. */
static void expect_ids(Corpus *corpus, const char *expected)
{
    Document document = {0};
    Buffer ids = {0};
    Error error;
    while (next(corpus, &document)) {
        cr_assert_eq(utf8_valid_length(document.id.bytes, document.id.length), document.id.length);
        cr_assert_eq(
            buffer_print(&ids, &error, "%s%s", ids.length ? "|" : "", buffer_text(&document.id)),
            STATUS_OK);
    }
    cr_assert(!next(corpus, &document), "there is something behind the end");
    cr_assert_str_eq(buffer_text(&ids), expected);
    buffer_free(&ids);
    document_free(&document);
}

static const CorpusNote *find_note(Corpus *corpus, const char *path)
{
    const CorpusNotes *notes = corpus_notes(corpus);
    for (size_t i = 0; i < notes->count; i++) {
        if (strcmp(notes->items[i].path, path) == 0) {
            return &notes->items[i];
        }
    }
    return NULL;
}

/* There is exactly one note about `path`, of this kind, with `word` in its reason. */
static void expect_note(Corpus *corpus, const char *path, CorpusNoteKind kind, const char *word)
{
    const CorpusNote *note = find_note(corpus, path);
    cr_assert(note != NULL, "no note about %s", path);
    cr_assert_eq(note->kind, kind, "%s: %s", path, note->reason);
    cr_assert(strstr(note->reason, word) != NULL, "%s: %s", path, note->reason);
    const CorpusNotes *notes = corpus_notes(corpus);
    for (size_t i = 0; i < notes->count; i++) {
        cr_assert(&notes->items[i] == note || strcmp(notes->items[i].path, path) != 0);
    }
}

static void expect_note_counts(Corpus *corpus, int64_t skipped, int64_t repaired)
{
    const CorpusNotes *notes = corpus_notes(corpus);
    cr_assert_eq(notes->skipped, skipped, "%d skipped", (int)notes->skipped);
    cr_assert_eq(notes->repaired, repaired, "%d repaired", (int)notes->repaired);
    cr_assert_eq(notes->count, (size_t)(skipped + repaired));
}

/* ---- which files, in which order ---- */

Test(corpus, hands_out_id_and_text_of_each_file)
{
    char *directory = support_directory();
    support_write_text(directory, "b.txt", "Second\nand more");
    support_write_text(directory, "a.txt", "First");
    Corpus *corpus = open_corpus(directory);
    cr_assert_eq(corpus_size(corpus), 2);
    Document document = {0};
    cr_assert(next(corpus, &document));
    cr_assert_str_eq(buffer_text(&document.id), "a.txt");
    cr_assert_str_eq(buffer_text(&document.text), "First");
    cr_assert(next(corpus, &document));
    cr_assert_str_eq(buffer_text(&document.id), "b.txt");
    cr_assert_str_eq(buffer_text(&document.title), "Second");
    cr_assert_str_eq(buffer_text(&document.text), "Second\nand more");
    cr_assert(!next(corpus, &document));
    cr_assert(!next(corpus, &document));
    expect_note_counts(corpus, 0, 0);
    document_free(&document);
    corpus_free(corpus);
    free(directory);
}

Test(corpus, is_in_byte_order_of_the_relative_paths_across_directories)
{
    /* '-' < '.' < '/' < '0' < 'Z' < 'a' < é */
    static const char *const names[] = {"a0",     "a/b", "a.txt", "a-",  "a/a/c", "a/a.txt",
                                        "Z",      "z",   "é",     "b/1", "b/10",  "b/2",
                                        "a/a-/x", "a b", "B/a",   "a/Z"};
    char *directory = support_directory();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        support_write_text(directory, names[i], names[i]);
    }
    Corpus *corpus = open_corpus(directory);
    cr_assert_eq(corpus_size(corpus), (int64_t)(sizeof names / sizeof *names));
    expect_ids(corpus, "B/a|Z|a b|a-|a.txt|a/Z|a/a-/x|a/a.txt|a/a/c|a/b|a0|b/1|b/10|b/2|z|é");
    corpus_free(corpus);
    free(directory);
}

Test(corpus, of_an_empty_directory_has_no_documents)
{
    char *directory = support_directory(), path[PATH_SIZE];
    cr_assert_eq(mkdir(join(path, directory, "folder"), 0777), 0);
    Corpus *corpus = open_corpus(directory);
    cr_assert_eq(corpus_size(corpus), 0);
    expect_ids(corpus, "");
    expect_note_counts(corpus, 0, 0);
    corpus_free(corpus);
    free(directory);
}

Test(corpus, has_the_same_ids_however_its_directory_is_written)
{
    char *directory = support_directory(), path[PATH_SIZE], link[PATH_SIZE];
    support_write_text(directory, ".corpus/a/b.txt", "x");
    support_write_text(directory, ".corpus/c.txt", "x");
    cr_assert_eq(symlink(".corpus", join(link, directory, "link")), 0);
    static const char *const spellings[] = {".corpus",   ".corpus/",   ".corpus//",
                                            ".corpus/.", ".corpus/./", "./.corpus",
                                            "link",      "link/",      ".corpus/a/.."};
    cr_assert_eq(chdir(directory), 0);
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        Corpus *corpus = open_corpus(spellings[i]);
        expect_ids(corpus, "a/b.txt|c.txt");
        expect_note_counts(corpus, 0, 0);
        corpus_free(corpus);
        corpus = open_corpus(join(path, directory, spellings[i]));
        expect_ids(corpus, "a/b.txt|c.txt");
        corpus_free(corpus);
    }
    cr_assert_eq(chdir(".corpus"), 0);
    Corpus *corpus = open_corpus(".");
    expect_ids(corpus, "a/b.txt|c.txt");
    corpus_free(corpus);
    free(directory);
}

Test(corpus, is_read_whole_though_the_working_directory_changes)
{
    char *directory = support_directory();
    support_write_text(directory, "docs/a.txt", "x");
    support_write_text(directory, "docs/b.txt", "x");
    cr_assert_eq(chdir(directory), 0);
    Corpus *corpus = open_corpus("docs");
    cr_assert_eq(chdir("/"), 0);
    expect_ids(corpus, "a.txt|b.txt");
    expect_note_counts(corpus, 0, 0);
    corpus_free(corpus);
    free(directory);
}

Test(corpus, leaves_hidden_entries_out_silently)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, ".hidden", "x");
    support_write_text(directory, ".git/objects/a", "x");
    support_write_text(directory, "folder/.hidden.txt", "x");
    support_write_text(directory, "folder/.cache/b", "x");
    support_write_text(directory, "folder/seen.txt", "x");
    support_write_text(directory, "...", "x");
    support_write_text(directory, "dot.within", "x");
    cr_assert_eq(symlink("nowhere", join(path, directory, ".link")), 0);
    cr_assert_eq(mkfifo(join(path, directory, ".fifo"), 0666), 0);
    Corpus *corpus = open_corpus(directory);
    cr_assert_eq(corpus_size(corpus), 2);
    expect_ids(corpus, "dot.within|folder/seen.txt");
    expect_note_counts(corpus, 0, 0);
    corpus_free(corpus);
    free(directory);
}

Test(corpus, skips_symbolic_links_of_every_kind_with_a_note)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "docs/a.txt", "x");
    support_write_text(directory, "docs/folder/b.txt", "x");
    support_write_text(directory, "outside/secret.txt", "x");
    static const struct {
        const char *target, *name;
    } links[] = {
        {"a.txt", "docs/to_file"},         {"folder", "docs/to_folder"},
        {"nowhere", "docs/dangling"},      {"..", "docs/folder/upwards"},
        {"../outside", "docs/to_outside"}, {"/etc/passwd", "docs/absolute"},
        {"itself", "docs/itself"},
    };
    enum { LINKS = sizeof links / sizeof *links };
    for (size_t i = 0; i < LINKS; i++) {
        cr_assert_eq(symlink(links[i].target, join(path, directory, links[i].name)), 0);
    }
    Corpus *corpus = open_corpus(join(path, directory, "docs"));
    expect_ids(corpus, "a.txt|folder/b.txt");
    expect_note_counts(corpus, LINKS, 0);
    for (size_t i = 0; i < LINKS; i++) {
        expect_note(corpus, links[i].name + strlen("docs/"), CORPUS_SKIPPED, "link");
    }
    corpus_free(corpus);
    free(directory);
}

Test(corpus, skips_special_files_and_does_not_wait_for_them, .timeout = PATIENCE_S)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "a.txt", "x");
    support_write_text(directory, "z.txt", "x");
    cr_assert_eq(mkfifo(join(path, directory, "fifo"), 0666), 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", directory);
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    Corpus *corpus = open_corpus(directory);
    expect_ids(corpus, "a.txt|z.txt");
    expect_note_counts(corpus, 2, 0);
    expect_note(corpus, "fifo", CORPUS_SKIPPED, "regular");
    expect_note(corpus, "socket", CORPUS_SKIPPED, "regular");
    corpus_free(corpus);
    close(listener);
    free(directory);
}

Test(corpus, is_not_fooled_by_what_takes_a_files_place_after_the_listing, .timeout = PATIENCE_S)
{
    char *directory = support_directory(), path[PATH_SIZE];
    static const char *const names[] = {"fifo", "folder", "gone", "link"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        support_write_text(directory, names[i], "x");
    }
    support_write_text(directory, "z.txt", "x");
    Corpus *corpus = open_corpus(directory);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_assert_eq(unlink(join(path, directory, names[i])), 0);
    }
    cr_assert_eq(mkfifo(join(path, directory, "fifo"), 0666), 0);
    cr_assert_eq(mkdir(join(path, directory, "folder"), 0777), 0);
    cr_assert_eq(symlink("/etc/passwd", join(path, directory, "link")), 0);
    expect_ids(corpus, "z.txt");
    expect_note_counts(corpus, 4, 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        expect_note(corpus, names[i], CORPUS_SKIPPED, "");
    }
    corpus_free(corpus);
    free(directory);
}

/* Root may read everything, so this test becomes somebody else; the leak sanitizer needs the old
 * rights in the end. */
Test(corpus, skips_what_it_may_not_read_with_a_note)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "a.txt", "x");
    support_write_text(directory, "locked.txt", "x");
    support_write_text(directory, "locked/b.txt", "x");
    support_write_text(directory, "z.txt", "x");
    cr_assert_eq(chmod(directory, 0755), 0);
    cr_assert_eq(chmod(join(path, directory, "locked.txt"), 0), 0);
    cr_assert_eq(chmod(join(path, directory, "locked"), 0), 0);
    const uid_t before = geteuid();
    if (before == 0 && seteuid(NOBODY) != 0) {
        cr_skip_test("root, and cannot become anybody else");
    }
    Corpus *corpus = open_corpus(directory);
    expect_ids(corpus, "a.txt|z.txt");
    expect_note_counts(corpus, 2, 0);
    expect_note(corpus, "locked", CORPUS_SKIPPED, "ermission");
    expect_note(corpus, "locked.txt", CORPUS_SKIPPED, "ermission");
    corpus_free(corpus);
    Error error = {0};
    cr_assert_eq(corpus_open(path, &corpus_defaults, NULL, &corpus, &error),
                 STATUS_INPUT); /* the folder `locked` */
    cr_assert(strstr(error.message, path) != NULL, "%s", error.message);
    cr_assert_eq(seteuid(before), 0);
    free(directory);
}

Test(corpus, must_be_there)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "file.txt", "x");
    static const char *const names[] = {"missing", "file.txt/", "file.txt/x", "fifo"};
    cr_assert_eq(mkfifo(join(path, directory, "fifo"), 0666), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Error error = {0};
        Corpus *corpus = (Corpus *)directory;
        cr_assert_eq(
            corpus_open(join(path, directory, names[i]), &corpus_defaults, NULL, &corpus, &error),
            STATUS_INPUT, "%s", names[i]);
        cr_assert_eq(error.status, STATUS_INPUT);
        cr_assert(strstr(error.message, path) != NULL, "%s", error.message);
        cr_assert(corpus == NULL);
    }
    Error error = {0};
    Corpus *corpus;
    cr_assert_eq(corpus_open("", &corpus_defaults, NULL, &corpus, &error), STATUS_INPUT);
    corpus_free(NULL);
    free(directory);
}

Test(corpus, goes_into_deep_directories)
{
    char *directory = support_directory();
    Buffer name = {0};
    Error error;
    for (int depth = 0; depth < 500; depth++) {
        cr_assert_eq(buffer_append_text(&name, "d/", &error), STATUS_OK);
    }
    cr_assert_eq(buffer_append_text(&name, "file", &error), STATUS_OK);
    support_write_text(directory, buffer_text(&name), "x");
    Corpus *corpus = open_corpus(directory);
    expect_ids(corpus, buffer_text(&name));
    corpus_free(corpus);
    buffer_free(&name);
    free(directory);
}

Test(corpus, skips_what_lies_too_deep_for_the_system_with_a_note)
{
    char *directory = support_directory(), name[201];
    support_write_text(directory, "a.txt", "x");
    support_write_text(directory, "z.txt", "x");
    memset(name, 'd', 200);
    name[200] = '\0';
    cr_assert_eq(chdir(directory), 0);
    for (int depth = 0; depth < 30; depth++) { /* 6000 bytes; a path may have 4095 */
        cr_assert_eq(mkdir(name, 0777), 0);
        cr_assert_eq(chdir(name), 0);
    }
    support_write_text(".", "deep.txt", "x");
    Corpus *corpus = open_corpus(directory);
    expect_ids(corpus, "a.txt|z.txt");
    expect_note_counts(corpus, 1, 0);
    expect_note(corpus, corpus_notes(corpus)->items[0].path, CORPUS_SKIPPED, "too long");
    corpus_free(corpus);
    free(directory);
}

/* ---- names ---- */

Test(corpus, takes_names_of_every_kind)
{
    static const struct {
        const char *name, *id;
    } cases[] = {
        {"\x01", "\x01"},
        {"a\tb", "a\tb"},
        {"new\nline", "new\nline"},
        {"with space ", "with space "},
        {"quote\"comma,", "quote\"comma,"},
        {"semi;star*$HOME`x`", "semi;star*$HOME`x`"},
        {"%s%n", "%s%n"},
        {"-rf", "-rf"},
        {"é", "é"},
        {"日本.txt", "日本.txt"},
        {"\xE9.txt", "\\xe9.txt"},
        {"bad\xFF\xC3/inner\x80", "bad\\xff\\xc3/inner\\x80"},
        {"cut\xE2\x82", "cut\\xe2\\x82"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *directory = support_directory();
        support_write_text(directory, cases[i].name, "text");
        Corpus *corpus = open_corpus(directory);
        expect_ids(corpus, cases[i].id);
        expect_note_counts(corpus, 0, 0);
        corpus_free(corpus);
        free(directory);
    }
}

Test(corpus, notes_name_files_as_ids_do)
{
    char *directory = support_directory(), path[PATH_SIZE];
    cr_assert_eq(symlink("x", join(path, directory, "link\xFF")), 0);
    support_write(directory, "zero\xE9", "a\0b", 3);
    support_write(directory, "latin\xE9", "\xE9", 1);
    Corpus *corpus = open_corpus(directory);
    expect_ids(corpus, "latin\\xe9");
    expect_note(corpus, "link\\xff", CORPUS_SKIPPED, "link");
    expect_note(corpus, "zero\\xe9", CORPUS_SKIPPED, "NUL");
    expect_note(corpus, "latin\\xe9", CORPUS_REPAIRED, "1252");
    corpus_free(corpus);
    free(directory);
}

Test(corpus, ids_are_unique_though_names_imitate_them)
{
    static const char *const names[] = {
        "a\xFF",        /* a byte that is not UTF-8 */
        "a\\xff",       /* the same as it is shown */
        "a\\xFF",       /* and otherwise */
        "a\\x5cxff",    /* the second as it is shown */
        "a\\x5cx5cxff", /* and that again */
        "a\\\xFF",      "a\\x\xFF", "a\\x5", "a\\", "a\\\\xff",
    };
    enum { NAMES = sizeof names / sizeof *names };
    char *directory = support_directory();
    for (size_t i = 0; i < NAMES; i++) {
        support_write_text(directory, names[i], names[i]);
    }
    Corpus *corpus = open_corpus(directory);
    Document documents[NAMES] = {0};
    for (size_t i = 0; i < NAMES; i++) {
        cr_assert(next(corpus, &documents[i]));
        for (size_t j = 0; j < i; j++) {
            cr_assert_str_neq(buffer_text(&documents[j].id), buffer_text(&documents[i].id));
        }
    }
    cr_assert(!next(corpus, &documents[0]));
    for (size_t i = 0; i < NAMES; i++) {
        document_free(&documents[i]);
    }
    corpus_free(corpus);
    free(directory);
}

/* ---- texts ---- */

Test(corpus, an_empty_file_is_an_empty_document)
{
    char *directory = support_directory();
    support_write_text(directory, "a", "Before");
    support_write_text(directory, "b", "");
    support_write_text(directory, "c", "\xEF\xBB\xBF");
    support_write_text(directory, "d", "\n \n");
    Corpus *corpus = open_corpus(directory);
    Document document = {0};
    cr_assert(next(corpus, &document));
    static const char *const texts[] = {"", "", "\n \n"};
    for (size_t i = 0; i < 3; i++) {
        cr_assert(next(corpus, &document));
        cr_assert_str_eq(buffer_text(&document.text), texts[i]);
        cr_assert_eq(document.text.length, strlen(texts[i]));
        cr_assert_str_eq(buffer_text(&document.title), "");
    }
    cr_assert(!next(corpus, &document));
    expect_note_counts(corpus, 0, 0);
    document_free(&document);
    corpus_free(corpus);
    free(directory);
}

Test(corpus, repairs_text_that_is_not_utf8_with_a_note)
{
    char *directory = support_directory();
    support_write_text(directory, "a", "Caf\xE9\n\x93quoted\x94");
    support_write_text(directory, "b", "one \xFC");
    support_write_text(directory, "c", "good é");
    support_write_text(directory, "d", "\xEF\xBB\xBFTitle\ntext");
    Corpus *corpus = open_corpus(directory);
    Document document = {0};
    cr_assert(next(corpus, &document));
    cr_assert_str_eq(buffer_text(&document.text), "Café\n“quoted”");
    cr_assert_str_eq(buffer_text(&document.title), "Café");
    cr_assert(next(corpus, &document));
    cr_assert_str_eq(buffer_text(&document.text), "one ü");
    cr_assert(next(corpus, &document));
    cr_assert_str_eq(buffer_text(&document.text), "good é");
    cr_assert(next(corpus, &document));
    cr_assert_str_eq(buffer_text(&document.text), "Title\ntext");
    cr_assert_str_eq(buffer_text(&document.title), "Title");
    cr_assert(!next(corpus, &document));
    expect_note_counts(corpus, 0, 2);
    expect_note(corpus, "a", CORPUS_REPAIRED, "3 bytes");
    expect_note(corpus, "b", CORPUS_REPAIRED, "1 byte ");
    document_free(&document);
    corpus_free(corpus);
    free(directory);
}

Test(corpus, skips_what_is_not_text_with_a_note)
{
    char *directory = support_directory();
    support_write(directory, "a.bin", "a\0b", 3);
    support_write(directory, "b.utf16", "\xFF\xFEx\0", 4);
    support_write(directory, "c.utf32", "\xFF\xFE\0\0x", 5);
    support_write(directory, "d.ctl", "\x01\x02\x03", 3);
    support_write_text(directory, "e.txt", "text");
    Corpus *corpus = open_corpus(directory);
    cr_assert_eq(corpus_size(corpus), 5); /* not known before they are read */
    expect_ids(corpus, "b.utf16|c.utf32|e.txt");
    expect_note_counts(corpus, 2, 1);
    expect_note(corpus, "a.bin", CORPUS_SKIPPED, "binary");
    expect_note(corpus, "c.utf32", CORPUS_REPAIRED, "UTF-32");
    expect_note(corpus, "d.ctl", CORPUS_SKIPPED, "control");
    corpus_free(corpus);
    free(directory);
}

Test(corpus, reads_large_files_whole)
{
    static const size_t sizes[] = {65534, 65535, 65536, 65537, 131072, 1000000};
    char *directory = support_directory();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *bytes = malloc(sizes[i]), name[16];
        for (size_t b = 0; b < sizes[i]; b++) {
            bytes[b] = "é日"[b % 5]; /* characters across every boundary of a chunk */
        }
        snprintf(name, sizeof name, "%zu", i);
        support_write(directory, name, bytes, sizes[i] / 5 * 5);
        free(bytes);
    }
    Corpus *corpus = open_corpus(directory);
    Document document = {0};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        cr_assert(next(corpus, &document));
        cr_assert_eq(document.text.length, sizes[i] / 5 * 5);
        for (size_t b = 0; b < document.text.length; b++) {
            cr_assert_eq(document.text.bytes[b], "é日"[b % 5], "file %zu, byte %zu", i, b);
        }
    }
    expect_note_counts(corpus, 0, 0);
    document_free(&document);
    corpus_free(corpus);
    free(directory);
}

static void repeat(char *text, const char *piece, int times)
{
    text[0] = '\0';
    for (int i = 0; i < times; i++) {
        strcat(text, piece);
    }
}

Test(corpus, the_title_is_the_first_line_that_is_not_blank)
{
    char longest[512], too_long[512], long_greek[512];
    repeat(longest, "x", 120);
    repeat(too_long, "x", 121);
    repeat(long_greek, "λ", 120);
    const struct {
        const char *text, *title;
    } cases[] = {
        {"Title\nBody", "Title"},
        {"Title", "Title"},
        {"Title\r\nBody\r\n", "Title"},
        {"Title\rBody", "Title"},
        {"\n\n  \t\r\n\fTitle\nBody", "Title"},
        {"  Indented title  \nBody", "Indented title"},
        {"Two words\n\nBody", "Two words"},
        {"", ""},
        {"\n \n\t", ""},
        {"“Ünïcode” — title\n", "“Ünïcode” — title"},
        {longest, longest},
        {long_greek, long_greek}, /* characters, not bytes */
        {too_long, ""},
    };
    char *directory = support_directory();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[16];
        snprintf(name, sizeof name, "%02zu", i);
        support_write_text(directory, name, cases[i].text);
    }
    Corpus *corpus = open_corpus(directory);
    Document document = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert(next(corpus, &document));
        cr_assert_str_eq(buffer_text(&document.title), cases[i].title, "case %zu", i);
        cr_assert_str_eq(buffer_text(&document.text), cases[i].text, "case %zu", i);
    }
    document_free(&document);
    corpus_free(corpus);
    free(directory);
}

Test(corpus, a_long_first_paragraph_is_no_title_and_the_next_line_neither)
{
    char *directory = support_directory(), paragraph[600];
    repeat(paragraph, "word ", 40);
    strcat(paragraph, "\nShort line\n");
    support_write_text(directory, "a", paragraph);
    Corpus *corpus = open_corpus(directory);
    Document document = {0};
    cr_assert(next(corpus, &document));
    cr_assert_str_eq(buffer_text(&document.title), "");
    document_free(&document);
    corpus_free(corpus);
    free(directory);
}

Test(corpus, leaves_out_results_of_this_program)
{
    char *directory = support_directory(), output[4096];
    support_write_text(directory, "a.txt", "a");
    support_write_text(directory, "old/model.json", "{\n  \"format\": \"themata-model\",\n");
    support_write_text(directory, "old/mixtures.npy", "");
    support_write_text(directory, "applied/inference.json",
                       "{\n  \"format\": \"themata-inference\",\n");
    support_write_text(directory, "applied/mixtures.npy", "");
    support_write_text(directory, "mine/tables/any.csv", "where the result will go");
    support_write_text(directory, "cars/model.json", "a document of that name");
    snprintf(output, sizeof output, "%s/mine/", directory);
    Corpus *corpus;
    Error error;
    cr_assert_eq(corpus_open(directory, &corpus_defaults, output, &corpus, &error), STATUS_OK);
    cr_assert_eq(corpus_size(corpus), 2);
    cr_assert_eq(corpus_notes(corpus)->count, 2, "the two results are noted");
    corpus_free(corpus);
    free(directory);
}
