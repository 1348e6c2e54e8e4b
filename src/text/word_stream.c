#include "text/word_stream.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static bool is_before(const WordStream *stream, size_t a, size_t b)
{
    return strcmp(stream->sources[a].word, stream->sources[b].word) < 0;
}

static void sift_down(WordStream *stream, size_t at)
{
    size_t *heap = stream->heap;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= stream->heap_count) {
            return;
        }
        if (child + 1 < stream->heap_count && is_before(stream, heap[child + 1], heap[child])) {
            child++;
        }
        if (!is_before(stream, heap[child], heap[at])) {
            return;
        }
        const size_t source = heap[at];
        heap[at] = heap[child];
        heap[child] = source;
        at = child;
    }
}

/* Goes on to the next word of the source on top, which goes if there is none. */
static Status advance_top(WordStream *stream, Error *error)
{
    WordSource *source = &stream->sources[stream->heap[0]];
    Status status = STATUS_OK;
    if (spool_is_at_end(&source->reader)) {
        spool_reader_free(&source->reader);
        stream->heap[0] = stream->heap[--stream->heap_count];
    } else {
        status = word_record_take(&source->reader, &source->record, &source->word, error);
    }
    if (!status) {
        sift_down(stream, 0);
    }
    return status;
}

Status word_stream_open(const WordSpill *spills, size_t count, const TemporaryFile *file,
                        size_t room, WordStream *stream, Error *error)
{
    stream->source_count = count;
    stream->sources = memory_new(count, sizeof *stream->sources, error);
    stream->heap = memory_new(count, sizeof *stream->heap, error);
    stream->members = memory_new(count, sizeof *stream->members, error);
    Status status =
        stream->sources && stream->heap && stream->members ? STATUS_OK : error_status(error);
    for (size_t s = 0; s < count && !status; s++) {
        WordSource *source = &stream->sources[s];
        source->reader =
            (SpoolReader){.spool = &spills[s].records, .file = file, .room_bytes = room};
        if (!spool_is_at_end(&source->reader)) {
            stream->heap[stream->heap_count++] = s;
            status = word_record_take(&source->reader, &source->record, &source->word, error);
        }
    }
    for (size_t i = stream->heap_count / 2; i-- > 0 && !status;) {
        sift_down(stream, i);
    }
    return status;
}

Status word_stream_next(WordStream *stream, bool *found, Error *error)
{
    *found = stream->heap_count > 0;
    if (!*found) {
        return STATUS_OK;
    }
    const WordSource *source = &stream->sources[stream->heap[0]];
    stream->documents = 0;
    stream->tokens = 0.0;
    stream->member_count = 0;
    buffer_clear(&stream->word);
    buffer_clear(&stream->spellings);
    Status status = buffer_append(&stream->word, source->word, source->record.length, error);
    while (!status && stream->heap_count > 0) {
        source = &stream->sources[stream->heap[0]];
        const WordRecord *record = &source->record;
        if (strcmp(source->word, stream->word.bytes) != 0) {
            break;
        }
        stream->documents += record->documents;
        stream->tokens += (double)record->tokens;
        stream->members[stream->member_count++] =
            (WordMember){.spill = stream->heap[0], .number = record->number};
        status = buffer_append(&stream->spellings, source->word + record->length + 1,
                               record->spellings_length, error);
        status = status ? status : advance_top(stream, error);
    }
    return status;
}

void word_stream_close(WordStream *stream)
{
    for (size_t s = 0; s < stream->source_count && stream->sources; s++) {
        spool_reader_free(&stream->sources[s].reader);
    }
    free(stream->sources);
    free(stream->heap);
    free(stream->members);
    buffer_free(&stream->word);
    buffer_free(&stream->spellings);
    *stream = (WordStream){0};
}
