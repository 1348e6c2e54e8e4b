#!/usr/bin/env python3
"""Makes every system call that reads, writes, opens, syncs, renames or makes something fail in turn,
by strace, over a small fit, one that replaces an earlier result and keeps its counts in a temporary
file, an inference, a check, a table, a comparison, a model beside labels, exports and a
report that reads the corpus again.

    calls.py PROGRAM [STEP]        STEP 3: only every third of the calls of a kind

Each run must end with exit code 0 and the result of an undisturbed run, or one that says what it
skipped or did without; or with 1 or 3, an error on standard error, and in the result's place what was
there before, or the whole result. No temporary file may stay, unless it is its removal that failed."""
import collections
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.realpath(sys.argv[1])
STEP = int(sys.argv[2]) if len(sys.argv) > 2 else 1
SOURCE = pathlib.Path(__file__).resolve().parents[2]

# What can go wrong with each call.
ERRORS = {
    "openat": ["EMFILE", "EACCES"],
    "read": ["EIO", "EINTR"],
    "pread64": ["EIO", "EINTR"],
    "pwrite64": ["ENOSPC", "EINTR"],
    "write": ["ENOSPC", "EIO", "EINTR", "ENOSPC+"],  # +: and all writes after it, messages too
    "fsync": ["EIO", "ENOSPC"],
    "close": ["EIO"],
    "rename": ["EIO", "ENOSPC"],
    "renameat2": ["EIO"],
    "mkdir": ["ENOSPC"],
    "chmod": ["EPERM"],
    "getdents64": ["EIO"],
    "lseek": ["ESPIPE"],
    "unlink": ["EIO"],
    "unlinkat": ["EIO"],
    "rmdir": ["EIO"],
}
DOCUMENTS = {
    "baking/dough.txt": "flour water salt dough oven bread",
    "baking/oven.txt": "oven bread heat crust flour dough",
    "sailing/wind.txt": "ship sail wind mast crew water",
    "sailing/storm.txt": "storm ship mast waves crew sail",
    "sailing/again.txt": "storm ship mast waves crew sail",
}
FIT = ["fit", "corpus", "-k", "2", "-o", "model", "--threads", "1", "--min-df", "1", "--max-df", "1.0"]
# --memory 1: no counts may stay in memory.
MORE = ["--memory", "1", "--ngrams", "1-2", "--duplicates", "drop", "--html"]


def skip(reason):
    print(reason)
    sys.exit(77)


class Scenario:
    def __init__(self, name, arguments, place):
        self.name, self.arguments, self.place = name, arguments, place


SCENARIOS = [
    Scenario("fit", FIT, "model"),
    Scenario("fit --force, with all there is", FIT + MORE + ["--metadata", "facts.csv", "--force"], "model"),
    Scenario("infer", ["infer", "model", "new.tar.gz", "-o", "new", "--threads", "1"], "new"),
    Scenario("check", ["check", "corpus", "-k", "2", "--threads", "1", *MORE], None),
    Scenario("export csv", ["export", "model", "--to", "csv", "-o", "."], "csv"),
    Scenario("export npz", ["export", "model", "--to", "npz", "-o", "."], "npz"),
    Scenario("export sqlite", ["export", "model", "--to", "sqlite", "-o", "."], "model.sqlite"),
    Scenario("export xlsx", ["export", "model", "--to", "xlsx", "-o", "."], "model.xlsx"),
    Scenario("topics", ["topics", "model", "--csv"], None),
    Scenario("compare", ["compare", "model", "model", "-o", "both"], "both"),
    Scenario("eval", ["eval", "model", "--labels", "given.csv", "--column", "label", "-o", "names.csv"],
             "names.csv"),
    Scenario("report, with all texts", ["report", "model", "--corpus", "corpus", "--text", "full", "-o", "page.html"],
             "page.html"),
]


def environment():
    return {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "TMPDIR": os.getcwd(),
    }


def run(arguments, trace):
    """Runs the program under strace with these options; what strace says goes to trace.txt."""
    return subprocess.run(
        ["strace", "-f", "-o", "trace.txt", *trace, PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(),
        timeout=60,
    )


def digest(place):
    """Of the names and bytes below a place, but of run.json; None: nothing is there."""
    if place is None or not os.path.lexists(place):
        return None
    total = hashlib.sha256()
    for path in [pathlib.Path(place), *sorted(pathlib.Path(place).rglob("*"))]:
        if path.is_file() and path.name != "run.json":
            total.update(str(path).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def left_behind():
    """Temporary files in the working directory, which are removed."""
    names = [name for name in os.listdir(".") if name.startswith(".themata")]
    for name in names:
        shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)
    return names


def restore(scenario, earlier):
    if scenario.place is None:
        return
    for name in os.listdir("."):  # a finished result that lost its place is kept under another
        if name == scenario.place or name.startswith(scenario.place + "-"):
            shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)
    if earlier:
        shutil.copytree("earlier", scenario.place)


