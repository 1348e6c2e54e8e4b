/* Manual pages, made from the tables of commands and options and a few paragraphs of prose, in the
 * language of man(7). On standard output. */
#ifndef THEMATA_APP_MANUAL_H
#define THEMATA_APP_MANUAL_H

#include "app/commands.h"

/* What a command's page says that no table does: paragraphs, the last followed by NULL. */
typedef struct ManualProse {
    const char *command;
    const char *const *paragraphs;
} ManualProse;

/* A row for each command; ends with a NULL command. */
extern const ManualProse manual_prose[];

/* themata(1) and, for a command, themata-COMMAND(1). */
void manual_program(void);
void manual_command(const Command *command);

#endif
