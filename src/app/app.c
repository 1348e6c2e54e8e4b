#include "app/app.h"

#include "app/commands.h"
#include "app/help.h"
#include "app/messages.h"
#include "base/library.h"
#include "base/nearest.h"
#include "matrix/libraries.h"
#include "model/store.h"
#include "report/tables.h"
#include "text/libraries.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const Command commands[] = {
    {"fit", COMMAND_FIT, 1, 1, "CORPUS",
     "Find the topics of documents in a directory, an archive or a file",
     "  themata fit speeches/ -k 20 -o speeches.themata\n"
     "  themata fit news.csv --text-column title,body -k 12\n"
     "  themata fit papers.jsonl.gz --text-field abstract -k 30\n"
     "  zcat lines.gz | themata fit - --lines -k 8\n"
     "  themata fit zeitung/ -k 12 --stopwords german,namen.txt\n"
     "  themata fit notes/ -k 5 --min-df 1 --restarts 10\n"
     "  themata fit --matrix counts.mtx --vocabulary words.txt -k 20\n",
     fit_run},
    {"sweep", COMMAND_SWEEP, 1, 1, "CORPUS",
     "Try several numbers of topics, and say which are worth it",
     "  themata sweep speeches/\n"
     "  themata sweep speeches/ -k 4:60:4 -o speeches.sweep\n"
     "  themata sweep speeches/ -k 4:60 -o speeches.sweep --resume\n",
     sweep_run},
    {"factor", COMMAND_FACTOR, 1, 1, "TABLE", "Factor any table of numbers that are not negative",
     "  themata factor speeches.csv -k 2\n"
     "  themata factor ratings.csv -k 10 --missing ignore\n"
     "  themata factor ratings.csv -k 2:20 --missing ignore --test-fraction 0.05\n"
     "  themata factor genes.tsv -k 3 --restarts 50 --consensus\n"
     "  themata factor stocks.csv -k 3 --columns Volume,Turnover\n"
     "  themata factor counts.mtx -k 20 --orientation columns-are-items\n"
     "  themata factor faces/ -k 49\n",
     factor_run},
    {"topics", COMMAND_TOPICS, 1, 1, "MODEL", "Show the topics of a model, or one topic's words",
     "  themata topics speeches.themata\n"
     "  themata topics speeches.themata --topic 3 --words 30 --csv\n",
     topics_run},
    {"docs", COMMAND_DOCS, 1, 2, "MODEL [DOCUMENT]",
     "Show the documents of a model, of a topic, or one document's mixture",
     "  themata docs speeches.themata --topic 3 --top 20\n"
     "  themata docs speeches.themata 1961/inaugural.txt\n",
     docs_run},
    {"explain", COMMAND_EXPLAIN, 2, 2, "MODEL DOCUMENT",
     "Show one document as a sum of topics, and what is left over",
     "  themata explain speeches.themata 1961/inaugural.txt\n"
     "  themata explain ratings.themata \"User 3\" --words 5 --csv\n",
     explain_run},
    {"predict", COMMAND_PREDICT, 1, 1, "MODEL", "Predict the unknown cells of a table",
     "  themata predict ratings.themata --row 196 --top 10\n"
     "  themata predict ratings.themata --threshold 4.5 --clip 1:5 --csv\n",
     predict_run},
    {"infer", COMMAND_INFER, 2, 2, "MODEL CORPUS", "Apply a model to other documents",
     "  themata infer speeches.themata new-speeches/\n"
     "  themata infer speeches.themata new-speeches/ -o new.themata\n"
     "  themata infer news.themata today.csv --text-column title,body\n",
     infer_run},
    {"compare", COMMAND_COMPARE, 2, 2, "MODEL MODEL",
     "Show which topics of two models are the same, and what moved",
     "  themata compare 2023.themata 2024.themata\n"
     "  themata compare k10.themata k20.themata -o comparison --words 20\n",
     compare_run},
    {"eval", COMMAND_EVAL, 1, 1, "MODEL",
     "Compare the topics of a model with labels of its documents",
     "  themata eval news.themata --labels labels.csv --column section\n"
     "  themata eval news.themata --column folder -o labels.csv\n",
     eval_run},
    {"report", COMMAND_REPORT, 1, 1, "MODEL", "Write a model as a page for the browser",
     "  themata report speeches.themata\n"
     "  themata report speeches.themata --labels labels.csv -o speeches.html\n"
     "  themata report speeches.themata --text none --title \"Speeches 1961 to 1989\"\n",
     report_run},
    {"baselines", COMMAND_BASELINES, 1, 1, "CORPUS",
     "Lay other methods beside NMF: PLSA, k-means, anchor words, SVD, LSA",
     "  themata baselines news/ -k 5 --label-column folder\n"
     "  themata baselines news/ -k 5 --labels labels.csv --label-column section --csv\n"
     "  themata baselines news/ -k 20 --convergence -o convergence.svg\n",
     baselines_run},
    {"export", COMMAND_EXPORT, 1, 1, "MODEL", "Write a model in formats of other programs",
     "  themata export speeches.themata --to xlsx\n"
     "  themata export speeches.themata --to csv,sqlite -o speeches\n"
     "  themata export speeches.themata --to npz,mm,ldavis -o speeches --force\n",
     export_run},
    {"check", COMMAND_CHECK, 1, 1, "CORPUS", "Show what fit would read, and what it would need",
     "  themata check speeches/\n"
     "  themata check news.csv --text-column title,body -k 50\n"
     "  themata check pages.jsonl.gz --html --strip-urls --duplicates drop\n",
     check_run},
    {"tokens", COMMAND_TOKENS, 1, 1, "FILE|-", "Show how a text is cut into words, one a line",
     "  themata tokens speeches/1961.txt | sort | uniq -c | sort -rn | head\n"
     "  echo \"the nation's well-being\" | themata tokens - --token-pattern \"[\\p{L}'-]+\"\n",
     tokens_run},
    {"completions", COMMAND_COMPLETIONS, 1, 1, "bash|zsh|fish",
     "Print what a shell needs to complete commands and options",
     "  source <(themata completions bash)\n"
     "  themata completions fish > ~/.config/fish/completions/themata.fish\n",
     completions_run},
    {"manual", COMMAND_MANUAL, 0, 1, "[COMMAND]", "Print the manual page of a command",
     "  themata manual fit | man -l -\n", manual_run},
    {.name = NULL},
};

