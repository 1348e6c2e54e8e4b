#include "app/help.h"

#include "base/buffer.h"

#include <stdio.h>
#include <string.h>

enum { OPTION_WIDTH = 26, TEXT_WIDTH = 54 };

void help_program(void)
{
    puts("Find the topics of a collection of documents.\n\n"
         "Usage: themata COMMAND [OPTIONS] ...\n\n"
         "Examples:\n"
         "  themata fit speeches/ -k 20 -o speeches.themata\n"
         "  themata topics speeches.themata --topic 3\n"
         "  themata infer speeches.themata new-speeches/\n\n"
         "Commands:");
    for (const Command *command = commands; command->name; command++) {
        printf("  %-11s %s\n", command->name, command->summary);
    }
    puts("  help        Show this text, or that of a command: themata help fit\n\n"
         "Exit codes: 0 ok, 1 failed while running, 2 wrong command line, 3 input that\n"
         "cannot be used, 4 --strict and something was skipped, repaired or not converged,\n"
         "130 interrupted. themata --version tells the version and the libraries in use.");
}

/* Prints `text` in lines of at most TEXT_WIDTH columns, the first behind `lead` columns. */
static void print_wrapped(const char *text, int lead)
{
    int column = 0;
    for (const char *word = text; *word;) {
        const int length = (int)strcspn(word, " ");
        if (column > 0 && column + 1 + length > TEXT_WIDTH) {
            printf("\n%*s", lead, "");
            column = 0;
        }
        printf("%s%.*s", column ? " " : "", length, word);
        column += length + (column > 0);
        word += length;
        word += strspn(word, " ");
    }
    putchar('\n');
}

static Status append_choices(const OptionSpec *spec, Buffer *text, Error *error)
{
    Status status = STATUS_OK;
    for (int i = 0; spec->choices && spec->choices[i] && !status; i++) {
        status = buffer_print(text, error, "%s%s", i ? ", " : ": ", spec->choices[i]);
    }
    return status;
}

static Status append_default(const OptionSpec *spec, Buffer *text, Error *error)
{
    const Options defaults = options_defaults_of(spec->commands);
    Buffer value = {0};
    Status status = spec->kind == OPTION_SWITCH
                        ? STATUS_OK
                        : options_format_value(spec, &defaults, &value, error);
    if (!status && value.length > 0 && value.length < 40 &&
        !(spec->kind == OPTION_WHOLE && spec->least > 0 && strcmp(value.bytes, "0") == 0)) {
        status = buffer_print(text, error, " (default: %s)", value.bytes);
    }
    buffer_free(&value);
    return status;
}

Status help_option_text(const OptionSpec *spec, Buffer *text, Error *error)
{
    Status status = buffer_append_text(text, spec->help, error);
    if (!status) {
        status = append_choices(spec, text, error);
    }
    return status ? status : append_default(spec, text, error);
}

static void print_option(const OptionSpec *spec)
{
    char left[64];
    char letter[8] = "    ";
    if (spec->letter) {
        snprintf(letter, sizeof letter, "-%c, ", spec->letter);
    }
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, spec->name, spec->value ? "=" : "",
             spec->value ? spec->value : "");
    Buffer text = {0};
    Error ignored;
    (void)!help_option_text(spec, &text, &ignored);
    if ((int)strlen(left) >= OPTION_WIDTH) {
        printf("%s\n%*s", left, OPTION_WIDTH, "");
    } else {
        printf("%-*s", OPTION_WIDTH, left);
    }
    print_wrapped(buffer_text(&text), OPTION_WIDTH);
    buffer_free(&text);
}

void help_command(const Command *command)
{
    printf("%s.\n\nUsage: themata %s [OPTIONS] %s\n\nExamples:\n%s", command->summary,
           command->name, command->arguments, command->examples);
    const char *group = NULL;
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (!options_belong(spec, command->bit)) {
            continue;
        }
        if (group != spec->group) {
            group = spec->group;
            printf("\n%s:\n", group);
        }
        print_option(spec);
    }
    printf("  %-*s%s\n", OPTION_WIDTH - 2, "-h, --help", "this text");
}
