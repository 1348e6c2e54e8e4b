#include "app/repeat.h"

#include "app/options.h"
#include "base/number.h"

#include <inttypes.h>
#include <string.h>

/* Appends a word of a command line, quoted if a shell would take it for more than itself. */
static Status append_word(Buffer *line, const char *word, Error *error)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "_./:,%+=-";
    if (word[0] && word[strspn(word, plain)] == '\0') {
        return buffer_append_text(line, word, error);
    }
    Status status = buffer_append_byte(line, '\'', error);
    for (; *word && !status; word++) {
        status = *word == '\'' ? buffer_append_text(line, "'\\''", error)
                               : buffer_append_byte(line, *word, error);
    }
    return status ? status : buffer_append_byte(line, '\'', error);
}

static const OptionSpec *find_spec(const char *name, unsigned command)
{
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (spec->recorded && (spec->commands & command) && strcmp(spec->name, name) == 0) {
            return spec;
        }
    }
    return NULL;
}

/* The value as options_format_value has it. */
static Status format_record(const ModelOption *option, Buffer *value, Error *error)
{
    char number[NUMBER_TEXT_SIZE];
    switch (option->kind) {
    case MODEL_OPTION_TEXT:
        return buffer_append_text(value, option->text, error);
    case MODEL_OPTION_SWITCH:
        return buffer_append_text(value, option->whole ? "true" : "false", error);
    case MODEL_OPTION_WHOLE:
        return buffer_print(value, error, "%" PRId64, option->whole);
    case MODEL_OPTION_NUMBER:
        number_format(option->number, number);
        return buffer_append_text(value, number, error);
    case MODEL_OPTION_LIST:
        break; /* --drop and --replace: append_rules */
    }
    return STATUS_OK;
}

/* Appends an option that is not as it is by default. */
static Status append_option(const ModelOption *option, const OptionSpec *spec, Buffer *line,
                            Error *error)
{
    const Options defaults = options_defaults();
    Buffer value = {0}, usual = {0};
    Status status = format_record(option, &value, error);
    status = status ? status : options_format_value(spec, &defaults, &usual, error);
    if (!status && strcmp(buffer_text(&value), buffer_text(&usual)) != 0) {
        status = buffer_print(line, error, " --%s", spec->name);
        if (!status && spec->kind != OPTION_SWITCH) {
            status = buffer_append_byte(line, ' ', error);
            status = status ? status : append_word(line, buffer_text(&value), error);
        }
    }
    buffer_free(&value);
    buffer_free(&usual);
    return status;
}

/* The cleaning rules in their order, which the two options share. */
static Status append_rules(const CleanOptions *clean, Buffer *line, Error *error)
{
    Status status = STATUS_OK;
    for (size_t i = 0; i < clean->rule_count && !status; i++) {
        const CleanRule *rule = &clean->rules[i];
        Buffer value = {0};
        for (const char *at = rule->pattern; *at && !status; at++) {
            status = rule->text && *at == '=' ? buffer_append_text(&value, "\\=", error)
                                              : buffer_append_byte(&value, *at, error);
        }
        if (!status && rule->text) {
            status = buffer_print(&value, error, "=%s", rule->text);
        }
        status = status ? status
                        : buffer_append_text(line, rule->text ? " --replace " : " --drop ", error);
        status = status ? status : append_word(line, buffer_text(&value), error);
        buffer_free(&value);
    }
    return status;
}

Status repeat_command(const Model *model, Buffer *line, Error *error)
{
    static const char *const inputs[] = {
        [MODEL_OF_CORPUS] = "fit CORPUS",
        [MODEL_OF_MATRIX] = "fit --matrix MATRIX --vocabulary WORDS",
        [MODEL_OF_TABLE] = "factor TABLE",
    };
    const unsigned command = model->input == MODEL_OF_TABLE ? COMMAND_FACTOR : COMMAND_FIT;
    Status status = buffer_print(line, error, "themata %s -k %d", inputs[model->input], model->k);
    for (int i = 0; i < model->option_count && !status; i++) {
        const ModelOption *option = &model->options[i];
        const OptionSpec *spec = find_spec(option->name, command);
        if (spec && spec->letter != 'k' && option->kind != MODEL_OPTION_LIST) {
            status = append_option(option, spec, line, error);
        }
    }
    status = status ? status : append_rules(&model->text.clean, line, error);
    return status ? status : buffer_append_text(line, " -o MODEL", error);
}
