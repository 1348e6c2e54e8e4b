#include "report/sweep_chart.h"

#include <math.h>
#include <stdlib.h>

enum {
    WIDTH = 860,
    HEIGHT = 790,
    PANEL_WIDTH = 350, /* of the plot in a panel, as the next */
    PANEL_HEIGHT = 165,
    LEFT = 60, /* of the first panel's plot */
    TOP = 92,
    ACROSS = 425, /* from one panel to the next */
    DOWN = 240,
    TICKS = 4,
};

/* Two colours of Okabe and Ito's palette, which people with any kind of colour vision tell apart;
 * the second line is dashed as well. */
static const char *const colours[] = {"#0072B2", "#D55E00"};
static const char *const dashes[] = {"none", "6 3"};

/* The part of the plane that a panel shows. */
typedef struct Panel {
    FILE *file;
    double left; /* of the plot, in the picture */
    double top;
    double k_least;
    double k_most;
    double least;
    double most;
} Panel;

/* A line of a panel: a number for each number of topics, and where it has one, a band. */
typedef struct Series {
    const char *name; /* NULL: the panel's title says it */
    SweepSpread (*at)(const SweepReport *report, int i);
    int (*k)(const SweepReport *report, int i);
    int count;
    bool band;
} Series;

static double x_of(const Panel *panel, double k)
{
    const double width = panel->k_most - panel->k_least;
    return panel->left +
           (width > 0.0 ? PANEL_WIDTH * (k - panel->k_least) / width : PANEL_WIDTH / 2.0);
}

static double y_of(const Panel *panel, double value)
{
    return panel->top +
           PANEL_HEIGHT * (1.0 - (value - panel->least) / (panel->most - panel->least));
}

/* ---- axes ---- */

/* A step of 1, 2 or 5 times a power of ten that cuts the range into about TICKS parts. */
static double nice_step(double range)
{
    double step = 1e-12;
    static const double factors[] = {2.0, 2.5, 2.0};
    for (int i = 0; step * TICKS < range; i = (i + 1) % 3) {
        step *= factors[i];
    }
    return step;
}

static int decimals_of(double step)
{
    int decimals = 0;
    for (double unit = 1.0; unit > step * 1.0001 && decimals < 9; unit /= 10.0) {
        decimals++;
    }
    return decimals;
}

static void draw_values(const Panel *panel)
{
    const double step = nice_step(panel->most - panel->least);
    for (double value = ceil(panel->least / step) * step; value <= panel->most + step * 1e-9;
         value += step) {
        const double y = y_of(panel, value);
        fprintf(panel->file,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>\n",
                panel->left, y, panel->left + PANEL_WIDTH, y);
        fprintf(panel->file, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%.*f</text>\n",
                panel->left - 6.0, y + 4.0, decimals_of(step),
                fabs(value) < step / 2 ? 0.0 : value);
    }
}

static void draw_topics(const Panel *panel)
{
    double step = nice_step(panel->k_most - panel->k_least);
    step = step < 1.0 ? 1.0 : step;
    const double bottom = panel->top + PANEL_HEIGHT;
    for (double k = ceil(panel->k_least / step) * step; k <= panel->k_most; k += step) {
        fprintf(panel->file,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#444444\"/>\n",
                x_of(panel, k), bottom, x_of(panel, k), bottom + 4.0);
        fprintf(panel->file, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.0f</text>\n",
                x_of(panel, k), bottom + 18.0, k);
    }
    fprintf(panel->file,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#444444\"/>\n",
            panel->left, bottom, panel->left + PANEL_WIDTH, bottom);
}

static void draw_recommended(const Panel *panel, const Choice *choice)
{
    for (int i = 0; i < choice->count; i++) {
        const double x = x_of(panel, choice->recommended[i]);
        fprintf(panel->file,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#444444\" "
                "stroke-width=\"%s\" stroke-dasharray=\"2 3\"/>\n",
                x, panel->top, x, panel->top + PANEL_HEIGHT, i == 0 ? "2" : "1");
    }
}

/* ---- lines ---- */

static void draw_band(const Panel *panel, const SweepReport *report, const Series *series,
                      const char *colour)
{
    fprintf(panel->file, "<polygon fill=\"%s\" fill-opacity=\"0.15\" points=\"", colour);
    for (int i = 0; i < series->count; i++) {
        fprintf(panel->file, "%.1f,%.1f ", x_of(panel, series->k(report, i)),
                y_of(panel, series->at(report, i).least));
    }
    for (int i = series->count - 1; i >= 0; i--) {
        fprintf(panel->file, "%.1f,%.1f ", x_of(panel, series->k(report, i)),
                y_of(panel, series->at(report, i).most));
    }
    fputs("\"/>\n", panel->file);
}

static void draw_line(const Panel *panel, const SweepReport *report, const Series *series,
                      int which)
{
    if (series->band && series->count > 1) {
        draw_band(panel, report, series, colours[which]);
    }
    fprintf(panel->file,
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" "
            "points=\"",
            colours[which], dashes[which]);
    for (int i = 0; i < series->count; i++) {
        fprintf(panel->file, "%.1f,%.1f ", x_of(panel, series->k(report, i)),
                y_of(panel, series->at(report, i).value));
    }
    fputs("\"/>\n", panel->file);
    for (int i = 0; i < series->count; i++) {
        fprintf(panel->file, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>\n",
                x_of(panel, series->k(report, i)), y_of(panel, series->at(report, i).value),
                colours[which]);
    }
}

