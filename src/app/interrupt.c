#include "app/interrupt.h"

#include <signal.h>
#include <stddef.h>

/* A signal handler reaches nothing but what has static storage: the only variable of its kind. */
static volatile sig_atomic_t seen;

static void mark(int signal)
{
    (void)signal;
    seen = 1;
}

void interrupt_catch(void)
{
    struct sigaction action = {.sa_handler = mark, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void interrupt_release(void)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
}

bool interrupt_seen(void)
{
    return seen != 0;
}
