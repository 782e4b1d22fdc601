"""The library behind Incident Atlas: reported events, their places, parties and sources."""

__all__: list[str] = []
