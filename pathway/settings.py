"""How is this installation set up? Read once from the environment (`PATHWAY_…`) or a `.env` file."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting has a default that suits one machine with the embedded database."""

    model_config = SettingsConfigDict(env_prefix="PATHWAY_", env_file=".env", extra="ignore")

    database: str = "sqlite:///var/pathway.db"
    files: Path = Path("var/files")
    authority: str = "exampleton"
    documents: Path | None = None
    """The authority's own folder of published documents, read beside those that Pathway brings along."""

    address: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    """True wherever the service is reached over HTTPS, as it must be outside one's own machine."""

    channel: str = "console"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_sender: str = "no-reply@pathway.invalid"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_starttls: bool = False

    ring: str = "the number your partnership publishes"
    """Whom a referrer rings when we have gone quiet: a contact point is configuration, never a document."""

    worker_inside: bool = True
    worker_every_seconds: float = 2.0
    lease_seconds: int = 60

    sign_in_hours: int = 10
    idle_minutes: int = 60
    attempts_before_lock: int = 5
    """Wrong passwords for one account from one network, before it rests for `lock_minutes`."""

    lock_minutes: int = 15
    attempts_an_hour_anywhere: int = 50
    """Wrong passwords for one account from everywhere else, in an hour."""

    attempts_a_minute: int = 30
    """Wrong passwords from one network, whoever they are for."""

    passwords_at_once: int = 4
    """How many passwords are tried together; each takes 64 MiB."""

    trusted_proxies: str = "127.0.0.1"
    """Proxies whose word is taken for where a request comes from: addresses or networks, with commas between."""

    watched_from: str = "127.0.0.1, ::1"
    """Who may read `/metrics`: addresses or networks, with commas between."""

    log_lines: str = "words"
    """How the log is written: `words`, what went wrong; or `json`, every request too, for a machine that gathers it."""

    public_an_hour: int = 20
    """What one network may send in an hour through the door open to everybody; danger besides, five times that."""

    exit_address: str = "https://www.bbc.co.uk/weather"
    """Where "Exit this page" leads, on every page that families see: somewhere anybody might look."""

    largest_page_bytes: int = 4_000_000
    largest_public_bytes: int = 1_000_000
    largest_import_bytes: int = 5_000_000
    largest_document_bytes: int = 20_000_000
    largest_directory_bytes: int = 100_000_000
    """A file of services for the directory."""

    feeds_without_https: bool = False
    """Whether a feed of services may be read over plain HTTP. Only for trying it out on one's own machine."""

    feed_pause_seconds: float = 0.1
    """How long we wait between two requests to a feed of services."""

    break_glass_hours: int = 8