const char *command_name(unsigned bit)
{
    const Command *command = commands;
    while (command->bit != bit) {
        command++;
    }
    return command->name;
}

/* ---- the process ---- */

/* A closed standard stream would lend its number to the next file that is opened, which would then
 * get what is printed. For output the stand-in cannot be written, so that the loss shows. */
static void open_standard_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF) {
            (void)!open("/dev/null", O_RDONLY);
        }
    }
}

/* Only the character type follows the user's locale (for the widths of table cells); numbers must
 * not. */
static void set_up_locale(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        setlocale(LC_CTYPE, "C.UTF-8");
    }
}

/* Says whether everything that was printed arrived. A reader that has gone away is no news. */
static Status finish_output(Error *error)
{
    errno = 0;
    const int failed = fflush(stdout) != 0 || ferror(stdout);
    if (!failed) {
        return STATUS_OK;
    }
    if (errno == EPIPE || errno == EBADF) {
        error_set(error, STATUS_FAILED, "%s", "");
        return STATUS_FAILED;
    }
    return error_errno(error, "standard output");
}

/* ---- commands ---- */

static void print_library(void *context, const char *name, const char *version)
{
    (void)context;
    printf("  %s %s\n", name, version);
}

static Status print_version(void)
{
    puts("themata " THEMATA_VERSION);
    text_libraries(print_library, NULL);
    matrix_libraries(print_library, NULL);
    model_libraries(print_library, NULL);
    report_libraries(print_library, NULL);
    return STATUS_OK;
}

Status command_find(const char *name, const Command **found, Error *error)
{
    Nearest nearest = nearest_to(name);
    nearest_consider(&nearest, "help");
    for (const Command *command = commands; command->name; command++) {
        if (strcmp(command->name, name) == 0) {
            *found = command;
            return STATUS_OK;
        }
        nearest_consider(&nearest, command->name);
    }
    if (name[0] == '-') {
        error_set(error, STATUS_USAGE, "%s: options come behind the command", name);
    } else {
        error_set(error, STATUS_USAGE, "'%s': there is no such command", name);
    }
    return nearest.found ? error_hint(error, "did you mean themata %s?", nearest.found)
                         : error_hint(error, "themata help lists the commands");
}

