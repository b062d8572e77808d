"""All rows, as one unit of work sees them."""

from sqlalchemy import Connection

from bot.ids import Ids
from storage.alarms import Alarms
from storage.beats import Beats
from storage.check_ins import CheckIns
from storage.counted_yes import CountedYes
from storage.deadlines import Deadlines
from storage.details import Details
from storage.drills import Drills
from storage.groups import Groups
from storage.inbox import Inbox
from storage.invites import Invites
from storage.outbox import Outbox
from storage.pairings import Pairings
from storage.people import People
from storage.phones import Phones
from storage.resets import Resets
from storage.scope import Scope
from storage.sealing import Sealer
from storage.seals import Seals
from storage.terms import Terms


class Records:
    """The repositories, all inside the same transaction. Good for the length of one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer, ids: Ids) -> None:
        self.scope = scope = Scope(connection, sealer, ids)
        self.people = People(scope)
        self.phones = Phones(scope)
        self.invites = Invites(scope)
        self.groups = Groups(scope)
        self.pairings = Pairings(scope)
        self.deadlines = Deadlines(scope)
        self.check_ins = CheckIns(scope, self.deadlines)
        self.details = Details(scope)
        self.alarms = Alarms(scope, self.deadlines)
        self.resets = Resets(scope)
        self.terms = Terms(scope)
        self.drills = Drills(scope)
        self.inbox = Inbox(scope)
        self.outbox = Outbox(scope)
        self.counted_yes = CountedYes(scope)
        self.beats = Beats(scope)
        self.seals = Seals(scope)

    def new_id(self) -> str:
        """An id for a row that a use case makes."""
        return self.scope.ids.new()
