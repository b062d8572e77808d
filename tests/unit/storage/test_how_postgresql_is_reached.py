"""How the bot speaks to a PostgreSQL: encrypted where it is not certainly on this host, and what it says of its URL."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import CertificateBuilder, Name, NameAttribute
from cryptography.x509.oid import NameOID
from sqlalchemy import make_url

from bot.errors import StorageError, StorageUnavailable
from storage.engine import open_database
from storage.postgresql import encryption, logs_values
from tests.databases import _administer


class _Handler(socketserver.BaseRequestHandler):
    said: ClassVar[list[bytes]] = []
    answer = b"N"

    def handle(self) -> None:
        asked = self.request.recv(8)  # whether it encrypts
        self.request.sendall(self.answer)
        self.said.append(self.request.recv(1024) if asked else asked)


class _InTheOpen:
    """A server that does not encrypt, and notes what is said to it all the same."""

    def __init__(self) -> None:
        _Handler.said.clear()
        self._server = socketserver.TCPServer(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.port: int = self._server.server_address[1]

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def said(self) -> bytes:
        """Only once all who came were heard to their end."""
        self.close()
        return b"".join(_Handler.said)


@pytest.fixture
def in_the_open() -> Iterator[_InTheOpen]:
    server = _InTheOpen()
    yield server
    server.close()


def test_to_another_host_nothing_is_said_in_the_open(in_the_open: _InTheOpen) -> None:
    """Found: the driver alone went on without encryption. (The name is one that is not known to be this host.)"""
    with pytest.raises(StorageError, match=r"offers no encrypted connection.*\?sslmode=disable") as refused:
        open_database(f"postgresql+psycopg://bot:secret@127.1:{in_the_open.port}/buddy")
    assert "secret" not in str(refused.value)
    assert not in_the_open.said()


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        ("bot@/buddy?hostaddr=127.0.0.1&port={port}", {}),
        ("bot@localhost:{port}/buddy?hostaddr=127.0.0.1", {}),
        ("bot@/buddy?port={port}", {"PGHOSTADDR": "127.0.0.1"}),
        ("bot@localhost:{port}/buddy", {"PGHOSTADDR": "127.0.0.1"}),
        ("bot@/buddy?port={port}", {"PGHOST": "127.1"}),
        ("bot@localhost:{port}/buddy?host=127.1", {}),
        ("bot@127.1:{port}/buddy?host=localhost", {}),
        ("bot@/buddy?host=/nowhere,127.1&port={port},{port}", {}),
        ("bot@/buddy?host=localhost:1&host=127.1:{port}", {}),
        ("bot@127.1:{port}/buddy?sslmode=", {}),
        ("bot@127.1:{port}/buddy", {"PGSSLMODE": "prefer"}),
        ("bot@127.1:{port}/buddy", {"PGSSLMODE": "disable"}),
        ("bot@127.1:{port}/buddy", {"PGSSLMODE": ""}),
    ],
)
def test_whatever_is_not_certainly_this_host_counts_as_another(
    in_the_open: _InTheOpen, monkeypatch: pytest.MonkeyPatch, url: str, environment: dict[str, str]
) -> None:
    """Found: an address beside the name, and what the environment says, led elsewhere in the open."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageError, match="offers no encrypted connection"):
        open_database(f"postgresql+psycopg://{url.format(port=in_the_open.port)}")
    assert not in_the_open.said()


@pytest.mark.parametrize(("url", "environment"), [("?service=far", {}), ("", {"PGSERVICE": "far"})])
def test_a_service_needs_its_encryption_in_the_url(
    in_the_open: _InTheOpen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, environment: dict[str, str]
) -> None:
    """Found: its file led to another host in the open. What that says of encryption is not ours to see or to change."""
    (tmp_path / "services").write_text(f"[far]\nhost=127.1\nport={in_the_open.port}\nsslmode=prefer\n")
    for name, value in {"PGSERVICEFILE": str(tmp_path / "services"), **environment}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageError, match=r"names a service.*\?sslmode=verify-full"):
        open_database(f"postgresql+psycopg://bot@/buddy{url}")
    with pytest.raises(StorageError, match="offers no encrypted connection"):
        open_database(f"postgresql+psycopg://bot@/buddy{url}{'&' if url else '?'}sslmode=require")
    assert not in_the_open.said()


def test_what_the_environment_asks_for_beyond_that_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wants to know whom the bot speaks to shall not get less."""
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert encryption(make_url("postgresql+psycopg://bot@far/buddy")) == {"sslmode": "verify-full"}


@pytest.mark.parametrize(
    "url",
    [
        "bot@127.1:{port}/buddy?sslmode=disable",
        "bot@localhost:{port}/buddy",
        "bot@127.0.0.1:{port}/buddy",
        "bot@/buddy?host=localhost&port={port}",
    ],
)
def test_on_this_host_or_where_it_was_chosen_it_is(in_the_open: _InTheOpen, url: str) -> None:
    with pytest.raises(StorageUnavailable):
        open_database(f"postgresql+psycopg://{url.format(port=in_the_open.port)}")
    assert in_the_open.said()


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ("sslmode=bogus", {}),
        ("service=nosuch&sslmode=require", {}),
        ("nonsense=1", {}),
        ("prepare_threshold=x", {}),
        ("autocommit=1", {}),
        ("target_session_attrs=bogus", {}),
        ("host=a,b&hostaddr=127.0.0.1", {}),
        ("", {"PGSSLMODE": "bogus"}),
    ],
)
def test_a_wrong_option_is_said_to_be_wrong_in_the_url(
    monkeypatch: pytest.MonkeyPatch, options: str, environment: dict[str, str]
) -> None:
    """Found: it was said that the server does not answer."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageError, match=r"An option of BUDDY_DATABASE_URL.*is not understood") as refused:
        open_database(f"postgresql+psycopg://bot:secret@127.0.0.1:1/buddy?{options}")
    assert not isinstance(refused.value, StorageUnavailable)
    assert refused.value.__context__ is None or refused.value.__suppress_context__
    assert "secret" not in str(refused.value)
    assert "bogus" not in str(refused.value)


