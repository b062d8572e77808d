"""PostgreSQL's own statistics keep nothing of what was erased (SPEC: Privacy)."""

import pytest

from tests.databases import _administer, postgres_server, postgresql_url
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_forget_on_disk import _on_disk, _sealed_cells

__all__ = ["postgres_server", "postgresql_url"]


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.mark.parametrize("analyzed", [False, True])
@story()
async def test_postgresqls_statistics_keep_nothing_of_hers(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, database_url: str, analyzed: bool
) -> None:
    """PostgreSQL's autovacuum looks at the tables by itself within a minute of fifty changed rows."""
    await scene.pair(dee, bo)
    await ana.says("/plan Quokka Towers")
    await ana.says("/start 5m\nSuite 77, Quokka Towers")
    await ana.says("/note Suite 77 has a back door")
    await scene.passes(minutes=12)
    seen = await _sealed_cells(scene)
    lookup = await scene.work(lambda records: records.scope.sealer.lookup("account", ana.phone.aci))
    if analyzed:
        _administer(database_url, "ANALYZE")
    await ana.says(WORD)
    await scene.passes(seconds=2)
    await ana.says(f"/forget {WORD}")
    await scene.passes(minutes=25)
    left = await _sealed_cells(scene)
    gone = {cell: told for cell, told in seen.items() if cell not in left and len(cell) >= 33}
    hers = {
        cell: told
        for cell, told in gone.items()
        if any(one in told for one in ("Suite 77", "Quokka", "Ana", ana.phone.aci))
    }
    assert any("Suite 77" in told for told in hers.values()), "it was there"
    on_disk = await _on_disk(scene, database_url)
    print(sorted(told[:60] for cell, told in hers.items() if cell in on_disk), lookup.encode() in on_disk)
    assert [told[:60] for cell, told in hers.items() if cell in on_disk] == []
    assert lookup.encode() not in on_disk
