/* The block `text`: texts of documents, with the topics of their words. */
#include "base/memory.h"
#include "model/marks.h"
#include "report/page_parts.h"

#include <stdlib.h>

static void write_marks(JsonWriter *json, const Mark *marks, size_t count)
{
    json_key(json, "marks");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        json_whole(json, marks[i].gap);
        json_whole(json, marks[i].length);
        json_whole(json, marks[i].topic);
        json_whole(json, marks[i].strength);
    }
    json_close_array(json);
}

static Status write_item(JsonWriter *json, Marker *marker, const DocumentText *item, int64_t place,
                         Error *error)
{
    const Mark *marks;
    size_t count;
    Status status = marker_find(marker, item->document, item->text, item->length, item->marked,
                                &marks, &count, error);
    char *shown = status ? NULL : memory_copy_text(item->text, item->shown, error);
    if (!shown) {
        return error_status(error);
    }
    json_open_object(json);
    json_key_whole(json, "document", place);
    json_key_text(json, "text", shown);
    json_key(json, "cut");
    json_boolean(json, item->cut);
    write_marks(json, marks, count);
    json_close_object(json);
    free(shown);
    return STATUS_OK;
}

Status page_write_text(const void *context, JsonWriter *json, Error *error)
{
    const PageData *data = context;
    const DocumentTexts *texts = data->page->texts;
    Marker *marker;
    Status status = marker_new(data->model, &marker, error);
    json_open_object(json);
    json_key(json, "items");
    json_open_array(json);
    for (int64_t i = 0; i < texts->count && !status; i++) {
        const int64_t place = selection_find(&data->shown, texts->items[i].document);
        if (place >= 0) {
            status = write_item(json, marker, &texts->items[i], place, error);
        }
    }
    json_close_array(json);
    json_close_object(json);
    marker_free(marker);
    return status;
}
