/* Arrays of numbers in the report's data: as JSON while they are short, else packed as
 * {"u16": base64 of bytes}: the lowest bytes of all numbers, then the next ones. */
#ifndef THEMATA_REPORT_PAGE_NUMBERS_H
#define THEMATA_REPORT_PAGE_NUMBERS_H

#include "base/json_writer.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

enum { PAGE_NUMBERS_PLAIN = 64 }; /* an array with more elements is packed */

void page_numbers_u16(JsonWriter *json, const char *name, const uint16_t *numbers, int64_t count);
void page_numbers_u32(JsonWriter *json, const char *name, const uint32_t *numbers, int64_t count);
void page_numbers_f32(JsonWriter *json, const char *name, const float *numbers, int64_t count);

/* The float32 that is nearest to a number ≥ 0 or a logarithm, at most the largest one; 0 for none,
 * as a probability of 0 times a sum beyond float64 is. */
static inline float page_float(double number)
{
    return isnan(number) ? 0.0F : number > (double)FLT_MAX ? FLT_MAX : (float)number;
}

/* A share, from 0 to 1, in parts of PAGE_SHARE_ONE, rounded down. It counts as the number that
 * tables show, the shortest that is the same float32: 0.29F, which is a little less than 0.29, has
 * all of its parts. So a share is at least j/100 just if it has PAGE_SHARE_ONE/100·j parts. */
uint16_t page_share(float share);

enum { PAGE_SHARE_ONE = 60000 };

#endif
