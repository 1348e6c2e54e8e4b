#include "base/file.h"

#include "support/support.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 512, NOBODY = 65534 };

/* `directory/name` in a static buffer of the caller. */
static const char *join(char path[PATH_SIZE], const char *directory, const char *name)
{
    snprintf(path, PATH_SIZE, "%s/%s", directory, name);
    return path;
}

static int count_entries(const char *path)
{
    DIR *directory = opendir(path);
    cr_assert(directory != NULL, "%s", path);
    int entries = 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        entries += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(directory);
    return entries;
}

static bool exists(const char *path)
{
    struct stat facts;
    return lstat(path, &facts) == 0;
}

static void expect_text(const char *directory, const char *name, const char *expected)
{
    char *text = support_read(directory, name, NULL);
    cr_assert_str_eq(text, expected);
    free(text);
}

/* ---- files ---- */

Test(file, joins_a_directory_and_a_name)
{
    Error error;
    char *path = file_join("a/b", "c", &error);
    cr_assert_str_eq(path, "a/b/c");
    free(path);
}

Test(file, is_read_whole_behind_what_the_buffer_holds)
{
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 300000};
    char *directory = support_directory(), path[PATH_SIZE];
    char *bytes = malloc(300000);
    for (size_t i = 0; i < 300000; i++) {
        bytes[i] = (char)(i % 255);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        support_write(directory, "file", bytes, sizes[i]);
        Buffer contents = {0};
        Error error;
        cr_assert_eq(buffer_append_text(&contents, "before", &error), STATUS_OK);
        cr_assert_eq(file_read(join(path, directory, "file"), 300000, &contents, &error),
                     STATUS_OK);
        cr_assert_eq(contents.length, 6 + sizes[i]);
        cr_assert(memcmp(contents.bytes, "before", 6) == 0);
        cr_assert(memcmp(contents.bytes + 6, bytes, sizes[i]) == 0);
        cr_assert_eq(contents.bytes[contents.length], '\0');
        buffer_free(&contents);
    }
    free(bytes);
    free(directory);
}

Test(file, larger_than_the_limit_is_refused)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "file", "0123456789");
    static const struct {
        size_t limit;
        Status status;
    } cases[] = {{11, STATUS_OK}, {10, STATUS_OK}, {9, STATUS_INPUT}, {0, STATUS_INPUT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buffer contents = {0};
        Error error;
        /* What the buffer held before does not count. */
        cr_assert_eq(buffer_append_text(&contents, "a long text before", &error), STATUS_OK);
        cr_assert_eq(file_read(join(path, directory, "file"), cases[i].limit, &contents, &error),
                     cases[i].status, "limit %zu", cases[i].limit);
        buffer_free(&contents);
    }
    free(directory);
}

Test(file, that_cannot_be_read_is_named)
{
    char *directory = support_directory(), path[PATH_SIZE];
    const char *const paths[] = {join(path, directory, "missing"), directory};
    for (size_t i = 0; i < 2; i++) {
        Buffer contents = {0};
        Error error = {0};
        cr_assert_eq(file_read(paths[i], 100, &contents, &error), STATUS_INPUT);
        cr_assert(strstr(error.message, paths[i]) != NULL, "%s", error.message);
        buffer_free(&contents);
    }
    free(directory);
}

Test(file, is_written_and_replaces_what_was_there)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "file", "something longer");
    Error error;
    FILE *file = file_create(join(path, directory, "file"), &error);
    cr_assert(file != NULL);
    fputs("new", file);
    cr_assert_eq(file_close(file, path, &error), STATUS_OK);
    expect_text(directory, "file", "new");
    free(directory);
}

Test(file, that_cannot_be_made_is_named)
{
    char *directory = support_directory(), path[PATH_SIZE];
    Error error = {0};
    cr_assert(file_create(join(path, directory, "no/such/file"), &error) == NULL);
    cr_assert_eq(error.status, STATUS_FAILED);
    cr_assert(strstr(error.message, path) != NULL, "%s", error.message);
    free(directory);
}