/* Makes room for all that the lines hold, and a little more. */
static void fit_panel(Panel *panel, const SweepReport *report, const Series *series, int count)
{
    panel->least = panel->k_least = HUGE_VAL;
    panel->most = panel->k_most = -HUGE_VAL;
    for (int s = 0; s < count; s++) {
        for (int i = 0; i < series[s].count; i++) {
            const SweepSpread at = series[s].at(report, i);
            const double k = series[s].k(report, i);
            panel->least = fmin(panel->least, series[s].band ? fmin(at.least, at.value) : at.value);
            panel->most = fmax(panel->most, series[s].band ? fmax(at.most, at.value) : at.value);
            panel->k_least = fmin(panel->k_least, k);
            panel->k_most = fmax(panel->k_most, k);
        }
    }
    const double range = panel->most - panel->least;
    const double room = range > 0.0 ? 0.06 * range : 0.1 * fmax(fabs(panel->most), 1.0);
    panel->least -= room;
    panel->most += room;
}

static void draw_panel(FILE *file, const SweepReport *report, int place, const char *title,
                       const Series *series, int count, bool recommends)
{
    Panel panel = {
        .file = file, .left = LEFT + ACROSS * (place % 2), .top = TOP + DOWN * (place / 2)};
    fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"14\" font-weight=\"bold\">%s</text>\n",
            panel.left, panel.top - 12.0, title);
    if (series[0].count == 0 || series[0].at(report, 0).missing) {
        fprintf(file, "<text x=\"%.1f\" y=\"%.1f\">not measured</text>\n", panel.left,
                panel.top + PANEL_HEIGHT / 2.0);
        return;
    }
    fit_panel(&panel, report, series, count);
    draw_values(&panel);
    draw_topics(&panel);
    if (recommends) {
        draw_recommended(&panel, report->choice);
    }
    for (int s = 0; s < count; s++) {
        draw_line(&panel, report, &series[s], s);
        if (series[s].name) {
            fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" text-anchor=\"end\">%s</text>\n",
                    panel.left + PANEL_WIDTH - 96.0 * (count - 1 - s), panel.top - 12.0, colours[s],
                    series[s].name);
        }
    }
}

/* ---- what is drawn ---- */

static int k_at(const SweepReport *report, int i)
{
    return report->sweep->values[i].k;
}

static int rank_at(const SweepReport *report, int i)
{
    (void)report;
    return i + 1;
}

#define MEASURE_AT(name, measure)                                                                  \
    static SweepSpread name(const SweepReport *report, int i)                                      \
    {                                                                                              \
        return sweep_spread(&report->sweep->values[i], measure);                                   \
    }

MEASURE_AT(stability_at, SWEEP_STABILITY)
MEASURE_AT(perplexity_at, SWEEP_PERPLEXITY)
MEASURE_AT(coherence_at, SWEEP_COHERENCE)
MEASURE_AT(exclusivity_at, SWEEP_EXCLUSIVITY)
MEASURE_AT(diversity_at, SWEEP_DIVERSITY)

static SweepSpread cophenetic_at(const SweepReport *report, int i)
{
    return (SweepSpread){.value = report->sweep->values[i].cophenetic};
}

static SweepSpread dispersion_at(const SweepReport *report, int i)
{
    return (SweepSpread){.value = report->sweep->values[i].dispersion};
}

static SweepSpread singular_at(const SweepReport *report, int i)
{
    return (SweepSpread){.value = report->sweep->singular[i]};
}

static void draw_panels(FILE *file, const SweepReport *report)
{
    const int n = report->sweep->count;
    const Series stability[] = {{NULL, stability_at, k_at, n, true}};
    const Series perplexity[] = {{NULL, perplexity_at, k_at, n, false}};
    const Series coherence[] = {{NULL, coherence_at, k_at, n, true}};
    const Series distinct[] = {{"exclusivity", exclusivity_at, k_at, n, false},
                               {"- - diversity", diversity_at, k_at, n, false}};
    const Series consensus[] = {{"cophenetic", cophenetic_at, k_at, n, false},
                                {"- - dispersion", dispersion_at, k_at, n, false}};
    /* the first singular value is that of the mean document, far above all others */
    const Series singular[] = {{NULL, singular_at, rank_at, report->sweep->singular_count, false}};
    draw_panel(file, report, 0, "Stability", stability, 1, true);
    draw_panel(file, report, 1, "Perplexity of held-out tokens", perplexity, 1, true);
    draw_panel(file, report, 2, "Coherence (NPMI)", coherence, 1, true);
    draw_panel(file, report, 3, "Top words", distinct, 2, true);
    draw_panel(file, report, 4, "Consensus", consensus, 2, true);
    draw_panel(file, report, 5, "Singular values of X, by rank", singular, 1, false);
}

void sweep_chart(FILE *file, const SweepReport *report)
{
    fprintf(
        file,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
        "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222222\">\n"
        "<title>How many topics</title>\n"
        "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
        "<text x=\"%d\" y=\"26\" font-size=\"18\" font-weight=\"bold\">How many topics</text>\n"
        "<text x=\"%d\" y=\"46\">By number of topics; bands: the range over the samples; dotted: "
        "recommended, the first choice thicker</text>\n",
        WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT, LEFT);
    draw_panels(file, report);
    fputs("</svg>\n", file);
}
