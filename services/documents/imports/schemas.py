"""What the API of imports takes."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("Must be one line without control characters")
    return text


class ImportQuery(BaseModel):
    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
        AfterValidator(_one_line),
    ] = Field("archive.zip", description="What the archive is called, to tell it from others")