Test(file, close_tells_that_the_disk_was_full)
{
    if (access("/dev/full", W_OK) != 0) {
        cr_skip_test("no /dev/full here");
    }
    static const size_t sizes[] = {1, 100000}; /* fails when flushed; fails while writing */
    for (size_t i = 0; i < 2; i++) {
        Error error = {0};
        FILE *file = file_create("/dev/full", &error);
        cr_assert(file != NULL);
        for (size_t written = 0; written < sizes[i]; written++) {
            putc('x', file);
        }
        cr_assert_eq(file_close(file, "results.csv", &error), STATUS_FAILED);
        cr_assert(strstr(error.message, "results.csv") != NULL, "%s", error.message);
    }
}

Test(file, close_tells_of_a_write_that_failed_though_later_ones_did_not)
{
    char *directory = support_directory(), path[PATH_SIZE];
    Error error = {0};
    FILE *file = file_create(join(path, directory, "file"), &error);
    cr_assert(file != NULL);
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    const struct rlimit full = {.rlim_cur = 0, .rlim_max = limit.rlim_max};
    cr_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    fputs("lost", file);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &full), 0); /* the disk is full, */
    cr_assert(fflush(file) != 0);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0); /* and somebody makes room */
    fputs("written", file);
    cr_assert_eq(file_close(file, path, &error), STATUS_FAILED);
    free(directory);
}

Test(file, close_takes_a_pipe)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    FILE *file = fdopen(ends[1], "w");
    Error error;
    fputs("through", file);
    cr_assert_eq(file_close(file, "pipe", &error), STATUS_OK);
    char text[16] = "";
    cr_assert_eq(read(ends[0], text, sizeof text - 1), 7);
    cr_assert_str_eq(text, "through");
    close(ends[0]);
}

/* ---- output_check ---- */

static Status check(const char *place, bool force)
{
    Error error = {0};
    const Status status = output_check(
        &(Output){.place = place, .mark = "model.json", .mark_begin = "", .force = force}, &error);
    cr_assert_eq(error.status, status);
    cr_assert((error.message[0] == '\0') == (status == STATUS_OK), "%s", error.message);
    return status;
}

Test(output_check, allows_a_new_name_and_an_empty_directory)
{
    char *directory = support_directory(), path[PATH_SIZE];
    cr_assert_eq(check(join(path, directory, "new"), false), STATUS_OK);
    cr_assert_eq(check(join(path, directory, "new/"), false), STATUS_OK);
    cr_assert_eq(check(join(path, directory, "new"), true), STATUS_OK);
    cr_assert_eq(count_entries(directory), 0, "the check left something behind");
    cr_assert_eq(mkdir(join(path, directory, "empty"), 0777), 0);
    cr_assert_eq(check(path, false), STATUS_OK);
    cr_assert_eq(check(path, true), STATUS_OK);
    cr_assert_eq(chdir(directory), 0);
    cr_assert_eq(check("relative", false), STATUS_OK);
    free(directory);
}

Test(output_check, refuses_a_place_whose_parent_is_missing_or_a_file)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "file", "x");
    cr_assert_eq(check(join(path, directory, "missing/new"), false), STATUS_INPUT);
    cr_assert_eq(check(join(path, directory, "missing/new"), true), STATUS_INPUT);
    cr_assert_eq(check(join(path, directory, "file/new"), false), STATUS_INPUT);
    free(directory);
}

Test(output_check, refuses_a_file_and_a_link_even_by_force)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "file", "x");
    cr_assert_eq(symlink("nowhere", join(path, directory, "dangling")), 0);
    cr_assert_eq(symlink("file", join(path, directory, "link")), 0);
    static const char *const names[] = {"file", "dangling", "link"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_assert_eq(check(join(path, directory, names[i]), false), STATUS_INPUT, "%s", names[i]);
        cr_assert_eq(check(join(path, directory, names[i]), true), STATUS_INPUT, "%s", names[i]);
    }
    expect_text(directory, "file", "x");
    free(directory);
}

Test(output_check, an_empty_name_is_refused)
{
    cr_assert(check("", false) != STATUS_OK);
    cr_assert(check("", true) != STATUS_OK);
}

Test(output_check, replaces_its_own_directory_by_force_only)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "own/model.json", "{}");
    support_write_text(directory, "own/topics.npy", "x");
    cr_assert_eq(check(join(path, directory, "own"), false), STATUS_INPUT);
    cr_assert_eq(check(path, true), STATUS_OK);
    cr_assert_eq(check(join(path, directory, "own/"), true), STATUS_OK);
    free(directory);
}

