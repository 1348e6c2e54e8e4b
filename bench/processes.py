"""Starting the measured programs, each alone on its cores."""
import os
import subprocess
import sys

PYTHON = "/usr/bin/python3"  # Debian's, which has scikit-learn
HERE = os.path.dirname(os.path.abspath(__file__))

# Meant for other builds of OpenBLAS; where they are set they slow numpy's.
FOREIGN = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def pinned(command, core, threads):
    """One thread stays on one core; more may use every core."""
    return ["taskset", "-c", str(core), *command] if threads == 1 else command


def environment(threads, without=()):
    kept = {name: value for name, value in os.environ.items() if name not in without}
    return {**kept, "OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": "1",
            "PYTHONDONTWRITEBYTECODE": "1"}


def run(command, core, threads=1, without=(), seconds=None, codes=(0,)):
    """What the command prints. After so many seconds it is told to end, which
    Ctrl-C would not do where the shell has made it be ignored."""
    process = subprocess.Popen(pinned(command, core, threads), env=environment(threads, without),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        output, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.terminate()
        output, errors = process.communicate()
    except BaseException:
        process.kill()
        raise
    if process.returncode not in codes:
        sys.exit(f"bench: {' '.join(command)}: exit code {process.returncode}\n{errors}")
    return output


def python(script, *arguments, core, without=()):
    """What one of the scripts beside this one prints."""
    return run([PYTHON, f"{HERE}/{script}", *map(str, arguments)], core, without=without)
