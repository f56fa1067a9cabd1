"""Whether somebody signs in with a browser that they did not use before, told by the name that it gives itself."""

import re

from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit

LOOK_BACK = 200  # sign-ins of this person


def told(tx: Transaction, user_id: str, user_agent: str) -> dict[str, str | bool]:
    """What the audit says of the device, before this sign-in is in it; the first one of all is not called new."""
    earlier = audit.search(tx, audit.Wanted(person=user_id, action=audit.SIGNED_IN), None, LOOK_BACK)
    known = {_kind(entry.detail["user_agent"]) for entry in earlier if "user_agent" in entry.detail}
    user_agent = user_agent[:300]
    is_new = bool(known) and _kind(user_agent) not in known
    return {"user_agent": user_agent} | ({"new_device": True} if is_new else {})


def _kind(user_agent: str) -> str:
    """The name without its numbers: an update does not make it another device."""
    return re.sub(r"[\d._]+", "", user_agent)
