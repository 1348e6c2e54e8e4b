/* Makes every allocation of a run of the program fail in turn: the first alone, the second alone,
 * …, then from the first on, from the second on, …, until the run needs no more of them.
 *
 *     LD_PRELOAD=libinject.so PROGRAM ARGUMENT…       every allocation of the process, the
 * libraries' and the C library's own among them themata_faults ARGUMENT… built with FAULTS_WRAP,
 * for the sanitizers: the allocations of the project's own code
 *
 * Each run is a process of its own, forked before main. It must end with exit code 0 and the result
 * of an undisturbed run, or with 1 or 3, one error on standard error, and what was in the result's
 * place before, or the whole result where only telling of it failed; no temporary file may stay,
 * and no block of memory that the program's own code asked for.
 *
 * FAULTS_ONLY: a number; this allocation alone, and who asked for it is told.
 * FAULTS_STEP: a number; only every so many are made to fail.
 * FAULTS_OFF: nothing fails, and the program runs once.
 * FAULTS_PLACE in the environment is the result's directory or file (none: nothing is written);
 * its parent is looked through for what was left behind. */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <fts.h>
#include <link.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int Program(int count, char **arguments, char **environment);

/* ---- the allocations ---- */

#ifdef FAULTS_WRAP /* the linker's --wrap */
#define NAME(name) __wrap_##name
#define REAL(name) __real_##name
#else
#define NAME(name) name
#define REAL(name) __libc_##name
void *__libc_memalign(size_t alignment, size_t size);
#endif
void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t count, size_t size);
void *REAL(realloc)(void *block, size_t size);
void REAL(free)(void *block);
void *NAME(malloc)(size_t size);
void *NAME(calloc)(size_t count, size_t size);
void *NAME(realloc)(void *block, size_t size);
void *NAME(reallocarray)(void *block, size_t count, size_t size);
int NAME(posix_memalign)(void **block, size_t alignment, size_t size);
void *NAME(aligned_alloc)(size_t alignment, size_t size);
void NAME(free)(void *block);

static atomic_long calls; /* so far, of this run */
static long fail_at;      /* 0: none */
static bool fail_all_after;
static bool tell_where; /* on standard error */

/* Shared with the parent. */
static struct {
    atomic_bool failed;
    char library[64]; /* whose code asked for the first allocation that failed */
} * shared;

static void remember_caller(const void *caller);

static bool fails(const void *caller)
{
    if (fail_at == 0) {
        return false;
    }
    const long call = atomic_fetch_add(&calls, 1) + 1;
    if (call == fail_at || (fail_all_after && call > fail_at)) {
        atomic_store(&shared->failed, true);
        remember_caller(caller);
        if (tell_where && call == fail_at) {
            void *frames[40];
            fail_at = 0;
            backtrace_symbols_fd(frames, backtrace(frames, 40), STDERR_FILENO);
            fail_at = call;
            atomic_store(&calls, call);
        }
        errno = ENOMEM;
        return true;
    }
    return false;
}

/* Blocks that the program's own code asked for and has not released. Where the sanitizers are, they
 * find leaks. */
#ifndef FAULTS_WRAP
enum { BLOCKS_MAX = 1 << 16 };
static void *blocks[BLOCKS_MAX]; /* open addressing; a released one leaves TOMB */
static char tomb;
static atomic_flag blocks_lock = ATOMIC_FLAG_INIT;
static uintptr_t text_begin, text_end; /* the program's code */

static size_t slot_of(const void *block)
{
    return ((uintptr_t)block >> 4) * 0x9E3779B97F4A7C15u >> 48;
}

static void *note(void *block, const void *caller)
{
    if (block && (uintptr_t)caller >= text_begin && (uintptr_t)caller < text_end) {
        while (atomic_flag_test_and_set(&blocks_lock)) {
        }
        size_t slot = slot_of(block);
        while (blocks[slot] && blocks[slot] != &tomb) {
            slot = (slot + 1) % BLOCKS_MAX;
        }
        blocks[slot] = block;
        atomic_flag_clear(&blocks_lock);
    }
    return block;
}

static void forget(const void *block)
{
    while (atomic_flag_test_and_set(&blocks_lock)) {
    }
    for (size_t slot = slot_of(block); blocks[slot]; slot = (slot + 1) % BLOCKS_MAX) {
        if (blocks[slot] == block) {
            blocks[slot] = &tomb;
            break;
        }
    }
    atomic_flag_clear(&blocks_lock);
}

