#include "report/page_numbers.h"

#include "base/number.h"

#include <string.h>

/* The kinds that there are; `number` tells one as bits or as itself. */
typedef enum Kind { KIND_U16, KIND_U32, KIND_F32 } Kind;

typedef struct Numbers {
    Kind kind;
    const void *items;
    int64_t count;
} Numbers;

static const char *const kind_names[] = {"u16", "u32", "f32"};

static uint32_t bits_of(const Numbers *numbers, int64_t i)
{
    uint32_t bits;
    switch (numbers->kind) {
    case KIND_U16:
        return ((const uint16_t *)numbers->items)[i];
    case KIND_U32:
        return ((const uint32_t *)numbers->items)[i];
    case KIND_F32:
        memcpy(&bits, (const float *)numbers->items + i, sizeof bits);
        return bits;
    }
    __builtin_unreachable();
}

static void write_plain(JsonWriter *json, const Numbers *numbers)
{
    json_open_array(json);
    for (int64_t i = 0; i < numbers->count; i++) {
        if (numbers->kind == KIND_F32) {
            json_number_float(json, ((const float *)numbers->items)[i]);
        } else {
            json_whole(json, bits_of(numbers, i));
        }
    }
    json_close_array(json);
}

/* The lowest bytes of all numbers, then the next ones: bytes that are alike stand together, of
 * which packing makes more. */
static void write_packed(JsonWriter *json, const Numbers *numbers)
{
    enum { PORTION = 3072 }; /* a multiple of three */
    const int width = numbers->kind == KIND_U16 ? 2 : 4;
    unsigned char bytes[PORTION];
    size_t filled = 0;
    json_open_object(json);
    json_key(json, kind_names[numbers->kind]);
    json_begin_base64(json);
    for (int place = 0; place < width; place++) {
        for (int64_t i = 0; i < numbers->count; i++) {
            bytes[filled++] = (unsigned char)(bits_of(numbers, i) >> (8 * place));
            if (filled == PORTION) {
                json_more_base64(json, bytes, filled);
                filled = 0;
            }
        }
    }
    json_more_base64(json, bytes, filled);
    json_end_base64(json);
    json_close_object(json);
}

static void write_numbers(JsonWriter *json, const char *name, Numbers numbers)
{
    json_key(json, name);
    (numbers.count > PAGE_NUMBERS_PLAIN ? write_packed : write_plain)(json, &numbers);
}

void page_numbers_u16(JsonWriter *json, const char *name, const uint16_t *numbers, int64_t count)
{
    write_numbers(json, name, (Numbers){KIND_U16, numbers, count});
}

void page_numbers_u32(JsonWriter *json, const char *name, const uint32_t *numbers, int64_t count)
{
    write_numbers(json, name, (Numbers){KIND_U32, numbers, count});
}

void page_numbers_f32(JsonWriter *json, const char *name, const float *numbers, int64_t count)
{
    write_numbers(json, name, (Numbers){KIND_F32, numbers, count});
}

uint16_t page_share(float share)
{
    static const double near = 0.01, rounding = 1e-6;
    const double parts = (double)share * PAGE_SHARE_ONE;
    const double whole = (double)(int)parts;
    return (uint16_t)(parts - whole > 1.0 - near
                          ? number_shorten_float(share) * PAGE_SHARE_ONE + rounding
                          : whole);
}
