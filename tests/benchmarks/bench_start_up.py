"""How long `tracker --help` takes: python tests/benchmarks/bench_start_up.py"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 20


def seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    for arguments in (["-c", "pass"], ["-m", "tracker", "--help"]):
        taken = [seconds([sys.executable, *arguments]) for _ in range(ROUNDS)]
        print(f"{' '.join(arguments):<24} median {statistics.median(taken):.3f} s, longest {max(taken):.3f} s")


if __name__ == "__main__":
    main()