static int find_text(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size, (void)context;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            text_begin = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            text_end = text_begin + info->dlpi_phdr[i].p_memsz;
        }
    }
    return 1; /* the first object is the program */
}

static int count_leaks(void)
{
    int leaks = 0;
    for (size_t slot = 0; slot < BLOCKS_MAX; slot++) {
        leaks += blocks[slot] && blocks[slot] != &tomb;
    }
    return leaks;
}
#else
#define note(block, caller) (block)
#define forget(block)       ((void)(block))
#endif
#define CALLER __builtin_return_address(0)

void *NAME(malloc)(size_t size)
{
    return fails(CALLER) ? NULL : note(REAL(malloc)(size), CALLER);
}

void *NAME(calloc)(size_t count, size_t size)
{
    return fails(CALLER) ? NULL : note(REAL(calloc)(count, size), CALLER);
}

static void *reallocate(void *block, size_t size, const void *caller)
{
    if (fails(caller)) {
        return NULL;
    }
    forget(block);
    return note(REAL(realloc)(block, size), caller);
}

void *NAME(realloc)(void *block, size_t size)
{
    return reallocate(block, size, CALLER);
}

void *NAME(reallocarray)(void *block, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return reallocate(block, bytes, CALLER);
}

#ifdef FAULTS_WRAP
int REAL(posix_memalign)(void **block, size_t alignment, size_t size);

int NAME(posix_memalign)(void **block, size_t alignment, size_t size)
{
    return fails(CALLER) ? ENOMEM : REAL(posix_memalign)(block, alignment, size);
}
#else
int posix_memalign(void **block, size_t alignment, size_t size)
{
    void *made = fails(CALLER) ? NULL : note(__libc_memalign(alignment, size), CALLER);
    *block = made ? made : *block;
    return made ? 0 : ENOMEM;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails(CALLER) ? NULL : note(__libc_memalign(alignment, size), CALLER);
}
#endif

void NAME(free)(void *block)
{
    if (block) {
        forget(block);
    }
    REAL(free)(block);
}

static void remember_caller(const void *caller)
{
    Dl_info info;
    if (shared->library[0] == '\0' && dladdr(caller, &info) && info.dli_fname) {
        const char *slash = strrchr(info.dli_fname, '/');
        snprintf(shared->library, sizeof shared->library, "%s", slash ? slash + 1 : info.dli_fname);
    }
}

/* ---- what a run leaves ---- */

enum { LEAK_EXIT = 99, HANG_SECONDS = 5 };

/* What is run again and again. */
typedef struct Scenario {
    Program *program;
    int count;
    char **arguments;
    char **environment;
    const char *place;  /* of the result; NULL: there is none */
    uint64_t before;    /* hash of what stands there; 0: nothing */
    uint64_t reference; /* that of the result of an undisturbed run */
} Scenario;

typedef struct Outcome {
    int status;       /* of waitpid */
    bool failed;      /* an allocation failed */
    char words[4096]; /* on standard error */
} Outcome;

/* A hash of the names and bytes below a path, but of run.json, where times stand; 0: nothing is
 * there. */
static uint64_t hash_tree(const char *path)
{
    struct stat facts;
    if (!path || lstat(path, &facts) != 0) {
        return 0;
    }
    uint64_t hash = 0xCBF29CE484222325u;
    char *roots[] = {(char *)(uintptr_t)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));) {
        if (entry->fts_info != FTS_F || strcmp(entry->fts_name, "run.json") == 0) {
            continue;
        }
        /* The order of fts is the file system's: sums do not mind. */
        uint64_t one = 0xCBF29CE484222325u;
        for (const char *at = entry->fts_path + strlen(path); *at; at++) {
            one = (one ^ (unsigned char)*at) * 0x100000001B3u;
        }
        FILE *file = fopen(entry->fts_accpath, "rb");
        for (int byte; file && (byte = getc(file)) != EOF;) {
            one = (one ^ (unsigned)byte) * 0x100000001B3u;
        }
        if (file) {
            fclose(file);
        }
        hash += one;
    }
    if (tree) {
        fts_close(tree);
    }
    return hash;
}

