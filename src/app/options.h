/* The command line: one table of options, from which parsing, --help and the record of the options
 * used all come. To add an option, add a member to Options, its default, and a line to the table in
 * option_table.c. */
#ifndef THEMATA_APP_OPTIONS_H
#define THEMATA_APP_OPTIONS_H

#include "base/error.h"
#include "corpus/corpus.h"
#include "corpus/date.h"
#include "model/model.h"
#include "model/timeline.h"
#include "nmf/method.h"
#include "nmf/nmf.h"
#include "text/ngrams.h"
#include "text/prune.h"
#include "text/tokenizer.h"
#include "weight/weight.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The commands that have options, as bits. */
enum {
    COMMAND_FIT = 1,
    COMMAND_TOPICS = 2,
    COMMAND_DOCS = 4,
    COMMAND_INFER = 8,
    COMMAND_TOKENS = 16,
    COMMAND_CHECK = 32,
    COMMAND_SWEEP = 64,
    COMMAND_COMPLETIONS = 1 << 20,
    COMMAND_MANUAL = 1 << 21,
    COMMAND_FACTOR = 1 << 22,
    COMMAND_EXPLAIN = 1 << 23,
    COMMAND_PREDICT = 1 << 24,
    COMMAND_COMPARE = 256,
    COMMAND_EVAL = 512,
    COMMAND_EXPORT = 128,
    COMMAND_REPORT = 1024,
    COMMAND_BASELINES = 1 << 14,
};

/* A value of an option that may be given several times. */
typedef struct OptionListItem {
    const char *option; /* the option's long name: several options may share a list, in the order
                           in which they are given */
    const char *text;
} OptionListItem;

typedef struct OptionList {
    OptionListItem *items; /* owned */
    size_t count;
    size_t capacity;
} OptionList;

/* Numbers of topics: first, first + step … up to last. */
typedef struct TopicRange {
    int64_t first;
    int64_t last;
    int64_t step;
} TopicRange;

enum { TOPICS_AUTO = -1, TOPICS_RANGE = -2 };

/* What a sweep, and fit -k auto, looks at if nothing else is said. */
extern const TopicRange topic_range_default;

typedef struct Options {
    const char *const *arguments; /* what is not an option: the corpus, the model … */
    int argument_count;
    int64_t topics; /* k; 0: as many as the start has that is given; TOPICS_AUTO: found by a sweep;
                       TOPICS_RANGE: those of `range`, one after the other */
    TopicRange range;  /* the k of a sweep, or of several factorisations of a table */
    int64_t stability; /* B of fit; 0: stability is not measured */
    int64_t samples;   /* B of a sweep */
    bool resume;
    const char *output;
    const char *formats; /* of an export, comma-separated */
    bool force;
    CorpusOptions corpus;
    const char *files_from; /* a list in place of a corpus; NULL: a corpus is given */
    bool nul_separated;
    const char *metadata;    /* a table with more about the documents; NULL: none */
    const char *metadata_id; /* its column with their ids; NULL: found out */
    DateOrder date_order;
    int duplicates; /* what becomes of documents that repeat another: in duplicates_names */
    bool html;
    bool email;
    bool strip_urls;
    OptionList clean_rules;    /* --drop and --replace */
    const char *matrix;        /* in place of a corpus; NULL: a corpus is given */
    const char *vocabulary;    /* its words */
    const char *document_ids;  /* its documents; NULL: numbers */
    CorpusHeader names;        /* of a table: whether its first column holds the rows' names */
    const char *row_names;     /* of a table without: a file with one a line; NULL: none */
    const char *column_names;  /* likewise */
    const char *table_columns; /* the ones to take, comma-separated; NULL: all */
    bool triples;
    int missing;          /* what becomes of cells without a value: in missing_names */
    int orientation;      /* in orientation_names */
    double test_fraction; /* of the known cells that are held out; 0: none */
    const char *clip;     /* LOW:HIGH; NULL: the range of the known values */
    const char *row;      /* the item to predict; NULL: all */
    double threshold;     /* predictions that are told are above; 0: all are */
    const char *export_matrix;
    const char *stopwords;
    TokenizerOptions tokenizer;
    NgramOptions ngrams;
    double phrases; /* the least NPMI of words that are joined; 0: none are */
    PruneOptions prune;
    WeightOptions weight;
    Method method;
    NmfObjective objective;
    NmfPenalty penalty;
    int solver; /* in nmf_solvers; the objective's default unless it is given */
    NmfInit init;
    const char *start_topics; /* a start in place of `init`: both files or neither */
    const char *start_mixtures;
    int coherence; /* what it is measured by: in coherence_names */
    int64_t restarts;
    bool consensus; /* of the restarts of a table */
    int64_t seed;
    double learning_rate; /* of --solver gradient; 0: one that suits */
    double tolerance;
    int64_t passes_max;
    int64_t threads;      /* 0: as many as the process may use */
    int64_t memory_bytes; /* 0: three quarters of the machine's */
    int64_t words;
    int64_t topic; /* 0: none chosen */
    int64_t top;
    bool over_time;
    const char *by;          /* a column of metadata; NULL: none */
    int time_bin;            /* in time_bin_names */
    double least_similarity; /* of topics that are related */
    const char *labels;      /* a table with labels of documents; NULL: the model's metadata. Of a
                                report, one with labels of topics; NULL: the model's */
    int text;                /* how much of texts is in a report: PageText */
    const char *corpus_path; /* that a report shows texts of; NULL: none */
    int64_t text_most;       /* bytes of all texts in a report */
    const char *title;       /* of a report; NULL: one is made */
    bool no_report;
    const char *label_column;
    bool convergence; /* of baselines: solvers in place of methods */
    bool strict;
    bool quiet;
    bool csv;
    bool json;
    const void *memory; /* owned: what the texts above point into */
} Options;

