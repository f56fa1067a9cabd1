"""OpenAI's wire format, where it differs from ours."""
