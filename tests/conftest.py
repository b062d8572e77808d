"""What every test may use."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.lab.fixtures"]

settings.register_profile("no test is timed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no test is timed")
