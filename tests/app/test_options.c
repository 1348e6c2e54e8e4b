#include "app/options.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* Parses a command line that ends with NULL; the caller frees the options. */
static Status parse(unsigned command, const char **argv, Options *options, Error *error)
{
    int argc = 0;
    while (argv[argc]) {
        argc++;
    }
    bool help;
    *options = options_defaults();
    *error = (Error){0};
    return options_parse(command, argc, argv, options, &help, error);
}

/* Whether one command has both options. */
static bool share_a_command(const OptionSpec *a, const OptionSpec *b)
{
    for (unsigned command = COMMAND_FIT; command <= COMMAND_SWEEP; command *= 2) {
        if (options_belong(a, command) && options_belong(b, command)) {
            return true;
        }
    }
    return false;
}

Test(options, names_are_unique_and_every_row_is_complete)
{
    for (const OptionSpec *a = option_specs; a->name; a++) {
        cr_assert(a->group && a->help && a->commands, "%s", a->name);
        cr_assert((a->kind == OPTION_SWITCH) == (a->value == NULL), "%s", a->name);
        cr_assert((a->kind == OPTION_CHOICE) == (a->choices != NULL), "%s", a->name);
        for (const OptionSpec *b = option_specs; b < a; b++) {
            cr_assert(strcmp(a->name, b->name) != 0 || !share_a_command(a, b), "%s twice", a->name);
            cr_assert(!a->letter || a->letter != b->letter || !share_a_command(a, b), "-%c twice",
                      a->letter);
            cr_assert(a->offset != b->offset || !share_a_command(a, b) ||
                          (a->kind == OPTION_LIST && b->kind == OPTION_LIST),
                      "%s and %s share a member", a->name, b->name);
        }
    }
}

Test(options, defaults_are_values_that_parsing_accepts)
{
    const Options defaults = options_defaults();
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        Buffer value = {0};
        Error error;
        cr_assert(options_format_value(spec, &defaults, &value, &error) == STATUS_OK);
        const bool unset = spec->kind == OPTION_SWITCH || value.length == 0 ||
                           (spec->least > 0 && strcmp(value.bytes, "0") == 0);
        if (!unset) {
            char name[64];
            Options options;
            snprintf(name, sizeof name, "--%s", spec->name);
            const unsigned command = spec->commands & -spec->commands;
            const bool top = strcmp(spec->name, "top") == 0;
            const char *what = strcmp(spec->name, "max-text") == 0 ? "--text=full"
                               : top && command == COMMAND_TOPICS  ? "--by=field"
                               : top && command == COMMAND_DOCS    ? "--topic=1"
                                                                   : NULL;
            const char *argv[] = {name, value.bytes, what, NULL};
            cr_assert(parse(command, argv, &options, &error) == STATUS_OK, "%s", error.message);
            options_free(&options);
        }
        buffer_free(&value);
    }
}

Test(options, values_are_read)
{
    Options options;
    Error error;
    const char *argv[] = {
        "in",     "-k7", "--min-df",    "1%", "--max-df=0.25",  "--weight", "count",
        "--seed", "9",   "--tolerance", "0",  "--keep-numbers", NULL};
    cr_assert(parse(COMMAND_FIT, argv, &options, &error) == STATUS_OK, "%s", error.message);
    cr_assert(options.topics == 7 && options.seed == 9 && options.tolerance == 0.0);
    cr_assert(options.prune.min.is_fraction && options.prune.min.value == 0.01);
    cr_assert(options.prune.max.is_fraction && options.prune.max.value == 0.25);
    cr_assert(options.weight.scheme == WEIGHT_COUNT && options.tokenizer.keep_numbers);
    cr_assert(options.argument_count == 1 && strcmp(options.arguments[0], "in") == 0);
    options_free(&options);
}

Test(options, one_is_a_count_and_one_point_zero_is_everything)
{
    Options options;
    Error error;
    const char *argv[] = {"--min-df", "1", "--max-df", "1.0", NULL};
    cr_assert(parse(COMMAND_FIT, argv, &options, &error) == STATUS_OK);
    cr_assert(!options.prune.min.is_fraction && options.prune.min.value == 1.0);
    cr_assert(options.prune.max.is_fraction && options.prune.max.value == 1.0);
    options_free(&options);
}

Test(options, topics_are_the_start_s_unless_they_are_given)
{
    Options options;
    Error error;
    const char *argv[] = {"in", "--start-topics=w", "--start-mixtures=h", NULL, NULL};
    cr_assert(parse(COMMAND_FIT, argv, &options, &error) == STATUS_OK, "%s", error.message);
    cr_assert(options.topics == 0);
    options_free(&options);
    argv[3] = "-k4";
    cr_assert(parse(COMMAND_FIT, argv, &options, &error) == STATUS_OK);
    cr_assert(options.topics == 4);
    options_free(&options);
}

