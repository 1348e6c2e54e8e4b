#include "app/pager.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *find_pager(void)
{
    const char *own = getenv("THEMATA_PAGER");
    const char *usual = own ? own : getenv("PAGER");
    return usual ? usual : "less -FRX";
}

/* Whether the text has more lines than the terminal. */
static bool is_too_long(const char *text, size_t length)
{
    struct winsize size;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) {
        return false;
    }
    size_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        lines += text[i] == '\n';
    }
    return lines >= size.ws_row;
}

/* The pager's process: its input is the pipe. Does not return. */
_Noreturn static void become_pager(const char *pager, const int pipe_ends[2])
{
    dup2(pipe_ends[0], STDIN_FILENO);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    signal(SIGINT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
    _exit(127);
}

/* A reader that goes away early has seen enough. */
static void feed(int pipe_end, const char *text, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(pipe_end, text, length);
        if (written <= 0) {
            return;
        }
        text += written;
        length -= (size_t)written;
    }
}

bool pager_show(const char *text, size_t length)
{
    enum { NOT_STARTED = 127 }; /* what the shell says of a program that is not there */
    const char *pager = find_pager();
    int pipe_ends[2];
    if (pager[0] == '\0' || strcmp(pager, "cat") == 0 || !is_too_long(text, length) ||
        pipe(pipe_ends) != 0) {
        return false;
    }
    signal(SIGINT, SIG_IGN); /* Ctrl-C is the pager's while it shows the text */
    const pid_t child = fork();
    if (child == 0) {
        become_pager(pager, pipe_ends);
    }
    close(pipe_ends[0]);
    if (child > 0) {
        feed(pipe_ends[1], text, length);
    }
    close(pipe_ends[1]);
    int state = 0;
    const bool ended = child > 0 && waitpid(child, &state, 0) == child;
    signal(SIGINT, SIG_DFL);
    return ended && !(WIFEXITED(state) && WEXITSTATUS(state) == NOT_STARTED);
}
