#include "app/check_report.h"

#include "app/diagnosis.h"
#include "app/printer.h"
#include "base/buffer.h"
#include "base/json_writer.h"
#include "base/memory.h"
#include "base/safe_text.h"
#include "model/metadata.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many reasons, and examples of what was repaired, are shown. */
enum { REASONS_MOST = 5 };

/* ---- reasons ---- */

/* Files that were skipped, or repaired, for one reason. */
typedef struct Reason {
    const CorpusNote *first;
    int64_t count;
} Reason;

/* What a reason is known by: its beginning, up to details and numbers, which differ. */
static size_t reason_length(const CorpusNote *note)
{
    size_t length = 0;
    while (note->reason[length] && note->reason[length] != ':' &&
           !(length > 0 && note->reason[length - 1] == ' ' &&
             isdigit((unsigned char)note->reason[length]))) {
        length++;
    }
    return length;
}

/* By kind, reason, and order of the notes. */
static int compare_notes(const void *left, const void *right)
{
    const CorpusNote *a = *(const CorpusNote *const *)left, *b = *(const CorpusNote *const *)right;
    const size_t a_length = reason_length(a), b_length = reason_length(b);
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    const int order = memcmp(a->reason, b->reason, a_length < b_length ? a_length : b_length);
    if (order || a_length != b_length) {
        return order ? order : a_length < b_length ? -1 : 1;
    }
    return a < b ? -1 : a > b;
}

