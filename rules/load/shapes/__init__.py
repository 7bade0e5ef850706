"""The shapes of the four kinds of document, as pydantic models: which keys, which values."""
