/* What is settled before a corpus is read, and what becomes of one document. */
#include "app/metadata_input.h"
#include "app/reading.h"
#include "base/memory.h"
#include "model/store.h"
#include "text/soft_hyphen.h"

#include <string.h>
#include <sys/stat.h>

Status reading_open(const Options *options, const char *path, const char *output, Corpus **corpus,
                    Error *error)
{
    const CorpusOptions how = metadata_input_corpus(options, path);
    return options->files_from
               ? corpus_open_list(path, options->nul_separated, &how, output, corpus, error)
               : corpus_open(path, &how, output, corpus, error);
}

bool reading_is_once(const char *path)
{
    struct stat facts;
    return strcmp(path, "-") == 0 ||
           (stat(path, &facts) == 0 && !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode));
}

Status reading_take(Cleaning *cleaning, Document *document, DocumentList *list, const char **text,
                    size_t *length, Error *error)
{
    Status status = documents_add(list, document, error);
    if (!status) {
        soft_hyphens_join(&document->text);
        status =
            cleaning_apply(cleaning, document, &list->items[list->count - 1], text, length, error);
    }
    return status;
}

Status reading_check_rules(const Model *model, const char *path, Error *error)
{
    const TokenizerOptions rules = model_token_rules(&model->text);
    Tokenizer *tokenizer;
    Cleaner *cleaner = NULL;
    Status status = tokenizer_new(&rules, &tokenizer, error);
    status = status ? status : cleaner_new(&model->text.clean, &cleaner, error);
    tokenizer_free(tokenizer);
    cleaner_free(cleaner);
    if (status == STATUS_USAGE) {
        const Error inner = *error;
        return error_set(error, STATUS_INPUT, "%s/" MODEL_MARK ": %.700s", path, inner.message);
    }
    return status;
}

double reading_bytes(const Options *options)
{
    const double granted =
        options->memory_bytes ? (double)options->memory_bytes : 0.75 * memory_physical();
    return granted / 4.0;
}
