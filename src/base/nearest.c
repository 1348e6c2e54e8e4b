#include "base/nearest.h"

#include <stddef.h>
#include <string.h>

enum { NAME_BYTES_MAX = 64 };

static int lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
}

/* How many letters must be put in, taken out or changed to make one of the other (Levenshtein). */
static size_t edit_distance(const char *a, const char *b)
{
    size_t row[NAME_BYTES_MAX + 1];
    const size_t a_length = strlen(a), b_length = strlen(b);
    for (size_t j = 0; j <= b_length; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            const size_t above = row[j];
            size_t least = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));
            least = least < above + 1 ? least : above + 1;
            row[j] = least < row[j - 1] + 1 ? least : row[j - 1] + 1;
            diagonal = above;
        }
    }
    return row[b_length];
}

Nearest nearest_to(const char *wanted)
{
    return (Nearest){.wanted = wanted, .distance = strlen(wanted) / 3 + 2};
}

void nearest_consider(Nearest *nearest, const char *name)
{
    if (strlen(nearest->wanted) > NAME_BYTES_MAX || strlen(name) > NAME_BYTES_MAX) {
        return;
    }
    const size_t distance = edit_distance(nearest->wanted, name);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->found = name;
    }
}
