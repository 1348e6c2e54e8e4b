#include "app/cleaning.h"

#include "app/diagnosis.h"
#include "app/messages.h"
#include "base/memory.h"
#include "corpus/reader.h"
#include "text/html.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- rules ---- */

/* PATTERN=TEXT at the first = without a backslash before it; \= becomes = in the pattern. */
static Status add_replacement(CleanOptions *clean, const char *rule, Error *error)
{
    Buffer pattern = {0};
    Status status = STATUS_OK;
    while (*rule && *rule != '=' && !status) {
        const bool is_pair = rule[0] == '\\' && rule[1];
        const bool is_equals = is_pair && rule[1] == '=';
        status = buffer_append(&pattern, rule + is_equals, is_pair && !is_equals ? 2 : 1, error);
        rule += is_pair ? 2 : 1;
    }
    if (!status && *rule != '=') {
        error_set(error, STATUS_USAGE, "--replace: '%s' has no = (REGEX=TEXT was expected)",
                  buffer_text(&pattern));
        status = error_hint(error, "--drop takes out what a pattern matches");
    } else if (!status && pattern.length == 0) {
        status = error_set(error, STATUS_USAGE, "--replace: the pattern before = is empty");
    }
    if (!status) {
        status = clean_add_rule(clean, pattern.bytes, rule + 1, error);
    }
    buffer_free(&pattern);
    return status;
}

Status cleaning_options(const Options *options, CleanOptions *clean, Error *error)
{
    clean->html = options->html;
    clean->email = options->email;
    clean->links = options->strip_urls;
    Status status = STATUS_OK;
    for (size_t i = 0; i < options->clean_rules.count && !status; i++) {
        const OptionListItem *item = &options->clean_rules.items[i];
        status = strcmp(item->option, "replace") == 0
                     ? add_replacement(clean, item->text, error)
                     : clean_add_rule(clean, item->text, NULL, error);
    }
    Cleaner *cleaner = NULL;
    status = status ? status : cleaner_new(clean, &cleaner, error);
    cleaner_free(cleaner);
    return status;
}

/* ---- documents ---- */

Status cleaning_begin(const CleanOptions *rules, bool looks, Cleaning *cleaning, Error *error)
{
    cleaning->looks = looks && !rules->html;
    return clean_is_needed(rules) ? cleaner_new(rules, &cleaning->cleaner, error) : STATUS_OK;
}

/* Whether the title is the text's own first line. */
static Status is_first_line(Cleaning *cleaning, const Document *document, bool *is, Error *error)
{
    buffer_clear(&cleaning->title);
    Status status = reader_find_title(&document->text, &cleaning->title, error);
    *is = !status && strcmp(buffer_text(&cleaning->title), buffer_text(&document->title)) == 0;
    return status;
}

static Status clean_title(Cleaning *cleaning, const Document *document, DocumentFacts *facts,
                          Error *error)
{
    const char *title = buffer_text(&document->title), *cleaned;
    size_t length;
    Status status =
        cleaner_apply(cleaning->cleaner, title, document->title.length, &cleaned, &length, error);
    return !status && cleaned != title ? documents_show_title(facts, cleaned, length, error)
                                       : status;
}

/* The text is not the same any more. */
static Status show(Cleaning *cleaning, DocumentFacts *facts, bool titled, const char *text,
                   size_t length, Error *error)
{
    Status status = documents_show_text(facts, text, length, error);
    if (!status && titled) {
        const Buffer borrowed = {.bytes = (char *)text, .length = length};
        buffer_clear(&cleaning->title);
        status = reader_find_title(&borrowed, &cleaning->title, error);
        status = status ? status
                        : documents_show_title(facts, buffer_text(&cleaning->title),
                                               cleaning->title.length, error);
    }
    return status;
}

Status cleaning_apply(Cleaning *cleaning, const Document *document, DocumentFacts *facts,
                      const char **text, size_t *length, Error *error)
{
    const char *raw = buffer_text(&document->text);
    const size_t raw_length = document->text.length;
    cleaning->tally.documents++;
    cleaning->tally.bytes += (int64_t)raw_length;
    cleaning->tally.tagged +=
        cleaning->looks && (html_has_tags(raw, raw_length) || html_has_references(raw, raw_length));
    *text = raw;
    *length = raw_length;
    if (!cleaning->cleaner) {
        return STATUS_OK;
    }
    bool titled;
    Status status = is_first_line(cleaning, document, &titled, error);
    if (!status && !titled) { /* before the text, which lives until the cleaner is used again */
        status = clean_title(cleaning, document, facts, error);
    }
    if (!status) {
        status = cleaner_apply(cleaning->cleaner, raw, raw_length, text, length, error);
    }
    return !status && *text != raw ? show(cleaning, facts, titled, *text, *length, error) : status;
}

bool cleaning_should_suggest_html(const CleaningTally *tally)
{
    return 5 * tally->tagged > tally->documents;
}

void cleaning_suggest_html(const CleaningTally *tally)
{
    message_line("%" PRId64 " of %" PRId64 " document%s %s HTML; --html takes it out",
                 tally->tagged, tally->documents, plural(tally->documents),
                 tally->tagged == 1 ? "holds" : "hold");
}

void cleaning_add_tally(const CleaningTally *part, CleaningTally *sum)
{
    sum->documents += part->documents;
    sum->bytes += part->bytes;
    sum->tagged += part->tagged;
}

void cleaning_end(Cleaning *cleaning)
{
    cleaner_free(cleaning->cleaner);
    buffer_free(&cleaning->title);
    *cleaning = (Cleaning){0};
}
