"""What the API of samples gives."""

from pydantic import BaseModel, Field

from documents.library.schemas import SnippetPart


class SampleSummary(BaseModel):
    """A sample in a list."""

    id: str
    title: str
    excerpt: str = Field(description="How it begins, as plain text")
    tags: list[str]
    locale: str = Field(description="The language it is written in: es or en")


class SampleHit(SampleSummary):
    """A sample that was found."""

    snippet: list[SnippetPart] = Field(
        description="Plain text around the first match, in pieces: join them, and mark those with `match`"
    )


class Sample(BaseModel):
    """A sample to read."""

    id: str
    title: str
    body: str = Field(description="Markdown")
    tags: list[str]
    locale: str = Field(description="The language it is written in: es or en")


class SamplePage(BaseModel):
    """All samples."""

    items: list[SampleSummary]
    next: None = Field(description="There is one page only")


class SampleHits(BaseModel):
    """Samples that were found, the best first."""

    items: list[SampleHit]
    next: None = Field(description="There is one page only")


class SampleQuery(BaseModel):
    q: str = Field(max_length=200, description="Words: all must be found, the last may be unfinished")
