#include "base/spool.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 3000, SPOOLS = 3 };

/* Item i of a spool: of 1 to 100 bytes. */
static size_t item(int spool, int i, char bytes[100])
{
    const size_t length = 1 + (size_t)(i * 7 + spool * 31) % 100;
    memset(bytes, i % 256 + spool, length);
    return length;
}

static void expect_back(const Spool *spool, int number, const TemporaryFile *file, size_t room)
{
    Error error = {0};
    SpoolReader reader = {.spool = spool, .file = file, .room_bytes = room};
    for (int i = 0; i < ITEMS; i++) {
        char expected[100];
        const char *bytes;
        const size_t length = item(number, i, expected);
        cr_assert_eq(spool_take(&reader, length, &bytes, &error), STATUS_OK);
        cr_assert(memcmp(bytes, expected, length) == 0, "item %d", i);
    }
    cr_assert(spool_is_at_end(&reader));
    spool_reader_free(&reader);
}

Test(spool, several_in_one_file_come_back_as_they_were_written)
{
    static const size_t pieces[SPOOLS] = {1, 500, 1 << 20}, rooms[] = {1, 64, 1 << 20};
    Error error = {0};
    Spool spools[SPOOLS] = {{0}};
    TemporaryFile *file = temporary_new(&error);
    for (int i = 0; i < ITEMS; i++) {
        for (int s = 0; s < SPOOLS; s++) {
            char bytes[100];
            const size_t length = item(s, i, bytes);
            spools[s].piece_bytes = pieces[s];
            cr_assert_eq(spool_write(&spools[s], file, bytes, length, &error), STATUS_OK);
        }
    }
    for (int s = 0; s < SPOOLS; s++) {
        cr_assert_eq(spool_end(&spools[s], file, &error), STATUS_OK);
        cr_assert_null(spools[s].waiting.bytes);
        for (size_t r = 0; r < sizeof rooms / sizeof *rooms; r++) {
            expect_back(&spools[s], s, file, rooms[r]);
        }
        spool_free(&spools[s]);
    }
    temporary_free(file);
}

Test(spool, with_nothing_in_it_is_at_its_end)
{
    Error error = {0};
    Spool spool = {.piece_bytes = 10};
    TemporaryFile *file = temporary_new(&error);
    cr_assert_eq(spool_end(&spool, file, &error), STATUS_OK);
    const SpoolReader reader = {.spool = &spool, .file = file, .room_bytes = 10};
    cr_assert(spool_is_at_end(&reader));
    temporary_free(file);
}

Test(spool, says_what_cannot_be_written)
{
    cr_assert_eq(setenv("TMPDIR", "/nowhere", 1), 0);
    Error error = {0};
    Spool spool = {.piece_bytes = 10};
    TemporaryFile *file = temporary_new(&error);
    cr_assert_eq(spool_write(&spool, file, "few", 3, &error), STATUS_OK);
    cr_assert_eq(spool_write(&spool, file, "and more", 8, &error), STATUS_FAILED);
    spool_free(&spool);
    temporary_free(file);
}