/* Removes a tree; `begin`, if not NULL: only what is called so directly below it. Returns how many
 * entries that were. */
static int remove_tree(const char *path)
{
    int removed = 0;
    char *roots[] = {(char *)(uintptr_t)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));) {
        if (entry->fts_info != FTS_D) {
            removed += remove(entry->fts_accpath) == 0;
        }
    }
    if (tree) {
        fts_close(tree);
    }
    return removed;
}

/* Makes the place empty again where it was. */
static void clear_place(const Scenario *scenario)
{
    if (scenario->place && !scenario->before) {
        remove_tree(scenario->place);
    }
}

/* Removes and counts temporary files, which begin with .themata, in the working directory. */
static int count_left_behind(void)
{
    int left = 0;
    char *roots[] = {(char *)(uintptr_t) ".", NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));) {
        if (entry->fts_level == 1 && entry->fts_info != FTS_DP) {
            if (strncmp(entry->fts_name, ".themata", 8) == 0) {
                left++;
                remove_tree(entry->fts_path);
            }
            fts_set(tree, entry, FTS_SKIP);
        }
    }
    if (tree) {
        fts_close(tree);
    }
    return left;
}

/* ---- runs ---- */

static void redirect(int stream, const char *path)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file < 0 || dup2(file, stream) < 0 || close(file) != 0) {
        _exit(98);
    }
}

static void run(const Scenario *scenario, long at, bool all_after, Outcome *outcome)
{
    atomic_store(&shared->failed, false);
    shared->library[0] = '\0';
    const pid_t child = fork();
    if (child == 0) {
        redirect(STDOUT_FILENO, "stdout.txt");
        redirect(STDERR_FILENO, "stderr.txt");
#ifndef FAULTS_WRAP
        memset(blocks, 0, sizeof blocks);
#endif
        alarm(HANG_SECONDS);
        fail_all_after = all_after;
        fail_at = at;
        int code = scenario->program(scenario->count, scenario->arguments, scenario->environment);
        fail_at = 0;
#ifndef FAULTS_WRAP
        const int leaks = count_leaks();
        if (leaks) {
            dprintf(STDERR_FILENO, "[%d blocks were not released, exit %d]\n", leaks, code);
            code = LEAK_EXIT;
        }
#endif
        exit(code);
    }
    while (waitpid(child, &outcome->status, 0) < 0 && errno == EINTR) {
    }
    outcome->failed = atomic_load(&shared->failed);
    const int file = open("stderr.txt", O_RDONLY);
    const ssize_t length = file < 0 ? 0 : read(file, outcome->words, sizeof outcome->words - 1);
    outcome->words[length < 0 ? 0 : length] = '\0';
    if (file >= 0) {
        close(file);
    }
}

/* Libraries that do not survive an allocation of their own that fails, and how they end the
 * process. Nothing is in the result's place then; a temporary file may be left. */
static bool is_known(const Outcome *outcome)
{
    static const struct {
        const char *library; /* how its name begins; empty: whichever asked first */
        const char *words;   /* its own; NULL: a signal */
    } known[] = {
        {"libpopt", "virtual memory exhausted."}, /* before any work */
        {"libpopt", "too few arguments"},         /* it forgot them */
        {"libpopt", NULL},
        {"", "Fatal Internal Error in libarchive: "},
        {"libarchive", NULL},
        {"", "libgomp: Out of memory"}, /* the threads' own bookkeeping */
        {"libc.", NULL},                /* fts_open */
        {"libicu", NULL},               /* waits for itself where it finds the default locale */
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strncmp(shared->library, known[i].library, strlen(known[i].library)) == 0 &&
            (known[i].words ? strstr(outcome->words, known[i].words) != NULL
                            : !WIFEXITED(outcome->status))) {
            return true;
        }
    }
    return false;
}

static const char KNOWN[] = "known";

