"""The results file of the quality experiment: Markdown tables."""
from statistics import median

import quality_plan
from report import machine_section, table

# BBC News with default options and any seed: figure, at least, aim.
BBC = (("nmi", "NMI", 0.87, 0.90), ("purity", "purity", 0.955, None), ("npmi", "NPMI", 0.30, 0.37))
BEHIND, BEHIND_AIM = 0.06, 0.03  # NPMI below the best peer
OF_FOUR = 3


def middle(runs, name):
    return median(run[name] for run in runs)


def of_peers(judged):
    return [runs for title, runs in judged.items() if title in quality_plan.PEERS.values()]


def best_peer(judged):
    """(NMI, NPMI), each of the peer that is best in it; NMI by whichever reading is better."""
    peers = of_peers(judged)
    return (max(middle(runs, reading) for runs in peers for reading in ("nmi", "nmi_entries")),
            max(middle(runs, "npmi") for runs in peers))


def verdict(value, least, aim):
    return "**no**" if value < least else "yes" if aim is None or value < aim else "aim"


# ---- sections ----

def bbc_section(judged):
    """What must hold for BBC News with every seed, so the lowest counts."""
    runs = judged["bbc"][quality_plan.DEFAULTS.title]
    found = [(title, min(run[name] for run in runs), least, aim) for name, title, least, aim in BBC]
    return "## BBC News, defaults, the lowest of all seeds\n\n" + table(
        ("figure", "at least", "aim", "measured", "reached"),
        [(title, f"{least:.3f}", f"{aim:.3f}" if aim else "", f"{value:.3f}",
          verdict(value, least, aim)) for title, value, least, aim in found])


def against_section(judged):
    """Our defaults beside the best peer, medians."""
    lines, held = [], 0
    for name, all_runs in judged.items():
        runs = all_runs[quality_plan.DEFAULTS.title]
        nmi, npmi = middle(runs, "nmi"), middle(runs, "npmi")
        peer_nmi, peer_npmi = best_peer(all_runs)
        good = verdict(min(nmi - peer_nmi, 0.0), 0.0, None) == "yes"
        behind = peer_npmi - npmi
        held += good and behind <= BEHIND
        lines.append((quality_plan.COLLECTIONS[name].title, f"{nmi:.3f}", f"{peer_nmi:.3f}",
                      "yes" if good else "**no**", f"{npmi:.3f}", f"{peer_npmi:.3f}",
                      verdict(-behind, -BEHIND, -BEHIND_AIM)))
    return (f"## Defaults against the best peer\n\nNMI is not to be below it, NPMI at most {BEHIND} "
            f"(aim {BEHIND_AIM}), both on {OF_FOUR} of the 4 collections. Both hold on {held}.\n\n"
            + table(("collection", "NMI", "best peer", "reached", "NPMI", "best peer", "reached"),
                    lines))


def grid_section(collection, judged):
    lines = [(title, *(f"{middle(runs, name):.3f}" for name in ("nmi", "purity", "npmi")),
              f"{middle(runs, 'diversity'):.2f}", f"{min(run['nmi'] for run in runs):.3f}",
              f"{middle(runs, 'nmi_entries'):.3f}" if runs in of_peers(judged) else "",
              f"{middle(runs, 'cpu_s'):.2f}") for title, runs in judged.items()]
    return f"## {collection.title}, k = {collection.topics}\n\n" + table(
        ("", "NMI", "purity", "NPMI", "diversity", "lowest NMI", "NMI by entries", "CPU s"), lines)


HOW = """\
How it is measured: [bench/README.md](../README.md#quality). Medians of {seeds} seeds. Our settings are \
options beside the defaults; peers have the same settings everywhere. CPU seconds were taken on a machine that others \
used, too: they give the order of size.
"""


def text(date, facts, versions, judged, seeds):
    """`judged`: {collection: {title: [figures of each seed]}}"""
    sections = []
    if "bbc" in judged:
        sections.append(bbc_section(judged))
    sections.append(against_section(judged))
    sections += [grid_section(quality_plan.COLLECTIONS[name], runs)
                 for name, runs in judged.items()]
    return "\n".join((f"# Quality of topics, {date}\n", machine_section(facts, versions),
                      HOW.format(seeds=len(seeds)), *sections))
