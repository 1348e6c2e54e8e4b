/* Topics over time and by group: the tables that fit saves and topics shows. */
#ifndef THEMATA_APP_SLICE_OUTPUT_H
#define THEMATA_APP_SLICE_OUTPUT_H

#include "app/options.h"
#include "base/error.h"
#include "model/model.h"

/* Writes `directory`/tables/topic_time.csv if there are dates, and topic_groups.csv if there are
 * columns of metadata that sort documents into groups. */
Status slice_output_save(const Options *options, const Model *model, const char *directory,
                         Error *error);

/* Prints what `topics --over-time` and `topics --by FIELD` show. */
Status slice_output_print_time(const Options *options, const Model *model, Error *error);
Status slice_output_print_groups(const Options *options, const Model *model, Error *error);

#endif
