#include "text/language.h"

#include <string.h>

/* Articles, pronouns, prepositions and conjunctions that lose their vowel before another. */
#define FRENCH_ELIDED "l d j m t s n c qu jusqu lorsqu puisqu quoiqu quelqu"
#define ITALIAN_ELIDED                                                                             \
    "l d c m t s v n un gl dell all nell sull dall coll pell quell quest com dov cos quand anch "  \
    "tutt nient senz"
#define CATALAN_ELIDED "l d m t s n"

const Language languages[] = {
    {.name = "arabic", .code = "ar", .stemmer = "arabic"},
    {.name = "armenian", .code = "hy", .stemmer = "armenian"},
    {.name = "azerbaijani", .code = "az", .dotless_i = true},
    {.name = "basque", .code = "eu", .stemmer = "basque"},
    {.name = "catalan", .code = "ca", .stemmer = "catalan", .elided = CATALAN_ELIDED},
    {.name = "danish", .code = "da", .stemmer = "danish"},
    {.name = "dutch", .code = "nl", .stemmer = "dutch"},
    {.name = "english", .code = "en", .stemmer = "english"},
    {.name = "finnish", .code = "fi", .stemmer = "finnish"},
    {.name = "french", .code = "fr", .stemmer = "french", .elided = FRENCH_ELIDED},
    {.name = "german", .code = "de", .stemmer = "german"},
    {.name = "greek", .code = "el", .stemmer = "greek"},
    {.name = "hindi", .code = "hi", .stemmer = "hindi"},
    {.name = "hungarian", .code = "hu", .stemmer = "hungarian"},
    {.name = "indonesian", .code = "id", .stemmer = "indonesian"},
    {.name = "irish", .code = "ga", .stemmer = "irish"},
    {.name = "italian", .code = "it", .stemmer = "italian", .elided = ITALIAN_ELIDED},
    {.name = "lithuanian", .code = "lt", .stemmer = "lithuanian"},
    {.name = "nepali", .code = "ne", .stemmer = "nepali"},
    {.name = "norwegian", .code = "no", .stemmer = "norwegian"},
    {.name = "polish", .code = "pl"},
    {.name = "portuguese", .code = "pt", .stemmer = "portuguese"},
    {.name = "romanian", .code = "ro", .stemmer = "romanian"},
    {.name = "russian", .code = "ru", .stemmer = "russian"},
    {.name = "serbian", .code = "sr", .stemmer = "serbian"},
    {.name = "spanish", .code = "es", .stemmer = "spanish"},
    {.name = "swedish", .code = "sv", .stemmer = "swedish"},
    {.name = "tamil", .code = "ta", .stemmer = "tamil"},
    {.name = "turkish", .code = "tr", .stemmer = "turkish", .dotless_i = true},
    {.name = "yiddish", .code = "yi", .stemmer = "yiddish"},
    {.name = NULL},
};

const Language *language_find(const char *name)
{
    for (const Language *language = languages; language->name; language++) {
        if (strcmp(name, language->name) == 0 || strcmp(name, language->code) == 0) {
            return language;
        }
    }
    return NULL;
}

static Status set_unknown(const char *name, Error *error)
{
    Buffer names = {0};
    Status status = STATUS_OK;
    for (const Language *language = languages; language->name && !status; language++) {
        status = buffer_print(&names, error, "%s, ", language->name);
    }
    if (!status) {
        error_set(error, STATUS_USAGE, "language: '%s' is not known", name);
        status = error_hint(error, "give %sauto or none", buffer_text(&names));
    }
    buffer_free(&names);
    return status;
}

Status language_choose(const char *setting, const Language **language, Error *error)
{
    *language = NULL;
    if (!setting || strcmp(setting, "auto") == 0 || strcmp(setting, "none") == 0) {
        return STATUS_OK;
    }
    *language = language_find(setting);
    return *language ? STATUS_OK : set_unknown(setting, error);
}