Test(options, lists_keep_their_order)
{
    Options options;
    Error error;
    const char *argv[] = {"--drop", "a", "--replace=b=c", "--drop=d", NULL};
    cr_assert(parse(COMMAND_TOKENS, argv, &options, &error) == STATUS_OK, "%s", error.message);
    static const char *const expected[][2] = {{"drop", "a"}, {"replace", "b=c"}, {"drop", "d"}};
    cr_assert(options.clean_rules.count == 3);
    for (size_t i = 0; i < 3; i++) {
        cr_assert_str_eq(options.clean_rules.items[i].option, expected[i][0]);
        cr_assert_str_eq(options.clean_rules.items[i].text, expected[i][1]);
    }
    Model model = {0};
    cr_assert(options_record(&options, &model, &error) == STATUS_OK);
    int found = 0;
    for (int i = 0; i < model.option_count; i++) {
        if (strcmp(model.options[i].name, "drop") == 0) {
            cr_assert(model.options[i].kind == MODEL_OPTION_LIST && model.options[i].whole == 4);
            cr_assert(memcmp(model.options[i].text, "a\0d", 4) == 0);
            found++;
        }
    }
    cr_assert(found == 1);
    model_free(&model);
    options_free(&options);
}

Test(options, check_has_what_says_how_fit_reads)
{
    for (const OptionSpec *spec = option_specs; spec->name; spec++) {
        const bool has = options_belong(spec, COMMAND_CHECK);
        static const char *const groups[] = {
            "Tables: CSV, TSV", "JSON",           "A document in each line",
            "Any corpus",       "Cleaning",       "Words",
            "Languages",        "Words that stay"};
        bool reads = false;
        for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
            reads = reads || strcmp(spec->group, groups[i]) == 0;
        }
        if (reads && (spec->commands & COMMAND_FIT)) {
            cr_assert(has, "%s", spec->name);
        }
        if (strcmp(spec->group, "Factorisation") == 0 || strcmp(spec->group, "Weights") == 0) {
            cr_assert(!has, "%s", spec->name);
        }
    }
}

Test(options, mistakes_are_named)
{
    static const struct {
        const char *argv[6];
        const char *expected;
    } cases[] = {
        {{"-k", "0"}, "--topics: '0' is not a positive whole number"},
        {{"-k", "-3"}, "--topics: '-3'"},
        {{"-k", "2.5"}, "--topics: '2.5'"},
        {{"-k", "99999999999999999999"}, "--topics"},
        {{"--max-df", "1.5"}, "--max-df: '1.5'"},
        {{"--max-df", "-1"}, "--max-df: '-1'"},
        {{"--max-df", "nan"}, "--max-df: 'nan'"},
        {{"--tolerance", "inf"}, "--tolerance: 'inf'"},
        {{"--weight", "bm25"}, "--weight: 'bm25' is not one of tfidf, count, binary, log"},
        {{"--no-such"}, "--no-such: unknown option"},
        {{"--seed"}, "--seed: missing argument"},
        {{"--csv", "--json"}, "--csv and --json"},
        {{"--idf", "none", "--weight", "count"}, "--idf has a meaning with --weight tfidf only"},
        {{"--topic", "3"}, "--topic: unknown option"},
        {{"--vocabulary", "w"}, "--vocabulary has a meaning with --matrix only"},
        {{"--documents", "d"}, "--documents has a meaning with --matrix only"},
        {{"--matrix", "x"}, "--matrix needs --vocabulary"},
        {{"--matrix", "x", "--vocabulary", "w", "--keep-numbers"}, "--keep-numbers has a meaning"},
        {{"--matrix=x", "--vocabulary=w", "--token-pattern", "a"}, "--token-pattern has a meaning"},
        {{"--matrix=x", "--vocabulary=w", "--html"}, "no meaning with --matrix"},
        {{"--drop", ""}, "--drop: is empty (REGEX was expected)"},
        {{"--duplicates", "maybe"}, "--duplicates: 'maybe' is not one of keep, drop"},
        {{"--matrix=x", "--vocabulary=w", "--lang", "fr"}, "--lang has a meaning"},
        {{"--matrix=x", "--vocabulary=w", "--cjk", "words"}, "--cjk has a meaning"},
        {{"--hyphens", "no"}, "--hyphens: 'no' is not one of split, keep, both"},
        {{"--start-topics", "w"}, "have a meaning together only"},
        {{"--start-mixtures", "h"}, "have a meaning together only"},
        {{"--start-topics=w", "--start-mixtures=h", "--init", "random"},
         "--init and --start-topics"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Options options;
        Error error;
        const char *argv[7] = {NULL};
        memcpy(argv, cases[i].argv, sizeof cases[i].argv);
        cr_assert(parse(COMMAND_FIT, argv, &options, &error) == STATUS_USAGE, "case %zu", i);
        cr_assert(strstr(error.message, cases[i].expected) != NULL, "case %zu: %s", i,
                  error.message);
        options_free(&options);
    }
}

Test(options, numbers_of_topics)
{
    static const struct {
        const char *text;
        TopicRange range;
    } good[] = {{"8", {8, 8, 1}}, {"2:30", {2, 30, 1}}, {"4:60:4", {4, 60, 4}}};
    static const char *const bad[] = {"",      "a",       "1:5", "5:4",  "4:",          ":9",
                                      "2:9:0", "2:9:1:1", "2-9", "2:-9", "2:9999999999"};
    Options options;
    Error error;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const char *argv[] = {"in", "-k", good[i].text, NULL};
        cr_assert(parse(COMMAND_SWEEP, argv, &options, &error) == STATUS_OK, "%s", error.message);
        cr_assert_eq(memcmp(&options.range, &good[i].range, sizeof options.range), 0);
        options_free(&options);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *argv[] = {"in", "-k", bad[i], NULL};
        cr_assert(parse(COMMAND_SWEEP, argv, &options, &error) == STATUS_USAGE, "'%s'", bad[i]);
        options_free(&options);
    }
    const char *argv[] = {"in", "-k", "auto", NULL};
    cr_assert(parse(COMMAND_FIT, argv, &options, &error) == STATUS_OK);
    cr_assert_eq(options.topics, TOPICS_AUTO);
    options_free(&options);
}