def own_calls():
    """How often each was called, from the first call on that is the program's own: what the loader
    and the libraries do at their start is left alone."""
    first, counts = {}, collections.Counter()
    started = False
    for line in open("trace.txt", errors="replace"):
        match = re.match(r"\d+ +(\w+)\(", line)
        if not match or match[1] not in ERRORS:
            continue
        counts[match[1]] += 1
        if not started:
            first = dict(counts)
        # set_up_locale is the first thing the program does.
        started = started or "locale" in line
    if not started:
        sys.exit("where the program begins cannot be seen in what strace tells")
    return {call: range(first.get(call, 0) + 1, counts[call] + 1) for call in counts}


def injection(call, error, number):
    persistent = "+" if error.endswith("+") else ""
    return f"inject={call}:error={error.rstrip('+')}:when={number}{persistent}"


def injected():
    """The call that failed, as strace tells it."""
    for line in open("trace.txt", errors="replace"):
        if "INJECTED" in line:
            return line.strip()
    return ""


def judge(scenario, outcome, error, before, reference):
    """What is wrong, or None."""
    now = digest(scenario.place)
    left = left_behind()
    words = outcome.stderr.decode(errors="replace")
    call = injected()
    if not call:
        return "nothing was made to fail"
    if outcome.returncode not in (0, 1, 3) or "Sanitizer" in words:
        return f"exit code {outcome.returncode}"
    says = " skipped: " in words or "; the report is without it" in words
    if outcome.returncode == 0 and now != reference and not says:
        return "it is said to have gone well, but the result is another"
    if outcome.returncode and now not in (before, reference):
        return "half a result"
    silent = error.endswith("+")  # nor can the message be written
    if outcome.returncode and "themata: error: " not in words and not silent:
        return "no error was told"
    removal = re.search(r" (unlink|unlinkat|rmdir|getdents64)\(|O_DIRECTORY", call)
    if left and not removal:
        return f"left behind: {left}"
    return None


def try_all(scenario):
    before = digest(scenario.place)
    if before:
        shutil.copytree(scenario.place, "earlier", dirs_exist_ok=True)
    outcome = run(scenario.arguments, ["-e", "trace=" + ",".join(ERRORS)])
    if outcome.returncode:
        sys.exit(f"{scenario.name}: undisturbed, exit {outcome.returncode}: {outcome.stderr.decode()}")
    calls = own_calls()
    reference = digest(scenario.place)
    told = quiet = wrong = 0
    for call, numbers in sorted(calls.items()):
        for error in ERRORS[call]:
            for number in numbers[::STEP]:
                restore(scenario, before)
                outcome = run(
                    scenario.arguments,
                    ["-e", f"trace={call}", "-e", injection(call, error, number)],
                )
                fault = judge(scenario, outcome, error, before, reference)
                if fault:
                    wrong += 1
                    print(f"{scenario.name}: {call} number {number}, {error}: {fault}")
                    print("   ", injected()[:160])
                    print(outcome.stderr.decode(errors="replace"))
                elif outcome.returncode:
                    told += 1
                else:
                    quiet += 1
    restore(scenario, before)
    counts = ", ".join(f"{call} {len(numbers)}" for call, numbers in sorted(calls.items()) if numbers)
    print(f"{scenario.name} ({counts}): {told} errors told, {quiet} times it went well without, {wrong} wrong")
    return wrong


def main():
    if not shutil.which("strace"):
        skip("strace is not here")
    probe = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True)
    if probe.returncode:
        skip("strace cannot trace here")
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as work:
        os.chdir(work)
        for name, text in DOCUMENTS.items():
            path = pathlib.Path("corpus", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        pathlib.Path("given.csv").write_text("file,label\nbaking/oven.txt,bread\nnothing,x\n")
        pathlib.Path("facts.csv").write_text("file,date\nbaking/dough.txt,1984\n")
        subprocess.run(["tar", "-czf", "new.tar.gz", "corpus"], check=True)
        wrong = 0
        for scenario in SCENARIOS:
            wrong += try_all(scenario)
            if scenario.place == "model" and not os.path.exists("model"):
                subprocess.run([PROGRAM, *FIT, "-q"], check=True, env=environment(), stdout=subprocess.DEVNULL)
        os.chdir("/")
    sys.exit(1 if wrong else 0)


main()
