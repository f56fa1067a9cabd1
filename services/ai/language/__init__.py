"""Which language a text is in, and Spanish in English words."""

from ai.language.detection import Language, detect
from ai.language.english import English

__all__ = ["English", "Language", "detect"]
