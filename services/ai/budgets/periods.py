"""Days and months in UTC, and how long they last still."""

from datetime import datetime, timedelta

BOTH = DAY, MONTH = "day", "month"


def day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")


def month(moment: datetime) -> str:
    return moment.strftime("%Y-%m")


def kind(period: str) -> str:
    return DAY if len(period) == len("2026-11-25") else MONTH


def ends(period: str, moment: datetime) -> datetime:
    """When the day, or the month, of this moment is over."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if kind(period) == DAY:
        return midnight + timedelta(days=1)
    return (midnight.replace(day=1) + timedelta(days=32)).replace(day=1)