/* The most frequent first, of equal ones the one that was noted first. */
static int compare_reasons(const void *left, const void *right)
{
    const Reason *a = left, *b = right;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

static bool have_same_reason(const CorpusNote *a, const CorpusNote *b)
{
    return reason_length(a) == reason_length(b) &&
           memcmp(a->reason, b->reason, reason_length(a)) == 0;
}

/* The reasons of one kind, the most frequent first; freed by the caller, NULL without memory. */
static Reason *count_reasons(const CorpusNotes *notes, CorpusNoteKind kind, size_t *count,
                             Error *error)
{
    *count = 0;
    Reason *reasons = memory_new(notes->count, sizeof *reasons, error);
    const CorpusNote **sorted = reasons ? memory_new(notes->count, sizeof *sorted, error) : NULL;
    if (!sorted) {
        free(reasons);
        return NULL;
    }
    for (size_t i = 0; i < notes->count; i++) {
        sorted[i] = &notes->items[i];
    }
    if (notes->count > 0) {
        qsort(sorted, notes->count, sizeof(const CorpusNote *), compare_notes);
    }
    for (size_t i = 0; i < notes->count; i++) {
        if (sorted[i]->kind != kind) {
            continue;
        }
        if (*count == 0 || !have_same_reason(reasons[*count - 1].first, sorted[i])) {
            reasons[(*count)++] = (Reason){.first = sorted[i]};
        }
        reasons[*count - 1].count++;
    }
    if (*count > 0) {
        qsort(reasons, *count, sizeof *reasons, compare_reasons);
    }
    free(sorted);
    return reasons;
}

/* ---- for people ---- */

/* A number of bytes as people write it. */
static const char *format_bytes(double bytes, char text[32])
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    size_t unit = 0;
    while (bytes >= 999.5 && unit + 1 < sizeof units / sizeof *units) {
        bytes /= 1000.0;
        unit++;
    }
    snprintf(text, 32, unit && bytes < 9.95 ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
    return text;
}

/* A time as people say it: two digits are more than an estimate has. */
static const char *format_seconds(double seconds, char text[32])
{
    if (seconds < 1.0) {
        return strcpy(text, "less than a second");
    }
    const bool minutes = seconds >= 120.0, hours = seconds >= 7200.0;
    const double value = hours ? seconds / 3600.0 : minutes ? seconds / 60.0 : seconds;
    snprintf(text, 32, value < 9.5 ? "about %.1g %s" : "about %.2g %s", value,
             hours     ? "hours"
             : minutes ? "minutes"
                       : "seconds");
    return text;
}

static double percent(double part, double whole)
{
    return whole > 0.0 ? 100.0 * part / whole : 0.0;
}

static void print_formats(Printer *printer, const CheckFacts *facts)
{
    const int64_t *formats = corpus_format_counts(facts->corpus);
    Buffer text = {0};
    for (int i = 0; corpus_format_names[i] && !printer->status; i++) {
        if (formats[i] > 0) {
            printer->status =
                buffer_print(&text, printer->error, "%s%s %" PRId64, text.length ? ", " : "",
                             corpus_format_names[i], formats[i]);
        }
    }
    printer_line(printer, "formats", "%s", buffer_text(&text));
    buffer_free(&text);
}

static void print_documents(Printer *printer, const CheckFacts *facts)
{
    char bytes[32];
    const ModelTally *tally = &facts->model->tally;
    printer_line(printer, "documents", "%" PRId64, facts->read);
    if (facts->duplicates->count > 0) {
        const Duplicate *first = &facts->duplicates->items[0];
        printer_line(printer, "", "%" PRId64 " %s the text of an earlier one%s: %s that of %s%s",
                     facts->duplicates->count, facts->duplicates->count == 1 ? "has" : "have",
                     tally->dropped ? ", left out" : "", first->id, first->of_id,
                     facts->duplicates->count > 1 ? " and others" : "");
    }
    if (facts->empty > 0) {
        printer_line(printer, "", "%" PRId64 " with none of the words that are left", facts->empty);
    }
    print_formats(printer, facts);
    printer_line(printer, "text", "%s, %.0f token%s, %.1f a document",
                 format_bytes((double)facts->cleaning->bytes, bytes), tally->found,
                 tally->found == 1.0 ? "" : "s", tally->found / (double)facts->read);
}

static void print_notes(Printer *printer, const CheckFacts *facts, CorpusNoteKind kind,
                        const char *label)
{
    size_t count;
    Reason *reasons = count_reasons(corpus_notes(facts->corpus), kind, &count, printer->error);
    if (!reasons) {
        printer->status = error_status(printer->error);
        return;
    }
    for (size_t i = 0; i < count && i < REASONS_MOST; i++) {
        const CorpusNote *first = reasons[i].first;
        printer_line(printer, i == 0 ? label : "", "%" PRId64 " %s%s: %s (%s)%s", reasons[i].count,
                     first->line ? "document" : "file", plural(reasons[i].count), first->path,
                     first->reason, reasons[i].count > 1 ? " and others" : "");
    }
    if (count > REASONS_MOST) {
        printer_line(printer, "", "and %zu other reasons", count - REASONS_MOST);
    }
    free(reasons);
}

static void print_scripts(Printer *printer, const CheckFacts *facts)
{
    double all = 0.0;
    Buffer text = {0};
    for (int i = 0; script_names[i]; i++) {
        all += facts->letters[i];
    }
    for (int i = 0; script_names[i] && !printer->status; i++) {
        const double share = percent(facts->letters[i], all);
        if (facts->letters[i] > 0.0) {
            printer->status = buffer_print(
                &text, printer->error, "%s%s %s%.1f %%", text.length ? ", " : "", script_names[i],
                share < 0.05 ? "under " : "", share < 0.05 ? 0.1 : share);
        }
    }
    if (text.length > 0) {
        printer_line(printer, "scripts", "%s", text.bytes);
    }
    buffer_free(&text);
}

/* The most frequent of some words, with how often they stand. */
static void print_words(Printer *printer, const CheckFacts *facts, const char *label,
                        const FrequentWord *words, int64_t count)
{
    Buffer text = {0};
    for (int64_t i = 0; i < count && i < facts->options->words && !printer->status; i++) {
        printer->status =
            buffer_print(&text, printer->error, "%s%s %.0f", i ? ", " : "",
                         vocabulary_word(facts->all_words, words[i].word), words[i].tokens);
    }
    if (text.length > 0) {
        printer_line(printer, label, "%s", text.bytes);
    }
    buffer_free(&text);
}

static void print_vocabulary(Printer *printer, const CheckFacts *facts)
{
    const ModelTally *tally = &facts->model->tally;
    const PruneTally *pruned = &tally->pruned;
    const double found = tally->found;
    const struct {
        double tokens;
        const char *what;
    } filters[] = {
        {(double)tally->tokens.without_letter, "without a letter"},
        {(double)tally->tokens.too_short, "too short"},
        {(double)tally->tokens.too_long, "too long"},
        {tally->repeated, "in repeated documents"},
        {pruned->stopped, "stop words"},
        {pruned->rare, "in too few documents (--min-df)"},
        {pruned->frequent, "in too many documents (--max-df)"},
        {pruned->beyond, "beyond --max-features"},
        {pruned->kept, "left"},
    };
    const char *label = "tokens";
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        if (filters[i].tokens > 0.0) {
            printer_line(printer, label, "%5.1f %% %s", percent(filters[i].tokens, found),
                         filters[i].what);
            label = "";
        }
    }
    if (facts->stop->language) {
        printer_line(printer, "stop words", "%s", facts->stop->language);
    } else if (facts->stop->words.count == 0) {
        printer_line(printer, "stop words", "none");
    } else {
        printer_line(printer, "stop words", "%u words, as --stopwords names them",
                     facts->stop->words.count);
    }
    print_words(printer, facts, "", facts->stopped, facts->stopped_count);
    printer_line(printer, "vocabulary", "%" PRId64 " word%s, %u left", facts->all_count,
                 plural(facts->all_count), facts->model->vocabulary.count);
    print_words(printer, facts, "", facts->kept, facts->kept_count);
}

