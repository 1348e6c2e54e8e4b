#include "report/group_fields.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>

/* Whether the values of a column sort documents: not too many, and not all different. */
static bool sorts_documents(const Groups *groups)
{
    return groups->distinct > 0 && groups->distinct <= GROUP_FIELD_VALUES_MOST &&
           groups->largest > 1;
}

Status group_fields_make(const Model *model, GroupField **fields, size_t *count, Error *error)
{
    const NameList *columns = &model->documents.columns;
    *count = 0;
    *fields = memory_new(columns->count, sizeof **fields, error);
    Status status = *fields ? STATUS_OK : error_status(error);
    for (size_t c = 0; c < columns->count && !status; c++) {
        GroupField *field = &(*fields)[*count];
        field->field = columns->items[c];
        status = groups_make(&model->documents, model->mixtures, model->k, c,
                             GROUP_FIELD_VALUES_MOST, &field->groups, error);
        if (!status && sorts_documents(&field->groups)) {
            (*count)++;
        } else {
            groups_free(&field->groups);
        }
    }
    return status;
}

void group_fields_free(GroupField *fields, size_t count)
{
    for (size_t f = 0; f < count; f++) {
        groups_free(&fields[f].groups);
    }
    free(fields);
}
