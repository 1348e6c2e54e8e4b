/* --help, made from the tables of commands and options. On standard output. */
#ifndef THEMATA_APP_HELP_H
#define THEMATA_APP_HELP_H

#include "app/commands.h"

/* The program as a whole. */
void help_program(void);

/* One command. */
void help_command(const Command *command);

/* Appends what there is to say of an option: its help, choices and default. */
Status help_option_text(const OptionSpec *spec, Buffer *text, Error *error);

#endif
