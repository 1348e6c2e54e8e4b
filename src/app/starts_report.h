/* What fit says and saves of the starts: anchor words, and what does not depend on where the
 * solver began. */
#ifndef THEMATA_APP_STARTS_REPORT_H
#define THEMATA_APP_STARTS_REPORT_H

#include "base/error.h"
#include "model/model.h"

/* Writes the tables there are something to say in, into `directory`/tables. */
Status starts_save_tables(const Model *model, const char *directory, Error *error);

/* Says it on standard error. */
Status starts_say(const Model *model, Error *error);

#endif
