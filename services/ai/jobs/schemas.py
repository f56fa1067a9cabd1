"""What the API of jobs takes. What it gives is the same in every service."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from servicekit.ids import UUID

KindName = Literal["summarise", "translate", "index", "tag"]
Into = Literal["es", "en"]
DocumentId = Annotated[str, StringConstraints(pattern=f"^{UUID.pattern}$")]


class JobIn(BaseModel):
    """Long work that is to be done with one's documents."""

    model_config = ConfigDict(extra="forbid")

    kind: KindName = Field(
        description="`summarise` or `translate` one document; `index` all again; `tag` all"
    )
    document: DocumentId | None = Field(None, description="Which one; for `summarise` and `translate`")
    into: Into | None = Field(None, description="The language that it is translated into")
    model: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="For `summarise` and `translate`, as `/api/ai/v1/models` lists them; null: the first for chat, "
        "and for a translation, where that is the bundled one, the dictionaries of Apertium",
    )