static void print_needs(Printer *printer, const CheckFacts *facts)
{
    char bytes[32], seconds[32];
    const FitSizes *sizes = &facts->sizes;
    const double cells = (double)sizes->words * (double)sizes->documents;
    const double filled = percent((double)sizes->pairs, cells);
    printer_line(printer, "matrix",
                 "%" PRId64 " word%s × %" PRId64 " document%s, %" PRId64 " non-zero (%.*f %%)",
                 sizes->words, plural(sizes->words), sizes->documents, plural(sizes->documents),
                 sizes->pairs, filled < 1.0 ? 2 : 0, filled);
    if (sizes->words > 0) {
        printer_line(printer, "a fit", "-k %d: %s of one processor, %s of memory", sizes->topics,
                     format_seconds(estimate_seconds(sizes), seconds),
                     format_bytes(estimate_memory(sizes), bytes));
    }
}

static void print_hints(Printer *printer, const CheckFacts *facts)
{
    if (cleaning_should_suggest_html(facts->cleaning)) {
        printer_line(printer, "hint", "%" PRId64 " documents hold HTML; --html takes it out",
                     facts->cleaning->tagged);
    }
    if (facts->duplicates->count > 0 && facts->options->duplicates == DUPLICATES_KEEP) {
        printer_line(printer, "hint", "--duplicates drop leaves repeated documents out");
    }
    const char *option;
    const char *kind = diagnose_names(facts->corpus, &facts->model->documents, &option);
    if (kind) {
        printer_line(printer, "hint",
                     "most files are named as %s, and each was read as one text; %s NAME takes the "
                     "documents out of them",
                     kind, option);
    }
    if (corpus_is_one_text(facts->corpus)) {
        printer_line(printer, "hint",
                     "the corpus is one document; --lines takes every line for one, a "
                     "directory holds many");
    }
    if (facts->numbered) {
        printer_line(printer, "hint",
                     "the documents' ids are numbers; --id-column or --id-field names "
                     "what holds better ones");
    }
    if (facts->stop->second) {
        printer_line(printer, "hint",
                     "%.0f %% of the tokens are stop words of %s; --stopwords %s,%s takes "
                     "both languages' out",
                     100.0 * facts->stop->second_coverage, facts->stop->second,
                     facts->stop->language, facts->stop->second);
    }
    if (facts->stop->words.count == 0 && strcmp(facts->options->stopwords, "none") != 0) {
        printer_line(printer, "hint",
                     "no built-in stop word list fits; --stopwords takes a file of them");
    }
}

/* What else is said of the documents. */
static void print_metadata(Printer *printer, const CheckFacts *facts)
{
    const DocumentList *documents = &facts->model->documents;
    const DateRange dates = metadata_date_range(documents);
    if (dates.count > 0) {
        printer_line(printer, "dates", "%" PRId64 " of %" PRId64 " documents, %s to %s",
                     dates.count, documents->count, dates.first, dates.last);
    }
    for (size_t i = 0; i < documents->columns.count; i++) {
        printer_line(printer, i == 0 ? "metadata" : "", "%s", documents->columns.items[i]);
    }
}

static Status print_report(const CheckFacts *facts, Error *error)
{
    Printer printer = {.error = error};
    print_documents(&printer, facts);
    print_notes(&printer, facts, CORPUS_SKIPPED, "skipped");
    print_notes(&printer, facts, CORPUS_REPAIRED, "repaired");
    print_metadata(&printer, facts);
    print_vocabulary(&printer, facts);
    print_scripts(&printer, facts);
    print_needs(&printer, facts);
    print_hints(&printer, facts);
    return printer.status;
}

/* ---- as JSON ---- */

static void write_words(JsonWriter *json, const CheckFacts *facts, const char *name,
                        const FrequentWord *words, int64_t count)
{
    json_key(json, name);
    json_open_array(json);
    for (int64_t i = 0; i < count && i < facts->options->words; i++) {
        json_open_object(json);
        json_key(json, "term");
        json_text(json, vocabulary_word(facts->all_words, words[i].word));
        json_key_number(json, "term_freq", words[i].tokens);
        json_close_object(json);
    }
    json_close_array(json);
}

