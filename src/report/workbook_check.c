/* Reads a workbook back. libxlsxwriter makes each sheet in a temporary file first and does not look
 * whether there was room for it; what is missing of a part, at its end or within, shows here. */
#include "report/workbook.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define CELL_MARK "<c r="
enum { ENDS_BYTES = 256, CELL_LENGTH = sizeof CELL_MARK - 1 };

/* The beginning and the end of a part, and its cells. */
typedef struct Ends {
    int64_t cells;
    char first[ENDS_BYTES + 1];
    size_t first_length;
    char last[ENDS_BYTES + 1];
    size_t last_length;
} Ends;

/* How often a cell begins in the bytes. Within text there is no "<". */
static int64_t count_cells(const char *bytes, size_t length)
{
    int64_t count = 0;
    const char *end = bytes + length;
    for (const char *at; (at = memmem(bytes, (size_t)(end - bytes), CELL_MARK, CELL_LENGTH));) {
        bytes = at + CELL_LENGTH;
        count++;
    }
    return count;
}

/* Those of a block, and one that began in the block before it. */
static void take_cells(Ends *ends, const char *block, size_t length)
{
    char seam[2 * CELL_LENGTH];
    const size_t before = ends->last_length < CELL_LENGTH - 1 ? ends->last_length : CELL_LENGTH - 1;
    const size_t behind = length < CELL_LENGTH - 1 ? length : CELL_LENGTH - 1;
    memcpy(seam, ends->last + ends->last_length - before, before);
    memcpy(seam + before, block, behind);
    ends->cells += count_cells(seam, before + behind) + count_cells(block, length);
}

static void take_block(Ends *ends, const char *block, size_t length)
{
    take_cells(ends, block, length);
    const size_t room = ENDS_BYTES - ends->first_length;
    const size_t taken = length < room ? length : room;
    memcpy(ends->first + ends->first_length, block, taken);
    ends->first_length += taken;
    if (length >= ENDS_BYTES) {
        memcpy(ends->last, block + length - ENDS_BYTES, ENDS_BYTES);
        ends->last_length = ENDS_BYTES;
        return;
    }
    const size_t total = ends->last_length + length;
    const size_t dropped = total > ENDS_BYTES ? total - ENDS_BYTES : 0;
    memmove(ends->last, ends->last + dropped, ends->last_length - dropped);
    memcpy(ends->last + ends->last_length - dropped, block, length);
    ends->last_length = total - dropped;
}

/* Whether the element that a part begins with, behind the XML declaration, is closed at its end. */
static bool is_closed(const Ends *ends)
{
    const char *declared = strstr(ends->first, "?>");
    const char *root = declared ? strchr(declared, '<') : NULL;
    if (!root) {
        return false;
    }
    char tag[ENDS_BYTES];
    const int length =
        snprintf(tag, sizeof tag, "</%.*s>", (int)strcspn(root + 1, " />\r\n"), root + 1);
    size_t end = ends->last_length;
    while (end > 0 && strchr(" \r\n", ends->last[end - 1])) {
        end--;
    }
    return (end >= (size_t)length && memcmp(ends->last + end - length, tag, (size_t)length) == 0) ||
           (strchr(root + 1, '<') == NULL && end >= 2 &&
            memcmp(ends->last + end - 2, "/>", 2) == 0);
}

/* Reads the part at hand to its end; ARCHIVE_EOF if all of it is there. */
static int read_part(struct archive *archive, Ends *ends)
{
    const void *block;
    size_t length;
    la_int64_t offset;
    int code;
    while ((code = archive_read_data_block(archive, &block, &length, &offset)) == ARCHIVE_OK) {
        take_block(ends, block, length);
    }
    return code == ARCHIVE_EOF && is_closed(ends) ? ARCHIVE_EOF : ARCHIVE_FATAL;
}

bool workbook_is_whole(const char *path, int64_t cells)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    int code = archive ? archive_read_support_format_zip_seekable(archive) : ARCHIVE_FATAL;
    if (code == ARCHIVE_OK) {
        code = archive_read_open_filename(archive, path, 1 << 16);
    }
    int parts = 0;
    while (code == ARCHIVE_OK && (code = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        Ends ends = {0};
        code = read_part(archive, &ends) == ARCHIVE_EOF ? ARCHIVE_OK : ARCHIVE_FATAL;
        cells -= ends.cells;
        parts++;
    }
    archive_read_free(archive);
    return code == ARCHIVE_EOF && parts > 0 && cells == 0;
}
