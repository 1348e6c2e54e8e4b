/* The static part of the report: plain HTML, complete without script. */
#include "base/memory.h"
#include "report/html_escape.h"
#include "report/page_parts.h"

#include <inttypes.h>
#include <stdlib.h>

static void write_words(const Model *model, const TopicWord *words, int64_t count, FILE *file)
{
    for (int64_t i = 0; i < count; i++) {
        fputs(i ? ", " : "", file);
        html_escape_isolated(file, model_surface(model, words[i].word));
    }
}

static Status write_topic(const PageData *data, int t, FILE *file, Error *error)
{
    const Model *model = data->model;
    TopicWord words[PAGE_STATIC_WORDS];
    const char *label = model->labels[t].label;
    const int64_t count = model_top_words(model, t + 1, PAGE_STATIC_WORDS, words, error);
    if (count < 0) {
        return error_status(error);
    }
    fprintf(file, "<tr><td>%d</td><td>", t + 1);
    html_escape_isolated(file, label[0] ? label : data->names[t]);
    fprintf(file, "</td><td>%.1f&nbsp;%%</td><td>%" PRId64 "</td><td>", 100.0 * model->shares[t],
            model->main_documents[t]);
    write_words(model, words, count, file);
    fputs("</td></tr>\n", file);
    return STATUS_OK;
}

/* Nouns are ASCII. */
static char capital(const char *noun)
{
    return (char)(noun[0] - 'a' + 'A');
}

static void write_heading(const ModelNouns *nouns, FILE *file)
{
    fprintf(file,
            "<table>\n<caption>%c%s</caption>\n<thead><tr><th scope=\"col\">%c%s</th>"
            "<th scope=\"col\">Label</th><th scope=\"col\">Share</th><th scope=\"col\">%c%s</th>"
            "<th scope=\"col\">%c%s</th></tr></thead>\n<tbody>\n",
            capital(nouns->topics), nouns->topics + 1, capital(nouns->topic), nouns->topic + 1,
            capital(nouns->documents), nouns->documents + 1, capital(nouns->words),
            nouns->words + 1);
}

static void write_notes(const ModelNouns *nouns, FILE *file)
{
    fprintf(file,
            "<p>Share: the mean of the %s's shares over all %s. %c%s: those whose main %s it is. "
            "%c%s: the most probable ones of the %s.</p>\n",
            nouns->topic, nouns->documents, capital(nouns->documents), nouns->documents + 1,
            nouns->topic, capital(nouns->words), nouns->words + 1, nouns->topic);
    if (page_has_script()) {
        fprintf(file,
                "<noscript><p>This page has more to show, %s, %s, time and the rest, to a browser "
                "that runs its script. It loads nothing from anywhere.</p></noscript>\n",
                nouns->documents, nouns->words);
    } else {
        fputs("<p>The program that wrote this page was built without the page's script: there is "
              "nothing but this table.</p>\n",
              file);
    }
}

Status page_write_static(const PageData *data, FILE *file, Error *error)
{
    Status status = STATUS_OK;
    fputs("<main id=\"static\">\n<h1>", file);
    html_escape_isolated(file, data->title);
    fputs("</h1>\n<p>", file);
    html_escape(file, data->facts);
    fputs("</p>\n", file);
    write_heading(model_nouns(data->model), file);
    for (int t = 0; t < data->model->k && !status; t++) {
        if (!data->model->labels[t].hidden) {
            status = write_topic(data, t, file, error);
        }
    }
    fputs("</tbody>\n</table>\n", file);
    write_notes(model_nouns(data->model), file);
    fputs("</main>\n", file);
    return status;
}
