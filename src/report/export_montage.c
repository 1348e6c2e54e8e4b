/* The factors of a directory of images as one PGM picture, a tile each. */
#include "report/export_formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WHITE = 255, GAP = 2, GAP_GREY = 128 };

/* The size of the images, as the last of the entries `line:column` says; false if the entries are
 * not all the pixels of an image, line by line. */
static bool image_size(const Model *model, int64_t *height, int64_t *width)
{
    const uint32_t m = model->vocabulary.count;
    if (sscanf(vocabulary_word(&model->vocabulary, m - 1), "%" SCNd64 ":%" SCNd64, height, width) !=
            2 ||
        *height < 1 || *width < 1 || *height > m || *width > m || *height * *width != m) {
        return false;
    }
    for (uint32_t p = 0; p < m; p++) {
        char name[48];
        snprintf(name, sizeof name, "%" PRId64 ":%" PRId64, p / *width + 1, p % *width + 1);
        if (strcmp(name, vocabulary_word(&model->vocabulary, p)) != 0) {
            return false;
        }
    }
    return true;
}

/* The brightness of a pixel of a factor, whose brightest is white. */
static int brightness(const float *factor, float brightest, int64_t pixel)
{
    return brightest > 0.0F ? (int)(factor[pixel] / brightest * (float)WHITE + 0.5F) : 0;
}

static float brightest_of(const float *factor, int64_t pixels)
{
    float brightest = 0.0F;
    for (int64_t p = 0; p < pixels; p++) {
        brightest = factor[p] > brightest ? factor[p] : brightest;
    }
    return brightest;
}

/* One line of pixels through a row of tiles; tiles behind the last factor are black. */
static void write_line(const Model *model, int first, int tiles, int64_t line, int64_t width,
                       FILE *file)
{
    const int64_t m = model->vocabulary.count;
    for (int tile = 0; tile < tiles; tile++) {
        const int t = first + tile;
        const float *factor = model->topics + (t < model->k ? t : 0) * m;
        const float brightest = t < model->k ? brightest_of(factor, m) : 0.0F;
        for (int64_t x = 0; x < width; x++) {
            putc(brightness(factor, brightest, line * width + x), file);
        }
        for (int gap = 0; gap < GAP && tile + 1 < tiles; gap++) {
            putc(GAP_GREY, file);
        }
    }
}

Status export_montage(Export *export, const char *path, Error *error)
{
    const Model *model = export->model;
    int64_t height, width;
    (void)path;
    if (!image_size(model, &height, &width)) {
        error_set(error, STATUS_INPUT, "pgm: the %s of the model are no pixels of images",
                  model_nouns(model)->words);
        return error_hint(error, "themata factor DIRECTORY makes a model of PGM images");
    }
    int tiles = 1; /* as many in a row as rows, or one more */
    while (tiles * tiles < model->k) {
        tiles++;
    }
    const int rows = (model->k + tiles - 1) / tiles;
    const int64_t across = tiles * (width + GAP) - GAP, down = rows * (height + GAP) - GAP;
    fprintf(export->file, "P5\n%" PRId64 " %" PRId64 "\n%d\n", across, down, WHITE);
    for (int row = 0; row < rows; row++) {
        for (int64_t y = 0; y < height; y++) {
            write_line(model, row * tiles, tiles, y, width, export->file);
        }
        for (int64_t p = 0; p < GAP * across && row + 1 < rows; p++) {
            putc(GAP_GREY, export->file);
        }
    }
    return STATUS_OK;
}
