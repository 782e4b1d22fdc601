"""The places: their names, their hierarchy, and how they are found."""

__all__: list[str] = []
