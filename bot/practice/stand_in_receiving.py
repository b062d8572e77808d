"""How the stand-in's signal-cli takes in what the server has for it."""

from bot.practice.stand_in_account import UNTRUSTED, Account
from bot.practice.stand_in_content import JSON, Content
from bot.practice.stand_in_envelope import notification
from bot.practice.stand_in_server import Letter


class Reception:
    """Opens letters: decides whom to trust, learns from them, confirms them, words the notifications."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._distrusted: list[Letter] = []

    def open(self, letter: Letter) -> list[JSON]:
        """The notifications that follow from one letter, as `params.result`.

        Letters that were kept because their sender's new key was not trusted come along once it is.
        """
        told = self._open(letter)
        ready = [kept for kept in self._distrusted if self._is_trusted_now(kept)]
        self._distrusted = [kept for kept in self._distrusted if kept not in ready]
        for kept in ready:
            told += self._open(kept)
        return told

    def _is_trusted_now(self, letter: Letter) -> bool:
        identity = self._account.identities[letter.sender.aci]
        return identity.installation == letter.installation and identity.trust != UNTRUSTED

    def _open(self, letter: Letter) -> list[JSON]:
        account, content = self._account, letter.content
        if not account.trusts(letter.sender.aci, letter.installation):
            self._distrusted.append(letter)
            return [notification(account, letter, trusted=False)]
        if content.group_id and not self._learn_group(letter, content.group_id):
            return []
        if content.is_message:
            self._learn(letter)
            self._confirm(letter)
        return [notification(account, letter, trusted=True)]

    def _learn(self, letter: Letter) -> None:
        aci, content = letter.sender.aci, letter.content
        self._account.missing.discard(aci)
        if content.share_profile:
            self._account.profile_keys.add(aci)
        if content.group_id is None and content.kind != "edit":
            self._account.take_timer(aci, content.expire_timer, content.timer_version)

    def _learn_group(self, letter: Letter, group_id: str) -> bool:
        """Bring the copy of the group up to date; whether the message counts: its sender must be in it."""
        account, content = self._account, letter.content
        known = account.groups.get(group_id)
        state = account.server.groups.get(group_id)
        if account.address.aci in state.members or (known and content.group_changed):
            was_in = known is not None and letter.sender.aci in known.state.members
            known = account.learn(state)
            return was_in or letter.sender.aci in state.members or content.group_changed
        return False

    def _confirm(self, letter: Letter) -> None:
        if letter.content.sealed:
            receipt = Content(
                "receipt",
                self._account.stamps.next(),
                "delivery",
                timestamps=(letter.content.timestamp,),
            )
            self._account.server.deliver(letter.sender.aci, self._account.address, receipt)
