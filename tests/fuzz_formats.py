"""Coverage-guided fuzzing of every reader, without end: `pip install atheris`, then

    python -m tests.fuzz_formats [KIND] [options of libFuzzer, such as -max_total_time=60]

KIND is jats, ojs, pubmed, crossref, doaj or page; all in turn otherwise. Anything but BadInput is a crash. atheris is
no dependency of the project: this file is not collected by pytest.
"""

from __future__ import annotations

import sys

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["tracker"]):
    from tests.formats.test_any_file import SEEDS, readings_of


def edited(seed: bytes, provider: atheris.FuzzedDataProvider) -> bytes:
    """The seed with up to six cuts and insertions, so that most of it stays a file of its kind."""
    for _ in range(provider.ConsumeIntInRange(0, 6)):
        at = provider.ConsumeIntInRange(0, len(seed))
        end = at + provider.ConsumeIntInRange(0, 30)
        seed = seed[:at] + provider.ConsumeBytes(provider.ConsumeIntInRange(0, 12)) + seed[end:]
    return seed


def main() -> None:
    kinds = [argument for argument in sys.argv[1:] if argument in SEEDS] or sorted(SEEDS)
    options = [argument for argument in sys.argv if argument not in SEEDS]

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        kind = kinds[provider.ConsumeIntInRange(0, len(kinds) - 1)]
        readings_of(kind, edited(SEEDS[kind], provider))

    atheris.Setup(options, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