Test(output_check, refuses_a_foreign_directory_by_force_too)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "foreign/thesis.tex", "years of work");
    support_write_text(directory, "hidden/.profile", "x");
    support_write_text(directory, "folder/model.json/x", "a folder of that name");
    support_write_text(directory, "linked/x", "x");
    support_write_text(directory, "elsewhere.json", "{}");
    cr_assert_eq(symlink("../elsewhere.json", join(path, directory, "linked/model.json")), 0);
    static const char *const names[] = {"foreign", "hidden", "folder", "linked"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_assert_eq(check(join(path, directory, names[i]), false), STATUS_INPUT, "%s", names[i]);
        cr_assert_eq(check(join(path, directory, names[i]), true), STATUS_INPUT, "%s", names[i]);
    }
    Error error = {0};
    output_check(&(Output){.place = join(path, directory, "foreign"),
                           .mark = "model.json",
                           .mark_begin = "",
                           .force = true},
                 &error);
    cr_assert(strstr(error.message, path) && strstr(error.message, "holds something else"), "%s",
              error.message);
    cr_assert(error.hint[0] != '\0');
    expect_text(directory, "foreign/thesis.tex", "years of work");
    free(directory);
}

/* Root may write everywhere, so these tests become somebody else for a while: the real user too,
 * whom access(2) asks about. The leak sanitizer needs the old rights in the end. */
static void give_up_privileges(void)
{
    if (geteuid() == 0 && setresuid(NOBODY, NOBODY, 0) != 0) {
        cr_skip_test("root, and cannot become anybody else");
    }
}

static void take_privileges_back(void)
{
    uid_t real, effective, saved;
    cr_assert_eq(getresuid(&real, &effective, &saved), 0);
    cr_assert_eq(setresuid(saved, saved, saved), 0);
}

Test(output_check, refuses_a_new_name_where_nothing_can_be_made)
{
    char *directory = support_directory(), path[PATH_SIZE];
    cr_assert_eq(chmod(directory, 0555), 0);
    give_up_privileges();
    cr_assert_eq(check(join(path, directory, "new"), false), STATUS_INPUT);
    take_privileges_back();
    free(directory);
}

Test(output_check, refuses_an_existing_place_beside_which_nothing_can_be_made)
{
    char *directory = support_directory(), path[PATH_SIZE];
    cr_assert_eq(mkdir(join(path, directory, "empty"), 0777), 0);
    support_write_text(directory, "own/model.json", "{}");
    cr_assert_eq(chmod(path, 0777), 0);
    cr_assert_eq(chmod(join(path, directory, "own"), 0777), 0);
    cr_assert_eq(chmod(directory, 0555), 0);
    give_up_privileges();
    /* The new directory is built beside the old one: output_begin would fail after the long work.
     */
    cr_assert_eq(check(join(path, directory, "empty"), false), STATUS_INPUT);
    cr_assert_eq(check(join(path, directory, "own"), true), STATUS_INPUT);
    take_privileges_back();
    free(directory);
}

/* ---- output_begin, output_commit, output_end ---- */

static void begin(Output *output, const char *place)
{
    Error error = {0};
    *output = (Output){.place = place, .mark = "model.json", .mark_begin = "", .force = true};
    cr_assert_eq(output_begin(output, &error), STATUS_OK, "%s: %s", place, error.message);
    cr_assert(output->work && exists(output->work));
}

static void commit(Output *output)
{
    Error error = {0};
    cr_assert_eq(output_commit(output, &error), STATUS_OK, "%s", error.message);
}

