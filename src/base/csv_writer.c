#include "base/csv_writer.h"

#include "base/number.h"

#include <inttypes.h>
#include <string.h>

static void begin_field(CsvWriter *csv)
{
    if (csv->position++ > 0) {
        putc(',', csv->file);
    }
}

bool csv_is_formula(const char *text)
{
    static const char *const leads[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                        "\n", "＝", "＋", "－", "＠"};
    double number;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        if (strncmp(text, leads[i], strlen(leads[i])) == 0) {
            return !number_parse(text, &number);
        }
    }
    return false;
}

void csv_text(CsvWriter *csv, const char *text)
{
    const char *guard = csv->guarded && csv_is_formula(text) ? "'" : "";
    begin_field(csv);
    /* A lone empty field would leave an empty line, which readers skip. */
    if (!strpbrk(text, ",\"\r\n") && !(text[0] == '\0' && csv->position == 1)) {
        fputs(guard, csv->file);
        fputs(text, csv->file);
        return;
    }
    putc('"', csv->file);
    fputs(guard, csv->file);
    for (const char *at = text; *at; at++) {
        if (*at == '"') {
            putc('"', csv->file);
        }
        putc(*at, csv->file);
    }
    putc('"', csv->file);
}

void csv_whole(CsvWriter *csv, int64_t value)
{
    begin_field(csv);
    fprintf(csv->file, "%" PRId64, value);
}

void csv_number(CsvWriter *csv, double value)
{
    char text[NUMBER_TEXT_SIZE];
    number_format(value, text);
    begin_field(csv);
    fputs(text, csv->file);
}

void csv_number_float(CsvWriter *csv, float value)
{
    char text[NUMBER_TEXT_SIZE];
    number_format_float(value, text);
    begin_field(csv);
    fputs(text, csv->file);
}

void csv_empty(CsvWriter *csv)
{
    csv_text(csv, "");
}

void csv_end_line(CsvWriter *csv)
{
    fputs(csv->guarded ? "\r\n" : "\n", csv->file);
    csv->position = 0;
}
