#include "app/interrupt.h"

#include <signal.h>
#include <stddef.h>

enum { SIGNALS = 3 };

static const int signals[SIGNALS] = {SIGINT, SIGTERM, SIGHUP};

/* A signal handler reaches nothing but what has static storage: the only variables of their kind.
 */
static volatile sig_atomic_t seen;
static struct sigaction before[SIGNALS]; /* what was there, to be put back */
static bool caught;

static void mark(int signal)
{
    (void)signal;
    seen = 1;
}

/* A signal that is ignored, as under nohup, stays so. */
static void handle_all(int flags)
{
    struct sigaction action = {.sa_handler = mark, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++) {
        if (!caught) {
            sigaction(signals[i], NULL, &before[i]);
        }
        if (before[i].sa_handler != SIG_IGN) {
            sigaction(signals[i], &action, NULL);
        }
    }
    caught = true;
}

void interrupt_catch(void)
{
    handle_all((int)SA_RESETHAND);
}

void interrupt_defer(void)
{
    handle_all(SA_RESTART);
}

void interrupt_release(void)
{
    for (int i = 0; i < SIGNALS && caught; i++) {
        sigaction(signals[i], &before[i], NULL);
    }
    caught = false;
}

bool interrupt_seen(void)
{
    return seen != 0;
}
