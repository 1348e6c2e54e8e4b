#include "base/temporary.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Entries of a directory, hidden ones included. */
static int count_entries(const char *path)
{
    int count = 0;
    DIR *directory = opendir(path);
    cr_assert(directory);
    while (readdir(directory)) {
        count++;
    }
    closedir(directory);
    return count;
}

Test(temporary, gives_back_what_was_appended_and_has_no_name)
{
    enum { PIECES = 100, LENGTH = 70000 };
    char directory[] = "/tmp/themata-test-XXXXXX";
    cr_assert(mkdtemp(directory));
    cr_assert_eq(setenv("TMPDIR", directory, 1), 0);
    Error error = {0};
    int64_t places[PIECES];
    static char bytes[LENGTH], back[LENGTH];
    TemporaryFile *file = temporary_new(&error);
#pragma omp parallel for num_threads(4) firstprivate(bytes)
    for (int i = 0; i < PIECES; i++) {
        Error here;
        memset(bytes, i, (size_t)(i * 700 + 1));
        cr_assert_eq(temporary_append(file, bytes, (size_t)(i * 700 + 1), &places[i], &here),
                     STATUS_OK);
    }
    cr_assert_eq(temporary_length(file), 700 * PIECES * (PIECES - 1) / 2 + PIECES);
    cr_assert_eq(count_entries(directory), 2); /* . and .. */
    for (int i = 0; i < PIECES; i++) {
        const size_t length = (size_t)(i * 700 + 1);
        cr_assert_eq(temporary_read(file, places[i], back, length, &error), STATUS_OK);
        for (size_t at = 0; at < length; at++) {
            cr_assert_eq(back[at], (char)i);
        }
    }
    cr_assert_eq(temporary_read(file, temporary_length(file), back, 1, &error), STATUS_FAILED);
    temporary_free(file);
    cr_assert_eq(rmdir(directory), 0);
}

Test(temporary, says_where_it_cannot_be_made)
{
    cr_assert_eq(setenv("TMPDIR", "/nowhere", 1), 0);
    Error error = {0};
    int64_t place;
    TemporaryFile *file = temporary_new(&error);
    cr_assert_eq(temporary_append(file, "x", 1, &place, &error), STATUS_FAILED);
    cr_assert_str_eq(error.message,
                     "/nowhere: a temporary file cannot be made (No such file or directory)");
    temporary_free(file);
}
