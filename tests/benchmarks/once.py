"""Run a command once and print its time and peak memory: ``python -S once.py COMMAND...``.

A process counts the memory of the one that starts it as its own peak, so this one stays small.
"""

import os
import sys
import time

NOWHERE = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
]

command = sys.argv[1:]
begin = time.perf_counter()
child = os.posix_spawn(command[0], command, os.environ, file_actions=NOWHERE)
_, status, usage = os.wait4(child, 0)
took = time.perf_counter() - begin
# ru_maxrss is in KiB on Linux and in bytes on macOS.
peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
sys.stdout.write(f"{took} {peak} {os.waitstatus_to_exitcode(status)}\n")
