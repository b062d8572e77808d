"""Labs as fixtures. Mark tests that use one with `@pytest.mark.lab`."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.lab.signal_lab import SignalLab


@pytest_asyncio.fixture
async def lab() -> AsyncIterator[SignalLab]:
    """A lab of its own for one test, with Ana, Bo, Cy and Dee; some six seconds. The test may break it."""
    async with SignalLab.start() as started:
        yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def lab_for_all() -> AsyncIterator[SignalLab]:
    """The lab behind `shared_lab`."""
    async with SignalLab.start() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def shared_lab(lab_for_all: SignalLab) -> AsyncIterator[SignalLab]:
    """One lab for many tests, mended after each; take fresh phones (`add_phone`).

    Such a test runs on the session's loop: `@pytest.mark.asyncio(loop_scope="session")`.
    """
    yield lab_for_all
    await lab_for_all.calm()
