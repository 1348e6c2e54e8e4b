/* What is taken out of a text before it is cut into tokens, because it is no part of what the
 * author wrote. In this order, each rule on what the one before has left:
 *
 * 1. the user's rules, in the order given: they see the text as it is in the corpus
 *    (text/substitution.h);
 * 2. what letters and news have around the text (text/mail.h);
 * 3. HTML (text/html.h);
 * 4. addresses of pages and people (text/links.h). */
#ifndef THEMATA_TEXT_CLEAN_H
#define THEMATA_TEXT_CLEAN_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct CleanRule {
    char *pattern; /* owned by the CleanOptions, as the text */
    char *text;    /* what a match is replaced by; NULL: it is left out */
} CleanRule;

/* Start with an all-zero CleanOptions, which cleans nothing. */
typedef struct CleanOptions {
    bool html;
    bool email;
    bool links;
    CleanRule *rules; /* owned */
    size_t rule_count;
    size_t rule_capacity;
} CleanOptions;

/* Whether there is anything to do. */
bool clean_is_needed(const CleanOptions *options);

/* Appends a rule; `text` may be NULL. Both are copied. */
Status clean_add_rule(CleanOptions *options, const char *pattern, const char *text, Error *error);
void clean_options_free(CleanOptions *options);

/* Compiled rules with the room they need: for one thread, which makes its own. */
typedef struct Cleaner Cleaner;

/* STATUS_USAGE, naming the option (--drop, --replace) and the position of the mistake, when a rule
 * cannot be understood. The options are borrowed until the cleaner is freed. */
Status cleaner_new(const CleanOptions *options, Cleaner **cleaner, Error *error);

/* Sets *cleaned to `length` bytes of valid UTF-8 without what is to be taken out: the text itself,
 * not copied, if nothing is, or bytes in the cleaner that live until its next use. STATUS_FAILED
 * when a user's pattern needs more than its share of steps. O(length), but for user's patterns; a
 * text without the bytes that a rule needs is only searched for them. */
Status cleaner_apply(Cleaner *cleaner, const char *text, size_t length, const char **cleaned,
                     size_t *cleaned_length, Error *error);

void cleaner_free(Cleaner *cleaner);

#endif
