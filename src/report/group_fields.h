/* The columns of metadata that sort a model's documents into groups. */
#ifndef THEMATA_REPORT_GROUP_FIELDS_H
#define THEMATA_REPORT_GROUP_FIELDS_H

#include "base/error.h"
#include "model/groups.h"
#include "model/model.h"

#include <stddef.h>

enum { GROUP_FIELD_VALUES_MOST = 200 }; /* with more a column is no group but an id or a text */

/* A column of metadata and its groups. */
typedef struct GroupField {
    const char *field; /* borrowed from the model */
    Groups groups;
} GroupField;

/* The columns with at most GROUP_FIELD_VALUES_MOST values, of which one at least has two
 * documents; *fields is the caller's, to be freed by group_fields_free. */
Status group_fields_make(const Model *model, GroupField **fields, size_t *count, Error *error);
void group_fields_free(GroupField *fields, size_t count); /* takes NULL */

#endif
