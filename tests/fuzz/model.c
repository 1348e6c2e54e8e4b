/* A model's files. One of the files of a small sound model is replaced by the input: it is refused
 * with its name, or the model that is loaded is whole, can be asked, and comes back the same when
 * it is saved and loaded again. What model.json says of the files' sizes and checksums is put
 * right, so that they are not in the way.
 *
 * Input: a byte that chooses the file, then the file. The sound model is in the directory
 * THEMATA_FUZZ_MODEL of the environment, which tests/fuzz/make-model makes. */
#include "fuzz.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "model/store.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* model.json first; labels.csv has no checksum. */
enum { FILES = 7, WITH_CHECKSUM = 5 };
static const char *const names[FILES] = {"model.json", "topics.npy",     "mixtures.npy",
                                         "counts.npz", "vocabulary.csv", "documents.csv",
                                         "labels.csv"};

typedef struct File {
    char *bytes;
    size_t length;
} File;

/* ---- the sound model ---- */

/* Its files, from the directory that the environment names. */
static const File *sound_files(void)
{
    static File files[FILES];
    const char *directory = getenv("THEMATA_FUZZ_MODEL");
    if (files[0].bytes) {
        return files;
    }
    if (!directory) {
        fuzz_fail("THEMATA_FUZZ_MODEL names a model", __FILE__, __LINE__, NULL);
    }
    for (int i = 0; i < FILES; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        files[i].bytes = fuzz_read(path, &files[i].length);
    }
    return files;
}

/* Puts `value` in place of what stands between the text `before`, looked for from *at on, and the
 * byte `end`; false if it is not there. */
static bool put(Buffer *text, size_t *at, const char *before, char end, const char *value)
{
    Buffer made = {0};
    Error error;
    const char *found = strstr(text->bytes + *at, before);
    const char *begin = found ? found + strlen(before) : NULL;
    const char *behind = begin ? strchr(begin, end) : NULL;
    if (!behind) {
        return false;
    }
    *at = (size_t)(begin - text->bytes);
    REQUIRE_OK(buffer_append(&made, text->bytes, *at, &error), &error);
    REQUIRE_OK(buffer_append_text(&made, value, &error), &error);
    REQUIRE_OK(buffer_append(&made, behind, text->length - (size_t)(behind - text->bytes), &error),
               &error);
    buffer_free(text);
    *text = made;
    return true;
}

/* The size and checksum of a file, where a model.json has them as the program writes it. */
static void vouch(Buffer *json, const char *name, const File *file)
{
    char key[64], value[32];
    size_t at = 0;
    snprintf(key, sizeof key, "\"%s\": {", name);
    const char *found = strstr(buffer_text(json), key);
    if (!found) {
        return;
    }
    at = (size_t)(found - json->bytes);
    snprintf(value, sizeof value, "%zu", file->length);
    if (put(json, &at, "\"bytes\": ", ',', value)) {
        hash_format(hash_bytes(file->bytes, file->length), value);
        put(json, &at, "\"xxh3\": \"", '"', value);
    }
}

/* Writes all files of the model in which file number `replaced` has these bytes. */
static void write_model(const char *directory, int replaced, FuzzInput input)
{
    const File *sound = sound_files();
    File files[FILES];
    Buffer json = {0};
    Error error;
    memcpy(files, sound, sizeof files);
    char *bytes = fuzz_text(input);
    if (replaced < FILES) {
        files[replaced] = (File){bytes, input.length};
    }
    REQUIRE_OK(buffer_append(&json, files[0].bytes, files[0].length, &error), &error);
    for (int i = 1; i <= WITH_CHECKSUM; i++) {
        vouch(&json, names[i], &files[i]);
    }
    REQUIRE(mkdir(directory, 0777) == 0 || errno == EEXIST);
    for (int i = 0; i < FILES; i++) {
        char name[64];
        snprintf(name, sizeof name, "model/%s", names[i]);
        fuzz_write(name, i ? files[i].bytes : buffer_text(&json),
                   i ? files[i].length : json.length);
    }
    buffer_free(&json);
    free(bytes);
}

/* ---- what must hold of a model that was loaded ---- */

