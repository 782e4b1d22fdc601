"""The commands in ``scripts/``: thin, each reads its arguments, asks the library and says what came of it."""
