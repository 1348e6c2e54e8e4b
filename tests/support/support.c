#include "support/support.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *support_directory(void)
{
    char template[] = "/tmp/themata-test-XXXXXX";
    cr_assert(mkdtemp(template) != NULL);
    char *copy = strdup(template);
    cr_assert(copy != NULL);
    return copy;
}

void support_write(const char *directory, const char *name, const void *bytes, size_t length)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    for (char *at = path + strlen(directory) + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        cr_assert(mkdir(path, 0777) == 0 || errno == EEXIST);
        *at = '/';
    }
    FILE *file = fopen(path, "wb");
    cr_assert(file != NULL, "%s: %s", path, strerror(errno));
    cr_assert(fwrite(bytes, 1, length, file) == length);
    cr_assert(fclose(file) == 0);
}

void support_write_text(const char *directory, const char *name, const char *text)
{
    support_write(directory, name, text, strlen(text));
}

char *support_read(const char *directory, const char *name, size_t *length)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    cr_assert(file != NULL, "%s: %s", path, strerror(errno));
    cr_assert(fseek(file, 0, SEEK_END) == 0);
    long size = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)size + 1);
    cr_assert(bytes != NULL);
    cr_assert(fread(bytes, 1, (size_t)size, file) == (size_t)size);
    bytes[size] = '\0';
    fclose(file);
    if (length) {
        *length = (size_t)size;
    }
    return bytes;
}

SparseMatrix *support_sparse(int64_t rows, int64_t columns, const double *values)
{
    int64_t entries = 0;
    for (int64_t i = 0; i < rows * columns; i++) {
        entries += values[i] != 0.0;
    }
    Error error;
    SparseMatrix *matrix = sparse_new(rows, columns, entries, &error);
    cr_assert(matrix != NULL);
    int64_t filled = 0;
    for (int64_t j = 0; j < columns; j++) {
        matrix->own_starts[j] = filled;
        for (int64_t i = 0; i < rows; i++) {
            if (values[i * columns + j] != 0.0) {
                matrix->own_rows[filled] = i;
                matrix->values[filled++] = values[i * columns + j];
            }
        }
    }
    matrix->own_starts[columns] = filled;
    return matrix;
}