static Status print_help(const char *name, Error *error)
{
    if (!name) {
        help_program();
        return STATUS_OK;
    }
    const Command *command;
    Status status = command_find(name, &command, error);
    if (!status) {
        help_command(command);
    }
    return status;
}

static bool has_empty_argument(const Options *options)
{
    for (int i = 0; i < options->argument_count; i++) {
        if (options->arguments[i][0] == '\0') {
            return true;
        }
    }
    return false;
}

/* Whether there are as many arguments as the command takes; --matrix and --files-from are the
 * corpus, which is the last, but not in report, which has none among them. */
static Status check_arguments(const Command *command, const Options *options, Error *error)
{
    const int count = options->argument_count;
    const bool instead = options->matrix || (options->files_from && command->bit != COMMAND_REPORT);
    if (instead && count == command->arguments_most) {
        return error_set(error, STATUS_USAGE,
                         "%s takes the place of a corpus: give one or the other",
                         options->matrix ? "--matrix" : "--files-from");
    }
    if (count < command->arguments_least - instead || count > command->arguments_most) {
        error_set(error, STATUS_USAGE, "%s: %s", command->name,
                  count < command->arguments_least ? "too few arguments" : "too many arguments");
        return error_hint(error, "themata %s [OPTIONS] %s", command->name, command->arguments);
    }
    return has_empty_argument(options)
               ? error_set(error, STATUS_USAGE, "%s: an argument is empty (%s)", command->name,
                           command->arguments)
               : STATUS_OK;
}

static Status run_command(const Command *command, Invocation *invocation, int *exit_code,
                          Error *error)
{
    Options options = options_defaults_of(command->bit);
    bool help;
    Status status = options_parse(command->bit, invocation->argc - 2,
                                  (const char **)invocation->argv + 2, &options, &help, error);
    if (status == STATUS_USAGE && !error->hint[0]) {
        error_hint(error, "see themata help %s", command->name);
    }
    if (!status && help) {
        help_command(command);
    } else if (!status) {
        status = check_arguments(command, &options, error);
        status = status ? status : command->run(invocation, &options, exit_code, error);
    }
    options_free(&options);
    return status;
}

/* What the program is asked without a command. */
static Status answer(const char *name, int argument_count, const char *const *arguments,
                     Error *error)
{
    const bool is_help = strcmp(name, "--version") != 0;
    if (argument_count > (strcmp(name, "help") == 0)) {
        error_set(error, STATUS_USAGE, "%s: too many arguments", name);
        return strcmp(name, "help") == 0 ? error_hint(error, "themata help [COMMAND]")
                                         : error_status(error);
    }
    if (!is_help) {
        return print_version();
    }
    return print_help(argument_count > 0 && strcmp(arguments[0], "help") != 0 ? arguments[0] : NULL,
                      error);
}

static Status dispatch(Invocation *invocation, int *exit_code, Error *error)
{
    static const char *const questions[] = {"help", "--help", "-h", "--version"};
    const char *name = invocation->argc > 1 ? invocation->argv[1] : "help";
    const int argument_count = invocation->argc > 2 ? invocation->argc - 2 : 0;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (strcmp(name, questions[i]) == 0) {
            return answer(name, argument_count, invocation->argv + 2, error);
        }
    }
    const Command *command;
    Status status = command_find(name, &command, error);
    return status ? status : run_command(command, invocation, exit_code, error);
}

int app_run(int argc, const char *const *argv)
{
    Invocation invocation = {.argc = argc, .argv = argv, .stages = stages_begin()};
    open_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a gone reader is told by the write, and handled in finish_output */
    signal(SIGXFSZ, SIG_IGN); /* likewise a file-size limit */
    set_up_locale();

    Error error = {0};
    int exit_code = 0;
    Status status = dispatch(&invocation, &exit_code, &error);
    if (!status) {
        status = finish_output(&error);
    }
    if (status) {
        if (error.message[0]) {
            message_error(&error);
        }
        return (int)status;
    }
    return exit_code;
}
