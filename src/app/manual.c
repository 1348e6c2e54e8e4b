#include "app/manual.h"

#include "app/help.h"
#include "base/buffer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- the language of man(7) ---- */

static void print_character(char character, bool begins_line)
{
    if (begins_line && (character == '.' || character == '\'')) {
        fputs("\\&", stdout);
    }
    if (character == '\\') {
        fputs("\\e", stdout);
    } else if (character == '-') {
        fputs("\\-", stdout);
    } else {
        putchar(character);
    }
}

/* Prints text as it is: no backslash is a command, no hyphen is broken at, no line begins with a
 * control character. */
static void print_text(const char *text)
{
    for (size_t i = 0; text[i]; i++) {
        print_character(text[i], i == 0);
    }
}

/* The same in lines of less than 80 bytes, as far as words are shorter. */
static void print_prose(const char *text)
{
    size_t column = 0;
    for (; *text; text++) {
        if (*text == ' ' && column + strcspn(text + 1, " ") > 70) {
            putchar('\n');
            column = 0;
        } else {
            print_character(*text, column == 0);
            column++;
        }
    }
    putchar('\n');
}

static void print_upper(const char *text)
{
    for (; *text; text++) {
        if (*text == '-') {
            fputs("\\-", stdout);
        } else {
            putchar(toupper((unsigned char)*text));
        }
    }
}

/* The page's head; `command` is NULL for the program's. */
static void print_head(const char *command, const char *summary)
{
    fputs(".TH THEMATA", stdout);
    if (command) {
        fputs("\\-", stdout);
        print_upper(command);
    }
    printf(" 1 %s \"themata %s\" \"themata manual\"\n.SH NAME\nthemata", THEMATA_DATE,
           THEMATA_VERSION);
    if (command) {
        printf("\\-%s", command);
    }
    printf(" \\- %c", tolower((unsigned char)summary[0]));
    print_text(summary + 1);
    putchar('\n');
}

static void print_paragraphs(const char *const *paragraphs)
{
    for (size_t i = 0; paragraphs[i]; i++) {
        if (i > 0) {
            puts(".PP");
        }
        print_prose(paragraphs[i]);
    }
}

/* A list's entry, its name in bold. */
static void print_entry(const char *name, const char *text)
{
    fputs(".TP\n.B ", stdout);
    print_text(name);
    putchar('\n');
    print_prose(text);
}

static void print_exit_status(void)
{
    puts(".SH EXIT STATUS");
    print_entry("0", "Everything was done.");
    print_entry("1", "It failed while running: no memory, a file that cannot be written.");
    print_entry("2", "The command line cannot be understood.");
    print_entry("3", "The input cannot be used.");
    print_entry("4", "With --strict: the result is there, but something was skipped or repaired, "
                     "or the solver did not converge.");
    print_entry("130", "Interrupted; what there was by then is written.");
}

/* ---- a command ---- */

static void print_option(const OptionSpec *spec)
{
    fputs(".TP\n\\fB", stdout);
    if (spec->letter) {
        printf("\\-%c\\fR, \\fB", spec->letter);
    }
    fputs("\\-\\-", stdout);
    print_text(spec->name);
    if (spec->value) {
        fputs("\\fR=\\fI", stdout);
        print_text(spec->value);
    }
    puts("\\fR");
    Buffer text = {0};
    Error ignored;
    if (!help_option_text(spec, &text, &ignored)) {
        print_prose(buffer_text(&text));
    }
    buffer_free(&text);
}

static void print_options(const Command *command)
{
    const char *group = NULL;
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (!options_belong(spec, command->bit)) {
            continue;
        }
        if (!group) {
            puts(".SH OPTIONS");
        }
        if (group != spec->group) {
            group = spec->group;
            printf(".SS %s\n", group);
        }
        print_option(spec);
    }
}

static void print_examples(const char *examples)
{
    puts(".SH EXAMPLES\n.nf");
    for (const char *line = examples; *line;) {
        const size_t length = strcspn(line, "\n");
        const size_t blanks = strspn(line, " ");
        char text[256];
        snprintf(text, sizeof text, "%.*s", (int)(length - blanks), line + blanks);
        print_text(text);
        putchar('\n');
        line += length + (line[length] == '\n');
    }
    puts(".fi");
}

void manual_command(const Command *command)
{
    print_head(command->name, command->summary);
    printf(".SH SYNOPSIS\n.B themata %s\n[\\fIOPTIONS\\fR]", command->name);
    if (command->arguments[0]) {
        fputs(" \\fI", stdout);
        print_text(command->arguments);
        fputs("\\fR", stdout);
    }
    puts("\n.SH DESCRIPTION");
    const ManualProse *prose = manual_prose;
    while (prose->command && strcmp(prose->command, command->name) != 0) {
        prose++;
    }
    if (prose->command) {
        print_paragraphs(prose->paragraphs);
    }
    print_options(command);
    print_examples(command->examples);
    print_exit_status();
    puts(".SH SEE ALSO\n.BR themata (1),\n.BR themata\\-formats (5)");
}

/* ---- the program ---- */

void manual_program(void)
{
    static const char *const description[] = {
        "finds the topics of a collection of documents: speeches, news, papers, reviews. It reads "
        "them, weighs their words by TF-IDF, factors the matrix of words and documents under the "
        "Kullback-Leibler divergence into topics and mixtures, and writes a directory with the "
        "model and its tables.",
        "The same input, options and seed give the same bytes, for any number of threads. Data go "
        "to standard output, everything else to standard error; progress is shown on a terminal "
        "only.",
        NULL};
    print_head(NULL, "Find the topics of a collection of documents");
    puts(".SH SYNOPSIS\n.B themata\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR] \\fIARGUMENTS\\fR\n"
         ".SH DESCRIPTION\n.B themata");
    print_paragraphs(description);
    puts(".SH COMMANDS\nEach has a page of its own, such as\n.BR themata\\-fit (1).");
    for (const Command *command = commands; command->name; command++) {
        print_entry(command->name, command->summary);
    }
    puts(".SH ENVIRONMENT");
    print_entry("THEMATA_PAGER, PAGER",
                "What shows a table that is longer than the terminal; less -FRX if neither is "
                "set, nothing if it is empty or cat.");
    print_entry("NO_COLOR", "Colours are never used, with or without it.");
    print_exit_status();
    puts(".SH SEE ALSO");
    for (const Command *command = commands; command->name; command++) {
        printf(".BR themata\\-%s (1),\n", command->name);
    }
    puts(".BR themata\\-formats (5)");
}

Status manual_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    if (options->argument_count == 0) {
        manual_program();
        return STATUS_OK;
    }
    const Command *command;
    Status status = command_find(options->arguments[0], &command, error);
    if (!status) {
        manual_command(command);
    }
    return status;
}
