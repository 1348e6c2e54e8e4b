#include "text/stemmer.h"

#include <libstemmer.h>
#include <string.h>

/* The library counts bytes in an int; nothing this long is a word. */
enum { WORD_BYTES_MAX = 1 << 16 };

static struct sb_stemmer *as_library(Stemmer *stemmer)
{
    return (struct sb_stemmer *)stemmer;
}

static Status set_missing(const Language *language, Error *error)
{
    Buffer names = {0};
    Status status = STATUS_OK;
    for (const Language *other = languages; other->name && !status; other++) {
        if (other->stemmer) {
            status = buffer_print(&names, error, "%s%s", names.length ? ", " : "", other->name);
        }
    }
    if (!status) {
        if (language) {
            error_set(error, STATUS_USAGE, "stems: there is no stemmer for %s", language->name);
        } else {
            error_set(error, STATUS_USAGE, "stems: need to know the language");
        }
        status = error_hint(error, "there is one for %s", buffer_text(&names));
    }
    buffer_free(&names);
    return status;
}

Status stemmer_new(const Language *language, Stemmer **stemmer, Error *error)
{
    *stemmer = NULL;
    if (!language || !language->stemmer) {
        return set_missing(language, error);
    }
    *stemmer = (Stemmer *)sb_stemmer_new(language->stemmer, "UTF_8");
    return *stemmer ? STATUS_OK
                    : error_set(error, STATUS_FAILED,
                                "stems: libstemmer has none for %s, or no memory", language->name);
}

Status stemmer_stem(Stemmer *stemmer, const char **word, size_t *length, Error *error)
{
    if (*length > WORD_BYTES_MAX) {
        return STATUS_OK;
    }
    const sb_symbol *stem =
        sb_stemmer_stem(as_library(stemmer), (const sb_symbol *)*word, (int)*length);
    if (!stem) {
        return error_set(error, STATUS_FAILED, "out of memory: a stem");
    }
    const int stem_length = sb_stemmer_length(as_library(stemmer));
    if (stem_length > 0) {
        *word = (const char *)stem;
        *length = (size_t)stem_length;
    }
    return STATUS_OK;
}

void stemmer_free(Stemmer *stemmer)
{
    if (stemmer) {
        sb_stemmer_delete(as_library(stemmer));
    }
}
