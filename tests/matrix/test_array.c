#include "matrix/array.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* A .npy file in memory with this header and `size` bytes of values. */
static size_t make(char *bytes, const char *header, const void *values, size_t size)
{
    const size_t length = strlen(header);
    memcpy(bytes, "\x93NUMPY\x01\x00", 8);
    bytes[8] = (char)(length & 0xFF);
    bytes[9] = (char)(length >> 8);
    memcpy(bytes + 10, header, length);
    memcpy(bytes + 10 + length, values, size);
    return 10 + length + size;
}

static Status open_header(const char *header, const void *values, size_t size, Array *array,
                          Error *error)
{
    static char bytes[1024];
    return array_open("a.npy", bytes, make(bytes, header, values, size), array, error);
}

Test(array, elements_of_every_kind)
{
    static const struct {
        const char *type;
        const char *bytes;
        size_t size;
        double value;
    } kinds[] = {
        {"<f8", "\0\0\0\0\0\0\xF8\x3F", 8, 1.5},
        {">f8", "\x3F\xF8\0\0\0\0\0\0", 8, 1.5},
        {"<f4", "\0\0\xC0\x3F", 4, 1.5},
        {"|u1", "\xFF", 1, 255.0},
        {"|i1", "\xFF", 1, -1.0},
        {"<i2", "\xFE\xFF", 2, -2.0},
        {">u2", "\x01\x02", 2, 258.0},
        {"<i8", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8, -1.0},
        {"<u4", "\0\0\0\x80", 4, 2147483648.0},
        {"|b1", "\x01", 1, 1.0},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char header[128];
        Array array;
        Error error;
        snprintf(header, sizeof header,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (1,), }\n", kinds[i].type);
        cr_assert(open_header(header, kinds[i].bytes, kinds[i].size, &array, &error) == STATUS_OK,
                  "%s", error.message);
        cr_expect(array_number(&array, 0) == kinds[i].value, "%s: %g", kinds[i].type,
                  array_number(&array, 0));
    }
}

Test(array, whole_numbers_in_a_range)
{
    Array array;
    Error error;
    cr_assert(open_header("{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }\n",
                          "\x05\0\xFF\xFF", 4, &array, &error) == STATUS_OK);
    cr_expect(array_whole(&array, 0, 5) == 5 && array_whole(&array, 0, 4) == -1);
    cr_expect(array_whole(&array, 1, 5) == -1);
}

Test(array, shapes_and_orders)
{
    Array array;
    Error error;
    cr_assert(open_header("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }\n", "abcdef",
                          6, &array, &error) == STATUS_OK);
    cr_expect(array.fortran && array.dimensions == 2 && array.shape[1] == 3 && array.count == 6);
    cr_assert(open_header("{'descr': '|S3', 'fortran_order': False, 'shape': (), }\n", "csr", 3,
                          &array, &error) == STATUS_OK);
    cr_expect(array.dimensions == 0 && array.count == 1 && array.size == 3);
}

Test(array, refuses_what_cannot_be)
{
    static const struct {
        const char *header;
        const char *says;
    } wrong[] = {
        {"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n", "Python objects"},
        {"{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }\n", "'<c16'"},
        {"{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }\n", "'<f2'"},
        {"{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }\n",
         "records, not numbers"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1), }\n", "two dimensions"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n", "its shape says"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }\n",
         "too large"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }\n",
         "its shape says"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (x,), }\n", "no array"},
        {"{'descr': '<f8', 'shape': (1,), }\n", "no array"},
        {"", "no array"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Array array;
        Error error;
        cr_expect(open_header(wrong[i].header, "12345678", 8, &array, &error) == STATUS_INPUT, "%s",
                  wrong[i].header);
        cr_expect(strstr(error.message, wrong[i].says) != NULL, "%s: %s", wrong[i].header,
                  error.message);
    }
}
