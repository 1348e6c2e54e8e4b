"""Objective against CPU seconds, a panel for each cell, a file for each kind of matrix.

    plots.py CURVES.json FOLDER PREFIX     prints the names of the files written

CURVES.json: [{"kind", "row", "column", "best", "lines": {name: [[seconds, D], …]}}, …]
"""
import json
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the back end is chosen first)
from matplotlib.ticker import FuncFormatter  # noqa: E402

FLOOR, CEILING = 0.01, 100  # per cent above the best
# Where a line's name stands: at its first or last point, shifted and aligned.
PLACES = {"cd": (-1, (-4, 0), "right", "center"), "mu": (-1, (0, -4), "right", "top"),
          "scikit-learn": (0, (3, 3), "left", "bottom")}
COLOURS = {"cd": "#0b5394", "mu": "#999999", "scikit-learn": "#cc4125"}
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "bench", "font.family": "sans-serif",
         "font.size": 8, "axes.spines.top": False, "axes.spines.right": False,
         "axes.linewidth": 0.5}


def draw_panel(axes, panel, has_labels):
    for name, points in panel["lines"].items():
        x = [seconds for seconds, _ in points]
        y = [max(100 * (d / panel["best"] - 1), FLOOR) for _, d in points]
        mark = "o" if name == "scikit-learn" else None
        axes.plot(x, y, color=COLOURS[name], linewidth=1.1, marker=mark, markersize=2.5)
        if has_labels:
            point, shift, across, along = PLACES[name]
            axes.annotate(name, (x[point], y[point]), xytext=shift, textcoords="offset points",
                          color=COLOURS[name], ha=across, va=along)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_ylim(FLOOR, CEILING)
    axes.minorticks_off()
    axes.set_title(f"{panel['row']}, k = {panel['column']}", fontsize=8, loc="left")


def draw_figure(panels):
    rows = list(dict.fromkeys(panel["row"] for panel in panels))
    columns = sorted({panel["column"] for panel in panels})
    figure, grid = plt.subplots(len(rows), len(columns), squeeze=False, sharey=True,
                                figsize=(0.6 + 2.5 * len(columns), 0.5 + 1.9 * len(rows)))
    for axes in grid.flat:
        axes.set_visible(False)
    for number, panel in enumerate(panels):
        axes = grid[rows.index(panel["row"])][columns.index(panel["column"])]
        axes.set_visible(True)
        draw_panel(axes, panel, number == 0)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} %"))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} s"))
    figure.supylabel("D above the best", fontsize=8)
    figure.supxlabel("CPU seconds", fontsize=8)
    figure.tight_layout()
    return figure


def main():
    source, folder, prefix = sys.argv[1:4]
    with open(source, encoding="utf-8") as file:
        panels = json.load(file)
    plt.rcParams.update(STYLE)
    for kind in dict.fromkeys(panel["kind"] for panel in panels):
        name = f"{prefix}-{kind}.svg"
        figure = draw_figure([panel for panel in panels if panel["kind"] == kind])
        figure.savefig(f"{folder}/{name}", metadata={"Date": None, "Creator": None})
        print(name)


if __name__ == "__main__":
    main()