/* What is wrong with a run in which an allocation failed, or NULL, or KNOWN. */
static const char *judge(const Scenario *scenario, const Outcome *outcome)
{
    const uint64_t before = scenario->before, reference = scenario->reference;
    const uint64_t now = hash_tree(scenario->place);
    const int left = count_left_behind();
    if (is_known(outcome)) {
        return now == before ? KNOWN : "half a result";
    }
    if (!WIFEXITED(outcome->status)) {
        return "ended by a signal";
    }
    const int code = WEXITSTATUS(outcome->status);
    if (code == LEAK_EXIT) {
        return "leaks";
    }
    if (code != 0 && code != 1 && code != 3) {
        return "the exit code is none of 0, 1, 3";
    }
    if (left) {
        return "a temporary file was left behind";
    }
    const bool without = code == 0 && strstr(outcome->words, "; the report is without it");
    if (now != reference && (code == 0 || now != before) && !without) {
        return code == 0 ? "it is said to have gone well, but the result is another"
                         : "half a result";
    }
    const char *message = strstr(outcome->words, "themata: error: ");
    if (code != 0 && (!message || message[strlen("themata: error: ")] == '\n')) {
        return "no error was told";
    }
    return NULL;
}

/* Fails each allocation in turn; returns the number of runs that went wrong. */
static int run_all(const Scenario *scenario, bool all_after)
{
    int wrong = 0;
    const char *only = getenv("FAULTS_ONLY");
    const char *step = getenv("FAULTS_STEP");
    const long every = step ? atol(step) : 1;
    long errors = 0, known = 0, runs = 0, at = only ? atol(only) : 1;
    tell_where = only != NULL;
    for (;; at += every, runs++) {
        Outcome outcome;
        run(scenario, at, all_after, &outcome);
        if (!outcome.failed) {
            clear_place(scenario);
            break;
        }
        if (only) {
            printf("%s(status %x)\n", outcome.words, (unsigned)outcome.status);
            exit(0);
        }
        const char *fault = judge(scenario, &outcome);
        if (fault == KNOWN) {
            known++;
        } else if (fault && wrong++ < 10) {
            printf("allocation %ld%s by %s: %s (status %x)\n%s", at,
                   all_after ? " and all after it" : "", shared->library, fault,
                   (unsigned)outcome.status, outcome.words);
        }
        errors += !fault && outcome.status != 0;
        clear_place(scenario);
    }
    printf("%ld allocations failed, %s: %ld errors told, %ld times it went well without, %ld times "
           "a library ended the process, %d wrong\n",
           runs, all_after ? "with all after it" : "one at a time", errors,
           runs - errors - known - wrong, known, wrong);
    return wrong;
}

static int faults_main(Program *program, int count, char **arguments, char **environment)
{
    const char *place = getenv("FAULTS_PLACE");
    Outcome outcome;
    if (getenv("FAULTS_OFF")) {
        return program(count, arguments, environment);
    }
    place = place && place[0] ? place : NULL;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        return 98;
    }
#ifndef FAULTS_WRAP
    dl_iterate_phdr(find_text, NULL);
#endif
    count_left_behind(); /* of an earlier test */
    Scenario scenario = {program, count, arguments, environment, place, hash_tree(place), 0};
    run(&scenario, 0, false, &outcome);
    if (outcome.status != 0) {
        printf("the undisturbed run ended with status %x\n%s", (unsigned)outcome.status,
               outcome.words);
        return 1;
    }
    scenario.reference = hash_tree(place);
    clear_place(&scenario);
    const int wrong = run_all(&scenario, false) + run_all(&scenario, true);
    return wrong ? 1 : 0;
}

/* ---- coming before the program ---- */

#ifdef FAULTS_WRAP
#include "app/app.h"

static int app_main(int count, char **arguments, char **environment)
{
    (void)environment;
    return app_run(count, (const char *const *)arguments);
}

int main(int count, char **arguments, char **environment)
{
    return faults_main(app_main, count, arguments, environment);
}
#else
typedef int StartMain(Program *program, int count, char **arguments, void (*begin)(void),
                      void (*end)(void), void (*loader_end)(void), void *stack);
StartMain __libc_start_main;

static Program *real_main;

static int before_main(int count, char **arguments, char **environment)
{
    return faults_main(real_main, count, arguments, environment);
}

int __libc_start_main(Program *program, int count, char **arguments, void (*begin)(void),
                      void (*end)(void), void (*loader_end)(void), void *stack)
{
    void *next = dlsym(RTLD_NEXT, "__libc_start_main");
    StartMain *start;
    memcpy(&start, &next, sizeof start);
    real_main = program;
    return start(before_main, count, arguments, begin, end, loader_end, stack);
}
#endif
