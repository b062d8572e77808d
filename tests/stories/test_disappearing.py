"""Nobody can turn off that messages disappear in a group: only the bot may change the group (SPEC: Privacy)."""

import pytest

from bot.practice.stand_in_groups import GroupRefusedError
from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("seconds", [0, 4 * 7 * 86400])
@story()
async def test_signal_refuses_it_to_everybody_else(ana: Someone, bo: Someone, scene: Scene, seconds: int) -> None:
    for someone in (ana, bo):
        with pytest.raises(GroupRefusedError):
            await someone.phone.change_group(someone.usual_group, expiration=seconds)
    assert (await scene.night.stand_in.group(bo.usual_group))["expiration"] == 4 * 3600
