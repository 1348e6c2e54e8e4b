/* Pictures of lines, as SVG: panels side by side, two in a row. Errors stay on the FILE. */
#ifndef THEMATA_REPORT_CHART_H
#define THEMATA_REPORT_CHART_H

#include <stdbool.h>
#include <stdio.h>

enum { CHART_LINES_MAX = 6 };

typedef struct ChartPoint {
    double x;
    double y;
    double least; /* of a line with a band: its ends */
    double most;
    bool missing; /* nothing was measured */
} ChartPoint;

typedef struct ChartLine {
    const char *name; /* NULL: the panel's title says it */
    ChartPoint (*at)(const void *context, int i);
    const void *context;
    int count;
    bool band;
} ChartLine;

typedef struct ChartPanel {
    const char *title;
    const ChartLine *lines; /* at most CHART_LINES_MAX, drawn in colours of their own */
    int line_count;
    bool names;       /* whether the lines' names stand beside the title */
    bool whole;       /* x are whole numbers */
    bool logarithmic; /* y are parts, shown as per cent on a logarithmic axis; points with none are
                         left out */
    const double *marks; /* dotted lines at these x, the first thicker */
    int mark_count;
} ChartPanel;

/* Begins a picture with room for `rows` rows of panels; `note` says what is to be seen. */
void chart_begin(FILE *file, const char *title, const char *note, int rows);

/* The names of lines that all panels have, in a row above them. */
void chart_legend(FILE *file, const char *const *names, int count);

/* Draws a panel at `place`, from 0; "not measured" where the first line has no points. */
void chart_panel(FILE *file, int place, const ChartPanel *panel);

void chart_end(FILE *file);

#endif
