/* Values of options as texts, and back: each kind of the table is read and written here. */
#ifndef THEMATA_APP_OPTION_VALUES_H
#define THEMATA_APP_OPTION_VALUES_H

#include "app/options.h"
#include "base/buffer.h"
#include "base/error.h"

/* Sets the option's member to what the text says; the text, if it is kept, is borrowed. NULL for a
 * switch, which is then on. STATUS_USAGE, saying what was expected, if it says nothing of that
 * kind.
 */
Status option_store(const OptionSpec *spec, const char *text, Options *options, Error *error);

/* Appends the values that this option has in the list, each with a NUL behind it. */
Status option_format_list(const OptionSpec *spec, const OptionList *list, Buffer *text,
                          Error *error);

#endif
