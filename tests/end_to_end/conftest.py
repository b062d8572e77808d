"""A bot of its own for each story, on one lab for all, or on a lab that the story may break."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.databases import postgres_server, postgresql_url
from tests.end_to_end.pager import Pager
from tests.end_to_end.story import Measure, Story, a_story
from tests.lab.signal_lab import SignalLab

__all__ = ["postgres_server", "postgresql_url"]


@pytest.fixture
def measure(request: pytest.FixtureRequest) -> Measure:
    """Figures go into the report of the run (`--junit-xml`), in seconds."""
    return lambda name, seconds: request.node.user_properties.append((name, round(seconds, 3)))


@pytest.fixture
def changed() -> dict[str, str]:
    """Settings other than the usual ones; a module of stories may have its own."""
    return {}


@pytest_asyncio.fixture(loop_scope="session")
async def pager() -> AsyncIterator[Pager]:
    """What the operator is told, for stories whose settings name its address."""
    async with Pager.listening() as listening:
        yield listening


@pytest_asyncio.fixture(loop_scope="session")
async def story(
    shared_lab: SignalLab, tmp_path: Path, measure: Measure, changed: dict[str, str]
) -> AsyncIterator[Story]:
    """A running bot with a fresh SQLite database on the lab that all stories share."""
    async with a_story(shared_lab, tmp_path, measure, **changed) as told:
        yield told