Test(output, stands_in_its_place_after_the_commit_and_not_before)
{
    char *directory = support_directory(), path[PATH_SIZE];
    static const char *const names[] = {"plain", "slash/", "slashes//", "with space", "dotted.out"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Output output;
        begin(&output, join(path, directory, names[i]));
        cr_assert(strncmp(output.work, directory, strlen(directory)) == 0, "%s is elsewhere",
                  output.work);
        support_write_text(output.work, "model.json", "{}");
        support_write_text(output.work, "tables/topics.csv", "topic\n");
        cr_assert(!exists(path), "%s", path);
        commit(&output);
        output_end(&output);
        cr_assert(output.work == NULL);
        char name[PATH_SIZE];
        snprintf(name, sizeof name, "%s/model.json", names[i]);
        expect_text(directory, name, "{}");
        snprintf(name, sizeof name, "%s/tables/topics.csv", names[i]);
        expect_text(directory, name, "topic\n");
        cr_assert_eq(count_entries(directory), (int)i + 1, "left behind beside %s", names[i]);
    }
    free(directory);
}

Test(output, takes_a_name_relative_to_the_working_directory)
{
    char *directory = support_directory();
    cr_assert_eq(chdir(directory), 0);
    Output output;
    begin(&output, "relative");
    support_write_text(output.work, "file", "x");
    commit(&output);
    output_end(&output);
    expect_text(directory, "relative/file", "x");
    cr_assert_eq(count_entries(directory), 1);
    free(directory);
}

Test(output, takes_the_place_of_an_empty_directory)
{
    char *directory = support_directory(), path[PATH_SIZE];
    cr_assert_eq(mkdir(join(path, directory, "empty"), 0777), 0);
    Output output;
    begin(&output, path);
    support_write_text(output.work, "file", "x");
    commit(&output);
    output_end(&output);
    expect_text(directory, "empty/file", "x");
    cr_assert_eq(count_entries(directory), 1);
    free(directory);
}

Test(output, replaces_an_existing_model_and_removes_the_old_one_whole)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "model/model.json", "old");
    support_write_text(directory, "model/old/deep/file", "old");
    support_write_text(directory, "outside", "not ours");
    char link[PATH_SIZE], target[PATH_SIZE];
    cr_assert_eq(
        symlink(join(target, directory, "outside"), join(link, directory, "model/old/link")), 0);
    Output output;
    begin(&output, join(path, directory, "model"));
    support_write_text(output.work, "model.json", "new");
    expect_text(directory, "model/model.json", "old");
    commit(&output);
    expect_text(directory, "model/model.json", "new");
    output_end(&output);
    expect_text(directory, "model/model.json", "new");
    cr_assert_eq(count_entries(path), 1, "something of the old model is still there");
    cr_assert_eq(count_entries(directory), 2, "something was left beside the model");
    expect_text(directory, "outside", "not ours");
    free(directory);
}

Test(output, leaves_nothing_behind_without_commit)
{
    char *directory = support_directory(), path[PATH_SIZE], link[PATH_SIZE];
    support_write_text(directory, "other/file", "not ours");
    support_write_text(directory, "model/model.json", "old");
    static const char *const names[] = {"new", "model"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Output output;
        begin(&output, join(path, directory, names[i]));
        support_write_text(output.work, "a/b/c/file", "x");
        support_write_text(output.work, ".hidden", "x");
        cr_assert_eq(symlink("../other", join(link, output.work, "link")), 0);
        output_end(&output);
        cr_assert(output.work == NULL);
        cr_assert_eq(count_entries(directory), 2);
    }
    expect_text(directory, "other/file", "not ours");
    expect_text(directory, "model/model.json", "old");
    free(directory);
}

Test(output, end_takes_an_output_that_never_began_or_has_ended)
{
    Output output = {0};
    output_end(&output);
    output_end(&output);
    cr_assert(output.work == NULL);
}

Test(output, begin_fails_where_the_parent_is_missing_and_names_the_place)
{
    char *directory = support_directory(), path[PATH_SIZE];
    Output output = {
        .place = join(path, directory, "missing/new"), .mark = "model.json", .mark_begin = ""};
    Error error = {0};
    cr_assert_eq(output_begin(&output, &error), STATUS_INPUT);
    cr_assert(strstr(error.message, path) != NULL, "%s", error.message);
    output_end(&output);
    cr_assert_eq(count_entries(directory), 0);
    free(directory);
}

