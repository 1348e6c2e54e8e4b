/* Where a result goes if the user does not say. */
#ifndef THEMATA_APP_OUTPUT_PLACE_H
#define THEMATA_APP_OUTPUT_PLACE_H

#include "base/error.h"

/* `name.themata` in the current directory, after the last component of the input's path without the
 * endings that say what kind of file it is; after `otherwise` if that is no name. The caller's to
 * free; NULL without memory. */
char *output_place_of(const char *input, const char *otherwise, Error *error);

#endif
