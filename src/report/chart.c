#include "report/chart.h"

#include "base/logarithm.h"

#include <math.h>
#include <stdlib.h>

enum {
    WIDTH = 860,
    PANEL_WIDTH = 350, /* of the plot in a panel, as the next */
    PANEL_HEIGHT = 165,
    LEFT = 60, /* of the first panel's plot */
    TOP = 92,
    BOTTOM = 53,  /* below the last panel's plot */
    ACROSS = 425, /* from one panel to the next */
    DOWN = 240,
    TICKS = 4,
    DOTS_MOST = 60, /* points of a line that are marked */
};

/* Okabe and Ito's palette, which people with any kind of colour vision tell apart; lines are dashed
 * as well. */
static const char *const colours[CHART_LINES_MAX] = {"#0072B2", "#D55E00", "#009E73",
                                                     "#CC79A7", "#E69F00", "#56B4E9"};
static const char *const dashes[CHART_LINES_MAX] = {"none", "6 3", "2 2", "9 3 2 3", "1 4", "12 4"};

/* The part of the plane that a panel shows. */
typedef struct Plot {
    FILE *file;
    double left; /* in the picture */
    double top;
    double x_least;
    double x_most;
    double least; /* of y, or of its logarithm */
    double most;
    bool logarithmic;
} Plot;

static double height_of(const Plot *plot, double value)
{
    return plot->logarithmic ? logarithm(value) / logarithm(10.0) : value;
}

static double x_of(const Plot *plot, double x)
{
    const double width = plot->x_most - plot->x_least;
    return plot->left +
           (width > 0.0 ? PANEL_WIDTH * (x - plot->x_least) / width : PANEL_WIDTH / 2.0);
}

static double y_of(const Plot *plot, double value)
{
    return plot->top + PANEL_HEIGHT * (1.0 - (height_of(plot, value) - plot->least) /
                                                 (plot->most - plot->least));
}

