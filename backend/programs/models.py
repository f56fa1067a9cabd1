"""Programs that a person has signed in (RFC 8628): what they ask, what they are, what they come with."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, digest, exact, identifier

WAITING, APPROVED, REFUSED = "waiting", "approved", "refused"


class DeviceAuthorization(Base):
    """A program waits for its person's word. `permissions` are those asked for, and once approved those given."""

    __tablename__ = "device_authorizations"

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    device_code_hash: Mapped[bytes] = mapped_column(digest(), unique=True)
    user_code_hash: Mapped[bytes] = mapped_column(digest(), unique=True)
    client_id: Mapped[str] = mapped_column(exact(64))
    permissions: Mapped[list[str]] = mapped_column(JSON)
    user_agent: Mapped[str | None] = mapped_column(String(300))
    address: Mapped[str | None] = mapped_column(String(45))
    state: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str | None] = mapped_column(
        identifier(), ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    poll_interval: Mapped[int]
    """Seconds; grows each time the program asks too soon."""
    next_poll_at: Mapped[datetime] = mapped_column(Moment())
    created_at: Mapped[datetime] = mapped_column(Moment())
    expires_at: Mapped[datetime] = mapped_column(Moment(), index=True)


class Program(Base):
    """One sign-in of one program. It may what is in `permissions`, and never more than its person at that moment."""

    __tablename__ = "programs"

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    user_id: Mapped[str] = mapped_column(identifier(), ForeignKey("users.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[str] = mapped_column(exact(64))
    permissions: Mapped[list[str]] = mapped_column(JSON)
    user_agent: Mapped[str | None] = mapped_column(String(300))
    address: Mapped[str | None] = mapped_column(String(45))
    created_at: Mapped[datetime] = mapped_column(Moment())
    last_used_at: Mapped[datetime | None] = mapped_column(Moment())
    expires_at: Mapped[datetime] = mapped_column(Moment(), index=True)


class ProgramCredential(Base):
    """What a program comes with: `zga_…` at the door, `zgr_…` for new ones, once. Only hashes are known here.

    A used `zgr_…` is kept for as long as it could have lived: whoever shows it again has stolen it, or was stolen from.
    """

    __tablename__ = "program_credentials"

    credential_hash: Mapped[bytes] = mapped_column(digest(), primary_key=True)
    program_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("programs.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(3))
    expires_at: Mapped[datetime] = mapped_column(Moment())
    used_at: Mapped[datetime | None] = mapped_column(Moment())
