/* themata completions: scripts for shells, made from the tables of commands and options. */
#include "app/commands.h"

#include <stdio.h>
#include <string.h>

static void print_commands(const char *between)
{
    for (const Command *command = commands; command->name; command++) {
        printf("%s%s", command->name, between);
    }
}

/* Whether the value of an option is the path of a file. */
static bool takes_file(const OptionSpec *spec)
{
    static const char *const values[] = {"FILE", "DIR", "LIST"};
    for (size_t i = 0; i < sizeof values / sizeof *values && spec->value; i++) {
        if (strcmp(spec->value, values[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- bash ---- */

/* The words that an option takes, if it takes one of a few. */
static void print_bash_values(void)
{
    puts("    case $previous in");
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        if (spec->choices) {
            printf("    --%s) values=\"", spec->name);
            for (int i = 0; spec->choices[i]; i++) {
                printf("%s%s", i ? " " : "", spec->choices[i]);
            }
            puts("\" ;;");
        }
    }
    puts("    esac");
}

static void print_bash_options(void)
{
    puts("    case ${COMP_WORDS[1]} in");
    for (const Command *command = commands; command->name; command++) {
        printf("    %s) options=\"", command->name);
        for (const OptionSpec *spec = option_specs; spec->name; spec++) {
            if (options_belong(spec, command->bit)) {
                printf("--%s%s ", spec->name, spec->value ? "=" : "");
            }
        }
        puts("--help\" ;;");
    }
    puts("    esac");
}

/* Bash takes a `=` for a word of its own. */
static void print_bash(void)
{
    puts("# bash completion for themata");
    puts("_themata() {");
    puts("    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}");
    puts("    local values= options=");
    puts("    COMPREPLY=()");
    puts("    if [ \"$COMP_CWORD\" -eq 1 ]; then");
    fputs("        mapfile -t COMPREPLY < <(compgen -W \"", stdout);
    print_commands(" ");
    puts("help\" -- \"$current\")");
    puts("        return");
    puts("    fi");
    puts("    if [ \"$current\" = \"=\" ]; then");
    puts("        current=");
    puts("    elif [ \"$previous\" = \"=\" ]; then");
    puts("        previous=${COMP_WORDS[COMP_CWORD - 2]}");
    puts("    fi");
    print_bash_values();
    puts("    if [ -n \"$values\" ]; then");
    puts("        mapfile -t COMPREPLY < <(compgen -W \"$values\" -- \"$current\")");
    puts("        return");
    puts("    fi");
    puts("    [[ $current == -* ]] || return");
    print_bash_options();
    puts("    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\")");
    puts("    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace");
    puts("}");
    puts("complete -o default -F _themata themata");
}

/* ---- zsh ---- */

/* Within single quotes and the brackets of _arguments. */
static void print_zsh_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'') {
            fputs("'\\''", stdout);
        } else if (strchr("[]:\\", *text)) {
            printf("\\%c", *text);
        } else {
            putchar(*text);
        }
    }
}

static void print_zsh_option(const OptionSpec *spec)
{
    if (spec->letter) {
        printf("            '(-%c --%s)-%c+[", spec->letter, spec->name, spec->letter);
        print_zsh_text(spec->help);
        printf("]%s%s' \\\n", spec->value ? ":" : "", spec->value ? spec->value : "");
    }
    printf("            '%s--%s%s[", spec->kind == OPTION_LIST ? "*" : "", spec->name,
           spec->value ? "=" : "");
    print_zsh_text(spec->help);
    putchar(']');
    if (spec->value) {
        putchar(':');
        print_zsh_text(spec->value);
        putchar(':');
    }
    if (spec->choices) {
        putchar('(');
        for (int i = 0; spec->choices[i]; i++) {
            printf("%s%s", i ? " " : "", spec->choices[i]);
        }
        putchar(')');
    } else if (takes_file(spec)) {
        fputs("_files", stdout);
    }
    puts("' \\");
}

static void print_zsh(void)
{
    puts("#compdef themata");
    puts("_themata() {");
    puts("    local -a commands");
    puts("    commands=(");
    for (const Command *command = commands; command->name; command++) {
        printf("        '%s:", command->name);
        print_zsh_text(command->summary);
        puts("'");
    }
    puts("        'help:Show the help of a command'");
    puts("    )");
    puts("    if (( CURRENT == 2 )); then");
    puts("        _describe command commands");
    puts("        return");
    puts("    fi");
    puts("    local command=${words[2]}");
    puts("    shift words");
    puts("    (( CURRENT-- ))");
    puts("    case $command in");
    for (const Command *command = commands; command->name; command++) {
        printf("    %s)\n        _arguments \\\n", command->name);
        for (const OptionSpec *spec = option_specs; spec->name; spec++) {
            if (options_belong(spec, command->bit)) {
                print_zsh_option(spec);
            }
        }
        puts("            '(-h --help)'{-h,--help}'[help]' \\");
        puts("            '*: :_files'");
        puts("        ;;");
    }
    puts("    esac");
    puts("}");
    puts("if [ \"$funcstack[1]\" = _themata ]; then _themata; else compdef _themata themata; fi");
}

/* ---- fish ---- */

static void print_fish_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\') {
            putchar('\\');
        }
        putchar(*text);
    }
}

static void print_fish_option(const Command *command, const OptionSpec *spec)
{
    printf("complete -c themata -n '__fish_seen_subcommand_from %s' -l %s", command->name,
           spec->name);
    if (spec->letter) {
        printf(" -s %c", spec->letter);
    }
    if (spec->choices) {
        fputs(" -x -a '", stdout);
        for (int i = 0; spec->choices[i]; i++) {
            printf("%s%s", i ? " " : "", spec->choices[i]);
        }
        putchar('\'');
    } else if (spec->value) {
        fputs(takes_file(spec) ? " -r -F" : " -x", stdout);
    }
    fputs(" -d '", stdout);
    print_fish_text(spec->help);
    puts("'");
}

static void print_fish(void)
{
    puts("# fish completion for themata");
    for (const Command *command = commands; command->name; command++) {
        printf("complete -c themata -n __fish_use_subcommand -f -a %s -d '", command->name);
        print_fish_text(command->summary);
        puts("'");
    }
    puts("complete -c themata -n __fish_use_subcommand -f -a help -d 'Show the help of a command'");
    for (const Command *command = commands; command->name; command++) {
        for (const OptionSpec *spec = option_specs; spec->name; spec++) {
            if (options_belong(spec, command->bit)) {
                print_fish_option(command, spec);
            }
        }
    }
}

/* ---- the command ---- */

Status completions_run(Invocation *invocation, const Options *options, int *exit_code, Error *error)
{
    (void)invocation;
    (void)exit_code;
    static const struct {
        const char *shell;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(options->arguments[0], shells[i].shell) == 0) {
            shells[i].print();
            return STATUS_OK;
        }
    }
    return error_set(error, STATUS_USAGE, "'%s': there are completions for bash, zsh and fish only",
                     options->arguments[0]);
}
