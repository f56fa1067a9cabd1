"""What a message may consist of, and what of JSON goes on to a model elsewhere.

Nothing of it may make a model's server fetch anything: it may stand inside our networks, where every address is open
to it. So pictures come in the message itself, and schemas point into themselves; only of a model whose deployer says
so (`remote_pictures`) are pictures fetched. What is not named here is refused, such as files that lie in the
deployer's own account at a provider, or tools that run there.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag

JSON = dict[str, Any]
PICTURE = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}")
"""No SVG: it can name addresses itself."""
REMOTE = re.compile(r"https://[^\s\x00-\x1f\x7f\\]+")
REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


def _a_picture(url: str) -> str:
    if not PICTURE.fullmatch(url) and not REMOTE.fullmatch(url):
        raise ValueError("A picture is data:image/png;base64,… (or jpeg, webp, gif).")
    return url


def _pointing_into_itself(schema: JSON) -> JSON:
    rest: list[Any] = [schema]
    while rest:
        told = rest.pop()
        if isinstance(told, list):
            rest += told
        elif isinstance(told, dict):
            rest += told.values()
            if any(_points_out(told.get(name)) for name in REFERENCES):
                raise ValueError("A schema may only point into itself, as #/$defs/name.")
    return schema


def _points_out(reference: Any) -> bool:
    return isinstance(reference, str) and not reference.startswith("#")


Schema = Annotated[JSON, AfterValidator(_pointing_into_itself)]


class _Part(BaseModel):
    """What else clients put into a part is passed over."""

    model_config = ConfigDict(extra="ignore")


class TextPart(_Part):
    type: Literal["text"]
    text: str


class RefusalPart(_Part):
    type: Literal["refusal"]
    refusal: str


class Picture(_Part):
    url: Annotated[str, AfterValidator(_a_picture)]
    detail: Literal["auto", "low", "high"] | None = None

    @property
    def is_remote(self) -> bool:
        return not self.url.startswith("data:")


class PicturePart(_Part):
    type: Literal["image_url"]
    image_url: Picture


class Sound(_Part):
    data: str = Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", description="In base64")
    format: Literal["wav", "mp3"]


class SoundPart(_Part):
    type: Literal["input_audio"]
    input_audio: Sound


Part = Annotated[
    TextPart | RefusalPart | PicturePart | SoundPart,
    Discriminator(
        "type",
        custom_error_type="part",
        custom_error_message="A part is text, refusal, image_url or input_audio.",
    ),
]


def _kind(content: Any) -> str:
    return "parts" if isinstance(content, list) else "text"


Content = Annotated[
    Annotated[str, Tag("text")] | Annotated[list[Part], Tag("parts")],
    Discriminator(_kind),
]


class Function(_Part):
    name: str = Field(min_length=1, max_length=200)
    description: str | None = None
    parameters: Schema | None = None
    strict: bool | None = None


class Tool(_Part):
    """Of the client's own, which runs there."""

    type: Literal["function"]
    function: Function


class FunctionName(_Part):
    name: str = Field(min_length=1, max_length=200)


class ToolChoice(_Part):
    type: Literal["function"]
    function: FunctionName


class ResponseFormat(_Part):
    type: Literal["text", "json_object", "json_schema"]
    json_schema: Schema | None = None