static bool is_shown(const ChartPanel *panel, const ChartPoint *point)
{
    return !point->missing && (!panel->logarithmic || point->y > 0.0);
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

static void draw_value(const Plot *plot, double value, const char *label)
{
    const double y = y_of(plot, value);
    fprintf(plot->file,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>\n",
            plot->left, y, plot->left + PANEL_WIDTH, y);
    fprintf(plot->file, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
            plot->left - 6.0, y + 4.0, label);
}

static void draw_values(const Plot *plot)
{
    char label[32];
    if (plot->logarithmic) {
        for (int power = (int)ceil(plot->least); power <= plot->most; power++) {
            double value = 1.0;
            for (int i = 0; i < abs(power); i++) {
                value = power < 0 ? value / 10.0 : value * 10.0;
            }
            snprintf(label, sizeof label, "%g %%", 100.0 * value);
            draw_value(plot, value, label);
        }
        return;
    }
    const double step = nice_step(plot->most - plot->least);
    for (double value = ceil(plot->least / step) * step; value <= plot->most + step * 1e-9;
         value += step) {
        snprintf(label, sizeof label, "%.*f", decimals_of(step),
                 fabs(value) < step / 2 ? 0.0 : value);
        draw_value(plot, value, label);
    }
}

static void draw_x(const Plot *plot, bool whole)
{
    double step = nice_step(plot->x_most - plot->x_least);
    step = step < 1.0 && whole ? 1.0 : step;
    const double bottom = plot->top + PANEL_HEIGHT;
    for (double x = ceil(plot->x_least / step) * step; x <= plot->x_most; x += step) {
        fprintf(plot->file,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#444444\"/>\n",
                x_of(plot, x), bottom, x_of(plot, x), bottom + 4.0);
        fprintf(plot->file, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.*f</text>\n",
                x_of(plot, x), bottom + 18.0, whole ? 0 : decimals_of(step), x);
    }
    fprintf(plot->file,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#444444\"/>\n",
            plot->left, bottom, plot->left + PANEL_WIDTH, bottom);
}

static void draw_marks(const Plot *plot, const ChartPanel *panel)
{
    for (int i = 0; i < panel->mark_count; i++) {
        const double x = x_of(plot, panel->marks[i]);
        fprintf(plot->file,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#444444\" "
                "stroke-width=\"%s\" stroke-dasharray=\"2 3\"/>\n",
                x, plot->top, x, plot->top + PANEL_HEIGHT, i == 0 ? "2" : "1");
    }
}

/* ---- lines ---- */

static void draw_band(const Plot *plot, const ChartLine *line, const char *colour)
{
    fprintf(plot->file, "<polygon fill=\"%s\" fill-opacity=\"0.15\" points=\"", colour);
    for (int i = 0; i < line->count; i++) {
        const ChartPoint at = line->at(line->context, i);
        fprintf(plot->file, "%.1f,%.1f ", x_of(plot, at.x), y_of(plot, at.least));
    }
    for (int i = line->count - 1; i >= 0; i--) {
        const ChartPoint at = line->at(line->context, i);
        fprintf(plot->file, "%.1f,%.1f ", x_of(plot, at.x), y_of(plot, at.most));
    }
    fputs("\"/>\n", plot->file);
}

static void draw_line(const Plot *plot, const ChartPanel *panel, int which)
{
    const ChartLine *line = &panel->lines[which];
    if (line->band && line->count > 1) {
        draw_band(plot, line, colours[which]);
    }
    fprintf(plot->file,
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" "
            "points=\"",
            colours[which], dashes[which]);
    for (int i = 0; i < line->count; i++) {
        const ChartPoint at = line->at(line->context, i);
        if (is_shown(panel, &at)) {
            fprintf(plot->file, "%.1f,%.1f ", x_of(plot, at.x), y_of(plot, at.y));
        }
    }
    fputs("\"/>\n", plot->file);
    for (int i = 0; i < line->count && line->count <= DOTS_MOST; i++) {
        const ChartPoint at = line->at(line->context, i);
        if (is_shown(panel, &at)) {
            fprintf(plot->file, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>\n",
                    x_of(plot, at.x), y_of(plot, at.y), colours[which]);
        }
    }
}

/* Makes room for all that the lines hold, and a little more. */
static void fit_plot(Plot *plot, const ChartPanel *panel)
{
    plot->least = plot->x_least = HUGE_VAL;
    plot->most = plot->x_most = -HUGE_VAL;
    for (int s = 0; s < panel->line_count; s++) {
        const ChartLine *line = &panel->lines[s];
        for (int i = 0; i < line->count; i++) {
            const ChartPoint at = line->at(line->context, i);
            if (is_shown(panel, &at)) {
                plot->least =
                    fmin(plot->least, height_of(plot, line->band ? fmin(at.least, at.y) : at.y));
                plot->most =
                    fmax(plot->most, height_of(plot, line->band ? fmax(at.most, at.y) : at.y));
                plot->x_least = fmin(plot->x_least, at.x);
                plot->x_most = fmax(plot->x_most, at.x);
            }
        }
    }
    const double range = plot->most - plot->least;
    const double room = range > 0.0 ? 0.06 * range : 0.1 * fmax(fabs(plot->most), 1.0);
    plot->least -= room;
    plot->most += room;
}

static bool has_points(const ChartPanel *panel)
{
    const ChartLine *first = panel->lines;
    bool any = false;
    for (int i = 0; panel->line_count > 0 && i < first->count && !any; i++) {
        const ChartPoint at = first->at(first->context, i);
        any = is_shown(panel, &at);
    }
    return any;
}

void chart_panel(FILE *file, int place, const ChartPanel *panel)
{
    Plot plot = {.file = file,
                 .left = LEFT + ACROSS * (place % 2),
                 .top = TOP + DOWN * (place / 2),
                 .logarithmic = panel->logarithmic};
    fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"14\" font-weight=\"bold\">%s</text>\n",
            plot.left, plot.top - 12.0, panel->title);
    if (!has_points(panel)) {
        fprintf(file, "<text x=\"%.1f\" y=\"%.1f\">not measured</text>\n", plot.left,
                plot.top + PANEL_HEIGHT / 2.0);
        return;
    }
    fit_plot(&plot, panel);
    draw_values(&plot);
    draw_x(&plot, panel->whole);
    draw_marks(&plot, panel);
    for (int s = 0; s < panel->line_count; s++) {
        draw_line(&plot, panel, s);
        if (panel->lines[s].name && panel->names) {
            fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" text-anchor=\"end\">%s</text>\n",
                    plot.left + PANEL_WIDTH - 96.0 * (panel->line_count - 1 - s), plot.top - 12.0,
                    colours[s], panel->lines[s].name);
        }
    }
}

/* ---- the picture ---- */

void chart_begin(FILE *file, const char *title, const char *note, int rows)
{
    const int height = TOP + DOWN * (rows - 1) + PANEL_HEIGHT + BOTTOM;
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222222\">\n"
            "<title>%s</title>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
            "<text x=\"%d\" y=\"26\" font-size=\"18\" font-weight=\"bold\">%s</text>\n"
            "<text x=\"%d\" y=\"46\">%s</text>\n",
            WIDTH, height, WIDTH, height, title, LEFT, title, LEFT, note);
}

void chart_legend(FILE *file, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        const int x = LEFT + i * 130;
        fprintf(file,
                "<line x1=\"%d\" y1=\"60\" x2=\"%d\" y2=\"60\" stroke=\"%s\" stroke-width=\"2\" "
                "stroke-dasharray=\"%s\"/>\n<text x=\"%d\" y=\"64\">%s</text>\n",
                x, x + 30, colours[i], dashes[i], x + 36, names[i]);
    }
}

void chart_end(FILE *file)
{
    fputs("</svg>\n", file);
}
