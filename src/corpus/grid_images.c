/* PGM images as a grid (J. Poskanzer's formats P2 and P5). */
#include "corpus/grid_files.h"

#include "corpus/container.h"
#include "corpus/notes.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PIXELS_MAX = 1 << 28, HEAD_BYTES = 1 << 12 };

typedef struct Image {
    const char *name;
    bool plain; /* P2: numbers as text */
    int64_t width;
    int64_t height;
    int64_t most; /* the value of white */
} Image;

static Status set_bad(const Image *image, const char *wrong, Error *error)
{
    return error_set(error, STATUS_INPUT, "%s: %s", image->name, wrong);
}

/* The next number of a plain part of the file, with white space and comments before it; false if
 * there is none. */
static bool take_number(Stream *stream, int64_t *number)
{
    Error ignored;
    bool comment = false;
    int64_t value = -1;
    for (;;) {
        size_t length;
        if (stream_fill(stream, 1, &ignored)) {
            return false;
        }
        const char *ahead = stream_ahead(stream, &length);
        if (length == 0 || (value >= 0 && !isdigit((unsigned char)*ahead))) {
            *number = value;
            return value >= 0;
        }
        comment = comment ? *ahead != '\n' : *ahead == '#';
        if (!comment && isdigit((unsigned char)*ahead)) {
            value = 10 * (value < 0 ? 0 : value) + (*ahead - '0');
        }
        if (value > PIXELS_MAX ||
            !(comment || isdigit((unsigned char)*ahead) || isspace((unsigned char)*ahead))) {
            return false;
        }
        stream_skip(stream, 1);
    }
}

/* Reads the head; *is_image says whether it is one at all. */
static Status read_head(Stream *stream, Image *image, bool *is_image, Error *error)
{
    size_t length;
    Status status = stream_fill(stream, HEAD_BYTES, error);
    if (status) {
        return error_put_subject(error, image->name);
    }
    const char *ahead = stream_ahead(stream, &length);
    *is_image = length > 2 && ahead[0] == 'P' && (ahead[1] == '2' || ahead[1] == '5') &&
                isspace((unsigned char)ahead[2]);
    if (!*is_image) {
        return STATUS_OK;
    }
    image->plain = ahead[1] == '2';
    stream_skip(stream, 2);
    if (!take_number(stream, &image->width) || !take_number(stream, &image->height) ||
        !take_number(stream, &image->most) || image->width < 1 || image->height < 1 ||
        image->most < 1 || image->most > 65535 || image->width > PIXELS_MAX / image->height) {
        return set_bad(image, "its head is not that of a PGM image of at most 2^28 pixels", error);
    }
    if (!image->plain) { /* one white space, then the pixels */
        status = stream_fill(stream, 1, error);
        (void)stream_ahead(stream, &length);
        if (!status && length > 0) {
            stream_skip(stream, 1);
        }
    }
    return status ? error_put_subject(error, image->name) : STATUS_OK;
}

static Status read_pixel(Stream *stream, const Image *image, int64_t *pixel, Error *error)
{
    const size_t bytes = image->most > 255 ? 2 : 1;
    size_t length;
    if (image->plain) {
        if (!take_number(stream, pixel)) {
            return set_bad(image, "has fewer numbers than pixels", error);
        }
    } else {
        Status status = stream_fill(stream, bytes, error);
        if (status) {
            return error_put_subject(error, image->name);
        }
        const unsigned char *ahead = (const unsigned char *)stream_ahead(stream, &length);
        if (length < bytes) {
            return set_bad(image, "ends before its last pixel", error);
        }
        *pixel = bytes == 1 ? ahead[0] : ahead[0] << 8 | ahead[1];
        stream_skip(stream, bytes);
    }
    return *pixel <= image->most ? STATUS_OK
                                 : set_bad(image, "has a pixel that is brighter than white", error);
}

static Status name_pixels(const Image *image, Grid *grid, Error *error)
{
    Status status = STATUS_OK;
    for (int64_t y = 1; y <= image->height; y++) {
        for (int64_t x = 1; x <= image->width && !status; x++) {
            char name[48];
            snprintf(name, sizeof name, "%" PRId64 ":%" PRId64, y, x);
            status = name_list_add(&grid->column_names, name, error);
        }
    }
    return status;
}

/* Adds an image as a row; `first` is the first one, whose size it must have. */
static Status add_image(Stream *stream, const Image *image, const Image *first, Grid *grid,
                        Error *error)
{
    if (image->width != first->width || image->height != first->height) {
        error_set(error, STATUS_INPUT,
                  "%s: has %" PRId64 " × %" PRId64 " pixels (%" PRId64 " × %" PRId64
                  " were expected, as in the first)",
                  image->name, image->width, image->height, first->width, first->height);
        return error_hint(error, "all images must have one size");
    }
    Status status = name_list_add(&grid->row_names, image->name, error);
    for (int64_t p = 0; p < image->width * image->height && !status; p++) {
        int64_t pixel;
        status = read_pixel(stream, image, &pixel, error);
        status = status ? status : grid_add(grid, p, (double)pixel, error);
    }
    if (!status && grid->rows == 0) { /* behind the pixels, which a short file has not */
        status = name_pixels(image, grid, error);
    }
    return status ? status : grid_end_row(grid, error);
}

static Status read_entries(Container *directory, Grid *grid, Error *error)
{
    Image first = {0};
    ContainerEntry entry;
    Status status = directory->next(directory, &entry, error);
    while (!status && entry.name) {
        Image image = {.name = entry.name};
        bool is_image;
        status = read_head(entry.stream, &image, &is_image, error);
        if (!status && is_image) {
            first = grid->rows == 0 ? image : first;
            status = add_image(entry.stream, &image, &first, grid, error);
        }
        grid->passed_over += !status && !is_image;
        status = status ? status : directory->next(directory, &entry, error);
    }
    grid_end(grid, first.width * first.height);
    return status;
}

Status grid_read_images(const char *path, Grid *grid, Error *error)
{
    CorpusNotes notes = {0};
    Container *directory = directory_open(path, NULL, &notes, error);
    Status status = directory ? STATUS_OK : error_status(error);
    if (!status && read_entries(directory, grid, error)) {
        status = error_put_subject(error, path);
    }
    if (!status && grid->rows == 0) {
        error_set(error, STATUS_INPUT, "%s: holds no PGM images", path);
        status = error_hint(error,
                            "a directory is read as images, P2 or P5, one a row; other kinds have "
                            "to be converted to such; texts are for themata fit");
    }
    container_free(directory);
    notes_free(&notes);
    return status;
}
