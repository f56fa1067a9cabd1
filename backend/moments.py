"""Moments that clients name."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime


def _in_utc(moment: datetime) -> datetime:
    """Near the ends of the calendar it is a year in UTC that Python cannot say."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("Must be a year from 1 to 9999 in UTC, too") from None


MomentInUtc = Annotated[AwareDatetime, AfterValidator(_in_utc)]
