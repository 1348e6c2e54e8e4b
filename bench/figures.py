"""Figures from measured runs: pure functions, no files.

A run of this program is a list of passes (objective, CPU seconds, wall seconds), both clocks since
the solver began. Repeats of a run differ in their clocks alone.
"""
from statistics import median

CPU, WALL = 1, 2


def first_pass(passes, target):
    """The number of the first pass with D at or below target, counted from 1, or None."""
    for number, facts in enumerate(passes, 1):
        if facts[0] <= target:
            return number
    return None


def clock_at(repeats, number, clock):
    """The median over the repeats of a clock after so many passes."""
    return median(passes[number - 1][clock] for passes in repeats)


def time_to(repeats, target, clock=CPU):
    """(seconds, passes) to D at or below target, or None if the run ends above it."""
    number = first_pass(repeats[0], target)
    return None if number is None else (clock_at(repeats, number, clock), number)


def seconds_per_pass(repeats, clock=CPU):
    """The median of the steps from pass to pass. The first is left out: copies are made in it."""
    steps = [later[clock] - earlier[clock]
             for passes in repeats for earlier, later in zip(passes, passes[1:])]
    return median(steps) if steps else None


def percent_above(value, best):
    return 100 * (value / best - 1)


def best_of(ends):
    """(D, name) of the lowest of {name: D}; of equal ones the first."""
    name = min(ends, key=ends.get)
    return ends[name], name


def speedup(one, two):
    """Wall clock of one thread over that of two, after the last pass both have made."""
    number = min(len(one[0]), len(two[0]))
    return clock_at(one, number, WALL) / clock_at(two, number, WALL)


def thinned(points, most):
    """At most about so many of the points, close together at the beginning; the last is kept."""
    if len(points) <= most:
        return list(points)
    growth = len(points) ** (1 / most)
    chosen = sorted({min(round(growth ** i) - 1, len(points) - 1) for i in range(most + 1)})
    return [points[i] for i in chosen]
