/* The command line, read by popt with a table that is made from ours. */
#include "app/option_rules.h"
#include "app/option_values.h"

#include "app/commands.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "nmf/kmeans.h"

#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_HELP = SPECS_MAX + 1 };

/* popt's own table for one command, made from ours; option i returns i + 1. */
static void make_popt_table(unsigned command, struct poptOption *table)
{
    int filled = 0;
    for (int i = 0; option_specs[i].name; i++) {
        const OptionSpec *spec = &option_specs[i];
        if (options_belong(spec, command)) {
            table[filled++] = (struct poptOption){
                .longName = spec->name,
                .shortName = spec->letter,
                .argInfo = spec->kind == OPTION_SWITCH ? POPT_ARG_NONE : POPT_ARG_STRING,
                .val = i + 1,
            };
        }
    }
    table[filled++] = (struct poptOption){.longName = "help", .shortName = 'h', .val = VALUE_HELP};
    table[filled] = (struct poptOption)POPT_TABLEEND;
}

/* To see where solvers end it takes more passes than for topics. */
static const double convergence_tolerance = 1e-9;

/* The start that suits what is minimised: where cells are unknown, a decomposition that reads them
 * as 0 would lead there; and the default of NMF is nearly a solution, from which there is nothing
 * to be seen of other methods and solvers. */
static NmfInit default_init(const Options *options)
{
    const bool is_random = options->missing == MISSING_IGNORE || options->method == METHOD_PLSA ||
                           options->convergence;
    return is_random                             ? NMF_INIT_RANDOM
           : options->objective == NMF_FROBENIUS ? NMF_INIT_NNDSVDA
                                                 : options->init;
}

/* Copies of every text that outlives popt's context, in one array that ends with NULL. */
typedef struct Texts {
    char **items;
    size_t count;
    size_t capacity;
} Texts;

static Status keep_text(Texts *texts, char *text, Error *error)
{
    Status status = memory_reserve(&texts->items, &texts->capacity, texts->count + 2,
                                   sizeof *texts->items, error);
    if (status) {
        free(text);
        return status;
    }
    texts->items[texts->count++] = text;
    texts->items[texts->count] = NULL;
    return STATUS_OK;
}

/* A command that has an option of this name, fit if it has, or 0. */
static unsigned find_owner(const char *name)
{
    unsigned owners = 0;
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        owners |= strcmp(spec->name, name) == 0 ? spec->commands : 0;
    }
    return owners & -owners;
}

/* What popt found wrong with `option`. Without a hint here, that of the command is given. */
static Status set_popt_error(unsigned command, const char *option, int code, Error *error)
{
    error_set(error, STATUS_USAGE, "%s: %s", option, poptStrerror(code));
    if (code != POPT_ERROR_BADOPT || strncmp(option, "--", 2) != 0) {
        return error_status(error);
    }
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(option + 2, "="), option + 2);
    const unsigned owner = find_owner(name);
    if (owner) {
        return error_hint(error, "it is an option of themata %s", command_name(owner));
    }
    Nearest nearest = nearest_to(name);
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (options_belong(spec, command)) {
            nearest_consider(&nearest, spec->name);
        }
    }
    return nearest.found ? error_hint(error, "did you mean --%s?", nearest.found)
                         : error_status(error);
}

static Status take_options(unsigned command, poptContext context, Options *options, Texts *texts,
                           bool *help, Error *error)
{
    bool given[SPECS_MAX] = {false};
    int code;
    while ((code = poptGetNextOpt(context)) > 0) {
        if (code == VALUE_HELP) {
            *help = true;
            return STATUS_OK;
        }
        const OptionSpec *spec = &option_specs[code - 1];
        given[code - 1] = true;
        char *text = poptGetOptArg(context);
        if (!text && spec->kind != OPTION_SWITCH) { /* popt had no memory for a copy */
            return error_set(error, STATUS_FAILED, "out of memory: the command line");
        }
        Status status = option_store(spec, text, options, error);
        if (text) {
            Status kept = keep_text(texts, text, error);
            status = status ? status : kept;
        }
        if (status) {
            return status;
        }
    }
    if (code < -1) {
        return set_popt_error(command, poptBadOption(context, POPT_BADOPTION_NOALIAS), code, error);
    }
    if (options->start_topics && !option_was_given(given, MEMBER(topics))) {
        options->topics = 0;
    }
    if (!option_was_given(given, MEMBER(solver))) {
        options->solver = nmf_solver_default(options->objective);
    }
    if (!option_was_given(given, MEMBER(init))) {
        options->init = default_init(options);
    }
    if (options->method == METHOD_KMEANS && !option_was_given(given, MEMBER(restarts))) {
        options->restarts = KMEANS_RESTARTS;
    }
    if (options->convergence && !option_was_given(given, MEMBER(tolerance))) {
        options->tolerance = convergence_tolerance;
    }
    return options_check_together(command, given, options, error);
}

/* The arguments that are not options, kept as pointers behind the texts. */
static Status take_arguments(poptContext context, Options *options, Texts *texts, Error *error)
{
    const char **arguments = poptGetArgs(context);
    const size_t first = texts->count;
    for (int i = 0; arguments && arguments[i]; i++) {
        char *copy = memory_copy_text(arguments[i], strlen(arguments[i]), error);
        Status status = copy ? keep_text(texts, copy, error) : error_status(error);
        if (status) {
            return status;
        }
    }
    options->argument_count = (int)(texts->count - first);
    options->arguments = texts->items ? (const char *const *)texts->items + first : NULL;
    return STATUS_OK;
}

Status options_parse(unsigned command, int argc, const char **argv, Options *options, bool *help,
                     Error *error)
{
    struct poptOption table[SPECS_MAX + 2];
    make_popt_table(command, table);
    *help = false;
    poptContext context = poptGetContext("themata", argc, argv, table, POPT_CONTEXT_KEEP_FIRST);
    if (!context) {
        return error_set(error, STATUS_FAILED, "out of memory: the command line");
    }
    Texts texts = {0};
    Status status = take_options(command, context, options, &texts, help, error);
    if (!status && !*help) {
        status = take_arguments(context, options, &texts, error);
    }
    options->memory = texts.items;
    poptFreeContext(context);
    return status;
}

NmfOptions options_nmf(const Options *options)
{
    NmfOptions nmf = nmf_defaults;
    nmf.objective = options->objective;
    nmf.penalty = options->penalty;
    nmf.observed_only = options->missing == MISSING_IGNORE;
    nmf.learning_rate = options->learning_rate;
    nmf.tolerance = options->tolerance;
    nmf.passes_max = (int)options->passes_max;
    return nmf;
}

void options_free(Options *options)
{
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (spec->kind == OPTION_LIST) {
            OptionList *list = (OptionList *)((char *)options + spec->offset);
            free(list->items);
            *list = (OptionList){0};
        }
    }
    char **texts = (char **)options->memory;
    for (size_t i = 0; texts && texts[i]; i++) {
        free(texts[i]);
    }
    free(texts);
    *options = (Options){0};
}
