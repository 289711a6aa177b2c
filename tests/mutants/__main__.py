"""Try the named mutants: `python -m tests.mutants`; ends with 1 when one survives or the code has moved on."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutants.named import NAMED
from tests.mutants.running import run


def main() -> int:
    """Try them, and say what survived."""
    with TemporaryDirectory() as folder:
        verdicts = run(NAMED, Path(folder), at_once=os.cpu_count() or 1)
    survived = [each.mutant.name for each in verdicts if not each.is_killed]
    for name in survived:
        print(f"survived: {name}")
    print(f"mutants {len(verdicts)}, killed {len(verdicts) - len(survived)}, survived {len(survived)}")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
