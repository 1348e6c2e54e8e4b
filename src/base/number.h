/* Numbers as text, the same in every locale: decimal point, no grouping, shortest form that reads
 * back as the same number. */
#ifndef THEMATA_BASE_NUMBER_H
#define THEMATA_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NUMBER_TEXT_SIZE = 32 }; /* room for any number with its NUL */

/* Write a finite number, rounded to the fewest digits with which it reads back the same: at most 17
 * (float64) or 9 (float32). Return the length. */
size_t number_format(double value, char text[NUMBER_TEXT_SIZE]);
size_t number_format_float(float value, char text[NUMBER_TEXT_SIZE]);

/* The float64 that is nearest to the shortest form of a finite float32: 0.1 for 0.1F. */
double number_shorten_float(float value);

/* Read a whole text as a number: false when it is not one, not finite, or has anything behind it.
 * Blanks, hexadecimal and a leading plus are refused. */
bool number_parse(const char *text, double *value);
bool number_parse_whole(const char *text, int64_t *value);

#endif