static Status write_notes(JsonWriter *json, const CheckFacts *facts, CorpusNoteKind kind,
                          const char *name, Error *error)
{
    size_t count;
    Reason *reasons = count_reasons(corpus_notes(facts->corpus), kind, &count, error);
    if (!reasons) {
        return error_status(error);
    }
    json_key(json, name);
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        json_open_object(json);
        json_key_whole(json, "count", reasons[i].count);
        json_key(json, "first");
        json_text(json, reasons[i].first->path);
        json_key(json, "reason");
        json_text(json, reasons[i].first->reason);
        json_close_object(json);
    }
    json_close_array(json);
    free(reasons);
    return STATUS_OK;
}

static void write_formats(JsonWriter *json, const CheckFacts *facts)
{
    const int64_t *formats = corpus_format_counts(facts->corpus);
    json_key(json, "formats");
    json_open_object(json);
    for (int i = 0; corpus_format_names[i]; i++) {
        json_key_whole(json, corpus_format_names[i], formats[i]);
    }
    json_close_object(json);
}

static void write_scripts(JsonWriter *json, const CheckFacts *facts)
{
    json_key(json, "letters");
    json_open_object(json);
    for (int i = 0; script_names[i]; i++) {
        if (facts->letters[i] > 0.0) {
            json_key_number(json, script_names[i], facts->letters[i]);
        }
    }
    json_close_object(json);
}

static void write_tokens(JsonWriter *json, const ModelTally *tally)
{
    json_key(json, "tokens");
    json_open_object(json);
    json_key_number(json, "found", tally->found);
    json_key_whole(json, "without_letter", tally->tokens.without_letter);
    json_key_whole(json, "too_short", tally->tokens.too_short);
    json_key_whole(json, "too_long", tally->tokens.too_long);
    json_key_number(json, "in_duplicates", tally->repeated);
    json_key_number(json, "stopped", tally->pruned.stopped);
    json_key_number(json, "rare", tally->pruned.rare);
    json_key_number(json, "frequent", tally->pruned.frequent);
    json_key_number(json, "beyond", tally->pruned.beyond);
    json_key_number(json, "kept", tally->pruned.kept);
    json_close_object(json);
}

static void write_needs(JsonWriter *json, const FitSizes *sizes)
{
    json_key(json, "fit");
    json_open_object(json);
    json_key_whole(json, "topics", sizes->topics);
    json_key_whole(json, "words", sizes->words);
    json_key_whole(json, "documents", sizes->documents);
    json_key_whole(json, "pairs", sizes->pairs);
    json_key_number(json, "cpu_seconds", estimate_seconds(sizes));
    json_key_number(json, "memory_bytes", estimate_memory(sizes));
    json_close_object(json);
}

static void write_metadata(JsonWriter *json, const DocumentList *documents)
{
    const DateRange dates = metadata_date_range(documents);
    json_key_whole(json, "documents_with_date", dates.count);
    if (dates.count > 0) {
        json_key(json, "first_date");
        json_text(json, dates.first);
        json_key(json, "last_date");
        json_text(json, dates.last);
    }
    json_key(json, "metadata");
    json_open_array(json);
    for (size_t i = 0; i < documents->columns.count; i++) {
        json_text(json, documents->columns.items[i]);
    }
    json_close_array(json);
}

static Status write_report(const CheckFacts *facts, Error *error)
{
    JsonWriter json = {.file = stdout};
    json_open_object(&json);
    json_key(&json, "schema");
    json_text(&json, "themata.check/1");
    json_key_whole(&json, "documents", facts->read);
    json_key_whole(&json, "documents_without_words", facts->empty);
    json_key_whole(&json, "documents_with_html", facts->cleaning->tagged);
    json_key_whole(&json, "duplicates", facts->duplicates->count);
    write_metadata(&json, &facts->model->documents);
    json_key_whole(&json, "bytes", facts->cleaning->bytes);
    write_formats(&json, facts);
    Status status = write_notes(&json, facts, CORPUS_SKIPPED, "skipped", error);
    if (!status) {
        status = write_notes(&json, facts, CORPUS_REPAIRED, "repaired", error);
    }
    write_tokens(&json, &facts->model->tally);
    json_key(&json, "stop_language");
    if (facts->stop->language) {
        json_text(&json, facts->stop->language);
        json_key_number(&json, "stop_coverage", facts->stop->coverage);
    } else {
        json_nothing(&json);
    }
    write_words(&json, facts, "stop_words", facts->stopped, facts->stopped_count);
    json_key_whole(&json, "words", facts->all_count);
    write_words(&json, facts, "frequent_words", facts->kept, facts->kept_count);
    write_scripts(&json, facts);
    write_needs(&json, &facts->sizes);
    json_close_object(&json);
    json_end(&json);
    return status;
}

Status check_report_print(const CheckFacts *facts, Error *error)
{
    return facts->options->json ? write_report(facts, error) : print_report(facts, error);
}