@pytest.mark.parametrize("options", ["", "&sslrootcert=/nowhere", "&sslrootcert={folder}/empty"])
def test_where_the_certificates_of_servers_are_missing_it_is_said_where_they_are_looked_for(
    in_the_open: _InTheOpen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: str
) -> None:
    """Found: the option was said to be misspelt, where the driver looked for a file that no option named."""
    monkeypatch.setattr(_Handler, "answer", b"S")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "empty").touch()
    options = options.format(folder=tmp_path)
    with pytest.raises(StorageError, match=r"not there.*~/\.postgresql/root\.crt.*sslrootcert") as refused:
        open_database(f"postgresql+psycopg://bot@127.1:{in_the_open.port}/buddy?sslmode=verify-full{options}")
    assert str(tmp_path) not in str(refused.value)


def test_a_key_that_others_may_read_is_said_to_be_one(
    in_the_open: _InTheOpen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Found: it was said to be a file that is not there."""
    monkeypatch.setattr(_Handler, "answer", b"S")
    key = Ed25519PrivateKey.generate()
    name = Name([NameAttribute(NameOID.COMMON_NAME, "bot")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    made = CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    certificate = made.not_valid_before(day).not_valid_after(day).sign(key, None)
    (tmp_path / "bot.crt").write_bytes(certificate.public_bytes(Encoding.PEM))
    (tmp_path / "bot.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "bot.key").chmod(0o644)
    options = f"sslmode=require&sslcert={tmp_path}/bot.crt&sslkey={tmp_path}/bot.key"
    with pytest.raises(StorageError, match=r"may be read by others.*chmod 600"):
        open_database(f"postgresql+psycopg://bot@127.1:{in_the_open.port}/buddy?{options}")


def test_encryption_by_a_ticket_that_is_not_there_is_said_to_lack_it() -> None:
    """Found: the option was said to be misspelt."""
    with pytest.raises(StorageError, match=r"gssencmode.*ticket"):
        open_database("postgresql+psycopg://bot@127.0.0.1:1/buddy?gssencmode=require")


@pytest.mark.parametrize("url", ["bot:secret@127.0.0.1:1/buddy", "bot@nowhere.invalid/buddy", "bot@/b?host=/nowhere"])
def test_a_server_that_does_not_answer_is_no_wrong_option(url: str) -> None:
    with pytest.raises(StorageUnavailable, match="does not answer"):
        open_database(f"postgresql+psycopg://{url}")


def test_an_option_that_is_not_of_the_server_says_nothing_in_the_open(in_the_open: _InTheOpen) -> None:
    """Found: the driver's own `conninfo` names a host too."""
    with pytest.raises(StorageError, match="is not understood by its driver"):
        open_database(f"postgresql+psycopg://bot@/buddy?conninfo=host%3D127.1%20port%3D{in_the_open.port}")
    assert not in_the_open.said()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("settings", "keeps"),
    [
        ((), False),
        (("log_statement = 'all'",), True),
        (("log_min_duration_statement = 1000",), True),
        (("log_statement = 'all'", "log_parameter_max_length = 0"), False),
        (("log_parameter_max_length_on_error = -1",), True),
        (("log_parameter_max_length_on_error = 100", "log_parameter_max_length = 0"), True),
        (("auto_explain.log_min_duration = 0", "auto_explain.log_parameter_max_length = -1"), True),
        (("auto_explain.log_min_duration = -1", "auto_explain.log_parameter_max_length = -1"), False),
        (("auto_explain.log_min_duration = 0", "auto_explain.log_parameter_max_length = 0"), False),
        (("auto_explain.log_min_duration = 0", "auto_explain.log_verbose = on"), True),
        (("pgaudit.log = 'write'", "pgaudit.log_parameter = on"), True),
        (("pgaudit.log = 'write'", "pgaudit.log_parameter = off"), False),
    ],
)
def test_a_server_that_keeps_what_is_written_is_noticed(
    postgresql_url: str, settings: tuple[str, ...], keeps: bool
) -> None:
    """Of the modules only the settings are here, which is what the bot asks for."""
    name = make_url(postgresql_url).database
    _administer(postgresql_url, *(f'ALTER DATABASE "{name}" SET {setting}' for setting in settings))
    engine = open_database(postgresql_url)
    assert logs_values(engine) is keeps
    engine.dispose()


@pytest.mark.postgresql
def test_what_the_operator_sets_for_the_connection_counts_beside_what_the_bot_sets(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found: `options` of the URL and `PGOPTIONS` were left out without a word, and a schema named there with them."""
    in_url = make_url(postgresql_url).update_query_dict({"options": "-c search_path=elsewhere -c lock_timeout=0"})
    monkeypatch.setenv("PGOPTIONS", "-c search_path=by_environment")
    for url, schema in ((in_url, "elsewhere"), (make_url(postgresql_url), "by_environment")):
        engine = open_database(url.render_as_string(hide_password=False))
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SHOW search_path").scalar_one() == schema
            assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == "5s"
        engine.dispose()