Test(output, does_not_replace_a_file_that_took_its_place_meanwhile)
{
    char *directory = support_directory(), path[PATH_SIZE];
    Output output;
    begin(&output, join(path, directory, "place"));
    support_write_text(output.work, "file", "x");
    support_write_text(directory, "place", "somebody else's");
    Error error = {0};
    cr_assert_eq(output_commit(&output, &error), STATUS_FAILED);
    cr_assert(strstr(error.message, path) != NULL, "%s", error.message);
    cr_assert(strstr(error.hint, "place-2") != NULL, "%s", error.hint);
    output_end(&output);
    expect_text(directory, "place", "somebody else's");
    expect_text(directory, "place-2/file", "x");
    cr_assert_eq(count_entries(directory), 2);
    free(directory);
}

Test(output, can_be_read_by_those_whom_the_umask_allows)
{
    static const struct {
        mode_t mask, mode;
    } cases[] = {{022, 0755}, {027, 0750}, {077, 0700}, {002, 0775}};
    char *directory = support_directory(), path[PATH_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[32];
        snprintf(name, sizeof name, "model%zu", i);
        umask(cases[i].mask);
        Output output;
        begin(&output, join(path, directory, name));
        commit(&output);
        output_end(&output);
        struct stat facts;
        cr_assert_eq(stat(path, &facts), 0);
        cr_assert_eq(facts.st_mode & 07777, cases[i].mode, "mask %03o: mode %04o", cases[i].mask,
                     (unsigned)(facts.st_mode & 07777));
        cr_assert_eq(umask(022), cases[i].mask, "the umask was changed");
    }
    free(directory);
}

Test(output, two_at_once_do_not_meet)
{
    char *directory = support_directory(), path[PATH_SIZE];
    Output first, second;
    begin(&first, join(path, directory, "model"));
    begin(&second, path);
    cr_assert_str_neq(first.work, second.work);
    support_write_text(first.work, "model.json", "first");
    support_write_text(second.work, "model.json", "second");
    commit(&first);
    output_end(&first);
    commit(&second);
    output_end(&second);
    expect_text(directory, "model/model.json", "second");
    cr_assert_eq(count_entries(directory), 1);
    free(directory);
}

/* Without --force what came meanwhile stays, and with it too unless it is a model. */
Test(output, does_not_replace_a_directory_that_took_its_place_meanwhile)
{
    char *directory = support_directory(), path[PATH_SIZE];
    for (int force = 0; force < 2; force++) {
        Output output;
        begin(&output, join(path, directory, "place"));
        output.force = force;
        support_write_text(output.work, "model.json", "x");
        support_write_text(directory, "place/thesis.txt", "somebody else's");
        Error error = {0};
        cr_assert_eq(output_commit(&output, &error), STATUS_FAILED);
        output_end(&output);
        expect_text(directory, "place/thesis.txt", "somebody else's");
        expect_text(directory, force ? "place-3/model.json" : "place-2/model.json", "x");
        cr_assert_eq(count_entries(directory), 2 + force, "the result is kept, and nothing else");
    }
    free(directory);
}

Test(output, errors_of_writing_name_the_place_and_the_reason)
{
    Output output = {.place = "dir/result", .work = "dir/.themata-abc"};
    Error error;
    error_set(&error, STATUS_FAILED, "dir/.themata-abc/topics.npy: No space left on device");
    output_explain(&output, &error);
    cr_assert_str_eq(error.message, "dir/result: cannot be written (No space left on device)");
    error_set(&error, STATUS_FAILED, "something else");
    output_explain(&output, &error);
    cr_assert_str_eq(error.message, "something else");
}

/* A place that output_check allows must work out in the end, hours later. */
static void expect_promise_kept(const char *place)
{
    Error error = {0};
    Output output = {.place = place, .mark = "model.json", .mark_begin = ""};
    if (output_check(&output, &error) != STATUS_OK) {
        return;
    }
    Status status = output_begin(&output, &error);
    if (!status) {
        support_write_text(output.work, "file", "x");
        status = output_commit(&output, &error);
    }
    output_end(&output);
    cr_assert_eq(status, STATUS_OK, "'%s' was allowed, then: %s", place, error.message);
}

Test(output, in_the_working_directory_itself_is_refused_or_works)
{
    char *directory = support_directory();
    cr_assert_eq(chdir(directory), 0);
    expect_promise_kept(".");
    free(directory);
}

