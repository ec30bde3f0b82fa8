"""Takes limits upon itself, then becomes the program named after them.

Run as a file, not imported: a limit set between fork and exec by the parent would run
Python in a forked copy of a process with threads, which may lock up.
"""

import ctypes
import os
import resource
import signal
import sys

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux; it outlives exec


def main() -> None:
    """Arguments: bytes of memory, seconds of processor, bytes a file, the program."""
    memory, seconds, size, *program = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    # One second later the kernel no longer asks.
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Nobody waits for the work of a parent that was killed.
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    os.execv(program[0], program)  # noqa: S606 (fixed programs of our own)


if __name__ == "__main__":
    main()
