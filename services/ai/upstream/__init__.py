"""Models behind OpenAI-compatible APIs: asked, listened to, and left alone when nobody wants the answer any more."""
