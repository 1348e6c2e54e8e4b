/* Which options make sense together: one that would do nothing is a mistake. */
#ifndef THEMATA_APP_OPTION_RULES_H
#define THEMATA_APP_OPTION_RULES_H

#include "app/option_table.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the option with this member was given; `given` tells it for each row of the table. */
bool option_was_given(const bool given[SPECS_MAX], size_t offset);

/* Whether an option says how a text becomes tokens; whether it is about starts and passes, which
 * not every solver has. */
bool option_is_token_rule(const OptionSpec *spec);
bool option_is_of_search(const OptionSpec *spec);

/* Whether what was chosen makes topics without a start and passes. */
bool options_are_startless(const Options *options);

/* STATUS_USAGE, with a sentence, for the first combination that makes no sense. */
Status options_check_together(unsigned command, const bool given[SPECS_MAX], const Options *options,
                              Error *error);

#endif
