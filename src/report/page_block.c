#include "report/page_block.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "base/memory.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <zlib.h>

/* zlib's default, 6, takes twice as long on documents' beginnings for 1.6 % less. */
enum { PACKING_LEVEL = 5 };

enum { PACKED_ROOM = 1 << 15, JSON_ROOM = 1 << 16 };

typedef struct Block {
    FILE *page;
    const char *name;
    Buffer plain; /* while the JSON is short */
    bool packs;
    z_stream packer;
    Base64 base64;
    bool no_memory;
    unsigned char packed[PACKED_ROOM];
    char json_room[JSON_ROOM];
} Block;

static void begin_packing(Block *block)
{
    fprintf(block->page,
            "<script type=\"application/octet-stream\" data-encoding=\"deflate\" "
            "id=\"themata-%s\">",
            block->name);
    block->base64.file = block->page;
    block->packs = deflateInit(&block->packer, PACKING_LEVEL) == Z_OK;
    block->no_memory = !block->packs;
}

/* Packs bytes; Z_FINISH with the last ones. */
static void pack(Block *block, const char *bytes, size_t length, int flush)
{
    z_stream *packer = &block->packer;
    packer->next_in = (Bytef *)bytes; /* zlib does not write there */
    packer->avail_in = (uInt)length;
    do {
        packer->next_out = block->packed;
        packer->avail_out = sizeof block->packed;
        const int code = deflate(packer, flush);
        assert(code != Z_STREAM_ERROR);
        (void)code;
        base64_write(&block->base64, block->packed, sizeof block->packed - packer->avail_out);
    } while (packer->avail_out == 0);
}

/* Takes JSON as stdio hands it on. */
static ssize_t take_json(void *cookie, const char *bytes, size_t length)
{
    Block *block = cookie;
    Error ignored;
    if (!block->packs && block->plain.length + length > PAGE_BLOCK_PLAIN && !block->no_memory) {
        begin_packing(block);
        if (block->packs) {
            pack(block, buffer_text(&block->plain), block->plain.length, Z_NO_FLUSH);
        }
        buffer_free(&block->plain);
    }
    if (block->packs) {
        pack(block, bytes, length, Z_NO_FLUSH);
    } else if (!block->no_memory) {
        block->no_memory = buffer_append(&block->plain, bytes, length, &ignored);
    }
    return block->no_memory ? 0 : (ssize_t)length;
}

static void end_element(Block *block)
{
    if (block->packs) {
        pack(block, NULL, 0, Z_FINISH);
        base64_end(&block->base64);
        deflateEnd(&block->packer);
    } else {
        fprintf(block->page, "<script type=\"application/json\" id=\"themata-%s\">", block->name);
        fwrite(buffer_text(&block->plain), 1, block->plain.length, block->page);
        buffer_free(&block->plain);
    }
    fputs("</script>\n", block->page);
}

Status page_block_write(FILE *page, const char *name,
                        Status (*write)(const void *context, JsonWriter *json, Error *error),
                        const void *context, Error *error)
{
    Block *block = memory_new(1, sizeof *block, error);
    if (!block) {
        return error_status(error);
    }
    block->page = page;
    block->name = name;
    JsonWriter json = {.embedded = true};
    json.file = fopencookie(block, "w", (cookie_io_functions_t){.write = take_json});
    if (!json.file) {
        free(block);
        return error_set(error, STATUS_FAILED, "out of memory: a block of the report");
    }
    setvbuf(json.file, block->json_room, _IOFBF, sizeof block->json_room);
    Status status = write(context, &json, error);
    fclose(json.file);
    if (!status && block->no_memory) {
        status = error_set(error, STATUS_FAILED, "out of memory: a block of the report");
    }
    end_element(block);
    free(block);
    return status;
}