/* ---- reading as it was done for a model ---- */

Test(options, what_says_how_a_corpus_is_read_is_recalled)
{
    Options options, recalled = options_defaults();
    Error error;
    Model model = {0};
    const char *argv[] = {"in",
                          "--text-column=2,3",
                          "--delimiter=tab",
                          "--header=no",
                          "-k3",
                          "--id-column=none",
                          "--encoding=koi8-r",
                          "--drop=x",
                          "--html",
                          NULL};
    cr_assert(parse(COMMAND_FIT, argv, &options, &error) == STATUS_OK, "%s", error.message);
    cr_assert(options_record(&options, &model, &error) == STATUS_OK);
    recalled.corpus.quote = "'"; /* goes: nothing is recorded of it */
    cr_assert(options_recall(&model, &recalled, &error) == STATUS_OK, "%s", error.message);
    cr_expect_str_eq(recalled.corpus.text_column, "2,3");
    cr_expect_str_eq(recalled.corpus.delimiter, "tab");
    cr_expect_str_eq(recalled.corpus.id_column, "none");
    cr_expect_str_eq(recalled.corpus.encoding, "koi8-r");
    cr_expect_eq(recalled.corpus.header, CORPUS_HEADER_NO);
    cr_expect_null(recalled.corpus.quote);
    cr_expect(!recalled.corpus.lines && !recalled.html && recalled.clean_rules.count == 0,
              "cleaning is the model's own");
    cr_expect_eq(recalled.topics, options_defaults().topics);
    model_free(&model);
    options_free(&options);

    const char *lines[] = {"in", "--lines", "--line-fields=id+text", NULL};
    cr_assert(parse(COMMAND_FIT, lines, &options, &error) == STATUS_OK, "%s", error.message);
    cr_assert(options_record(&options, &model, &error) == STATUS_OK);
    recalled = options_defaults();
    cr_assert(options_recall(&model, &recalled, &error) == STATUS_OK, "%s", error.message);
    cr_expect(recalled.corpus.lines && recalled.corpus.line == CORPUS_LINE_ID);
    model_free(&model);
    options_free(&options);
}

Test(options, what_is_recorded_says_nothing_of_folders)
{
    Options options = options_defaults();
    Error error;
    Model model = {0};
    const char *argv[] = {"in", "--stopwords=german,/home/a,b/names.txt,../c/,other/d.txt", NULL};
    cr_assert(parse(COMMAND_FIT, argv, &options, &error) == STATUS_OK, "%s", error.message);
    cr_assert(options_record(&options, &model, &error) == STATUS_OK);
    const char *recorded = NULL;
    for (int i = 0; i < model.option_count; i++) {
        if (strcmp(model.options[i].name, "stopwords") == 0) {
            recorded = model.options[i].text;
        }
    }
    cr_assert_not_null(recorded);
    cr_expect_str_eq(recorded, "german,a,names.txt,,d.txt");
    model_free(&model);
    options_free(&options);
}

Test(options, a_record_that_was_edited_is_refused)
{
    char name[] = "header", wrong[] = "sometimes", both[] = "delimiter", text[] = "ab";
    ModelOption records[] = {{.name = name, .kind = MODEL_OPTION_TEXT, .text = wrong},
                             {.name = name, .kind = MODEL_OPTION_WHOLE, .whole = 1},
                             {.name = both, .kind = MODEL_OPTION_TEXT, .text = text}};
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        const Model model = {.options = &records[i], .option_count = 1};
        Options options = options_defaults();
        Error error;
        cr_expect_eq(options_recall(&model, &options, &error), STATUS_INPUT);
    }
}
