"""`make bench`: every benchmark in one run. They print figures and ratios; none of them fails on a slow machine."""

from tests.benchmarks import bench_bot, bench_finder, bench_reading


def main() -> None:
    """Run them all."""
    bench_bot.main()
    bench_finder.main()
    bench_reading.main()


if __name__ == "__main__":
    main()
