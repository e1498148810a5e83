"""What the machine is at the moment: figures of one hour are compared with another's by it.

A virtual machine's cores may be half as fast an hour later, with nothing else at work on them.

    python bench/machine.py
"""

import os
import time

_ADDITIONS = 20_000_000


def state() -> str:
    """Return the cores, who else is at work (load), and how long a loop of Python takes.

    That is processor time of this thread, of the best of three.
    """
    took = min(_loop() for _ in range(3))
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"{_ADDITIONS // 1_000_000} million additions in {took:.2f} s"
    )


def _loop() -> float:
    began = time.thread_time()
    number = 0
    for each in range(_ADDITIONS):
        number += each
    return time.thread_time() - began


if __name__ == "__main__":
    print(state())
