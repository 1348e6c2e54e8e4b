#include "app/text_reading.h"

#include "app/diagnosis.h"
#include "app/messages.h"
#include "app/reading.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The documents that are looked for, and what became of them so far. */
typedef struct Search {
    const TextReading *reading;
    DocumentTexts *texts;
    Vocabulary ids; /* of the documents, by their places among the texts */
    Cleaning cleaning;
    DocumentList scratch; /* the document at hand */
    int64_t left;         /* not met yet */
    int64_t changed;
    int64_t first_changed; /* the place of the first, in the model's order */
    int64_t bytes;
} Search;

static const DocumentFacts *facts_of(const Search *search, int64_t place)
{
    return &search->reading->model->documents.items[search->texts->items[place].document];
}

/* Ids are told apart by the corpus; a model that has one twice was edited, and no corpus has it. */
static Status gather_ids(Search *search, Error *error)
{
    Status status = STATUS_OK;
    for (int64_t i = 0; i < search->texts->count && !status; i++) {
        const char *id = facts_of(search, i)->id;
        WordId place;
        status = vocabulary_add(&search->ids, id, strlen(id), &place, error);
        if (!status && place != (WordId)i) {
            status =
                error_set(error, STATUS_INPUT, "the model has two documents with the id '%s'", id);
        }
    }
    return status;
}

static Status set_too_large(const Search *search, Error *error)
{
    const int64_t most = search->reading->bytes_most;
    const bool in_mb = most % (1 << 20) == 0;
    error_set(error, STATUS_INPUT, "--text full: the texts have more than %" PRId64 " %s",
              in_mb ? most >> 20 : most, in_mb ? "MB" : "bytes");
    return error_hint(error, "--text excerpts shows the beginning of each topic's best documents; "
                             "export --to sqlite has all documents and their shares in a "
                             "database; --max-text allows larger pages");
}

/* Takes the document if it is looked for. */
static Status take(Search *search, Document *document, Error *error)
{
    const WordId place =
        vocabulary_find(&search->ids, buffer_text(&document->id), document->id.length);
    if (place == WORD_NONE || search->texts->items[place].text) {
        return STATUS_OK;
    }
    const char *text;
    size_t length;
    Status status =
        reading_take(&search->cleaning, document, &search->scratch, &text, &length, error);
    if (!status) {
        const bool same = search->scratch.items[0].hash == facts_of(search, place)->hash;
        if (!same && (search->changed++ == 0 || place < search->first_changed)) {
            search->first_changed = place;
        }
        status = document_text_take(&search->texts->items[place], text, length,
                                    search->reading->characters, error);
        search->bytes += (int64_t)search->texts->items[place].length;
        search->left--;
    }
    documents_free(&search->scratch);
    const int64_t most = search->reading->bytes_most;
    return !status && most && search->bytes > most ? set_too_large(search, error) : status;
}

static Status read_corpus(Search *search, Corpus *corpus, Error *error)
{
    Document document = {0};
    bool found = true;
    Status status = STATUS_OK;
    while (!status && found && search->left > 0) {
        status = corpus_next(corpus, &document, &found, error);
        if (!status && found) {
            status = take(search, &document, error);
        }
    }
    document_free(&document);
    return status;
}

/* Says which documents are not there, or not as they were. */
static Status check_all(const Search *search, Error *error)
{
    const char *path = search->reading->path;
    if (search->left == 0 && search->changed == 0) {
        return STATUS_OK;
    }
    int64_t first = search->first_changed;
    for (int64_t i = 0; i < search->texts->count && search->left > 0; i++) {
        if (!search->texts->items[i].text) {
            first = search->changed && first < i ? first : i;
            break;
        }
    }
    const char *id = facts_of(search, first)->id;
    const int64_t left = search->left, changed = search->changed;
    if (changed == 0) {
        error_set(error, STATUS_INPUT,
                  "%s: %" PRId64 " of the %" PRId64 " documents to be shown %s not in it (the "
                  "first: %s)",
                  path, left, search->texts->count, left == 1 ? "is" : "are", id);
    } else if (left == 0) {
        error_set(error, STATUS_INPUT,
                  "%s: %" PRId64 " of the %" PRId64 " documents to be shown %s changed since the "
                  "model was made (the first: %s)",
                  path, changed, search->texts->count, changed == 1 ? "has" : "have", id);
    } else {
        error_set(error, STATUS_INPUT,
                  "%s: of the %" PRId64 " documents to be shown %" PRId64
                  " %s not in it and %" PRId64
                  " %s changed since the model was made (the first: %s)",
                  path, search->texts->count, left, left == 1 ? "is" : "are", changed,
                  changed == 1 ? "has" : "have", id);
    }
    return error_hint(error, "texts are shown from the corpus that the model was made of; --text "
                             "snippets needs none");
}

static Status search_run(Search *search, Error *error)
{
    const TextReading *reading = search->reading;
    Corpus *corpus = NULL;
    search->left = search->texts->count;
    Status status = gather_ids(search, error);
    if (!status) {
        status = cleaning_begin(&reading->model->text.clean, false, &search->cleaning, error);
    }
    if (!status) {
        status = reading_open(reading->options, reading->path, reading->avoid, &corpus, error);
    }
    status = status ? status : read_corpus(search, corpus, error);
    corpus_free(corpus);
    return status ? status : check_all(search, error);
}

Status text_reading_run(const TextReading *reading, DocumentTexts *texts, Error *error)
{
    Search search = {.reading = reading, .texts = texts};
    Status status = search_run(&search, error);
    vocabulary_free(&search.ids);
    cleaning_end(&search.cleaning);
    return status;
}
