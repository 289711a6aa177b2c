"""How hard the laws are tried, said once for all of them."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    max_examples=80,
    deadline=None,  # a busy machine is no failure
    derandomize=True,  # the same examples everywhere: what turns red is the change, not the day
    suppress_health_check=[HealthCheck.too_slow],  # as for the deadline
)
settings.register_profile("prove", settings.get_profile("default"), max_examples=1_000, derandomize=False)
settings.register_profile("lives", settings.get_profile("default"), max_examples=6, stateful_step_count=25)
settings.register_profile(
    "long lives", settings.get_profile("default"), max_examples=20, stateful_step_count=80, derandomize=False
)
settings.load_profile("default")
