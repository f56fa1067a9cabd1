"""A device is new if this person never signed in with such a browser."""

from backend.audit import service as audit
from backend.context import Backend
from backend.sign_in import devices
from backend.tests.conftest import HERE, enter, entries

LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Safari/604.1"
)


def sign_ins(parts: Backend, *user_agents: str) -> list[bool]:
    """Whether each of a person's sign-ins, in order, is noted as one with a new device."""
    with parts.database.write() as tx:
        who = enter(tx, parts, role="member").id
        # as the first release wrote it
        audit.record(tx, audit.SIGNED_IN, HERE, actor=who, target=who)
        for user_agent in user_agents:
            told = devices.told(tx, who, user_agent)
            audit.record(tx, audit.SIGNED_IN, HERE, actor=who, target=who, **told)
            tx.flush()
    noted = [e.detail for e in entries(parts, who) if "user_agent" in e.detail]
    assert [detail["user_agent"] for detail in noted] == [user_agent[:300] for user_agent in user_agents]
    return [detail.get("new_device", False) for detail in noted]


def test_the_first_device_is_not_called_new_and_another_is_once(parts: Backend) -> None:
    in_turn = (LAPTOP.format(140), PHONE, PHONE, LAPTOP.format(140))
    assert sign_ins(parts, *in_turn) == [False, True, False, False]


def test_an_update_makes_no_new_device(parts: Backend) -> None:
    assert sign_ins(parts, LAPTOP.format(140), LAPTOP.format(141)) == [False, False]


def test_a_browser_without_a_name_is_one_too(parts: Backend) -> None:
    assert sign_ins(parts, LAPTOP.format(140), "", "") == [False, True, False]


def test_a_long_name_is_cut_and_known_again(parts: Backend) -> None:
    assert sign_ins(parts, PHONE, "x" * 400, "x" * 400) == [False, True, False]


def test_anothers_devices_do_not_count(parts: Backend) -> None:
    sign_ins(parts, LAPTOP.format(140), PHONE)
    assert sign_ins(parts, LAPTOP.format(140), PHONE) == [False, True]
