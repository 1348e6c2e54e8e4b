/* Where in a text the parts of its normalised form come from. Normalising (text/normalise.h) looks
 * at a character and the marks behind it alone, so it is the same done piece by piece; and where
 * the pieces begin, in the text and in what becomes of it, tells the one from the other. */
#ifndef THEMATA_TEXT_ORIGINS_H
#define THEMATA_TEXT_ORIGINS_H

#include "base/error.h"
#include "text/normalise.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A character with the marks, and with the characters that normalising drops, behind it; or a
 * stretch of ASCII, which stays as long as it is. It ends where the next piece begins. */
typedef struct OriginPiece {
    size_t from; /* byte of the text */
    size_t to;   /* byte of the normalised text */
    bool plain;  /* a stretch of ASCII */
} OriginPiece;

/* Start with all-zero Origins. */
typedef struct Origins {
    OriginPiece *pieces; /* owned; rising */
    size_t count;
    size_t capacity;
    size_t length;         /* of the text */
    size_t normalised;     /* bytes of its normalised form */
    Normaliser normaliser; /* owned room, and the rules of the last text */
} Origins;

/* Fills *origins for `length` bytes of valid UTF-8 that are normalised by the rules of
 * `normaliser`, which is not used itself. O(length). */
Status origins_find(const Normaliser *normaliser, const char *text, size_t length, Origins *origins,
                    Error *error);

/* The bytes [*begin, *end) of the text that bytes [begin, end) of the normalised one come from,
 * begin < end. A piece that becomes several characters (ﬁ → fi, ½ → 1⁄2) counts whole for each of
 * them. O(log pieces). */
void origins_of(const Origins *origins, size_t begin, size_t end, size_t *from, size_t *to);

/* Whether a code point begins a piece, wherever it stands: normalised, it is not dropped and does
 * not change with what is before it. */
bool origins_begins_piece(uint32_t code_point);

void origins_free(Origins *origins);

#endif
