/* The program. */
#ifndef THEMATA_APP_APP_H
#define THEMATA_APP_APP_H

/* Does what the command line says and returns the exit code: 0 ok, 1 failed while running, 2 wrong
 * command line, 3 input that cannot be used, 4 --strict broken, 130 interrupted. */
int app_run(int argc, const char *const *argv);

#endif
