#include "text/name_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Status read_names(const char *bytes, size_t length, Vocabulary *names, Error *error)
{
    char path[] = "/tmp/themata-test-XXXXXX";
    const int descriptor = mkstemp(path);
    cr_assert(descriptor >= 0 && write(descriptor, bytes, length) == (ssize_t)length);
    close(descriptor);
    Status status = name_file_read(path, "word", names, error);
    unlink(path);
    return status;
}

Test(name_file, names_are_lines_as_they_are)
{
    static const char bytes[] =
        "\xEF\xBB\xBFone\r\n two \nthree, \"3\"\nONE\nd\xC3\xA9j\xC3\xA0 vu";
    static const char *const expected[] = {"one", " two ", "three, \"3\"", "ONE",
                                           "d\xC3\xA9j\xC3\xA0 vu"};
    Vocabulary names = {0};
    Error error;
    cr_assert_eq(read_names(bytes, sizeof bytes - 1, &names, &error), STATUS_OK);
    cr_assert_eq(names.count, 5);
    for (WordId id = 0; id < 5; id++) {
        cr_assert_str_eq(vocabulary_word(&names, id), expected[id]);
    }
    vocabulary_free(&names);
}

Test(name_file, mistakes_are_named_with_their_line)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *expected;
    } cases[] = {
        {"", 0, "holds no words"},
        {"\n", 1, "line 1 is empty (a word was expected)"},
        {"a\n\r\nb\n", 6, "line 2 is empty"},
        {"a\nb\n\n", 5, "line 3 is empty"},
        {"a\nb\na\n", 6, "line 3 repeats line 1, the word 'a'"},
        {"a\nb\nb", 5, "line 3 repeats line 2"},
        {"a\n\xFF\n", 4, "line 2 is not UTF-8 text"},
        {"a\nb\0c\n", 6, "line 2 is not UTF-8 text"},
        {"\xEF\xBB\xBF\n", 4, "line 1 is empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Vocabulary names = {0};
        Error error;
        cr_assert_eq(read_names(cases[i].bytes, cases[i].length, &names, &error), STATUS_INPUT);
        cr_assert(strstr(error.message, cases[i].expected) != NULL, "case %zu: %s", i,
                  error.message);
        vocabulary_free(&names);
    }
    Vocabulary names = {0};
    Error error;
    cr_assert_eq(name_file_read("/nonexistent", "word", &names, &error), STATUS_INPUT);
}
