#include "model/json_input.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>

static _Thread_local bool lacks_memory; /* the library, since json_input began */

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    lacks_memory |= !memory;
    return memory;
}

json_t *json_input(const char *path, const Buffer *contents, Error *error)
{
    json_error_t mistake;
    lacks_memory = false;
    json_set_alloc_funcs(allocate, free);
    json_t *root =
        json_loadb(buffer_text(contents), contents->length, JSON_REJECT_DUPLICATES, &mistake);
    if (lacks_memory) {
        json_decref(root);
        root = NULL;
        error_set(error, STATUS_FAILED, "%s: out of memory", path);
    } else if (!root) {
        error_set(error, STATUS_INPUT, "%s: line %d: %s", path, mistake.line, mistake.text);
    }
    return root;
}
