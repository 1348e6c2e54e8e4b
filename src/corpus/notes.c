#include "corpus/notes.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool looks_escaped(const char *name)
{
    return name[0] == '\\' && name[1] == 'x' && isxdigit((unsigned char)name[2]) &&
           isxdigit((unsigned char)name[3]);
}

Status name_append(Buffer *text, const char *name, Error *error)
{
    const size_t length = strlen(name);
    if (!strchr(name, '\\') && utf8_valid_length(name, length) == length) {
        return buffer_append(text, name, length, error);
    }
    Status status = buffer_reserve(text, 0, error);
    for (size_t at = 0; at < length && !status;) {
        const size_t size = utf8_decode(name + at, length - at, NULL);
        if (size == 0 || looks_escaped(name + at)) {
            status = buffer_print(text, error, "\\x%02x", (unsigned char)name[at++]);
        } else {
            status = buffer_append(text, name + at, size, error);
            at += size;
        }
    }
    return status;
}

Status notes_add(CorpusNotes *notes, CorpusNoteKind kind, const char *name, int64_t line,
                 const char *reason, Error *error)
{
    Status status = memory_reserve(&notes->items, &notes->capacity, notes->count + 1,
                                   sizeof *notes->items, error);
    if (status) {
        return status;
    }
    Buffer path = {0};
    status = line ? buffer_print(&path, error, "%s:%" PRId64, name, line)
                  : buffer_print(&path, error, "%s", name);
    char *copy = status ? NULL : memory_copy_text(reason, strlen(reason), error);
    if (!copy) {
        buffer_free(&path);
        return error_status(error);
    }
    notes->items[notes->count++] = (CorpusNote){
        .kind = kind,
        .path = path.bytes,
        .line = line,
        .reason = copy,
    };
    if (kind == CORPUS_SKIPPED) {
        notes->skipped++;
    } else {
        notes->repaired++;
    }
    return STATUS_OK;
}

Status notes_add_repair(CorpusNotes *notes, const char *name, int64_t line, int64_t count,
                        Error *error)
{
    if (count == 0) {
        return STATUS_OK;
    }
    char reason[96];
    snprintf(reason, sizeof reason, "not UTF-8: %" PRId64 " byte%s read as Windows-1252", count,
             count == 1 ? "" : "s");
    return notes_add(notes, CORPUS_REPAIRED, name, line, reason, error);
}

/* The length of a note's path without its line. */
static size_t file_length(const CorpusNote *note)
{
    return note->line ? (size_t)(strrchr(note->path, ':') - note->path) : strlen(note->path);
}

static int compare_notes(const void *left, const void *right)
{
    const CorpusNote *a = left, *b = right;
    const size_t a_length = file_length(a), b_length = file_length(b);
    const int order = memcmp(a->path, b->path, a_length < b_length ? a_length : b_length);
    if (order || a_length != b_length) {
        return order ? order : a_length < b_length ? -1 : 1;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->kind != b->kind ? (a->kind > b->kind) - (a->kind < b->kind)
                              : strcmp(a->reason, b->reason);
}

Status notes_move(CorpusNotes *from, CorpusNotes *to, Error *error)
{
    Status status = memory_reserve(&to->items, &to->capacity, to->count + from->count,
                                   sizeof *to->items, error);
    if (status) {
        return status;
    }
    if (from->count) {
        memcpy(to->items + to->count, from->items, from->count * sizeof *to->items);
    }
    to->count += from->count;
    to->skipped += from->skipped;
    to->repaired += from->repaired;
    from->count = 0;
    from->skipped = from->repaired = 0;
    return STATUS_OK;
}

void notes_sort(CorpusNotes *notes)
{
    if (notes->count) {
        qsort(notes->items, notes->count, sizeof *notes->items, compare_notes);
    }
}

void notes_free(CorpusNotes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        free(notes->items[i].path);
        free(notes->items[i].reason);
    }
    free(notes->items);
    *notes = (CorpusNotes){0};
}
