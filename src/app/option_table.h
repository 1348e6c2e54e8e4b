/* What those know of the table of options who read, check and record them. */
#ifndef THEMATA_APP_OPTION_TABLE_H
#define THEMATA_APP_OPTION_TABLE_H

#include "app/options.h"

#include <stdbool.h>
#include <stddef.h>

enum { SPECS_MAX = 192 }; /* rows of the table, at most */

#define MEMBER(member) offsetof(Options, member)

/* Whether the option is about where documents come from, or about what else is said of them. */
bool option_is_of_corpus(const OptionSpec *spec);
bool option_is_of_metadata(const OptionSpec *spec);

#endif