typedef enum OptionKind {
    OPTION_SWITCH,  /* bool */
    OPTION_TEXT,    /* const char * */
    OPTION_WHOLE,   /* int64_t */
    OPTION_NUMBER,  /* double */
    OPTION_CHOICE,  /* an enumeration; its names are `choices` */
    OPTION_SHARE,   /* DocumentShare */
    OPTION_LIST,    /* OptionList */
    OPTION_RANGE,   /* NgramOptions, written as 2 or 1-2 */
    OPTION_TOPICS,  /* int64_t of at least 1, or auto: TOPICS_AUTO */
    OPTION_SWEEP,   /* TopicRange, written as 8, 4:60 or 4:60:4 */
    OPTION_FACTORS, /* int64_t, or a TopicRange: TOPICS_RANGE then, and Options.range is it */
    OPTION_BYTES,   /* int64_t, written with K, M, G or T behind it, of 1024 */
} OptionKind;

typedef struct OptionSpec {
    const char *group; /* heading in --help */
    const char *name;  /* long name without dashes */
    char letter;       /* 0: none */
    const char *value; /* what the value is called in --help; NULL for a switch */
    OptionKind kind;
    size_t offset; /* of the member in Options */
    unsigned commands;
    bool recorded; /* can change the result: goes into model.json */
    int64_t least; /* OPTION_WHOLE: smallest and largest value */
    int64_t most;
    const char *const *choices;
    const char *help;
} OptionSpec;

/* The table; ends with a NULL name. */
extern const OptionSpec option_specs[];

/* Whether a command has the option. `check` has all that say how fit reads documents and words. */
bool options_belong(const OptionSpec *spec, unsigned command);

enum { DUPLICATES_KEEP, DUPLICATES_DROP };
extern const char *const duplicates_names[];

enum { COHERENCE_DOC, COHERENCE_ALL };
extern const char *const coherence_names[];

enum { MISSING_ZERO, MISSING_IGNORE };
extern const char *const missing_names[];

enum { ROWS_ARE_ITEMS, COLUMNS_ARE_ITEMS };
extern const char *const orientation_names[];

Options options_defaults(void);

/* Sets the options that say how a corpus is read to what the model records, which must outlive
 * them: that of the documents that it was made of. STATUS_INPUT if the record is not as
 * options_record makes it. */
Status options_recall(const Model *model, Options *options, Error *error);
/* Those of the command that these bits name; of several commands, what most have. */
Options options_defaults_of(unsigned commands);

/* Reads the command line behind the command's name into *options (defaults before). STATUS_USAGE,
 * with a sentence that names the option, when it cannot be understood. *help is set, and nothing
 * else promised, when --help or -h is among the options. */
Status options_parse(unsigned command, int argc, const char **argv, Options *options, bool *help,
                     Error *error);

/* The value of an option as text, as one would write it; empty for an unset text. Of a list, each
 * value with a NUL behind it. */
Status options_format_value(const OptionSpec *spec, const Options *options, Buffer *text,
                            Error *error);

/* What the options ask of the solver; threads and what is called after a pass are left to be set.
 */
NmfOptions options_nmf(const Options *options);

/* Copies the recorded options into the model. */
Status options_record(const Options *options, Model *model, Error *error);

void options_free(Options *options);

#endif
