"""One reader under libFuzzer: `python -m tests.fuzz.atheris_run NAME [options of libFuzzer]`."""

import sys

import atheris

with atheris.instrument_imports(include=["catalog"]):
    from tests.fuzz.targets import TARGETS, run


def main() -> None:
    """Read what libFuzzer makes until its time is over."""
    target = TARGETS[sys.argv.pop(1)]

    def read(data: bytes) -> None:
        # Instrumented code is several times slower: libFuzzer's own limit stands for the time.
        run(target, data)

    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
