#include "text/clean.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "text/html.h"
#include "text/links.h"
#include "text/mail.h"
#include "text/substitution.h"

#include <stdlib.h>
#include <string.h>

/* ---- options ---- */

bool clean_is_needed(const CleanOptions *options)
{
    return options->html || options->email || options->links || options->rule_count > 0;
}

Status clean_add_rule(CleanOptions *options, const char *pattern, const char *text, Error *error)
{
    Status status = memory_reserve(&options->rules, &options->rule_capacity,
                                   options->rule_count + 1, sizeof *options->rules, error);
    if (status) {
        return status;
    }
    CleanRule *rule = &options->rules[options->rule_count++];
    *rule = (CleanRule){.pattern = memory_copy_text(pattern, strlen(pattern), error)};
    if (rule->pattern && text) {
        rule->text = memory_copy_text(text, strlen(text), error);
    }
    return rule->pattern && (!text || rule->text) ? STATUS_OK : error_status(error);
}

void clean_options_free(CleanOptions *options)
{
    for (size_t i = 0; i < options->rule_count; i++) {
        free(options->rules[i].pattern);
        free(options->rules[i].text);
    }
    free(options->rules);
    *options = (CleanOptions){0};
}

/* ---- cleaning ---- */

struct Cleaner {
    const CleanOptions *options;
    Substitution **rules; /* owned, as many as the options have */
    Buffer rooms[2];      /* what a rule has left is in one, the next one's goes into the other */
};

Status cleaner_new(const CleanOptions *options, Cleaner **cleaner, Error *error)
{
    *cleaner = NULL;
    Cleaner *made = memory_new(1, sizeof *made, error);
    if (!made) {
        return error_status(error);
    }
    made->options = options;
    made->rules = memory_new(options->rule_count, sizeof(Substitution *), error);
    Status status = made->rules ? STATUS_OK : error_status(error);
    for (size_t i = 0; i < options->rule_count && !status; i++) {
        const CleanRule *rule = &options->rules[i];
        status = substitution_new(rule->text ? "--replace" : "--drop", rule->pattern, rule->text,
                                  &made->rules[i], error);
    }
    if (status) {
        cleaner_free(made);
        return status;
    }
    *cleaner = made;
    return STATUS_OK;
}

/* A text on its way through the rules. */
typedef struct Passage {
    const char *text;
    size_t length;
    int room; /* where the next result goes */
} Passage;

/* After a rule: what it has left is the text from here on. */
static void go_on(const Cleaner *cleaner, Passage *passage, bool changed)
{
    if (changed) {
        const Buffer *result = &cleaner->rooms[passage->room];
        passage->text = buffer_text(result);
        passage->length = result->length;
        passage->room = !passage->room;
    }
}

typedef Status Rule(const char *text, size_t length, Buffer *result, bool *changed, Error *error);

static Status apply(Cleaner *cleaner, Rule *rule, Passage *passage, Error *error)
{
    bool changed = false;
    Status status =
        rule(passage->text, passage->length, &cleaner->rooms[passage->room], &changed, error);
    go_on(cleaner, passage, !status && changed);
    return status;
}

Status cleaner_apply(Cleaner *cleaner, const char *text, size_t length, const char **cleaned,
                     size_t *cleaned_length, Error *error)
{
    const CleanOptions *options = cleaner->options;
    Passage passage = {.text = text, .length = length};
    Status status = STATUS_OK;
    for (size_t i = 0; i < options->rule_count && !status; i++) {
        bool changed = false;
        status = substitution_apply(cleaner->rules[i], passage.text, passage.length,
                                    &cleaner->rooms[passage.room], &changed, error);
        go_on(cleaner, &passage, !status && changed);
    }
    if (!status && options->email) {
        status = apply(cleaner, mail_strip, &passage, error);
    }
    if (!status && options->html) {
        status = apply(cleaner, html_strip, &passage, error);
    }
    if (!status && options->links) {
        status = apply(cleaner, links_strip, &passage, error);
    }
    *cleaned = passage.text;
    *cleaned_length = passage.length;
    return status;
}

void cleaner_free(Cleaner *cleaner)
{
    if (!cleaner) {
        return;
    }
    for (size_t i = 0; cleaner->rules && i < cleaner->options->rule_count; i++) {
        substitution_free(cleaner->rules[i]);
    }
    free(cleaner->rules);
    buffer_free(&cleaner->rooms[0]);
    buffer_free(&cleaner->rooms[1]);
    free(cleaner);
}