static void require_sound(const Model *model)
{
    Error error;
    enum { ASKED = 3 };
    TopicWord words[ASKED];
    int64_t documents[ASKED];
    double shares = 0.0;
    REQUIRE(model->k >= 1 && model->vocabulary.count >= 1 && model->documents.count >= 1);
    REQUIRE(model->modelled >= 0 && model->modelled <= model->documents.count);
    for (int t = 1; t <= model->k; t++) {
        const int64_t count = model_top_words(model, t, ASKED, words, &error);
        REQUIRE(count >= 0 && count <= ASKED);
        for (int64_t i = 0; i < count; i++) {
            REQUIRE(words[i].word < model->vocabulary.count && words[i].probability > 0.0F);
            REQUIRE(model_lift(model, t, words[i].word) >= 0.0);
        }
        REQUIRE(model_top_documents(model, t, ASKED, documents, &error) >= 0);
        REQUIRE(isfinite(model->shares[t - 1]) && model->shares[t - 1] >= 0.0);
        REQUIRE(utf8_is_valid(model->labels[t - 1].label) &&
                utf8_is_valid(model->labels[t - 1].note));
        shares += model->shares[t - 1];
    }
    REQUIRE(shares == 0.0 || fabs(shares - 1.0) < 1e-3);
    for (int64_t d = 0; d < model->documents.count; d++) {
        REQUIRE(utf8_is_valid(model->documents.items[d].id));
        REQUIRE(utf8_is_valid(model->documents.items[d].title));
        REQUIRE(utf8_is_valid(model->documents.items[d].excerpt));
    }
}

static void require_same_files(const char *a, const char *b)
{
    for (int i = 0; i < FILES; i++) {
        char path[8192];
        size_t of_a, of_b;
        snprintf(path, sizeof path, "%s/%s", a, names[i]);
        char *bytes_a = fuzz_read(path, &of_a);
        snprintf(path, sizeof path, "%s/%s", b, names[i]);
        char *bytes_b = fuzz_read(path, &of_b);
        if (of_a != of_b || memcmp(bytes_a, bytes_b, of_a) != 0) {
            fuzz_fail("saved twice, a file is the same", __FILE__, __LINE__, names[i]);
        }
        free(bytes_a);
        free(bytes_b);
    }
}

/* Saves, loads and saves once more: the second time as the first. */
static void check_round_trip(const Model *model)
{
    char first[4096], second[4096];
    Error error = {0};
    Model again = {0};
    snprintf(first, sizeof first, "%s/first", fuzz_directory());
    snprintf(second, sizeof second, "%s/second", fuzz_directory());
    REQUIRE(mkdir(first, 0777) == 0 && mkdir(second, 0777) == 0);
    REQUIRE_OK(model_save(model, first, "0", &error), &error);
    REQUIRE_OK(model_load(first, &again, &error), &error);
    REQUIRE_OK(model_save(&again, second, "0", &error), &error);
    require_same_files(first, second);
    model_free(&again);
    for (int i = 0; i < FILES; i++) {
        char path[5000];
        snprintf(path, sizeof path, "%s/%s", first, names[i]);
        remove(path);
        snprintf(path, sizeof path, "%s/%s", second, names[i]);
        remove(path);
    }
    REQUIRE(remove(first) == 0 && remove(second) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool tried;
    FuzzInput input = {data, size};
    char directory[4096];
    snprintf(directory, sizeof directory, "%s/model", fuzz_directory());
    Error error = {0};
    Model model = {0};
    if (!tried) { /* the sound model is sound, or nothing below means anything */
        tried = true;
        write_model(directory, FILES, (FuzzInput){data, 0});
        REQUIRE_OK(model_load(directory, &model, &error), &error);
        require_sound(&model);
        check_round_trip(&model);
        model_free(&model);
    }
    write_model(directory, fuzz_byte(&input) % FILES, input);
    Status status = model_load(directory, &model, &error);
    REQUIRE(status == STATUS_OK || status == STATUS_INPUT);
    if (status) {
        REQUIRE(strstr(error.message, directory) != NULL);
        return 0;
    }
    require_sound(&model);
    check_round_trip(&model);
    model_free(&model);
    return 0;
}
