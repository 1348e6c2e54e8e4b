/* The commands: one function each, in a file of its own, and the table of them. */
#ifndef THEMATA_APP_COMMANDS_H
#define THEMATA_APP_COMMANDS_H

#include "app/options.h"
#include "app/stages.h"
#include "base/error.h"

enum { EXIT_STRICT = 4 };

/* One call of the program. */
typedef struct Invocation {
    int argc;
    const char *const *argv; /* the whole command line */
    StageClock stages;
} Invocation;

typedef struct Command {
    const char *name;
    unsigned bit;        /* COMMAND_FIT …: its options */
    int arguments_least; /* how many arguments it takes */
    int arguments_most;
    const char *arguments; /* what they are called in --help */
    const char *summary;   /* one line */
    const char *examples;  /* lines for --help */
    /* Runs it. *exit_code is 0 before, and may become EXIT_STRICT or EXIT_INTERRUPTED when the
     * command did its work but that is to be said. */
    Status (*run)(Invocation *invocation, const Options *options, int *exit_code, Error *error);
} Command;

/* Every command; ends with a NULL name. */
extern const Command commands[];

/* The name of the command with this bit. */
const char *command_name(unsigned bit);

/* The command of this name; STATUS_USAGE, with the one that was meant, if there is none. */
Status command_find(const char *name, const Command **found, Error *error);

Status explain_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status predict_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status factor_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status fit_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status topics_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status docs_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status tokens_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status check_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status completions_run(Invocation *invocation, const Options *options, int *exit_code,
                       Error *error);
Status manual_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status compare_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status eval_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status export_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status report_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status sweep_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status baselines_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);
Status infer_run(Invocation *invocation, const Options *options, int *exit_code, Error *error);

#endif
