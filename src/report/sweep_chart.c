#include "report/sweep_chart.h"

#include "report/chart.h"

static ChartPoint point_of(double x, const SweepSpread *spread)
{
    return (ChartPoint){.x = x,
                        .y = spread->value,
                        .least = spread->least,
                        .most = spread->most,
                        .missing = spread->missing};
}

#define MEASURE_AT(name, measure)                                                                  \
    static ChartPoint name(const void *context, int i)                                             \
    {                                                                                              \
        const SweepReport *report = context;                                                       \
        const SweepValue *value = &report->sweep->values[i];                                       \
        const SweepSpread spread = sweep_spread(value, measure);                                   \
        return point_of(value->k, &spread);                                                        \
    }

MEASURE_AT(stability_at, SWEEP_STABILITY)
MEASURE_AT(perplexity_at, SWEEP_PERPLEXITY)
MEASURE_AT(coherence_at, SWEEP_COHERENCE)
MEASURE_AT(exclusivity_at, SWEEP_EXCLUSIVITY)
MEASURE_AT(diversity_at, SWEEP_DIVERSITY)

static ChartPoint cophenetic_at(const void *context, int i)
{
    const SweepReport *report = context;
    return (ChartPoint){.x = report->sweep->values[i].k, .y = report->sweep->values[i].cophenetic};
}

static ChartPoint dispersion_at(const void *context, int i)
{
    const SweepReport *report = context;
    return (ChartPoint){.x = report->sweep->values[i].k, .y = report->sweep->values[i].dispersion};
}

static ChartPoint singular_at(const void *context, int i)
{
    const SweepReport *report = context;
    return (ChartPoint){.x = i + 1, .y = report->sweep->singular[i]};
}

static void draw_panels(FILE *file, const SweepReport *report)
{
    const int n = report->sweep->count;
    const ChartLine stability[] = {{NULL, stability_at, report, n, true}};
    const ChartLine perplexity[] = {{NULL, perplexity_at, report, n, false}};
    const ChartLine coherence[] = {{NULL, coherence_at, report, n, true}};
    const ChartLine distinct[] = {{"exclusivity", exclusivity_at, report, n, false},
                                  {"- - diversity", diversity_at, report, n, false}};
    const ChartLine consensus[] = {{"cophenetic", cophenetic_at, report, n, false},
                                   {"- - dispersion", dispersion_at, report, n, false}};
    /* the first singular value is that of the mean document, far above all others */
    const ChartLine singular[] = {
        {NULL, singular_at, report, report->sweep->singular_count, false}};
    double marks[sizeof report->choice->recommended / sizeof *report->choice->recommended];
    for (int i = 0; i < report->choice->count; i++) {
        marks[i] = report->choice->recommended[i];
    }
    const struct {
        const char *title;
        const ChartLine *lines;
        int count;
        bool recommends;
    } panels[] = {
        {"Stability", stability, 1, true},
        {"Perplexity of held-out tokens", perplexity, 1, true},
        {"Coherence (NPMI)", coherence, 1, true},
        {"Top words", distinct, 2, true},
        {"Consensus", consensus, 2, true},
        {"Singular values of X, by rank", singular, 1, false},
    };
    for (int p = 0; p < (int)(sizeof panels / sizeof *panels); p++) {
        const ChartPanel panel = {.title = panels[p].title,
                                  .lines = panels[p].lines,
                                  .line_count = panels[p].count,
                                  .names = true,
                                  .whole = true,
                                  .marks = marks,
                                  .mark_count = panels[p].recommends ? report->choice->count : 0};
        chart_panel(file, p, &panel);
    }
}

void sweep_chart(FILE *file, const SweepReport *report)
{
    enum { ROWS = 3 };
    chart_begin(file, "How many topics",
                "By number of topics; bands: the range over the samples; dotted: "
                "recommended, the first choice thicker",
                ROWS);
    draw_panels(file, report);
    chart_end(file);
}