Test(output, with_a_dot_behind_the_name_is_refused_or_works)
{
    char *directory = support_directory(), path[PATH_SIZE];
    cr_assert_eq(mkdir(join(path, directory, "empty"), 0777), 0);
    expect_promise_kept(join(path, directory, "empty/."));
    expect_promise_kept(join(path, directory, "empty/../empty"));
    free(directory);
}

Test(output, with_the_longest_name_is_refused_or_works)
{
    char *directory = support_directory(), path[PATH_SIZE], name[256];
    for (size_t length = 236; length <= 255; length++) {
        memset(name, 'n', length);
        name[length] = '\0';
        expect_promise_kept(join(path, directory, name));
    }
    free(directory);
}

Test(file, tells_how_a_file_begins)
{
    char *directory = support_directory();
    support_write_text(directory, "a", "begin and go on");
    support_write_text(directory, "empty", "");
    cr_assert(file_begins_with(directory, "a", "begin"));
    cr_assert(file_begins_with(directory, "empty", ""));
    cr_assert(!file_begins_with(directory, "a", "began"));
    cr_assert(!file_begins_with(directory, "a", "begin and go on and on"));
    cr_assert(!file_begins_with(directory, "missing", ""));
    cr_assert(!file_begins_with(directory, ".", ""));
    free(directory);
}

Test(output_check, force_replaces_a_result_of_this_program_only)
{
    char *directory = support_directory(), path[PATH_SIZE];
    support_write_text(directory, "keras/model.json", "{}");
    support_write_text(directory, "own/model.json", "{\n  \"format\": \"themata-model\",\n");
    Output output = {
        .mark = "model.json", .mark_begin = "{\n  \"format\": \"themata-model\"", .force = true};
    Error error;
    output.place = join(path, directory, "keras");
    cr_assert_eq(output_check(&output, &error), STATUS_INPUT, "model.json is a common name");
    output.place = join(path, directory, "own");
    cr_assert_eq(output_check(&output, &error), STATUS_OK);
    free(directory);
}

/* ---- output files ---- */

static Status write_file(OutputFile *output, const char *text, Error *error)
{
    Status status = output_file_begin(output, error);
    if (!status) {
        fputs(text, output->file);
        status = output_file_commit(output, error);
    }
    output_file_end(output);
    return status;
}

Test(output_file, is_complete_or_absent_and_replaces_with_force_only)
{
    char *directory = support_directory(), path[PATH_SIZE];
    Error error;
    OutputFile output = {.place = join(path, directory, "x")};
    cr_assert_eq(output_file_check(&output, &error), STATUS_OK);
    cr_assert_eq(output_file_begin(&output, &error), STATUS_OK);
    fputs("half", output.file);
    output_file_end(&output);
    cr_assert(access(path, F_OK) != 0, "not committed");
    cr_assert_eq(write_file(&output, "one", &error), STATUS_OK);
    expect_text(directory, "x", "one");
    cr_assert_eq(output_file_check(&output, &error), STATUS_INPUT);
    cr_assert_eq(write_file(&output, "two", &error), STATUS_FAILED, "it came meanwhile");
    expect_text(directory, "x", "one");
    output.force = true;
    cr_assert_eq(output_file_check(&output, &error), STATUS_OK);
    cr_assert_eq(write_file(&output, "two", &error), STATUS_OK);
    expect_text(directory, "x", "two");
    cr_assert_eq(unlink(path), 0);
    cr_assert_eq(rmdir(directory), 0, "nothing else is left behind");
    free(directory);
}

Test(output_file, check_refuses_what_is_no_regular_file)
{
    char *directory = support_directory(), path[PATH_SIZE];
    Error error;
    OutputFile output = {.force = true};
    output.place = directory;
    cr_assert_eq(output_file_check(&output, &error), STATUS_INPUT);
    output.place = "";
    cr_assert_eq(output_file_check(&output, &error), STATUS_USAGE);
    output.place = join(path, directory, "none/x");
    cr_assert_eq(output_file_check(&output, &error), STATUS_INPUT);
    output.place = join(path, directory, "link");
    cr_assert_eq(symlink("elsewhere", path), 0);
    cr_assert_eq(output_file_check(&output, &error), STATUS_INPUT);
    free(directory);
}
