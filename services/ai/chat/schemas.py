"""What may be asked, and what is answered: OpenAI's chat completions, as far as they are the same everywhere.

What is not named here is refused: a parameter that nobody knows might cost, or store, what nobody has agreed to.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ai.chat.contents import Content, PicturePart, ResponseFormat, Tool, ToolChoice

JSON = dict[str, Any]
Role = Literal["system", "developer", "user", "assistant", "tool"]
Stop = Annotated[str, Field(max_length=200)]
MOST_STOPS = 4  # as many as OpenAI takes: each is looked for after every token


class Message(BaseModel):
    """One message. Clients send back what they got: what else was in it is passed over."""

    model_config = ConfigDict(extra="ignore")

    role: Role
    content: Content | None = None
    name: str | None = Field(default=None, max_length=200)
    tool_calls: list[JSON] | None = None
    tool_call_id: str | None = Field(default=None, max_length=200)

    @property
    def pictures(self) -> list[PicturePart]:
        parts = self.content if isinstance(self.content, list) else []
        return [part for part in parts if isinstance(part, PicturePart)]


class StreamOptions(BaseModel):
    """Of a streamed answer."""

    model_config = ConfigDict(extra="forbid")

    include_usage: bool = False
    include_obfuscation: bool = False


class ChatIn(BaseModel):
    """A conversation that is to be continued."""

    model_config = ConfigDict(extra="forbid")

    model: str = Field(min_length=1, max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=500)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    n: Literal[1] | None = 1
    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, ge=0, le=1)
    presence_penalty: float | None = Field(default=None, ge=-2, le=2)
    frequency_penalty: float | None = Field(default=None, ge=-2, le=2)
    stop: Stop | Annotated[list[Stop], Field(max_length=MOST_STOPS)] | None = None
    seed: int | None = Field(default=None, ge=-(2**63), lt=2**63)
    tools: list[Tool] | None = Field(default=None, max_length=128)
    tool_choice: Literal["none", "auto", "required"] | ToolChoice | None = None
    parallel_tool_calls: bool | None = None
    response_format: ResponseFormat | None = None
    reasoning_effort: str | None = Field(default=None, max_length=20)
    user: str | None = Field(default=None, max_length=500)
    metadata: dict[str, str] | None = None
    store: Literal[False] | None = None


class Usage(BaseModel):
    """What it cost, in tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Choice(BaseModel):
    """One answer."""

    index: int
    message: JSON
    finish_reason: str | None
    logprobs: JSON | None = None


class ChatOut(BaseModel):
    """A whole answer; a streamed one comes in pieces of the same kind."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
