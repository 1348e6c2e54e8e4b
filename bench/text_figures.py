"""Figures of the text benchmark: pure functions, no files."""
from statistics import median

UNTIL_MATRIX = ("corpus", "text", "weight")


def until_matrix(stages):
    """What run.json says of the stages up to the finished matrix: seconds are added up, memory is
    the peak at the end of the last."""
    by_name = {stage["name"]: stage for stage in stages}
    chosen = [by_name[name] for name in UNTIL_MATRIX]
    return {"wall_s": sum(stage["wall_seconds"] for stage in chosen),
            "cpu_s": sum(stage["cpu_seconds"] for stage in chosen),
            "peak_bytes": chosen[-1]["peak_rss_bytes"]}


def middle(runs, member):
    """The median of a member over runs."""
    return median(run[member] for run in runs)


def rate(count, seconds):
    """Millions a second."""
    return count / seconds / 1e6


def verdict(value, least, aim, less_is_better=False):
    """Whether what was asked for is reached."""
    sign = -1 if less_is_better else 1
    if sign * value >= sign * aim:
        return "the aim"
    return "yes" if sign * value >= sign * least else "**no**"


def same_matrix(compared, tolerance=1e-12):
    """Whether shape, non-zeros and every value agree."""
    ours, alike = compared["ours"], compared["alike"]
    return (ours["shape"] == alike["shape"] and ours["entries"] == alike["entries"] and
            compared["difference"] is not None and compared["difference"] <= tolerance)
