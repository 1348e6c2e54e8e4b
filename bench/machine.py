"""What a reader must know of the machine; not its name."""
import glob
import os
import re
import time


def field(path, name):
    """The value of the first `name: value` line."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            key, _, value = line.partition(":")
            if key.strip() == name:
                return value.strip()
    return "unknown"


def compiler(build):
    """What the release was built with, from CMake's notes."""
    for path in glob.glob(f"{build}/CMakeFiles/*/CMakeCCompiler.cmake"):
        with open(path, encoding="utf-8") as file:
            values = dict(re.findall(r'set\(CMAKE_C_COMPILER_(ID|VERSION) "(.*?)"\)', file.read()))
        return f"{values['ID']} {values['VERSION']}".replace("GNU", "gcc")
    return "unknown"


def caches():
    """L1, L2 …: the data caches that the first core sees."""
    for entry in sorted(glob.glob("/sys/devices/system/cpu/cpu0/cache/index*")):
        values = {}
        for name in ("level", "type", "size"):
            with open(f"{entry}/{name}", encoding="ascii") as file:
                values[name] = file.read().strip()
        if values["type"] != "Instruction":
            yield f"L{values['level']} {values['size']}"


def facts(build):
    memory = int(field("/proc/meminfo", "MemTotal").split()[0]) * 1024
    return {"processor": field("/proc/cpuinfo", "model name"),
            "cores": os.cpu_count(), "caches a core sees": ", ".join(caches()),
            "memory": f"{memory / 2**30:.0f} GiB", "compiler": compiler(build)}


def busy_cores(seconds=0.5):
    """How many cores others keep busy; this process sleeps."""
    def idle():
        with open("/proc/stat", encoding="ascii") as file:
            values = file.readline().split()
        return (int(values[4]) + int(values[5])) / os.sysconf("SC_CLK_TCK")  # idle, waiting for I/O
    before, begin = idle(), time.monotonic()
    time.sleep(seconds)
    return max(0.0, os.cpu_count() - (idle() - before) / (time.monotonic() - begin))
