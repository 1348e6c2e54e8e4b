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

static void handle_all(void (*handler)(int), int flags)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        sigaction(signals[i], &action, NULL);
    }
}

void interrupt_catch(void)
{
    handle_all(mark, (int)SA_RESETHAND);
}

void interrupt_defer(void)
{
    handle_all(mark, SA_RESTART);
}

void interrupt_release(void)
{
    handle_all(SIG_DFL, 0);
}

bool interrupt_seen(void)
{
    return seen != 0;
}
