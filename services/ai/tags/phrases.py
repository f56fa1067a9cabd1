"""Key phrases of a text as new tags, by YAKE (Campos et al. 2020): statistics of the text alone, no model."""

import re

import yake

READ = 20_000  # characters: more of them take seconds and change little
LONGEST = 50
WANTED = 20
# Links are looked for within bounds: else a text of brackets alone would take seconds.
MARKDOWN = re.compile(
    r"```.*?```|`[^`]*`|https?://\S+|!?\[([^][]{0,200})\]\([^)]{0,500}\)|[#*_>|~]+", re.DOTALL
)


def phrases(text: str, language: str) -> list[tuple[str, float]]:
    """Phrases of one or two words with how much they matter, 1 at most, the most important first."""
    plain = MARKDOWN.sub(lambda found: found[1] or " ", text[:READ])
    extractor = yake.KeywordExtractor(
        lan=language if language in {"en", "es"} else "en", n=2, dedupLim=0.7, top=WANTED
    )
    found = [
        (_as_tag(phrase), 1 / (1 + 10 * max(score, 0.0)))
        for phrase, score in extractor.extract_keywords(plain)
    ]
    return [(tag, worth) for tag, worth in found if 3 <= len(tag) <= LONGEST and not tag.isdigit()]


def _as_tag(phrase: str) -> str:
    return " ".join(phrase.lower().split())
