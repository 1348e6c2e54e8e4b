#include "report/consensus_tables.h"

#include "base/memory.h"
#include "report/html_escape.h"
#include "report/values.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *name_of(const ConsensusReport *report, int64_t place)
{
    return report->model->documents.items[report->consensus->order[place]].id;
}

static double between(const ConsensusReport *report, int64_t a, int64_t b)
{
    return consensus_of(report->consensus, report->consensus->order[a],
                        report->consensus->order[b]);
}

/* ---- tables ---- */

/* Rows are asked for from first to last mostly, so the pair goes on from the one before. */
typedef struct Pairs {
    const ConsensusReport *report;
    int64_t row;
    int64_t a; /* the pair of that row, as places in the order */
    int64_t b;
} Pairs;

static const Column pair_columns[] = {
    {"item_a", COLUMN_TEXT, false, 0},
    {"item_b", COLUMN_TEXT, false, 0},
    {"consensus", COLUMN_NUMBER, false, 3},
};

static void fill_pair(void *context, int64_t row, Value *values)
{
    Pairs *pairs = context;
    if (row < pairs->row) {
        pairs->row = pairs->a = 0;
        pairs->b = 1;
    }
    for (; pairs->row < row; pairs->row++) {
        if (++pairs->b == pairs->report->consensus->count) {
            pairs->b = ++pairs->a + 1;
        }
    }
    values[0] = text_value(name_of(pairs->report, pairs->a));
    values[1] = text_value(name_of(pairs->report, pairs->b));
    values[2] = number_value(between(pairs->report, pairs->a, pairs->b));
}

Status consensus_table(const ConsensusReport *report, Table *table, Error *error)
{
    const int64_t n = report->consensus->count;
    Pairs *pairs = memory_new(1, sizeof *pairs, error);
    *table = (Table){.name = "consensus",
                     .columns = pair_columns,
                     .column_count = sizeof pair_columns / sizeof *pair_columns,
                     .row_count = n * (n - 1) / 2,
                     .fill = fill_pair,
                     .context = pairs,
                     .release = free};
    if (!pairs) {
        return error_status(error);
    }
    *pairs = (Pairs){.report = report, .b = 1};
    return STATUS_OK;
}

static const Column item_columns[] = {
    {"place", COLUMN_WHOLE, false, 0},
    {"item", COLUMN_TEXT, false, 0},
    {"group", COLUMN_WHOLE, false, 0},
};

static void fill_item(void *context, int64_t row, Value *values)
{
    const ConsensusReport *report = context;
    values[0] = whole_value(row + 1);
    values[1] = text_value(name_of(report, row));
    values[2] = whole_value(report->consensus->group[report->consensus->order[row]]);
}

void consensus_items_table(const ConsensusReport *report, Table *table)
{
    *table = (Table){.name = "consensus_items",
                     .columns = item_columns,
                     .column_count = sizeof item_columns / sizeof *item_columns,
                     .row_count = report->consensus->count,
                     .fill = fill_item,
                     .context = (void *)report};
}

/* ---- picture ---- */

enum { EDGE = 10, TITLE = 40, NAMES = 130, NAMED_MAX = 60, WIDE = 600 };

/* Where the cells are. */
typedef struct Canvas {
    FILE *file;
    int cell;
    int left;
    int top;
} Canvas;

/* One row; neighbours that are alike are one rectangle. */
static void draw_row(const Canvas *canvas, const ConsensusReport *report, int64_t row)
{
    const int64_t n = report->consensus->count;
    for (int64_t from = 0, to; from < n; from = to) {
        const double value = between(report, row, from);
        for (to = from + 1; to < n && between(report, row, to) == value;) {
            to++;
        }
        if (value > 0.0) {
            fprintf(canvas->file,
                    "<rect x=\"%" PRId64 "\" y=\"%" PRId64 "\" width=\"%" PRId64
                    "\" height=\"%d\" fill-opacity=\"%.3f\"/>\n",
                    canvas->left + canvas->cell * from, canvas->top + canvas->cell * row,
                    canvas->cell * (to - from), canvas->cell, value);
        }
    }
}

/* A group stands together: it is a cluster of the tree whose leaves are in order. */
static void draw_groups(const Canvas *canvas, const ItemConsensus *consensus)
{
    for (int64_t from = 0, to; from < consensus->count; from = to) {
        const int32_t group = consensus->group[consensus->order[from]];
        for (to = from + 1;
             to < consensus->count && consensus->group[consensus->order[to]] == group;) {
            to++;
        }
        fprintf(canvas->file,
                "<rect x=\"%" PRId64 "\" y=\"%" PRId64 "\" width=\"%" PRId64 "\" height=\"%" PRId64
                "\"/>\n",
                canvas->left + canvas->cell * from, canvas->top + canvas->cell * from,
                canvas->cell * (to - from), canvas->cell * (to - from));
    }
}

static void draw_names(const Canvas *canvas, const ConsensusReport *report)
{
    for (int64_t i = 0; i < report->consensus->count; i++) {
        fprintf(canvas->file,
                "<text x=\"%d\" y=\"%" PRId64 "\" font-size=\"%d\" text-anchor=\"end\">",
                canvas->left - 5, canvas->top + canvas->cell * i + canvas->cell * 4 / 5,
                canvas->cell < 12 ? canvas->cell : 12);
        html_escape(canvas->file, name_of(report, i));
        fputs("</text>\n", canvas->file);
    }
}

void consensus_picture(FILE *file, const ConsensusReport *report)
{
    const ItemConsensus *consensus = report->consensus;
    const int n = (int)consensus->count;
    const bool named = n <= NAMED_MAX;
    const Canvas canvas = {.file = file,
                           .cell = WIDE / n < 3    ? 3
                                   : WIDE / n > 24 ? 24
                                                   : WIDE / n,
                           .left = EDGE + (named ? NAMES : 0),
                           .top = EDGE + TITLE};
    const int side = canvas.cell * n;
    const int wide = canvas.left + side + EDGE > 420 ? canvas.left + side + EDGE : 420;
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "font-family=\"sans-serif\" role=\"img\">\n"
            "<title>How often two items are together</title>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
            "<text x=\"%d\" y=\"26\" font-size=\"14\">Consensus of %d starts: cophenetic "
            "correlation %.4f, dispersion %.4f</text>\n"
            "<g fill=\"#0072B2\" shape-rendering=\"crispEdges\">\n",
            wide, canvas.top + side + EDGE, EDGE, consensus->starts, consensus->measures.cophenetic,
            consensus->measures.dispersion);
    for (int64_t row = 0; row < n; row++) {
        draw_row(&canvas, report, row);
    }
    fputs("</g>\n<g fill=\"none\" stroke=\"#D55E00\" stroke-width=\"2\">\n", file);
    draw_groups(&canvas, consensus);
    fputs("</g>\n", file);
    if (named) {
        draw_names(&canvas, report);
    }
    fputs("</svg>\n", file);
}
